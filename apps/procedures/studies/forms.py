"""Forms of studies."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.procedures.models import Procedure
from apps.procedures.studies.models import Study


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates."""

    input_type = "date"

    def __init__(self, **attributes: Any) -> None:
        super().__init__(attrs=attributes, format="%Y-%m-%d")


def _area(label: str, length: int, help_text: str = "", *, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class StudyForm(forms.Form):
    title = forms.CharField(label="Название", max_length=200)
    level = forms.ChoiceField(
        label="Уровень", choices=Study.Level.choices, initial=Study.Level.MUNICIPAL, required=False,
        help_text="Для федеральных, региональных и международных — исследование, в котором участвуют наши школы.",
    )  # fmt: skip
    aim = _area("Цель", 2000, "Что хотим узнать и какое решение от этого зависит.")
    sample = _area("Выборка", 1000, "Какие организации, классы, сколько участников и как отобраны.")
    instrument = _area("Инструмент", 1000, "Работа, анкета, наблюдение; кто разработал, где хранится.")
    starts_on = forms.DateField(label="Начало", widget=DateInput())
    ends_on = forms.DateField(label="Окончание", widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        days = Row(Column("starts_on", css_class="col-md-4"), Column("ends_on", css_class="col-md-4"))
        self.helper.layout = Layout(
            "title", "level", "aim", "sample", "instrument", days, Submit("save", "Создать исследование")
        )

    def clean_level(self) -> str:
        return str(self.cleaned_data["level"] or Study.Level.MUNICIPAL)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "Окончание раньше начала.")
        return data


class ResultsForm(forms.Form):
    procedures = forms.ModelMultipleChoiceField(
        Procedure.objects.none(),
        label="Работы исследования",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Загруженные результаты. Новые загрузите на странице «Загрузить результаты».",
    )
    conclusion = forms.CharField(
        label="Вывод", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedures"].queryset = choices  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Div("procedures", css_class="msoko-choices"), "conclusion", Submit("save", "Сохранить")
        )


class RequestForm(forms.Form):
    topic = forms.CharField(
        label="Что обследовать", max_length=200, help_text="Например: читательская грамотность, 6 класс."
    )
    reason = _area("Зачем", 2000, "Какой вопрос не удаётся решить по имеющимся данным.", rows=4)
    wanted_by = forms.DateField(label="Нужно к", required=False, widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("topic", "reason", "wanted_by", Submit("send", "Направить запрос"))

    def clean_wanted_by(self) -> Any:
        day = self.cleaned_data["wanted_by"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Этот день уже прошёл. Укажите более поздний.")
        return day


class DecisionForm(forms.Form):
    answer = _area("Ответ организации", 2000, "Причина решения: её прочтёт руководитель.", rows=3)
    due_on = forms.DateField(
        label="Срок обследования", required=False, widget=DateInput(), help_text="Обязателен, если принимаете запрос."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "answer",
            "due_on",
            Submit("accept", "Принять"),
            HTML(" "),
            Submit("reject", "Отклонить", css_class="btn btn-outline-danger"),
        )
