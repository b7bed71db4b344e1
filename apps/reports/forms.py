"""Forms of the report."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from apps.core import periods
from apps.core.models import Period
from apps.reports.models import AnnualReport


class OpenForm(forms.Form):
    """For which school year a report is begun."""

    period = forms.ModelChoiceField(Period.objects.none(), label="Учебный год", empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begun = AnnualReport.objects.values("period")
        free = Period.objects.filter(kind=periods.PeriodKind.SCHOOL_YEAR).exclude(pk__in=begun)
        self.fields["period"].queryset = free  # type: ignore[attr-defined]


class ChapterForm(forms.Form):
    """The text of a chapter. The revision it was read at comes back with it."""

    text = forms.CharField(
        label="Текст главы",
        max_length=30_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Абзацы разделяйте пустой строкой. Строка с «- » в начале — пункт списка, с «## » — подзаголовок.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("text", "revision", Submit("save", "Сохранить главу"))


class PrepareForm(forms.Form):
    note = forms.CharField(
        label="Что исправлено",
        max_length=500,
        required=False,
        help_text="Только для исправленного выпуска: эту фразу увидят читатели.",
    )


class ApproveForm(forms.Form):
    """The second person's approval of what they have read."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read = forms.BooleanField(
        label="Отчёт и замечания проверки прочитаны, публикую",
        error_messages={"required": "Отметьте, что отчёт прочитан."},
    )
