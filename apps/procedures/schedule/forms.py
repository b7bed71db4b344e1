"""Forms of the schedule: what was typed becomes plans, days and means."""

from datetime import date
from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row, Submit
from django import forms

from apps.core import periods
from apps.organizations.models import Organization, Site
from apps.procedures.models import Duty, Participation, Procedure, Subject
from apps.procedures.readers.subjects import SUBJECTS
from apps.procedures.schedule import reading
from apps.procedures.schedule.services.days import Day, OwnWork
from apps.procedures.schedule.services.procedures import Plan
from apps.procedures.schedule.services.readiness import Means
from apps.procedures.studies.forms import DateInput

GRADES = [(str(grade), f"{grade} класс") for grade in range(1, 12)]
OTHER = "другой"


def _day(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DateInput(), help_text=help_text)


def _number(label: str, most: int, help_text: str = "", *, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, help_text=help_text, localize=False
    )


def subject_choices() -> list[tuple[str, str]]:
    names = sorted({*SUBJECTS, *Subject.objects.values_list("name", flat=True)})
    return [("", "Выберите предмет"), *((name, name) for name in names), (OTHER, "другой — написать ниже")]


class SubjectFields(forms.Form):
    """A subject of the list, or one that is not in it."""

    subject = forms.ChoiceField(label="Предмет", error_messages={"required": "Выберите предмет."})
    other_subject = forms.CharField(
        label="Другой предмет", required=False, max_length=120, help_text="Если в списке нет нужного."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = subject_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("subject") == OTHER:
            data["subject"] = " ".join(data.get("other_subject", "").split())
            if not data["subject"]:
                self.add_error("other_subject", "Напишите название предмета.")
        return data


class PlanForm(SubjectFields):
    """A procedure of the year; a new one may be made for several grades at once."""

    kind = forms.ChoiceField(label="Вид", choices=[("", "Выберите вид"), *Procedure.Kind.choices])
    level = forms.ChoiceField(label="Уровень", choices=[("", "Выберите уровень"), *Procedure.Level.choices])
    year = forms.ChoiceField(label="Учебный год")
    grades = forms.TypedMultipleChoiceField(
        label="Классы",
        choices=GRADES,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы один класс."},
    )
    held_on = _day("День", "Если работа идёт в один день у всех.")
    window_starts_on = _day("Срок с", "Школа выберет свой день внутри срока.")
    window_ends_on = _day("Срок по")
    session = forms.CharField(
        label="Чем отличается",
        required=False,
        max_length=20,
        help_text="Только если за год таких работ несколько: «входная», «итоговая».",
    )
    document = forms.CharField(
        label="Утверждающий документ",
        required=False,
        max_length=300,
        help_text="Вид, дата, номер, название. Можно приложить позже; пока его нет, процедура отмечена.",
    )
    title = forms.CharField(
        label="Название", required=False, max_length=200, help_text="Если оставить пустым, портал составит его сам."
    )
    note = forms.CharField(label="Пояснение", required=False, max_length=400)
    is_public = forms.BooleanField(label="Показывать в открытом графике", required=False)

    def __init__(self, *args: Any, procedure: Procedure | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        spans = reading.years()
        if procedure:
            spans = sorted({*spans, procedure.period.span}, reverse=True)
            fields["grades"] = forms.TypedChoiceField(label="Класс", choices=GRADES, coerce=lambda text: [int(text)])
        fields["year"].choices = [(span.code, periods.title(span)) for span in spans]
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        third = "col-md-4"
        self.helper.layout = Layout(
            Row(Column("kind", css_class=third), Column("level", css_class=third), Column("year", css_class=third)),
            Row(Column("subject", css_class="col-md-6"), Column("other_subject", css_class="col-md-6")),
            "grades" if procedure else InlineCheckboxes("grades"),
            Fieldset(
                "Когда",
                Row(
                    Column("held_on", css_class=third),
                    Column("window_starts_on", css_class=third),
                    Column("window_ends_on", css_class=third),
                ),
            ),
            "session",
            "document",
            "title",
            "note",
            "is_public",
            Submit("save", "Сохранить" if procedure else "Внести в график"),
        )

    def clean_grades(self) -> list[int]:
        return sorted(self.cleaned_data["grades"])  # of an existing procedure: the one

    @property
    def plan(self) -> Plan:
        data = self.cleaned_data
        names = ("kind", "level", "subject", "held_on", "window_starts_on", "window_ends_on", "session", "title")
        said = {name: data[name] for name in (*names, "document", "note", "is_public")}
        return Plan(span=periods.parse_period(data["year"]), **said)


def plan_initial(procedure: Procedure) -> dict[str, Any]:
    """What the form of a procedure begins with; a title the portal made is made anew."""
    names = ("kind", "level", "held_on", "window_starts_on", "window_ends_on", "session", "title", "document", "note")
    said = {name: getattr(procedure, name) for name in names}
    if procedure.held_on:  # results of a work with a window bring the day on which most wrote
        said["window_starts_on"] = said["window_ends_on"] = None
    return said | {
        "is_public": procedure.is_public,
        "subject": procedure.subject.name,
        "year": procedure.period.code,
        "grades": str(procedure.grade),
    }


class DocumentForm(forms.Form):
    """The approving document of one procedure or of many."""

    document = forms.CharField(
        label="Реквизиты документа",
        max_length=300,
        help_text="Например: приказ управления образования от 01.09.2026 № 120 «О графике оценочных процедур».",
        error_messages={"required": "Напишите вид, дату, номер и название документа."},
    )
    file = forms.FileField(
        label="Файл документа",
        required=False,
        help_text="PDF, DOCX, XLSX, JPG или PNG, не больше 10 МБ.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("document", "file")


class DayFields(forms.Form):
    """A day and a lesson."""

    held_on = _day("День", required=True)
    lesson = _number("Который урок", 14, "Чтобы портал проверил, что это не первый и не последний урок.", least=1)
    lessons_in_day = _number("Уроков в этот день", 14, least=1)
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

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
    participants = _number("Участников", 100_000)
    rooms = _number("Аудиторий", 500)
    organizers = _number("Организаторов", 1000)
    technicians = _number("Технических специалистов", 100)
    computers = _number("Исправных компьютеров", 5000)
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
    due_on = _day("Срок")
    by_school = forms.BooleanField(label="Делает организация", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("title") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Укажите срок шага.")
        return data
