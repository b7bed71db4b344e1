"""Forms of recommendations: they turn what was typed into domain values."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.core import attachments
from apps.core.models import Period
from apps.indicators.forms.picking import IndicatorsField, picker
from apps.organizations.models import Organization

TERM = timedelta(days=30)


def default_term() -> Any:
    return timezone.localdate() + TERM


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates."""

    input_type = "date"

    def __init__(self, **attributes: Any) -> None:
        super().__init__(attrs=attributes, format="%Y-%m-%d")


class RecommendationForm(forms.Form):
    """What is recommended, to whom and by when. `basis_text` may be mended by hand, the figures behind it may not."""

    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="Кому",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одну организацию."},
    )
    period = forms.ModelChoiceField(Period.objects.none(), label="Учебный год", empty_label=None)
    title = forms.CharField(label="О чём", max_length=200)
    basis_text = forms.CharField(
        label="Основание",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Цифры и источник, из которых следует рекомендация. Адресат увидит этот текст.",
    )
    indicators = IndicatorsField(
        label="На каких показателях основана",
        required=False,
        help_text="Не обязательно. По отметкам видно, что показатель нужен для решений.",
    )
    text = forms.CharField(
        label="Что рекомендуется",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Что сделать, с чьей помощью и какого результата ждём.",
    )
    due_on = forms.DateField(label="Срок исполнения", widget=DateInput(), initial=default_term)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations = Organization.objects.educational().active()
        self.fields["organizations"].queryset = organizations  # type: ignore[attr-defined]
        self.fields["period"].queryset = Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR)  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title",
            Row(Column("period", css_class="col-md-6"), Column("due_on", css_class="col-md-6")),
            "basis_text",
            picker("indicators"),
            "text",
            Div("organizations", css_class="msoko-choices"),
            Submit("send", "Направить рекомендацию"),
        )

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("Срок исполнения уже прошёл. Укажите сегодняшний или более поздний день.")
        return due_on


class ReportForm(forms.Form):
    """An organisation's report."""

    text = forms.CharField(
        label="Что сделано",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Мероприятия, даты, результат. Не указывайте фамилии учеников.",
        error_messages={"required": "Напишите, что сделано и с каким результатом."},
    )
    proof = forms.FileField(label="Подтверждающий файл", required=False, help_text=attachments.ADVICE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("text", "proof", Submit("send", "Направить отчёт"))


class ReviewForm(forms.Form):
    """Accept the report, or return it with a remark."""

    text = forms.CharField(
        label="Замечание",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Обязательно, если возвращаете отчёт: организация увидит этот текст.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "text",
            Submit("accept", "Принять отчёт"),
            HTML(" "),
            Submit("return", "Вернуть на доработку", css_class="btn btn-outline-primary"),
        )
