"""Forms of recommendations: they turn what was typed into domain values."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.core import attachments, personal
from apps.core.models import Period
from apps.indicators.forms.picking import IndicatorsField, picker
from apps.indicators.models import Direction
from apps.organizations.models import Group, Organization
from apps.organizations.picking import pick
from apps.procedures.people.models import Association

TERM = timedelta(days=30)


def default_term() -> Any:
    return timezone.localdate() + TERM


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates."""

    input_type = "date"

    def __init__(self, **attributes: Any) -> None:
        super().__init__(attrs=attributes, format="%Y-%m-%d")


def group_label(group: Any) -> str:
    """A cluster may bear the name of a group made by hand."""
    return f"{group} (кластер)" if group.kind == Group.Kind.CLUSTER else str(group)


class TeachersField(forms.CharField):
    """Which teachers, described and never named."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = "Опишите группу без имён, например: учителя математики 5–6 классов."
        super().__init__(label="Для каких педагогов", max_length=200, required=False, help_text=help_text, **kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if found := personal.kinds(text):
            raise forms.ValidationError(f"Похоже на персональные данные: {personal.said(found)}. Опишите без имён.")
        return text


class DirectionField(forms.ModelChoiceField):
    """One of the directions in use."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Direction.objects.in_use(), label="Направление", required=False, empty_label="не указано", **kwargs
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.name}"


class RecommendationForm(forms.Form):
    """What is recommended, to whom and by when. `basis_text` may be mended by hand, the figures behind it may not."""

    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(), label="Организации", required=False, widget=forms.CheckboxSelectMultiple
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label="Группы и кластеры",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Получат все организации, которые входят в группу сегодня.",
    )
    associations = forms.ModelMultipleChoiceField(
        Association.objects.none(),
        label="Методические объединения",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Увидит и ответит руководитель объединения.",
    )
    teachers = TeachersField()
    direction = DirectionField()
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
        self.fields["groups"].queryset = Group.objects.filter(organizations__isnull=False).distinct()  # type: ignore[attr-defined]
        self.fields["groups"].label_from_instance = group_label  # type: ignore[attr-defined]
        led = Association.objects.filter(leader__isnull=False)
        self.fields["associations"].queryset = led  # type: ignore[attr-defined]
        self.fields["period"].queryset = Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR)  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title",
            Row(Column("period", css_class="col-md-6"), Column("due_on", css_class="col-md-6")),
            "direction",
            "basis_text",
            picker("indicators"),
            "text",
            HTML('<h2 class="mt-4">Кому</h2>'),
            pick(),
            Div("groups", css_class="msoko-choices"),
            Div("associations", css_class="msoko-choices"),
            "teachers",
            Submit("send", "Направить рекомендацию"),
        )

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("Срок исполнения уже прошёл. Укажите сегодняшний или более поздний день.")
        return due_on

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen = ("organizations", "groups", "associations")
        if not any(data.get(name) for name in chosen) and not any(name in self.errors for name in chosen):
            self.add_error("organizations", "Отметьте хотя бы одну организацию, группу или объединение.")
        return data


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
