"""Forms of drafts and templates."""

from django import forms

from apps.roadmaps.drafts.models import RecommendationTemplate
from apps.roadmaps.forms import DateInput


class DraftForm(forms.Form):
    title = forms.CharField(label="О чём", max_length=200)
    basis_text = forms.CharField(
        label="Основание", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    text = forms.CharField(label="Что рекомендуется", max_length=5000, widget=forms.Textarea(attrs={"rows": 7}))
    due_on = forms.DateField(label="Срок исполнения", widget=DateInput())


class TemplateForm(forms.ModelForm):
    class Meta:
        model = RecommendationTemplate
        fields = ("title", "text", "days")
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
