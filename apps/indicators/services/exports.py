"""Making files of values and keeping the log of what was given to whom."""

from datetime import date
from io import BytesIO
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.core import events, files, jobs
from apps.core.findings import Finding, Refused, error
from apps.indicators.models import DataDispatch, DataExport, InformationRequest
from apps.indicators.selectors.exporting import COLUMNS, Selection, size_of, table_of, title_of
from apps.workbooks.cells import clean_text
from apps.workbooks.writing import export_table

KIND = "indicators.export"
AT_ONCE = 20_000  # figures; more is made by a worker
MOST = 300_000
MOST_COLUMNS = 300


def check_size(selection: Selection, user: Any) -> tuple[int, list[Finding]]:
    """How many figures there are, and why they cannot be exported."""
    size = size_of(selection, user)
    found = []
    if not size:
        found.append(error("nothing", "По этому выбору нет ни одного значения.", action="Измените периоды или охват."))
    if size > MOST:
        advice = "Разделите выгрузку по периодам или наборам."
        found.append(error("too_many", f"Слишком много значений: {size}.", expected=f"не больше {MOST}", action=advice))
    if selection.layout == COLUMNS and len(selection.indicators) > MOST_COLUMNS:
        text = f"Таблица с показателями по столбцам вмещает не больше {MOST_COLUMNS} показателей."
        found.append(error("too_wide", text, action="Выберите меньше показателей или другой вид таблицы."))
    return size, found


@transaction.atomic
def make_export(*, selection: Selection, kind: str, by: User) -> DataExport:
    """Make the file at once, or have a worker make it where it is large. Raises Refused."""
    if by.organization is None or not (by.is_authority or by.is_school):
        raise Refused([error("no_right", "У вас нет права на это действие.")])
    size, found = check_size(selection, by)
    if kind not in DataExport.Kind.values:
        found.append(error("no_kind", "Выберите вид файла."))
    if found:
        raise Refused(found)
    export = DataExport.objects.create(
        organization=by.organization, selection=selection.as_dict(), title=title_of(selection), kind=kind, created_by=by
    )
    if size <= AT_ONCE:
        write_file(export=export, user=by)
        export.refresh_from_db()
    else:
        arguments = {"export_id": export.pk}
        export.job = jobs.enqueue(
            kind=KIND, arguments=arguments, by=by, url=export.get_absolute_url(), title=f"{export}: файл"
        )
        export.save(update_fields=["job"])
    events.record(kind="indicators.exported", subject=export, by=by, text=export.title[:500], size=size)
    return export


def maker_of(export: DataExport) -> User:
    """The person who asked for the file, in the role they asked in. Raises Refused where they have left."""
    memberships = Membership.objects.current().filter(user=export.created_by, organization=export.organization)
    membership = memberships.select_related("user", "organization").first()
    if membership is None:
        raise Refused([error("left", "У заказавшего выгрузку больше нет роли в организации.")])
    user = membership.user
    user.acting = membership
    return user


@transaction.atomic
def write_file(*, export: DataExport, user: User) -> int:
    """Write the file of an export as the person may see it; safe to run twice. Returns its rows."""
    export = DataExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if export.file_id:
        return export.rows
    selection = Selection.from_dict(export.selection)
    table = table_of(selection, user)
    count = 0

    def counted() -> Any:
        nonlocal count
        for row in table.rows:
            count += 1
            yield row

    form: Literal["xlsx", "csv"] = "csv" if export.kind == "csv" else "xlsx"
    content = export_table(table.headers, counted(), kind=form, title="Показатели")
    name = f"Показатели, выгрузка {export.pk}.{form}"
    content_type = files.CSV if form == "csv" else files.XLSX
    export.file = files.store(stream=BytesIO(content), name=name, content_type=content_type, by=user)
    export.rows = count
    export.save(update_fields=["file", "rows"])
    return count


def _require(by: Any) -> None:
    if by is not None and not by.is_department:
        raise Refused([error("no_right", "У вас нет права на это действие.")])


@transaction.atomic
def record_dispatch(
    *,
    export: DataExport,
    addressee: str,
    ground: str,
    sent_on: date,
    by: Any,
    note: str = "",
    request: InformationRequest | None = None,
) -> DataDispatch:
    """Write into the log that the file was given away. Raises Refused with every fault."""
    _require(by)
    addressee, ground, note = (clean_text(text) for text in (addressee, ground, note))
    found = []
    if export.file_id is None:
        found.append(error("no_file", "Файл ещё не готов."))
    if not addressee:
        found.append(error("no_addressee", "Напишите, кому переданы данные."))
    if not ground:
        found.append(error("no_ground", "Напишите основание: запрос, соглашение, норму акта."))
    if sent_on > timezone.localdate():
        found.append(error("future", "День передачи ещё не наступил."))
    if found:
        raise Refused(found)
    row = DataDispatch.objects.create(
        export=export, request=request, addressee=addressee[:250], ground=ground[:400], sent_on=sent_on,
        note=note[:500], recorded_by=by,
    )  # fmt: skip
    text = f"Передано: {row.addressee}, {sent_on:%d.%m.%Y}"
    digest = export.file.sha256 if export.file else ""
    events.record(kind="indicators.dispatched", subject=export, by=by, text=text[:500], sha256=digest, dispatch=row.pk)
    if request is not None:
        events.record(kind="indicators.dispatched", subject=request, by=by, text=f"{text}, {export}"[:500])
    return row


@transaction.atomic
def withdraw_dispatch(*, dispatch: DataDispatch, reason: str, by: Any) -> DataDispatch:
    """Mark a line of the log as a slip, for a reason; the line stays. Raises Refused."""
    _require(by)
    row = DataDispatch.objects.select_for_update().get(pk=dispatch.pk)
    reason = clean_text(reason)[:400]
    if row.withdrawn_at:
        raise Refused([error("withdrawn", "Запись уже признана ошибочной.")])
    if not reason:
        raise Refused([error("no_reason", "Напишите, в чём ошибка: запись останется в журнале.")])
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = timezone.now(), by, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    text = f"Запись о передаче признана ошибочной: {row.addressee}"
    events.record(kind="indicators.dispatch_withdrawn", subject=row.export, by=by, text=text[:500], reason=reason)
    return row
