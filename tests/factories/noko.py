"""Factories of the independent assessment, and operator's files: repeatable, invented."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

import factory
from django.utils import timezone
from openpyxl import Workbook

from apps.accounts.roles import Role
from apps.core import files
from apps.noko.calculation import method
from apps.noko.models import Assessment, Measure, OperatorReport, PlanEntry, Shortcoming
from apps.noko.reading import TOTAL_TITLES, column_title
from tests.factories.accounts import MembershipFactory
from tests.factories.core import PeriodFactory
from tests.factories.organizations import AuthorityFactory, SchoolFactory


def specialist() -> Any:
    return MembershipFactory(organization=AuthorityFactory(), role=Role.SPECIALIST).user


class PlanEntryFactory(factory.django.DjangoModelFactory[PlanEntry]):
    class Meta:
        model = PlanEntry

    organization = factory.SubFactory(SchoolFactory)
    year = 2025


class OperatorReportFactory(factory.django.DjangoModelFactory[OperatorReport]):
    class Meta:
        model = OperatorReport

    period = factory.SubFactory(PeriodFactory, code="2025")
    operator = "ООО «Оператор»"
    created_by = factory.LazyFunction(specialist)
    file = factory.LazyAttribute(
        lambda report: files.store(
            stream=BytesIO(b"PK"), name="noko.xlsx", content_type=files.XLSX, by=report.created_by
        )
    )
    state = OperatorReport.State.ACCEPTED
    decided_at = factory.LazyFunction(timezone.now)


class AssessmentFactory(factory.django.DjangoModelFactory[Assessment]):
    class Meta:
        model = Assessment

    report = factory.SubFactory(OperatorReportFactory)
    organization = factory.SubFactory(SchoolFactory)
    period = factory.SelfAttribute("report.period")
    figures = factory.LazyFunction(lambda: {"K1": "90", "K2": "80", "K3": None, "K4": "95", "K5": "91.5", "S": None})


class ShortcomingFactory(factory.django.DjangoModelFactory[Shortcoming]):
    class Meta:
        model = Shortcoming

    assessment = factory.SubFactory(AssessmentFactory)
    indicator = "2.1.o3"
    text = "Нет питьевой воды на втором этаже."


class MeasureFactory(factory.django.DjangoModelFactory[Measure]):
    class Meta:
        model = Measure

    shortcoming = factory.SubFactory(ShortcomingFactory)
    text = "Поставить кулер."
    responsible = "заместитель директора по АХЧ"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=20))


def operator_file(
    period: Any, rows: Mapping[str, Mapping[str, Any]], shortcomings: Sequence[Sequence[str]] = ()
) -> BytesIO:
    """A file as an operator fills our template: rows by code of the organisation, cells by number of the indicator."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Данные"
    inputs = method(period.ends_on).inputs
    keys = [row.number for row in inputs] + list(TOTAL_TITLES)
    titles = [column_title(row) for row in inputs] + [titles[0] for titles in TOTAL_TITLES.values()]
    sheet.append(["Код организации", "Организация", *titles, "Страница на bus.gov.ru"])
    for code, cells in rows.items():
        sheet.append([code, "", *(cells.get(key) for key in keys), cells.get("link")])
    notes = book.create_sheet("Недостатки")
    notes.append(["Код организации", "Показатель", "Недостаток"])
    for line in shortcomings:
        notes.append(list(line))
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    stream.name = "noko.xlsx"
    return stream
