"""Tables of the room. Lists of organisations are not sorted by result: no rating of schools by ВПР."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from apps.core.figures import figure, percent
from apps.procedures.models import ParticipatingSchool, Procedure, QuarantinedRow
from apps.procedures.selectors import SchoolRow
from apps.procedures.statistics import Parts, attainment, quality

NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}


def _marks(record: Any) -> Parts:
    return Parts(marks=[getattr(record, f"marks_{mark}") for mark in (2, 3, 4, 5)])


def _by_marks(measure: Callable[[Parts], Decimal | None], record: Any) -> str:
    """ЕГЭ has test scores instead of marks: nothing is missing there."""
    return "—" if record.kind == Procedure.Kind.EGE else percent(measure(_marks(record)))


def _of_schools(participants: int, schools: int) -> str:
    """A school sees one: its own."""
    return figure(participants) if schools == 1 else f"{figure(participants)} (школ: {figure(schools)})"


class ProcedureTable(tables.Table):
    title = tables.Column(verbose_name="Процедура", linkify=lambda record: record.get_absolute_url(), orderable=False)
    period = tables.Column(accessor="period__code", verbose_name="Учебный год", orderable=False)
    participants = tables.Column(accessor="own_participants", verbose_name="Писали", attrs=NUMBER, orderable=False)
    attainment = tables.Column(verbose_name="Успеваемость", attrs=NUMBER, empty_values=(), orderable=False)
    quality = tables.Column(verbose_name="Качество", attrs=NUMBER, empty_values=(), orderable=False)
    whole = tables.Column(accessor="all_participants", verbose_name="Всего в файлах", attrs=NUMBER, orderable=False)

    class Meta:
        attrs = {"aria-label": "Оценочные процедуры с результатами"}

    def render_participants(self, value: int, record: Any) -> str:
        return _of_schools(value, record.own_schools) if value else "—"

    def render_attainment(self, record: Any) -> str:
        return _by_marks(attainment, record)

    def render_quality(self, record: Any) -> str:
        return _by_marks(quality, record)

    def render_whole(self, value: int, record: Any) -> str:
        return _of_schools(value, record.all_schools)


class SchoolTable(tables.Table):
    """Our organisations in one procedure, in the order of the register."""

    organization = tables.Column(verbose_name="Школа", orderable=False)
    n = tables.Column(accessor="figures__n", verbose_name="Писали", attrs=NUMBER, orderable=False)
    absent = tables.Column(accessor="figures__parts__absent", verbose_name="Не писали", attrs=NUMBER, orderable=False)
    two = tables.Column(empty_values=(), verbose_name="«2»", attrs=NUMBER, orderable=False)
    three = tables.Column(empty_values=(), verbose_name="«3»", attrs=NUMBER, orderable=False)
    four = tables.Column(empty_values=(), verbose_name="«4»", attrs=NUMBER, orderable=False)
    five = tables.Column(empty_values=(), verbose_name="«5»", attrs=NUMBER, orderable=False)
    attainment = tables.Column(
        accessor="figures__attainment", empty_values=(), verbose_name="Успеваемость", attrs=NUMBER, orderable=False
    )
    quality = tables.Column(
        accessor="figures__quality", empty_values=(), verbose_name="Качество", attrs=NUMBER, orderable=False
    )
    mean = tables.Column(
        accessor="figures__mean_primary", empty_values=(), verbose_name="Средний балл", attrs=NUMBER, orderable=False
    )

    class Meta:
        attrs = {"aria-label": "Результаты по школам", "class": "dense"}

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.procedure = procedure

    def render_organization(self, value: Any) -> str:
        url = reverse("procedures:school", args=[self.procedure.pk, value.code])
        return format_html('<a href="{}">{}</a>', url, value)

    def render_n(self, value: int, record: SchoolRow) -> str:
        return f"{figure(value)} (мало)" if record.figures.is_few else figure(value)

    def _share(self, record: SchoolRow, index: int) -> str:
        return percent(record.figures.shares[index])

    def render_two(self, record: SchoolRow) -> str:
        return self._share(record, 0)

    def render_three(self, record: SchoolRow) -> str:
        return self._share(record, 1)

    def render_four(self, record: SchoolRow) -> str:
        return self._share(record, 2)

    def render_five(self, record: SchoolRow) -> str:
        return self._share(record, 3)

    def render_attainment(self, value: Any) -> str:
        return percent(value)

    def render_quality(self, value: Any) -> str:
        return percent(value)

    def render_mean(self, value: Any) -> str:
        return figure(value, 1)


_BOX = '<input class="form-check-input" type="checkbox" name="chosen" value="{}" aria-label="Отметить: {}">'


class QuarantineTable(tables.Table):
    chosen = tables.Column(empty_values=(), verbose_name="Отметить", orderable=False)
    sheet_row = tables.Column(verbose_name="Строка файла", attrs=NUMBER, orderable=False)
    school = tables.Column(verbose_name="Школа", orderable=False)
    code = tables.Column(verbose_name="Код участника", attrs=NUMBER, orderable=False)
    reason = tables.Column(verbose_name="Причина", orderable=False)
    state = tables.Column(verbose_name="Состояние", orderable=False)
    fix = tables.Column(empty_values=(), verbose_name="Исправление", orderable=False)

    class Meta:
        attrs = {"aria-label": "Строки в карантине"}

    def __init__(self, *args: Any, may_decide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_decide:
            self.columns.hide("chosen")
            self.columns.hide("fix")

    def render_fix(self, record: QuarantinedRow) -> str:
        if record.state != QuarantinedRow.State.HELD:
            return "—"
        return format_html('<a href="{}">Исправить ячейки</a>', reverse("procedures:row_fix", args=[record.pk]))

    def render_chosen(self, record: QuarantinedRow) -> str:
        if record.state != QuarantinedRow.State.HELD:
            return ""
        return format_html(_BOX, record.pk, f"строка {record.sheet_row}")

    def render_code(self, value: int) -> str:
        return str(value) if value else "—"

    def render_sheet_row(self, value: int) -> str:
        return str(value)

    def render_state(self, record: QuarantinedRow) -> str:
        return record.get_state_display()


class UnknownSchoolTable(tables.Table):
    """Schools of a file that are not in the register; a row is (school, participants)."""

    chosen = tables.Column(empty_values=(), verbose_name="Отметить", orderable=False)
    name = tables.Column(empty_values=(), verbose_name="Школа в файле", orderable=False)
    login = tables.Column(empty_values=(), verbose_name="Код", orderable=False)
    municipality = tables.Column(empty_values=(), verbose_name="Муниципалитет", orderable=False)
    participants = tables.Column(empty_values=(), verbose_name="Писали", attrs=NUMBER, orderable=False)
    action = tables.Column(empty_values=(), verbose_name="Действие", orderable=False)

    class Meta:
        attrs = {"aria-label": "Школы, которых нет в реестре"}

    def __init__(self, *args: Any, may_decide: bool, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = back
        if not may_decide:
            self.columns.hide("chosen")
            self.columns.hide("action")

    def render_chosen(self, record: tuple[ParticipatingSchool, int]) -> str:
        return format_html(_BOX, record[0].pk, record[0])

    def render_name(self, record: tuple[ParticipatingSchool, int]) -> str:
        return record[0].name or "название не указано"

    def render_login(self, record: tuple[ParticipatingSchool, int]) -> str:
        return record[0].login if record[0].system != ParticipatingSchool.System.FORM else "—"

    def render_municipality(self, record: tuple[ParticipatingSchool, int]) -> str:
        return record[0].municipality or record[0].municipality_code or "—"

    def render_participants(self, record: tuple[ParticipatingSchool, int]) -> str:
        return figure(record[1])

    def render_action(self, record: tuple[ParticipatingSchool, int]) -> str:
        url = reverse("procedures:school_link", args=[record[0].pk])
        return format_html('<a href="{}?next={}">Связать с организацией</a>', url, self.back)
