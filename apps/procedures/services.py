"""Writes of the room: batches of files, decisions about rows and schools, taking an import back."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core import events, jobs
from apps.core.findings import Refused, error
from apps.organizations.models import Organization
from apps.procedures import archives, bridging, importing, intake, planned, replacing, schools, storing
from apps.procedures.intake import Incoming, Taken
from apps.procedures.models import (
    Batch,
    Item,
    ParticipatingSchool,
    Procedure,
    QuarantinedRow,
    ResultBlock,
    ResultFile,
)
from apps.procedures.olympiads import storing as olympiads
from apps.procedures.readers import neutral, ris
from apps.procedures.readers.identity import of_name
from apps.procedures.readers.neutral import Identity
from apps.procedures.scales import marking as scales

Progress = Callable[[int, int, str], None]


def _add_file(batch: Batch, taken: Taken, stated: Identity, organization: Organization | None) -> ResultFile:
    file = ResultFile(
        batch=batch,
        file=taken.kept,
        name=taken.name,
        sha256=taken.sha256,
        names_removed=taken.names_removed,
        stated=importing.identity_to_json(stated),
        hint=importing.identity_to_json(ris.of_file_name(taken.path_hint).filled_from(of_name(taken.path_hint))),
        organization=organization,
        findings=[finding.as_dict() for finding in taken.findings],
    )
    if taken.appeals is not None:
        file.family = "appeals"
        file.rows = file.present = taken.appeals.rows
        file.schools = len(taken.appeals.schools)
        file.state, file.finished_at = ResultFile.State.DONE, timezone.now()
    file.save()
    return file


@transaction.atomic
def create_batch(
    *,
    incoming: Iterable[Incoming],
    by: Any,
    stated: Identity | None = None,
    organization: Organization | None = None,
    create_organizations: bool = False,
) -> Batch:
    """Keep the files of one upload. `stated` says what the files do not; `organization` is the school of a form."""
    opened = archives.expand(incoming)
    batch = Batch.objects.create(
        created_by=by,
        create_organizations=create_organizations,
        findings=[finding.as_dict() for finding in opened.findings],
    )
    for taken in intake.take(opened.files, by=by):
        _add_file(batch, taken, stated or Identity(), organization)
    count = batch.files.count()
    events.record(kind="procedures.batch_created", subject=batch, by=by, text=f"Загружено файлов: {count}")
    return batch


def start(batch: Batch, by: Any) -> None:
    """Put the job that reads the waiting files of a batch in the queue."""
    batch.job = jobs.enqueue(
        kind="procedures.import_results",
        arguments={"batch_id": batch.pk},
        by=by,
        url=reverse("procedures:batch", args=[batch.pk]),
    )
    batch.save(update_fields=["job"])


@transaction.atomic
def upload(*, incoming: Iterable[Incoming], by: Any, **options: Any) -> Batch:
    """Keep the files and start the job that reads them."""
    batch = create_batch(incoming=incoming, by=by, **options)
    start(batch, by)
    return batch


def _say(progress: Progress | None, name: str, done: range, step: int, stage: str) -> None:
    """Pass a step of a file on as a step of the whole batch; `done` runs from the steps before to all steps."""
    if progress:
        progress(done.start + step, done.stop, f"«{name}»: {stage}")


def import_batch(
    *, batch: Batch, by: Any, trust_names: bool = False, progress: Progress | None = None
) -> list[ResultFile]:
    """Import every waiting file of a batch, each in a transaction of its own. Files already stored are left alone."""
    files = list(batch.files.select_related("file", "batch", "organization"))
    for number, file in enumerate(files):
        say = partial(_say, progress, file.name, range(number * importing.STEPS, len(files) * importing.STEPS))
        importing.import_file(file=file, by=by, trust_name=trust_names, say=say)
    return files


@transaction.atomic
def state_work(*, file: ResultFile, stated: Identity, by: Any, organization: Organization | None = None) -> None:
    """Say which work a file is about, then read it again."""
    file = ResultFile.objects.select_for_update(of=("self",)).select_related("batch").get(pk=file.pk)
    if file.state not in {ResultFile.State.UNCLEAR, ResultFile.State.REFUSED}:
        raise Refused([error("file_settled", "Этот файл уже обработан.", file=file.name)])
    file.stated = importing.identity_to_json(stated)
    file.organization = organization or file.organization
    file.state, file.findings = ResultFile.State.WAITING, importing.said_at_arrival(file)
    file.save()
    events.record(kind="procedures.work_stated", subject=file, by=by, text=f"Указана работа для файла «{file.name}»")
    start(file.batch, by)


@transaction.atomic
def choose_planned(*, file: ResultFile, procedure: Procedure | None, by: Any) -> None:
    """Say to which planned work the results of a file belong, or to none of them; then read it again."""
    file = ResultFile.objects.select_for_update(of=("self",)).select_related("batch").get(pk=file.pk)
    options = file.mapping.get("options")
    if file.state != ResultFile.State.UNCLEAR or not options:
        raise Refused([error("file_settled", "Этот файл уже обработан.", file=file.name)])
    if procedure is not None and procedure.pk not in options["works"]:
        action = "Выберите работу из списка."
        raise Refused([error("bad_choice", "Такой работы среди подходящих нет.", file=file.name, action=action)])
    chosen = {**file.mapping.get("planned", {}), options["key"]: procedure.pk if procedure else planned.OWN}
    file.mapping = {**{key: value for key, value in file.mapping.items() if key != "options"}, "planned": chosen}
    file.state, file.findings = ResultFile.State.WAITING, importing.said_at_arrival(file)
    file.save()
    text = (
        f"Результаты файла «{file.name}» отнесены к работе графика «{procedure}»"
        if procedure
        else (f"Результаты файла «{file.name}» не относятся к работам графика")
    )
    events.record(kind="procedures.work_stated", subject=file, by=by, text=text[:500])
    start(file.batch, by)


@transaction.atomic
def state_all(*, files: Iterable[ResultFile], batch: Batch, common: Identity, by: Any) -> int:
    """Confirm the suggested works of these files of a batch; `common` fills what suggestions lack.

    A file whose work is still not complete goes on waiting. Returns how many were confirmed.
    """
    chosen = [file.pk for file in files]
    waiting = batch.files.select_for_update(of=("self",)).filter(pk__in=chosen, state=ResultFile.State.UNCLEAR)
    confirmed = []
    for file in waiting:
        told = importing.identity_from_json({**file.hint, **file.stated}).filled_from(common)
        if not told.is_complete or file.mapping.get("options"):
            continue
        file.stated = importing.identity_to_json(told)
        file.state, file.findings = ResultFile.State.WAITING, importing.said_at_arrival(file)
        file.save()
        text = f"Указана работа для файла «{file.name}»"
        events.record(kind="procedures.work_stated", subject=file, by=by, text=text)
        confirmed.append(file)
    if confirmed:
        start(batch, by)
    return len(confirmed)


@transaction.atomic
def undo_file(*, file: ResultFile, by: Any) -> int:
    """Take back all that a file holds now; what it had replaced comes back, and their number is returned.

    Results that another file replaced since stay with that file.
    """
    file = ResultFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.state != ResultFile.State.DONE:
        raise Refused([error("nothing_to_undo", "Отменять нечего: файл не загружен.", file=file.name)])
    came_back = replacing.take_back(file)
    bridging.take_back(file)
    came_back += olympiads.take_back(file)
    file.state = ResultFile.State.UNDONE
    file.save(update_fields=["state", "mapping"])
    text = f"Загрузка файла «{file.name}» отменена" + (
        f", возвращено прежних результатов: {came_back}" if came_back else ""
    )
    events.record(kind="procedures.file_undone", subject=file, by=by, text=text)
    return came_back


@transaction.atomic
def repeat_file(*, file: ResultFile, by: Any) -> None:
    """Load a file again that was taken back."""
    file = ResultFile.objects.select_for_update(of=("self",)).select_related("batch").get(pk=file.pk)
    if file.state != ResultFile.State.UNDONE:
        raise Refused([error("file_settled", "Этот файл загружен и не отменялся.", file=file.name)])
    file.state, file.findings = ResultFile.State.WAITING, importing.said_at_arrival(file)
    file.save(update_fields=["state", "findings"])
    events.record(kind="procedures.file_repeated", subject=file, by=by, text=f"Файл «{file.name}» загружается снова")
    start(file.batch, by)


@transaction.atomic
def fix_row(*, row: QuarantinedRow, scores: Sequence[int], mark: int, journal: int, code: int, by: Any) -> None:
    """Put right the cells of a held row and count it. Scores are bytes as a matrix holds them (255 = X, 253 = empty).

    The primary score is summed anew; the mark is that given, or by the scale when the file had none.
    """
    held = QuarantinedRow.objects.select_for_update(of=("self",)).select_related("procedure", "school", "file")
    row = held.get(pk=row.pk)
    if row.state != QuarantinedRow.State.HELD:
        raise Refused([error("row_settled", "По этой строке решение уже принято.", row=row.sheet_row)])
    items = list(row.procedure.items.all())
    _refuse_wrong_fix(row, items, scores, code)
    primary = int(sum(score for score in scores if score <= neutral.HIGHEST_SCORE))
    if row.file.marks_by_scale and row.procedure.bounds:
        mark = scales.mark_of(primary, row.procedure, {i.number: s for i, s in zip(items, scores, strict=True)})
    row.payload = {**row.payload, "scores": list(scores), "mark": mark, "journal": journal, "primary": primary}
    row.code, row.state = code, QuarantinedRow.State.FIXED
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    storing.append(row=row)
    storing.recount(procedure=row.procedure, school=row.school)
    text = f"Строка {row.sheet_row} исправлена и учтена (было: {row.reason})"
    events.record(kind="procedures.row_fixed", subject=row.file, by=by, text=text[:500])


def _refuse_wrong_fix(row: QuarantinedRow, items: Sequence[Item], scores: Sequence[int], code: int) -> None:
    findings = [
        error(
            "score_above_maximum", f"Задание {item.number}: балл больше максимального.", row=row.sheet_row,
            found=str(score), expected=f"от 0 до {item.maximum}", action="Введите балл из работы.",
        )
        for item, score in zip(items, scores, strict=True)
        if item.maximum is not None and item.maximum < score <= neutral.HIGHEST_SCORE
    ]  # fmt: skip
    others = ResultBlock.objects.filter(procedure=row.procedure, school=row.school, codes__contains=[code])
    if code and others.exists():
        action = "Введите другой код или исключите строку, если это повтор."
        findings.append(error("code_repeated", f"Код {code} у этой школы уже есть.", row=row.sheet_row, action=action))
    if findings:
        raise Refused(findings)


@transaction.atomic
def decide_rows(*, rows: Sequence[QuarantinedRow], release: bool, by: Any) -> int:
    """Release rows into statistics without their wrong cells, or drop them for good; returns how many were decided."""
    held = QuarantinedRow.objects.select_for_update(of=("self",)).select_related("procedure", "school", "file")
    chosen = list(held.filter(pk__in=[row.pk for row in rows], state=QuarantinedRow.State.HELD))
    touched = set()
    for row in chosen:
        row.state = QuarantinedRow.State.RELEASED if release else QuarantinedRow.State.DROPPED
        row.decided_by, row.decided_at = by, timezone.now()
        row.save(update_fields=["state", "decided_by", "decided_at"])
        if release:
            storing.append(row=row)
            touched.add((row.procedure, row.school))
    for procedure, school in touched:
        storing.recount(procedure=procedure, school=school)
    for file in {row.file for row in chosen}:
        text = f"Строки карантина: {'учтены' if release else 'исключены'} — {sum(row.file == file for row in chosen)}"
        events.record(kind="procedures.rows_decided", subject=file, by=by, text=text)
    return len(chosen)


@transaction.atomic
def link_school(*, school: ParticipatingSchool, organization: Organization, by: Any) -> None:
    """Say which organisation a school of the files is; its results count for the municipality at once."""
    schools.link(school=school, organization=organization, by=by)
    _recount_unknown()


@transaction.atomic
def create_organizations(*, unknown: Sequence[ParticipatingSchool], by: Any) -> int:
    """Make organisations of unknown schools; returns how many."""
    made = schools.create_organizations(schools=unknown, by=by)
    _recount_unknown()
    return made


def unknown_schools_of(file: ResultFile) -> list[ParticipatingSchool]:
    """Schools of ours in a file that are linked to no organisation."""
    told = Q(aggregates__procedure__in=file.procedures.all()) | Q(pk__in=file.mapping.get("unknown", []))
    loose = ParticipatingSchool.objects.filter(told, organization=None)
    return schools.unknown(loose.distinct())


def _recount_unknown() -> None:
    for file in ResultFile.objects.filter(state=ResultFile.State.DONE, unknown_schools__gt=0).prefetch_related(
        "procedures"
    ):
        file.unknown_schools = len(unknown_schools_of(file))
        file.save(update_fields=["unknown_schools"])


@transaction.atomic
def set_level(*, procedure: Procedure, level: str, by: Any) -> None:
    """Mark whose procedure it is: of the federation, the region, the municipality or the school."""
    if level not in Procedure.Level.values:
        raise Refused([error("bad_level", "такого уровня нет", action="Выберите из списка.")])
    if level == procedure.level:
        return
    procedure.level = level
    procedure.save(update_fields=["level"])
    text = f"Уровень процедуры: {procedure.get_level_display()}"
    events.record(kind="procedures.level_set", subject=procedure, by=by, text=text)
