"""Forms of instruments, requirements, internal assessment, analyses and explanatory events."""

from typing import Any

from crispy_forms.layout import HTML, Column, Row, Submit
from django import forms
from django.utils import timezone

from apps.core import attachments
from apps.organizations.models import Kind, Organization
from apps.organizations.picking import pick
from apps.procedures.instruments.models import ExplanatoryEvent, Instrument, InternalCheck, Opening, Topic
from apps.procedures.models import Subject
from apps.procedures.people.forms.base import area, helper
from apps.procedures.studies.forms import DateInput

GRADES = [(grade, f"{grade} класс") for grade in range(1, 12)]


def _grade(label: str = "Класс") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=[("", "Выберите класс"), *GRADES], coerce=int)


def _ticks(label: str, choices: Any, *, required: bool = True, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=required, help_text=help_text
    )


class WithFile(forms.Form):
    """A form with one attached file; `upload` is what the services take."""

    file = forms.FileField(label="Файл", required=False, widget=forms.FileInput, help_text=attachments.ADVICE)

    @property
    def upload(self) -> Any:
        sent = self.cleaned_data.get("file")
        return (sent, sent.name) if sent else None

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class InstrumentForm(WithFile):
    title = forms.CharField(label="Название", max_length=200)
    kind = forms.ChoiceField(label="Для чего", choices=Instrument.Kind.choices)
    subject = forms.ModelChoiceField(Subject.objects.none(), label="Предмет", empty_label="Выберите предмет")
    grade = _grade()
    skill = forms.CharField(label="Проверяемое умение", max_length=300)
    note = area("Пояснение", 2000, "Состав работы, время, как проверять.", required=False)
    open_until = forms.DateField(
        label="Доступен по",
        required=False,
        widget=DateInput(),
        help_text="После этого дня файл откроет только управление.",
    )
    opening = _ticks("Кто может открыть", Opening.choices, required=False, help_text="Сотрудники управления видят всё.")

    def __init__(self, *args: Any, subjects: Any, has_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = subjects  # type: ignore[attr-defined]
        self.fields["file"].required = not has_file
        if has_file:
            self.fields["file"].label = "Новый файл вместо прежнего"
        what = Row(Column("subject"), Column("grade"), Column("kind"))
        self.helper = helper(
            "title", what, "skill", "note", "file", "open_until", "opening", Submit("save", "Сохранить")
        )

    @staticmethod
    def initial_of(row: Instrument) -> dict[str, Any]:
        names = ("title", "kind", "subject", "grade", "skill", "note", "open_until", "opening")
        return {name: getattr(row, name) for name in names}


class DecisionForm(forms.Form):
    answer = area("Причина", 1000, "Обязательна при возврате: её прочтёт автор.", required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "answer",
            Submit("approved", "Согласовать"),
            HTML(" "),
            Submit("returned", "Вернуть", css_class="btn btn-outline-primary"),
            HTML(" "),
            Submit("archived", "В архив", css_class="btn btn-outline-danger"),
        )


class RequirementForm(WithFile):
    title = forms.CharField(label="Название", max_length=200)
    subject = forms.ModelChoiceField(Subject.objects.none(), label="Предмет", empty_label="Выберите предмет")
    grade_from = _grade("С какого класса")
    grade_to = _grade("По какой класс")
    text = area("Требования", 8000, "Что и за что ставится, что считать ошибкой и недочётом, сколько работ.", rows=10)
    confirm_by = forms.DateField(label="Школам подтвердить до", widget=DateInput())

    def __init__(self, *args: Any, subjects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = subjects  # type: ignore[attr-defined]
        what = Row(Column("subject"), Column("grade_from"), Column("grade_to"))
        self.helper = helper("title", what, "text", "file", "confirm_by", Submit("save", "Опубликовать"))


class CriteriaForm(forms.Form):
    document = forms.CharField(
        label="Локальный акт", max_length=300, help_text="Например: положение о формах и порядке контроля, № и дата."
    )
    criteria = area("Критерии оценивания", 8000, "За что ставятся отметки, или где это написано.", rows=8)
    url = forms.URLField(label="Адрес на сайте организации", required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("document", "criteria", "url", Submit("save", "Сохранить"))


class CheckForm(forms.Form):
    on = forms.DateField(label="День проверки", widget=DateInput())
    kind = forms.ChoiceField(label="Как проверяли", choices=InternalCheck.Kind.choices)
    subject = forms.ModelChoiceField(Subject.objects.all(), label="Предмет", empty_label="Выберите предмет")
    grade = _grade()
    works = forms.IntegerField(label="Проверено работ", min_value=1, max_value=10000)
    changed = forms.IntegerField(label="В скольких изменилась отметка", min_value=0, max_value=10000)
    outcome = area("Вывод и что сделано", 2000, "Без фамилий учителей и учеников.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what = Row(Column("on"), Column("kind"))
        whom = Row(Column("subject"), Column("grade"))
        counts = Row(Column("works"), Column("changed"))
        self.helper = helper(what, whom, counts, "outcome", Submit("save", "Внести проверку"))

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Этот день ещё не наступил. Внесите проверку, когда она пройдёт.")
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("works") is not None and data.get("changed") is not None and data["changed"] > data["works"]:
            self.add_error("changed", "Больше, чем проверено работ.")
        return data


class AnalysisForm(WithFile):
    text = area(
        "Разбор", 10000, "Что получилось, какие умения западают и почему. Без имён и сравнения учителей.", rows=8
    )
    advice = area("Что предлагаем школам", 4000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("text", "advice", "file", Submit("save", "Сохранить разбор"))


class EventForm(forms.Form):
    title = forms.CharField(label="Название", max_length=200)
    kind = forms.ChoiceField(label="Вид", choices=ExplanatoryEvent.Kind.choices)
    on = forms.DateField(label="День", widget=DateInput())
    topics = _ticks("Темы объективности", Topic.choices)
    audience = forms.CharField(label="Для кого", max_length=200)
    plan = area("Что разъясняем", 2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what = Row(Column("kind"), Column("on"), Column("audience"))
        self.helper = helper("title", what, "topics", "plan", Submit("save", "Сохранить"))

    @staticmethod
    def initial_of(row: ExplanatoryEvent) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("title", "kind", "on", "topics", "audience", "plan")}


class HeldForm(forms.Form):
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="Какие школы участвовали",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    outcome = area("Итог", 2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = Organization.objects.active().filter(kind=Kind.SCHOOL)
        self.fields["organizations"].queryset = schools  # type: ignore[attr-defined]
        choices = pick()
        self.helper = helper(choices, "outcome", Submit("held", "Отметить проведённым"))
