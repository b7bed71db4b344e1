"""Forms of the schedule: what was typed becomes plans, days and means."""

from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms

from apps.core import periods
from apps.procedures.models import Procedure, Subject
from apps.procedures.readers.subjects import SUBJECTS
from apps.procedures.schedule import reading
from apps.procedures.schedule.services.procedures import Plan, auto_title
from apps.procedures.studies.forms import DateInput

GRADES = [(str(grade), f"{grade} класс") for grade in range(1, 12)]
OTHER = "другой"


def day_field(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DateInput(), help_text=help_text)


def number_field(label: str, most: int, help_text: str = "", *, least: int = 0) -> forms.IntegerField:
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
    held_on = day_field("День", "Если работа идёт в один день у всех.")
    window_starts_on = day_field("Срок с", "Школа выберет свой день внутри срока.")
    window_ends_on = day_field("Срок по")
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
    made = Plan(
        procedure.kind, procedure.level, procedure.period.span, procedure.subject.name, session=procedure.session
    )
    if procedure.title == auto_title(made, procedure.grade):
        said["title"] = ""
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
