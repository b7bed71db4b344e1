"""Forms of drafts and templates."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef

from apps.core.models import Period
from apps.indicators.models import Aggregate, Indicator
from apps.organizations.models import Organization
from apps.roadmaps.bulk.forms import SourceForm, measured_choices
from apps.roadmaps.drafts.models import RecommendationTemplate
from apps.roadmaps.forms import DateInput, DirectionField
from apps.roadmaps.texts.placeholders import said


class DraftForm(forms.Form):
    title = forms.CharField(label="О чём", max_length=200)
    direction = DirectionField()
    basis_text = forms.CharField(
        label="Основание", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    text = forms.CharField(label="Что рекомендуется", max_length=5000, widget=forms.Textarea(attrs={"rows": 7}))
    due_on = forms.DateField(label="Срок исполнения", widget=DateInput())


class TemplateForm(forms.Form):
    """Words with placeholders; the service checks those."""

    title = forms.CharField(label="О чём", max_length=200)
    text = forms.CharField(
        label="Что рекомендуется",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=f"Подстановки заменятся цифрами организации: {said()}.",
    )
    direction = DirectionField()
    days = forms.IntegerField(
        label="Дней на исполнение", initial=60, validators=[MinValueValidator(7), MaxValueValidator(365)]
    )


class PreviewForm(SourceForm):
    """Whose figures to try a template with."""

    organization = forms.ModelChoiceField(
        Organization.objects.educational(), label="Организация", to_field_name="code", empty_label="выберите"
    )

    field_order = ("organization", "indicator", "period")


class PrepareForm(forms.Form):
    """From which weak indicators to make drafts."""

    direction = DirectionField(help_text="Направление или показатель: хотя бы одно из двух.")
    indicator = forms.ChoiceField(label="Показатель", required=False, choices=measured_choices)
    period = forms.ModelChoiceField(
        Period.objects.none(), label="За период", to_field_name="code", empty_label=None,
        help_text="Периоды, за которые у организаций есть значения.",
    )  # fmt: skip
    template = forms.ModelChoiceField(
        RecommendationTemplate.objects.in_use().filter(code__isnull=True),
        label="Шаблон текста",
        required=False,
        empty_label="текст портала",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Aggregate.objects.filter(period=OuterRef("pk"), scope=Aggregate.Scope.ORGANIZATION, value__isnull=False)
        field: Any = self.fields["period"]
        field.queryset = Period.objects.filter(Exists(known)).order_by("-starts_on", "kind")

    def clean_indicator(self) -> Indicator | None:
        return Indicator.objects.filter(code=self.cleaned_data["indicator"]).first()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("indicator") and not data.get("direction"):
            self.add_error("direction", "Выберите направление или показатель.")
        return data
