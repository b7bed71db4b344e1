"""Forms of methodical support."""

from typing import Any

from django import forms
from django.utils import timezone

from apps.analysis.models import Conclusion
from apps.organizations.models import Kind, Organization
from apps.roadmaps.forms import DateInput


class SupportForm(forms.Form):
    """What is done for which school. A conclusion about one school leaves no choice."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label="Школа", empty_label="выберите школу")
    title = forms.CharField(label="Что делается", max_length=200)
    plan = forms.CharField(label="Как", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    responsible = forms.CharField(
        label="Кто отвечает", max_length=200, help_text="Должность, отдел или методическое объединение."
    )
    starts_on = forms.DateField(label="Начало", widget=DateInput(), initial=timezone.localdate)
    due_on = forms.DateField(label="Окончание", widget=DateInput())

    def __init__(self, *args: Any, conclusion: Conclusion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = Organization.objects.filter(kind=Kind.SCHOOL).active()  # type: ignore[attr-defined]
        field: Any = self.fields["organization"]
        field.queryset = schools
        if conclusion.organization_id:
            field.queryset = Organization.objects.filter(pk=conclusion.organization_id)
            field.empty_label = None
            field.initial = conclusion.organization_id


class FinishForm(forms.Form):
    on = forms.DateField(label="Когда завершено", widget=DateInput(), initial=timezone.localdate)
    result = forms.CharField(
        label="Что сделано",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Напишите, что сделано."},
    )
