"""Forms of days: chosen by a school, its own works, means and duties of a day."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Layout, Row, Submit
from django import forms

from apps.core import periods
from apps.organizations.models import Organization, Site
from apps.procedures.models import Duty, Participation, Procedure
from apps.procedures.schedule import reading
from apps.procedures.schedule.forms import GRADES, SubjectFields, day_field, number_field
from apps.procedures.schedule.services.days import Day, OwnWork
from apps.procedures.schedule.services.readiness import Means


class DayFields(forms.Form):
    """A day and a lesson."""

    held_on = day_field("День", required=True)
    lesson = number_field("Который урок", 14, "Чтобы портал проверил, что это не первый и не последний урок.", least=1)
    lessons_in_day = number_field("Уроков в этот день", 14, least=1)
    length = forms.TypedChoiceField(
        label="Занимает уроков", choices=[(n, str(n)) for n in range(1, 5)], coerce=int, initial=1
    )
    classes = forms.CharField(
        label="Какие классы",
        required=False,
        max_length=60,
        help_text="Например: 5А, 5Б. Пусто — вся параллель. Для других классов укажите ещё один день.",
    )

    @property
    def day(self) -> Day:
        data = self.cleaned_data
        return Day(**{name: data[name] for name in ("held_on", "lesson", "lessons_in_day", "length", "classes")})


_DAY_ROW = ("held_on", "lesson", "lessons_in_day", "length")


def _day_row() -> Row:
    return Row(*(Column(name, css_class="col-md-3") for name in _DAY_ROW))


class DayForm(DayFields):
    """The day a school chooses inside the window."""

    def __init__(self, *args: Any, first: date, last: date, grade: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        example = f"Например: {grade}А, {grade}Б. Пусто — вся параллель. Для других классов укажите ещё один день."
        self.fields["classes"].help_text = example
        self.fields["held_on"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(_day_row(), "classes", Submit("save", "Записать день"))


class OwnWorkForm(SubjectFields, DayFields):
    """A work of the school's own system of assessment."""

    grade = forms.TypedChoiceField(label="Класс (параллель)", choices=GRADES, coerce=int)
    session = forms.CharField(
        label="Чем отличается",
        required=False,
        max_length=20,
        help_text="Если таких работ за год несколько: «входная», «за I полугодие».",
    )
    document = forms.CharField(
        label="Документ школы",
        required=False,
        max_length=300,
        help_text="Приказ или график, которым работа утверждена.",
    )
    is_public = forms.BooleanField(label="Показывать родителям в открытом графике", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        half = "col-md-6"
        self.helper.layout = Layout(
            Row(Column("subject", css_class=half), Column("other_subject", css_class=half)),
            Row(Column("grade", css_class=half), Column("classes", css_class=half)),
            _day_row(),
            Row(Column("session", css_class=half), Column("document", css_class=half)),
            "is_public",
            Submit("save", "Сохранить"),
        )

    @property
    def work(self) -> OwnWork:
        data = self.cleaned_data
        return OwnWork(
            span=periods.school_year_of(data["held_on"]),
            subject=data["subject"],
            grade=data["grade"],
            day=self.day,
            session=data["session"],
            document=data["document"],
            is_public=data["is_public"],
        )


class MeansForm(forms.Form):
    """Sites, people, equipment and readiness of an organisation."""

    readiness = forms.ChoiceField(label="Готовность", choices=Participation.Readiness.choices)
    problem = forms.CharField(
        label="В чём трудность", required=False, max_length=300, help_text="Заполните, если отмечено «есть трудности»."
    )
    responsible = forms.CharField(
        label="Кто отвечает", required=False, max_length=150, help_text="Должность: «заместитель директора»."
    )
    site = forms.ModelChoiceField(Site.objects.none(), label="Площадка", required=False, empty_label="не указана")
    participants = number_field("Участников", 100_000)
    rooms = number_field("Аудиторий", 500)
    organizers = number_field("Организаторов", 1000)
    technicians = number_field("Технических специалистов", 100)
    computers = number_field("Исправных компьютеров", 5000)
    equipment = forms.CharField(
        label="Другое оборудование", required=False, max_length=300, help_text="Принтеры, сканеры, наушники, связь."
    )

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = organization.sites.all()  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        third = "col-md-4"
        self.helper.layout = Layout(
            Row(Column("readiness", css_class=third), Column("problem", css_class="col-md-8")),
            Row(*(Column(name, css_class=third) for name in ("responsible", "site", "participants"))),
            Row(
                *(
                    Column(name, css_class="col-6 col-md-3")
                    for name in ("rooms", "organizers", "technicians", "computers")
                )
            ),
            "equipment",
            Submit("save", "Сохранить"),
        )

    @property
    def means(self) -> Means:
        return Means(**self.cleaned_data)


class DutyForm(forms.Form):
    """Who of the staff."""

    user = forms.TypedChoiceField(label="Сотрудник", error_messages={"required": "Выберите сотрудника."})
    part = forms.ChoiceField(label="Роль", choices=Duty.Part.choices)

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        choices = [
            (key, f"{person} — {person.post}" if person.post else str(person)) for key, person in self.people.items()
        ]
        self.fields["user"].choices = [("", "Выберите сотрудника"), *choices]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("user", css_class="col-md-8"), Column("part", css_class="col-md-4")), HTML("")
        )

    @property
    def person(self) -> Any:
        return self.people[self.cleaned_data["user"]]


class CatalogueFilter(forms.Form):
    """Narrowing of the catalogue; what cannot be understood narrows nothing."""

    FLAGS = (
        ("document", "без утверждающего документа"),
        ("people", "без ответственного"),
        ("overlap", "с замечаниями к графику"),
        ("cancelled", "снятые с графика"),
    )

    year = forms.ChoiceField(label="Учебный год", required=False)
    kind = forms.ChoiceField(label="Вид", required=False, choices=[("", "Все"), *Procedure.Kind.choices])
    level = forms.ChoiceField(label="Уровень", required=False, choices=[("", "Все"), *Procedure.Level.choices])
    grade = forms.ChoiceField(label="Класс", required=False, choices=[("", "Все"), *GRADES])
    flag = forms.ChoiceField(label="Показать", required=False, choices=[("", "Все процедуры"), *FLAGS])
    schools = forms.BooleanField(label="и собственные работы школ", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = reading.year_choices()  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return dict(getattr(self, "cleaned_data", {}))


class StepForm(forms.Form):
    """A step of the preparation; an empty title takes it off."""

    title = forms.CharField(label="Шаг", required=False, max_length=200)
    due_on = day_field("Срок")
    by_school = forms.BooleanField(label="Делает организация", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("title") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Укажите срок шага.")
        return data
