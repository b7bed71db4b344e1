"""Forms of the room."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.core import attachments
from apps.noko.services.plan import AHEAD
from apps.organizations.models import Organization
from apps.organizations.picking import pick


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates."""

    input_type = "date"

    def __init__(self, **attributes: Any) -> None:
        super().__init__(attrs=attributes, format="%Y-%m-%d")


def _years() -> list[tuple[int, str]]:
    this_year = timezone.localdate().year
    return [(year, str(year)) for year in range(this_year - 3, this_year + AHEAD + 1)]


def _helper(*fields: Any, button: str) -> FormHelper:
    helper = FormHelper()
    helper.layout = Layout(*fields, Submit("save", button))
    return helper


class PlanForm(forms.Form):
    year = forms.TypedChoiceField(label="Год", coerce=int, choices=_years)
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="Организации",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одну организацию."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organizations"].queryset = Organization.objects.educational().active()  # type: ignore[attr-defined]
        self.helper = _helper("year", pick(), button="Внести в план")


class ReportForm(forms.Form):
    year = forms.TypedChoiceField(label="За какой год", coerce=int, choices=_years)
    operator = forms.CharField(
        label="Оператор", max_length=200, help_text="Организация, которая собирала и обобщала сведения."
    )
    file = forms.FileField(
        label="Файл оператора",
        help_text="xlsx, до 10 МБ. Столбцы — номера показателей, как в образце.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            Row(Column("year", css_class="col-md-3"), Column("operator", css_class="col-md-9")),
            "file",
            button="Посмотреть файл",
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Причина",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Напишите причину: она останется в истории."},
    )


class LinkForm(forms.Form):
    url = forms.URLField(
        label="Страница организации на bus.gov.ru", required=False, max_length=200, assume_scheme="https"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("url", button="Сохранить ссылку")


class MeasureForm(forms.Form):
    text = forms.CharField(label="Что будет сделано", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    responsible = forms.CharField(
        label="Кто отвечает", max_length=150, help_text="Должность, например: заместитель директора по АХЧ."
    )
    due_on = forms.DateField(label="Срок", widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            "text",
            Row(Column("responsible", css_class="col-md-8"), Column("due_on", css_class="col-md-4")),
            button="Внести меру",
        )

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("Срок уже прошёл. Укажите сегодняшний или более поздний день.")
        return due_on


class DoneForm(forms.Form):
    text = forms.CharField(
        label="Что сделано",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Напишите, что сделано."},
    )
    proof_url = forms.URLField(
        label="Ссылка на подтверждение", required=False, max_length=200, assume_scheme="https",
        help_text="Страница сайта организации, фотография, новость.",
    )  # fmt: skip
    proof = forms.FileField(label="или файл", required=False, help_text=attachments.ADVICE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("text", "proof_url", "proof", button="Направить отчёт")


class ReviewForm(forms.Form):
    text = forms.CharField(
        label="Замечание",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Обязательно, если возвращаете отчёт.",
    )
