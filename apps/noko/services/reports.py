"""The operator's file: read, looked at, accepted or undone as a whole."""

from decimal import Decimal
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events, files
from apps.core.findings import Refused, error, refuse
from apps.core.models import Period
from apps.indicators.models import Value
from apps.indicators.services import NewValue, Origin, enqueue_aggregates, record_values
from apps.indicators.services.values import forget_values
from apps.noko.calculation import PACK, method
from apps.noko.models import Assessment, Measure, OperatorReport, Shortcoming
from apps.noko.reading import read_report
from apps.noko.services.access import require_department
from apps.organizations.models import Organization
from apps.workbooks.reading import FORM, read_workbook

State = OperatorReport.State


def upload_report(*, stream: BinaryIO, name: str, period: Period, operator: str, by: User) -> OperatorReport:
    """Read the file and keep it with all its findings; nothing becomes official yet. Raises Refused."""
    require_department(by)
    if period.kind != Period.Kind.CALENDAR_YEAR:
        raise refuse("bad_period", "Независимая оценка ведётся по календарным годам.")
    ways = method(period.ends_on)
    if not ways.formulas:
        raise refuse("no_pack", "Набор показателей независимой оценки не загружен.", "Выполните команду load_packs.")
    book = read_workbook(stream, limits=FORM)
    ours = {each.code: each for each in Organization.objects.educational()}
    content = read_report(book, ways, ours)
    if not content.rows and not content.is_refused:
        raise refuse("empty", "В файле нет ни одной строки с организацией.", "Скачайте образец и заполните его.")
    return _keep(content, stream=stream, name=name, period=period, operator=operator, by=by)


@transaction.atomic
def _keep(content: Any, *, stream: BinaryIO, name: str, period: Period, operator: str, by: User) -> OperatorReport:
    kept = files.store(stream=stream, name=name, content_type=files.XLSX, by=by)
    taken = Assessment.objects.filter(period=period, organization__in=[row.organization_id for row in content.rows])
    for row in taken.select_related("organization"):
        text = f"оценка организации «{row.organization}» за этот год уже принята из другого файла."
        action = "Отмените прежнюю загрузку или уберите строку."
        content.findings.append(error("noko.taken", text, action=action))
    report = OperatorReport.objects.create(
        period=period,
        operator=operator.strip(),
        file=kept,
        content={"rows": [row.as_dict() for row in content.rows], "shortcomings": content.shortcomings},
        findings=[finding.as_dict() for finding in content.findings],
        created_by=by,
    )
    events.record(kind="noko.uploaded", subject=report, by=by, text=f"Файл прочитан, организаций: {len(content.rows)}.")
    return report


def _locked(report: OperatorReport, allowed: str) -> OperatorReport:
    row = OperatorReport.objects.select_for_update(of=("self",)).select_related("period").get(pk=report.pk)
    if row.state != allowed:
        raise refuse("wrong_state", f"Состояние отчёта изменилось: {row.get_state_display()}.", "Откройте его заново.")
    return row


@transaction.atomic
def accept_report(*, report: OperatorReport, by: User) -> OperatorReport:
    """The figures become official: values of the year, assessments of organisations, shortcomings to mend."""
    require_department(by)
    row = _locked(report, State.PREVIEW)
    if any(finding["severity"] == "error" for finding in row.findings):
        raise refuse("has_errors", "В файле есть ошибки.", "Исправьте файл и загрузите его ещё раз.")
    rows = row.content["rows"]
    ids = [each["organization"] for each in rows]
    taken = Assessment.objects.filter(period=row.period, organization__in=ids).select_related("organization")
    if taken:
        names = ", ".join(str(each.organization) for each in taken)
        raise refuse("taken", f"За этот год уже принята оценка: {names}.", "Отмените прежнюю загрузку.")
    values = [
        NewValue(each["organization"], f"{PACK}.{number}", Decimal(text), place=each["places"].get(number, ""))
        for each in rows
        for number, text in each["given"].items()
    ]
    source = Value.Source.PROCEDURES
    record_values(period=row.period, source=source, values=values, by=by, origin=Origin.of(row))
    enqueue_aggregates(period=row.period, by=by)
    made = Assessment.objects.bulk_create(
        Assessment(
            report=row,
            organization_id=each["organization"],
            period=row.period,
            figures=each["figures"],
            stated=each["stated"],
            bus_gov_url=each["link"],
        )
        for each in rows
    )
    _shortcomings(row, made)
    row.state, row.decided_by, row.decided_at = State.ACCEPTED, by, timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    events.record(kind="noko.accepted", subject=row, by=by, text=f"Отчёт принят, организаций: {len(made)}.")
    return row


def _has_full_score(figures: dict[str, str | None], number: str) -> bool:
    """Whether the checklist of a condition («1.2» of «1.2.o6») has its full points without it."""
    text = figures.get(number.rpartition(".")[0])
    return text is not None and Decimal(text) >= 100


def _shortcomings(report: OperatorReport, assessments: list[Assessment]) -> None:
    """What the operator named, and absent conditions of checklists without full points that were not named."""
    rows = {row.number: row for row in method(report.period.ends_on).inputs}
    by_code = {each["code"]: each["organization"] for each in report.content["rows"]}
    by_organization = {assessment.organization_id: assessment for assessment in assessments}
    new, named = [], set()
    for each in report.content["shortcomings"]:
        assessment = by_organization[by_code[each["code"]]]
        named.add((assessment.organization_id, each["indicator"]))
        new.append(Shortcoming(assessment=assessment, indicator=each["indicator"], text=each["text"]))
    for each in report.content["rows"]:
        for number, text in each["given"].items():
            if not rows[number].is_yes_no or Decimal(text) or (each["organization"], number) in named:
                continue
            if not _has_full_score(each["figures"], number):
                new.append(
                    Shortcoming(
                        assessment=by_organization[each["organization"]],
                        indicator=number,
                        text=f"Условие отсутствует: {rows[number].name}"[:500],
                        origin=Shortcoming.Origin.CHECKLIST,
                    )
                )
    Shortcoming.objects.bulk_create(new)


@transaction.atomic
def set_link(*, assessment: Assessment, url: str, by: User) -> Assessment:
    """The organisation's page on bus.gov.ru, where the results are published; empty takes it away."""
    require_department(by)
    if url and not url.startswith(("https://bus.gov.ru/", "http://bus.gov.ru/")):
        raise refuse("not_bus_gov", "Это не страница сайта bus.gov.ru.", "Адрес начинается с https://bus.gov.ru/.")
    row = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if row.bus_gov_url != url:
        row.bus_gov_url = url
        row.save(update_fields=["bus_gov_url"])
        events.record(kind="noko.link_set", subject=row, by=by, text="Изменена ссылка на bus.gov.ru.", url=url)
    return row


@transaction.atomic
def undo_report(*, report: OperatorReport, reason: str, by: User) -> OperatorReport:
    """Take an accepted report back with everything it brought, unless organisations already mend by it."""
    require_department(by)
    row = OperatorReport.objects.select_for_update(of=("self",)).select_related("period").get(pk=report.pk)
    if row.state == State.UNDONE:
        raise refuse("wrong_state", "Загрузка уже отменена.")
    if not reason.strip():
        raise refuse("no_reason", "Не указана причина.", "Напишите, почему загрузка отменяется.")
    begun = Measure.objects.filter(shortcoming__assessment__report=row).select_related(
        "shortcoming__assessment__organization"
    )
    if begun:
        names = sorted({str(measure.shortcoming.assessment.organization) for measure in begun})
        found = f"По этому отчёту организации уже внесли меры: {', '.join(names)}."
        raise Refused([error("has_measures", found, action="Исправления согласуйте с этими организациями.")])
    if row.state == State.ACCEPTED:
        forget_values(origin=Origin.of(row), by=by)
        enqueue_aggregates(period=row.period, by=by)
        row.assessments.all().delete()
    row.state, row.decided_by, row.decided_at = State.UNDONE, by, timezone.now()
    row.undone_reason = reason.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "undone_reason"])
    events.record(kind="noko.undone", subject=row, by=by, text="Загрузка отменена.", reason=reason)
    return row
