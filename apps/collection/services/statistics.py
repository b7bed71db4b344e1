"""Taking in forms of federal statistics: files kept, read by a worker, recorded as values of their day.

A value of statistics is offered where a form asks the same and is never an answer by itself. What differs from it is
asked about.
"""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO

from django.db import transaction

from apps.accounts.roles import DEPARTMENT, SCHOOL
from apps.collection.models import StatisticsFile
from apps.collection.statistics.layouts import layouts
from apps.collection.statistics.reading import Reading, read_statistics
from apps.core import events, files, jobs
from apps.core.findings import Finding, Refused, error, has_errors, notice, refuse
from apps.core.models import Job, Period
from apps.core.periods import parse_period
from apps.indicators.models import Value
from apps.indicators.services import NewValue, Origin, forget_values, record_values
from apps.organizations.models import ExternalId, Organization
from apps.workbooks.cells import normalise_header
from apps.workbooks.container import Container
from apps.workbooks.formats import detect_format
from apps.workbooks.reading import FORM, read_workbook

State = StatisticsFile.State
LIMITS = replace(FORM, name="statistics", formats=("xlsx", "xls"), live_links=True)
ARCHIVE = replace(FORM, name="archive", packed_bytes=100 << 20, unpacked_bytes=200 << 20, entries=500, ratio=200)
MOST_FILES = 500
READ = "collection.read_statistics"
XLS = "application/vnd.ms-excel"


@dataclass(frozen=True)
class Incoming:
    """A file as it comes: a book, or an archive of books."""

    name: str
    stream: BinaryIO


def _require_right(by: Any, organization: Organization | None) -> None:
    """A school uploads its own; the department for anybody. An operator at the machine is nobody (`by` is None)."""
    if by is None or (by.is_active and by.role in DEPARTMENT):
        return
    if by.is_active and by.role in SCHOOL and organization is not None and by.organization == organization:
        return
    raise refuse("no_right", "У вас нет права загружать формы статистики.")


def upload_statistics(
    *, incoming: Iterable[Incoming], by: Any, organization: Organization | None = None, as_of: date | None = None
) -> tuple[list[StatisticsFile], Job]:
    """Keep the files and have a worker read them. Raises Refused when there is nothing that could be read."""
    with transaction.atomic():
        _require_right(by, organization)
        kept = _keep(list(_books(incoming)), by, organization, as_of)
        batch = kept[0].batch
        arguments = {"batch": str(batch)}
        job = jobs.enqueue(kind=READ, arguments=arguments, by=by, title=f"Чтение форм статистики: {len(kept)}")
        StatisticsFile.objects.filter(batch=batch).update(job=job)
    return kept, job


def _keep(
    books: list[tuple[str, bytes]], by: Any, organization: Organization | None, as_of: date | None
) -> list[StatisticsFile]:
    if not books:
        raise refuse(
            "nothing", "В загруженном нет ни одной книги Excel.", "Выберите файлы .xlsx или архив .zip с ними."
        )
    if len(books) > MOST_FILES:
        raise refuse("too_many", f"Файлов {len(books)}, за один раз можно {MOST_FILES}.", "Загрузите частями.")
    batch = uuid.uuid4()
    return [
        StatisticsFile.objects.create(
            organization=organization, as_of=as_of, name=files.clean_name(name), batch=batch, uploaded_by=by,
            file=files.store(
                stream=BytesIO(data), name=name, by=by, content_type=_type_of(name)
            ),
        )
        for name, data in books
    ]  # fmt: skip


def _books(incoming: Iterable[Incoming]) -> Iterable[tuple[str, bytes]]:
    """Names and bytes of books; archives are opened, checked by their directory before a byte is unpacked."""
    for item in incoming:
        item.stream.seek(0)
        data = item.stream.read(ARCHIVE.packed_bytes + 1)
        if len(data) > ARCHIVE.packed_bytes:
            raise refuse("too_big", f"Файл «{files.clean_name(item.name)}» больше 100 МБ.", "Загрузите частями.")
        if _is_archive(data):
            archive = Container(data, ARCHIVE)
            yield from ((name, archive.read(name)) for name in archive.names if _is_book_name(name))
        else:
            yield item.name, data


def _type_of(name: str) -> str:
    return XLS if name.lower().endswith(".xls") else files.XLSX


def _is_archive(data: bytes) -> bool:
    try:
        return detect_format(data) == "zip"
    except Refused:
        return False  # an empty or broken file is told when it is read


def _is_book_name(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return last.lower().endswith((".xlsx", ".xls")) and not last.startswith(("~", "."))


# --- reading


def read_file(*, row: StatisticsFile) -> StatisticsFile:
    """Read one file and record its numbers; nothing of a file that has errors. Safe to run twice."""
    with row.file.file.open("rb") as stream:
        data = BytesIO(stream.read())
    try:
        reading: Reading | None = read_statistics(read_workbook(data, limits=LIMITS), as_of=row.as_of)
        found: list[Finding] = reading.findings if reading else []
    except Refused as refusal:
        reading, found = None, refusal.findings
    with transaction.atomic():
        row = StatisticsFile.objects.select_for_update(of=("self",)).select_related("organization").get(pk=row.pk)
        if row.state != State.QUEUED:
            return row
        if reading is not None:
            found = [*found, *_keep_reading(row, reading)]
        row.findings = [finding.as_dict() for finding in found]
        row.state = State.REFUSED if has_errors(found) else State.UNKNOWN
        if row.state == State.UNKNOWN and row.organization is not None:
            _apply(row, by=row.uploaded_by)
        row.save()
    return row


def _keep_reading(row: StatisticsFile, reading: Reading) -> list[Finding]:
    """Put what was read into the row; says whose form it is, or why that is not known."""
    row.form, row.as_of = reading.layout.code, reading.as_of
    row.numbers = [{**asdict(found), "number": str(found.number)} for found in reading.numbers]
    row.stated = {"codes": {system: sorted(values) for system, values in reading.codes.items()}, "names": reading.names}
    owners = owners_of(reading.codes, reading.names)
    if row.organization is not None:
        if owners and row.organization not in owners:
            message = "По коду или названию в файле это форма другой организации."
            return [error("foreign_organization", message, action="Проверьте, тот ли файл выбран.")]
        return [] if owners else [notice("owner_not_named", "Кодов организации в файле нет: форма принята как ваша.")]
    if len(owners) == 1:
        row.organization = owners[0]
        return []
    message = "Не удалось узнать организацию." if not owners else "Подходит несколько организаций."
    return [notice("unknown_organization", message, action="Выберите организацию вручную.")]


def owners_of(codes: dict[str, set[str]], names: list[str]) -> list[Organization]:
    """Organisations that the codes name (ОГРН, ИНН, ОКПО), else those whose name stands there in full."""
    values = [(system, value) for system, found in codes.items() for value in found]
    current = ExternalId.objects.filter(valid_to__isnull=True, system__in=("ogrn", "inn", "okpo"))
    wanted = current.filter(value__in=[value for _, value in values]).select_related("organization")
    owners = {row.organization for row in wanted if (row.system, row.value) in values}
    if not owners:
        said = {normalise_header(name) for name in names}
        for organization in Organization.objects.educational():
            if {normalise_header(organization.full_name), normalise_header(organization.name)} & said:
                owners.add(organization)
    return sorted(owners, key=lambda organization: organization.pk)


def _apply(row: StatisticsFile, *, by: Any) -> None:
    """Record the numbers as values of the day; an earlier file of the same form and day gives way."""
    assert row.as_of is not None
    assert row.organization is not None
    earlier = StatisticsFile.objects.select_for_update(of=("self",)).filter(
        organization=row.organization, form=row.form, as_of=row.as_of, state=State.APPLIED
    )
    for old in earlier.exclude(pk=row.pk):
        forget_values(origin=Origin.of(old), by=by)
        old.state = State.REPLACED
        old.save(update_fields=["state"])
    title = layouts()[row.form].title
    record_values(
        period=Period.objects.named(parse_period(row.as_of.isoformat())),
        source=Value.Source.STATISTICS,
        values=[
            NewValue(
                organization_id=row.organization.pk,
                indicator=item["indicator"],
                number=Decimal(item["number"]),
                place=f"{title}, {item['place']} (лист «{item['sheet']}», {item['cell']})"[:120],
            )
            for item in row.numbers
        ],
        by=by,
        origin=Origin.of(row),
    )
    row.state = State.APPLIED
    text = f"Прочитана форма {row.title}: чисел — {row.count}"
    events.record(kind="statistics.applied", subject=row, by=by, text=text, organization=row.organization.code)


@transaction.atomic
def choose_organization(*, row: StatisticsFile, organization: Organization, by: Any) -> StatisticsFile:
    """Say whose form it is where the file does not. Raises Refused."""
    if not (by.is_active and by.role in DEPARTMENT):
        raise refuse("no_right", "Организацию выбирают сотрудники управления.")
    row = StatisticsFile.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state != State.UNKNOWN:
        raise refuse("state", "У этого файла организация уже выбрана.", "Обновите страницу.")
    row.organization = organization
    _apply(row, by=by)
    row.save()
    return row


def read_batch(*, batch: str, tell: Any = None) -> list[StatisticsFile]:
    """Read the files of a batch one after another, those that are not read yet."""
    waiting = list(StatisticsFile.objects.filter(batch=batch, state=State.QUEUED).select_related("file").order_by("pk"))
    done = []
    for place, row in enumerate(waiting, start=1):
        done.append(read_file(row=row))
        if tell:
            tell(place, len(waiting), row.name)
    return done
