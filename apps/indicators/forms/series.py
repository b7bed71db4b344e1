"""Targets, causes and reference series as they are typed."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.core import periods
from apps.core.models import Period
from apps.indicators.models import Pack, Target
from apps.indicators.selectors.scopes import Scope

AHEAD = 5  # years that a target may lie ahead
REGISTER_BYTES = 10 * 1024 * 1024
BASES = [("", "не выбрано"), *Target.Basis.choices]


def target_periods(pack: Pack) -> list[periods.PeriodSpan]:
    """Periods that a target can be set for: from last year to five years ahead, of the pack's kind."""
    today = timezone.localdate()
    if pack.period_kind == Period.Kind.SCHOOL_YEAR:
        first = periods.school_year_of(today).starts_on.year - 1
        return [periods.school_year(first + n) for n in range(AHEAD + 2)]
    return [periods.calendar_year(today.year - 1 + n) for n in range(AHEAD + 2)]


class TargetForm(forms.Form):
    """A target with its basis. «Почему достижима» is asked only when history speaks against it."""

    period = forms.ChoiceField(label="На какой период")
    scope = forms.ChoiceField(label="Для кого", required=False)
    number = forms.DecimalField(
        label="Цель",
        localize=True,
        max_digits=20,
        decimal_places=6,
        error_messages={"required": "Введите число.", "invalid": "Введите число, например 85,5."},
    )
    basis = forms.ChoiceField(
        label="На чём основана", choices=BASES, error_messages={"required": "Выберите, на чём основана цель."}
    )
    basis_text = forms.CharField(
        label="Основание словами",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Например: «значение за 2024 год — 45,3 %», «приказ № 12 от 10.01.2026, пункт 3».",
        error_messages={"required": "Напишите основание словами."},
    )
    explanation = forms.CharField(
        label="Почему цель достижима",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Нужно, только если прошлые годы такого изменения не показывают.",
    )

    def __init__(
        self, *args: Any, spans: Sequence[periods.PeriodSpan], scopes: list[tuple[str, list[Scope]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(span.code, periods.title(span)) for span in spans]  # type: ignore[attr-defined]
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (heading, [(scope.slug, scope.name) for scope in group]) for heading, group in scopes
        ]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row(Column("period", css_class="col-md-4"), Column("scope", css_class="col-md-4"), Column("number")),
            "basis",
            "basis_text",
            "explanation",
            Submit("save", "Поставить цель"),
        )


class RowTargetForm(forms.Form):
    """A row of the grid: an empty number sets nothing."""

    number = forms.DecimalField(
        required=False,
        localize=True,
        max_digits=20,
        decimal_places=6,
        error_messages={"invalid": "Введите число, например 85,5."},
    )
    basis = forms.ChoiceField(choices=BASES, required=False)
    basis_text = forms.CharField(required=False, max_length=500)
    explanation = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"number": "цель", "basis": "основание", "basis_text": "основание словами", "explanation": "пояснение"}
        for key, field in self.fields.items():
            css = "form-select" if key == "basis" else "form-control"
            field.widget.attrs |= {"aria-label": f"{name}: {words[key]}", "class": css, "placeholder": words[key]}


class ReasonForm(forms.Form):
    """Why something is taken away."""

    reason = forms.CharField(label="Почему", max_length=300, error_messages={"required": "Напишите, почему."})


class CauseForm(forms.Form):
    """Why the figure changed."""

    text = forms.CharField(
        label="Причины изменения",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Войдут в годовой отчёт. Без имён и фамилий. Пустой текст убирает запись.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("text", Submit("save", "Сохранить"))


class ReferencesForm(forms.Form):
    """A file with figures of the region and the country."""

    file = forms.FileField(
        label="Файл xlsx или csv",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "Выберите файл.", "empty": "Файл пустой. Выберите заполненный файл."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("file", Submit("look", "Показать, что изменится"))

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > REGISTER_BYTES:
            raise forms.ValidationError("Файл больше 10 МБ.")
        return upload
