"""Forms of the office pages: they turn what was typed into domain values."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.organizations.models import Organization
from apps.organizations.picking import pick
from apps.surveys.models import Question, Questionnaire, Survey
from apps.surveys.models.questionnaires import Audience
from apps.surveys.services import NewQuestion

Kind = Question.Kind
LONGEST = timedelta(days=120)


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates."""

    input_type = "date"

    def __init__(self, **attributes: Any) -> None:
        super().__init__(attrs=attributes, format="%Y-%m-%d")


class QuestionnaireForm(forms.Form):
    title = forms.CharField(label="Название", max_length=200, help_text="Его увидят отвечающие.")
    introduction = forms.CharField(
        label="Обращение к отвечающему",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Зачем опрос и что изменится по его итогам. Два-три предложения.",
    )
    audience = forms.ChoiceField(label="Кто отвечает", choices=Audience.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("title", "introduction", "audience", Submit("save", "Создать анкету"))


class SectionForm(forms.Form):
    title = forms.CharField(label="Название раздела", max_length=200)
    note = forms.CharField(label="Пояснение", max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("title", "note", Submit("save", "Сохранить раздел"))


class QuestionForm(forms.Form):
    """One question with its filter. `filters` are the questions above that have options."""

    kind = forms.ChoiceField(label="Вид ответа", choices=Kind.choices)
    text = forms.CharField(label="Вопрос", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    note = forms.CharField(label="Подсказка", max_length=300, required=False)
    is_required = forms.BooleanField(label="Без ответа анкета не отправляется", required=False, initial=True)
    options = forms.CharField(
        label="Варианты, каждый с новой строки",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Для видов «один вариант» и «несколько вариантов». От двух до двадцати.",
    )
    minimum = forms.IntegerField(label="Наименьшее", required=False, min_value=-1_000_000, max_value=1_000_000)
    maximum = forms.IntegerField(
        label="Наибольшее", required=False, min_value=-1_000_000, max_value=1_000_000, help_text="Для шкалы и числа."
    )
    depends_on = forms.ModelChoiceField(
        Question.objects.none(), label="Задавать только после вопроса", required=False, empty_label="задавать всем"
    )
    depends_options = forms.CharField(
        label="при ответах (номера вариантов через запятую)",
        max_length=60,
        required=False,
        help_text="У вопроса «да / нет» ответ «да» — 1, «нет» — 2.",
    )

    def __init__(self, *args: Any, filters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["depends_on"].queryset = filters  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "kind",
            "text",
            "note",
            "is_required",
            "options",
            Row(Column("minimum", css_class="col-md-4"), Column("maximum", css_class="col-md-4")),
            Row(Column("depends_on", css_class="col-md-7"), Column("depends_options", css_class="col-md-5")),
            Submit("save", "Сохранить вопрос"),
        )

    def clean_options(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError("Вариант длиннее 200 знаков. Сократите его.")
        if len(set(lines)) < len(lines):
            raise forms.ValidationError("Один и тот же вариант написан дважды.")
        return lines

    def clean_depends_options(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["depends_options"].split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= 99 for part in parts):
            raise forms.ValidationError("Напишите номера вариантов через запятую, например: 1, 3.")
        return sorted({int(part) for part in parts})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self._clean_options(data)
        self._clean_bounds(data)
        self._clean_filter(data)
        return data

    def _clean_options(self, data: dict[str, Any]) -> None:
        options = data.get("options")
        if options is None:
            return
        if data.get("kind") not in {Kind.SINGLE, Kind.MULTIPLE}:
            data["options"] = []
        elif not 2 <= len(options) <= 20:
            self.add_error("options", "Напишите от двух до двадцати вариантов, каждый с новой строки.")

    def _clean_bounds(self, data: dict[str, Any]) -> None:
        low, high, kind = data.get("minimum"), data.get("maximum"), data.get("kind")
        if kind == Kind.SCALE:
            low = data["minimum"] = 1 if low is None else low
            high = data["maximum"] = 5 if high is None else high
            if not 0 <= low < high <= 10:
                self.add_error("maximum", "Шкала идёт от 0 или больше до 10 или меньше, например от 1 до 5.")
        elif kind != Kind.NUMBER:
            data["minimum"] = data["maximum"] = None
        elif low is not None and high is not None and low >= high:
            self.add_error("maximum", "Наибольшее должно быть больше наименьшего.")

    def _clean_filter(self, data: dict[str, Any]) -> None:
        question, options = data.get("depends_on"), data.get("depends_options")
        if question is None:
            data["depends_options"] = []
        elif options is not None and not set(options) & {number for number, _ in question.choices}:
            self.add_error("depends_options", "Укажите, при каких ответах задавать вопрос.")

    @property
    def new(self) -> NewQuestion:
        return NewQuestion(**self.cleaned_data)


class SurveyForm(forms.Form):
    questionnaire = forms.ModelChoiceField(Questionnaire.objects.none(), label="Анкета", empty_label="выберите анкету")
    title = forms.CharField(label="Название опроса", max_length=200, help_text="Его увидят отвечающие.")
    purpose = forms.CharField(
        label="Зачем проводится", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    opens_on = forms.DateField(label="Открыт с", widget=DateInput())
    closes_on = forms.DateField(label="Открыт по", widget=DateInput(), help_text="Включительно.")
    shared_devices = forms.BooleanField(
        label="Отвечать будут с общих компьютеров (класс, библиотека)",
        required=False,
        help_text="Тогда с одного устройства принимается несколько анкет; без отметки — одна.",
    )
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="Где проводится",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одну организацию."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questionnaire"].queryset = Questionnaire.objects.order_by("title", "-version")  # type: ignore[attr-defined]
        self.fields["organizations"].queryset = Organization.objects.educational().active()  # type: ignore[attr-defined]
        today = timezone.localdate()
        self.fields["opens_on"].initial = today
        self.fields["closes_on"].initial = today + timedelta(days=14)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "questionnaire",
            "title",
            "purpose",
            Row(Column("opens_on", css_class="col-md-4"), Column("closes_on", css_class="col-md-4")),
            "shared_devices",
            pick(),
            Submit("save", "Создать опрос и ссылки"),
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", "Последний день раньше первого.")
        elif last and last < timezone.localdate():
            self.add_error("closes_on", "Этот день уже прошёл.")
        elif first and last and last - first > LONGEST:
            self.add_error("closes_on", f"Опрос идёт не дольше {LONGEST.days} дней: сократите срок.")
        return data


class ReasonForm(forms.Form):
    """Why something ends before its time or is taken back."""

    reason = forms.CharField(
        label="Причина",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Напишите причину: она останется в истории."},
    )


class InvitedForm(forms.Form):
    """How many people each organisation invited."""

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in survey.places.select_related("organization"):
            self.fields[str(place.pk)] = forms.IntegerField(
                label=str(place.organization), min_value=1, max_value=100_000, required=False, initial=place.invited
            )

    @property
    def invited(self) -> dict[int, int | None]:
        return {int(name): value for name, value in self.cleaned_data.items()}
