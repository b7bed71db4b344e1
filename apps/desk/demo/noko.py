"""Independent assessment: last year's operator's file, the plan around it, shortcomings being mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import numpy as np
from openpyxl import Workbook

from apps.core.models import Job, Period
from apps.desk.demo import chance, dating
from apps.desk.demo.actions import director_of
from apps.desk.demo.people import HOME_KINDERGARTEN, HOME_SCHOOL
from apps.desk.demo.world import World
from apps.indicators.services import compute_aggregates
from apps.indicators.services.aggregates import KIND
from apps.noko import services
from apps.noko.calculation import TOTALS, Method, method
from apps.noko.models import Measure, OperatorReport, PlanEntry, Shortcoming
from apps.noko.reading import TOTAL_TITLES, column_title
from apps.organizations.models import Organization

OPERATOR = "АНО «Центр независимых оценок» (вымышленный)"
# In the operator's words; the checklists name the rest.
NAMED = (
    ("2.1.o2", "Нет указателей к кабинету директора и приёмной."),
    ("", "На сайте трудно найти расписание: оно в виде фотографии."),
    ("3.1.o2", "Нет места для автомобиля инвалида у входа."),
)
State = Measure.State


@dataclass(frozen=True)
class Mending:
    """A measure of the demonstration: whose, about which words, due in so many days, and how far it is."""

    organization: str
    about: str
    due: int
    state: State
    text: str
    responsible: str


MENDINGS = (
    Mending(HOME_SCHOOL, "автомоб", 24, State.PLANNED, "Разметить место у входа", "заместитель директора по АХЧ"),
    Mending(HOME_SCHOOL, "указател", -6, State.PLANNED, "Повесить указатели на первом этаже", "завхоз"),
    Mending(HOME_SCHOOL, "расписан", -30, State.DONE, "Выложить расписание текстом", "ответственный за сайт"),
    Mending(HOME_KINDERGARTEN, "расписан", 12, State.REPORTED, "Обновить раздел сайта", "заместитель заведующего"),
    Mending("school-02", "указател", -15, State.RETURNED, "Сделать навигацию в холле", "завхоз"),
    Mending("school-03", "указател", 40, State.PLANNED, "Заказать таблички к кабинетам", "директор"),
)


def load(world: World) -> None:
    year = world.timeline.today.year
    working = [each for each in world.organizations.values() if not each.closed_on]
    schools = [each for each in working if each.code.startswith("school")]
    gardens = [each for each in working if each.code.startswith("kindergarten")]
    assessed = [*schools[:10], *gardens[:6]]
    rest = [each for each in working if each not in assessed]
    specialist = world.people["specialist"]
    services.plan_year(year=year - 1, organizations=assessed, by=specialist)
    services.plan_year(year=year, organizations=rest[:-4], by=specialist)  # four wait for somebody to notice
    services.plan_year(year=year + 2, organizations=assessed, by=specialist)
    begun = dating.at(world.timeline.today - timedelta(days=500), 10)
    PlanEntry.objects.update(created_at=begun)
    report = _import(world, assessed)
    for mending in MENDINGS:
        _mend(world, report, mending)


def _import(world: World, assessed: Sequence[Organization]) -> OperatorReport:
    """The file as the page takes it; one total in it is wrong, so that the preview has something to show."""
    period = Period.objects.named(str(world.timeline.today.year - 1))
    specialist = world.people["specialist"]
    stream = operator_file(world, period, assessed)
    name = f"НОКО {period.code}.xlsx"
    report = services.upload_report(stream=stream, name=name, period=period, operator=OPERATOR, by=specialist)
    report = services.accept_report(report=report, by=specialist)
    compute_aggregates(period=period)
    Job.objects.filter(kind=KIND, state=Job.State.QUEUED).delete()  # acceptance has asked for it; it is done
    moment = dating.at(world.timeline.today - timedelta(days=75), 11)
    OperatorReport.objects.filter(pk=report.pk).update(created_at=moment, decided_at=moment)
    dating.date_events(report, {"noko.uploaded": moment, "noko.accepted": moment})
    return report


def operator_file(world: World, period: Period, organizations: Sequence[Organization]) -> BytesIO:
    """An invented operator's file in the form of our template."""
    ways = method(period.ends_on)
    inputs = [row.number for row in ways.inputs]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Данные")
    titles = [column_title(row) for row in ways.inputs] + [TOTAL_TITLES[number][0] for number in TOTALS]
    sheet.append(["Код организации", "Организация", *titles, "Страница на bus.gov.ru"])
    notes = book.create_sheet("Недостатки")
    notes.append(["Код организации", "Показатель", "Недостаток"])
    for at, organization in enumerate(organizations):
        lots = chance.generator(world.seed, "noko", organization.code)
        cells = _primary(ways, lots, few=at % 5 == 4)
        totals = _totals(ways, cells)
        if at == 3 and totals["K2"] is not None:
            totals["K2"] = round(totals["K2"] + 1.5, 2)  # a slip of the operator
        link = f"https://bus.gov.ru/info-card/{100_000 + at}"
        head = [organization.code, organization.name]
        sheet.append([*head, *(cells[key] for key in inputs), *(totals[key] for key in TOTALS), link])
        for number, text in NAMED[: 3 if organization.code in {HOME_SCHOOL, HOME_KINDERGARTEN} else at % 3]:
            notes.append([organization.code, number, text])
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def _primary(ways: Method, lots: np.random.Generator, *, few: bool) -> dict[str, Any]:
    """Counts that hold together: nobody satisfied who was not asked. With `few` nobody with a disability was asked."""
    asked = int(lots.integers(60, 320))
    base = {"N": asked, "1.1.1n": 14, "1.1.2n": 52}
    base |= {key: int(asked * lots.uniform(0.5, 0.9)) for key in ("1.3.1n", "1.3.2n", "4.3.n")}
    base["3.3.n"] = 0 if few else int(lots.integers(4, 16))
    of = {
        "1.1.1": "1.1.1n",
        "1.1.2": "1.1.2n",
        "1.3.1": "1.3.1n",
        "1.3.2": "1.3.2n",
        "3.3.u": "3.3.n",
        "4.3.u": "4.3.n",
    }
    cells: dict[str, Any] = {}
    for row in ways.inputs:
        if row.is_yes_no:
            likely = 0.45 if row.number.startswith("3.1") else 0.82
            cells[row.number] = "да" if lots.random() < likely else "нет"
        elif row.number in base:
            cells[row.number] = base[row.number]
        else:
            cells[row.number] = round(base[of.get(row.number, "N")] * float(lots.uniform(0.8, 0.98)))
    return cells


def _totals(ways: Method, cells: dict[str, Any]) -> dict[str, float | None]:
    given = {number: Decimal({"да": 1, "нет": 0}.get(cell, cell)) for number, cell in cells.items()}
    found = ways.compute(given)
    return {key: None if found[key].number is None else round(float(found[key].number or 0), 2) for key in TOTALS}


def _mend(world: World, report: OperatorReport, mending: Mending) -> None:
    """Through the services as of today, then moved to its own days."""
    today = world.timeline.today
    own = Shortcoming.objects.filter(assessment__report=report, assessment__organization__code=mending.organization)
    found = own.filter(text__icontains=mending.about, measures__isnull=True)
    shortcoming = found.select_related("assessment__organization").first()
    if shortcoming is None:
        return
    director, specialist = director_of(world, mending.organization), world.people["specialist"]
    new = services.NewMeasure(mending.text, mending.responsible, today)
    measure = services.plan_measure(shortcoming=shortcoming, new=new, by=director)
    if mending.state != State.PLANNED:
        site = shortcoming.assessment.organization.website or "https://example.org/"
        text = "Сделано, фотография на сайте."
        measure = services.report_measure(measure=measure, text=text, proof_url=site, by=director)
    if mending.state == State.DONE:
        services.accept_measure(measure=measure, by=specialist)
    elif mending.state == State.RETURNED:
        services.return_measure(measure=measure, text="На фотографии не видно указателей.", by=specialist)
    Measure.objects.filter(pk=measure.pk).update(
        due_on=today + timedelta(days=mending.due), created_at=dating.at(today - timedelta(days=60), 12)
    )
    dating.date_events(measure, {"noko.measure_planned": dating.at(today - timedelta(days=60), 12)})
