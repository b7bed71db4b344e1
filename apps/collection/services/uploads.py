"""Taking a filled workbook in: read, check, show; written only when confirmed, and exactly what was shown."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.collection.checks import check
from apps.collection.definition import FormDefinition, Given, remaining
from apps.collection.models import Answer, Submission, SubmissionUpload
from apps.collection.selectors.values import definition_for, known_elsewhere, previous_numbers
from apps.collection.services import access
from apps.collection.services.answers import current_answers, write_differences
from apps.collection.services.merging import Conflict, Merged, as_seen, differences, merge
from apps.collection.services.workbooks import identity_of
from apps.collection.states import Action
from apps.collection.typed import MINE, THEIRS, said
from apps.collection.workbook import Reading, read_filled
from apps.core import events, files
from apps.core.findings import Finding, Refused, error, has_errors
from apps.workbooks.cells import parse_address
from apps.workbooks.reading import FORM, read_workbook

A_MINUTE, A_DAY = 10, 200  # workbooks that one person may upload
State = SubmissionUpload.State


def values_to_json(answers: Mapping[str, Given], raw: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    """Answers and raw cells as they are kept with the upload."""
    return {
        "answers": {
            key: {
                "number": None if given.number is None else str(given.number),
                "text": given.text,
                "absence_reason": given.absence_reason,
                "explanation": given.explanation,
                "cell": given.cell,
                "sheet": given.sheet,
            }
            for key, given in answers.items()
        },
        "raw": {key: list(pair) for key, pair in raw.items()},
    }


def answers_from_json(values: Mapping[str, Any]) -> dict[str, Given]:
    return {
        key: Given(**{**item, "number": None if item["number"] is None else Decimal(item["number"])})
        for key, item in values.get("answers", {}).items()
    }


def digest_of(values: Mapping[str, Any], revision: int, book_revision: int = 0) -> str:
    """Names exactly what a preview showed: the values read and the state they were compared with."""
    text = json.dumps([values.get("answers", {}), revision, book_revision], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def preview_upload(*, submission: Submission, stream: BinaryIO, name: str, by: Any) -> SubmissionUpload:
    """Read and check the workbook; nothing of the submission changes.

    The upload is `previewed`, or `refused` when cells or rules have errors (its findings say which). Raises Refused
    when the file as a whole cannot be taken; then nothing is kept. The same file sent twice is one upload.
    """
    with transaction.atomic():
        submission = access.lock(submission, Action.FILL, by)
        _require_quota(by)
        again = _same_upload(submission, stream)
        if again is not None:
            return again
    try:
        book = read_workbook(stream, limits=FORM)
        definition = definition_for(submission)
        reading = read_filled(book, definition, identity_of(submission))
    except Refused as refusal:
        codes = [finding.code for finding in refusal.findings]
        text = "Загруженный файл отклонён целиком"
        events.record(kind="submission.upload_refused", subject=submission, by=by, text=text, codes=codes)
        raise
    _refuse_personal(submission, reading, by)
    findings = _findings(submission, definition, reading, by)
    values = values_to_json(reading.answers, reading.raw)
    with transaction.atomic():
        submission = access.lock(submission, Action.FILL, by, revision=submission.revision)
        again = _same_upload(submission, stream)  # two presses of the button at once
        if again is not None:
            return again
        kept = files.store(stream=stream, name=name, content_type=files.XLSX, by=by)
        upload = SubmissionUpload.objects.create(
            submission=submission,
            file=kept,
            book_revision=reading.revision,
            base_revision=submission.revision,
            digest=digest_of(values, submission.revision, reading.revision),
            values={**values, "faulty": _faulty_json(reading, findings)},
            findings=[finding.as_dict() for finding in findings],
            state=State.REFUSED if has_errors(findings) else State.PREVIEWED,
            uploaded_by=by,
        )
        text = f"Загружена книга «{kept.name}»: {upload.get_state_display()}"
        events.record(kind="submission.uploaded", subject=submission, by=by, text=text, upload=upload.pk)
    return upload


def _refuse_personal(submission: Submission, reading: Reading, by: Any) -> None:
    """A workbook with personal data in its notes is not kept at all: neither the file nor what stood in it."""
    found = [finding for finding in reading.findings if finding.code == "personal_data"]
    if found:
        text = "Загруженный файл отклонён целиком: в примечаниях похоже на личные данные"
        events.record(kind="submission.upload_refused", subject=submission, by=by, text=text, codes=["personal_data"])
        raise Refused(found)


def _faulty_json(reading: Reading, findings: list[Finding]) -> dict[str, list[dict[str, object]]]:
    """Findings by row, for the workbook given back with comments."""
    by_cell = {given.cell: key for key, given in reading.answers.items() if given.cell}
    faulty = {key: [item.as_dict() for item in items] for key, items in reading.faulty.items()}
    known = {id(item) for items in reading.faulty.values() for item in items}
    for finding in findings:
        key = by_cell.get(finding.cell)
        if key and id(finding) not in known and finding.severity != "notice":
            faulty.setdefault(key, []).append(finding.as_dict())
    return faulty


def _require_quota(by: Any) -> None:
    if by is None:
        return
    now = timezone.now()
    mine = SubmissionUpload.objects.filter(uploaded_by=by)
    if mine.filter(uploaded_at__gt=now - timedelta(minutes=1)).count() >= A_MINUTE:
        message = f"За минуту загружено уже {A_MINUTE} книг."
        raise Refused([error("too_many", message, action="Подождите минуту и загрузите снова.")])
    if mine.filter(uploaded_at__gt=now - timedelta(days=1)).count() >= A_DAY:
        message = f"За сутки загружено уже {A_DAY} книг."
        raise Refused([error("too_many", message, action="Продолжите завтра или обратитесь в управление.")])


def _same_upload(submission: Submission, stream: BinaryIO) -> SubmissionUpload | None:
    """A second press of the button: the same bytes over the same state are the same upload."""
    stream.seek(0)
    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    stream.seek(0)
    same = submission.uploads.filter(file__sha256=sha256, base_revision=submission.revision)
    return same.exclude(state__in=(State.OUTDATED, State.CONFIRMED)).first()


def merged_with(
    submission: Submission, definition: FormDefinition, answers: Mapping[str, Given], *, revision: int, by: Any
) -> Merged:
    """What a workbook made at `revision` changes now, and where the page was changed otherwise since."""
    current = current_answers(submission)
    keys = [row.key for row in definition.inputs if row.key in answers]
    seen = as_seen(submission, current, dict.fromkeys(keys, revision), author=by)
    return merge(mine=answers, keys=keys, seen=seen)


def after_merge(current: Mapping[str, Given], merged: Merged, *, mine: Collection[str]) -> dict[str, Given]:
    """All answers as they will stand; of the conflicts the rows in `mine` are taken from the workbook."""
    taken = {conflict.key: conflict.mine for conflict in merged.conflicts if conflict.key in mine}
    return {**current, **{change.key: change.after for change in merged.changes}, **taken}


def _findings(submission: Submission, definition: FormDefinition, reading: Reading, by: Any) -> list[Finding]:
    """Remarks on the form as the workbook would leave it; notes on how cells were read come from the workbook."""
    merged = merged_with(submission, definition, reading.answers, revision=reading.revision, by=by)
    mine = {conflict.key for conflict in merged.conflicts}
    answers = after_merge(current_answers(submission), merged, mine=mine)
    answers |= {key: given for key, given in reading.answers.items() if given.same_value(answers.get(key))}
    remarks = check(definition, answers, previous_numbers(submission), known_elsewhere(submission, definition))
    found = [*reading.findings, *(remark.finding for remark in remarks)]
    order = {"error": 0, "query": 1, "notice": 2}
    return sorted(found, key=lambda item: (order[item.severity], _row_of(item)))


def _row_of(finding: Finding) -> int:
    """The sheet row of its cell; what has no cell comes first."""
    return parse_address(finding.cell)[0] if finding.cell else 0


@transaction.atomic
def confirm_upload(*, upload: SubmissionUpload, digest: str, by: Any, choices: Mapping[str, str] | None = None) -> int:
    """Write exactly what the preview with this digest showed. Returns how many rows changed; twice is once.

    `choices` says of each row in conflict whose value stays: MINE (the workbook's) or THEIRS (the portal's).
    Raises Refused: the workbook has errors, a conflict has no choice, or the answers were changed after the preview
    (what changed is listed).
    """
    submission = access.lock(upload.submission, Action.FILL, by)
    upload = SubmissionUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk, submission=submission)
    if upload.state == State.CONFIRMED:
        return 0
    if upload.state == State.REFUSED:
        message = "В книге есть ошибки, поэтому записать её нельзя."
        raise Refused([error("has_errors", message, action="Исправьте ячейки и загрузите книгу снова.")])
    if digest != upload.digest:
        raise Refused([error("other_preview", "Подтверждается не то, что было показано.", action=_AGAIN)])
    if upload.state == State.OUTDATED or upload.base_revision != submission.revision:
        raise Refused(_what_changed(submission, upload))
    definition = definition_for(submission)
    read = answers_from_json(upload.values)
    merged = merged_with(submission, definition, read, revision=upload.book_revision, by=upload.uploaded_by)
    mine = _chosen(definition, merged, choices or {})
    answers = after_merge(current_answers(submission), merged, mine=mine)
    changes = differences(current_answers(submission), answers, [row.key for row in definition.inputs])
    if changes:
        write_differences(
            submission=submission, definition=definition, changes=changes, origin=Answer.Origin.WORKBOOK, by=by
        )
    access.move(submission, Action.FILL)
    upload.state, upload.confirmed_by, upload.confirmed_at = State.CONFIRMED, by, timezone.now()
    upload.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    others = submission.uploads.filter(state=State.PREVIEWED)
    others.update(state=State.OUTDATED)
    left = len(remaining(definition, answers))
    text = f"Данные книги записаны: изменено строк — {len(changes)}, осталось заполнить — {left}"
    events.record(
        kind="submission.filled", subject=submission, by=by, text=text, upload=upload.pk, changed=len(changes)
    )
    return len(changes)


def _chosen(definition: FormDefinition, merged: Merged, choices: Mapping[str, str]) -> set[str]:
    """Rows in conflict whose workbook value is written. Raises Refused where nobody has chosen."""
    open_ones = [item for item in merged.conflicts if choices.get(item.key) not in {MINE, THEIRS}]
    if open_ones:
        raise Refused([_unsettled(definition, item) for item in open_ones])
    return {item.key for item in merged.conflicts if choices[item.key] == MINE}


def _unsettled(definition: FormDefinition, conflict: Conflict) -> Finding:
    row = definition.by_key[conflict.key]
    message = f"{row.label}: пока книга была у вас, значение изменили на портале ({conflict.by_whom})."
    found = f"в книге {said(row, conflict.mine)}, на портале {said(row, conflict.theirs)}"
    return error("conflict", message, found=found, action="Выберите, какое значение оставить.")


_AGAIN = "Загрузите книгу ещё раз: портал сравнит её с новыми данными."


def _what_changed(submission: Submission, upload: SubmissionUpload) -> list[Finding]:
    """The refusal, with the rows that others changed since the preview."""
    found = [
        error("changed_meanwhile", "После проверки этой книги данные изменились. Ничего не записано.", action=_AGAIN)
    ]
    newer = submission.changes.filter(revision__gt=upload.base_revision)
    for change in newer.select_related("field__version__indicator", "changed_by")[:20]:
        who = change.changed_by.get_short_name() if change.changed_by else "оператор портала"
        moment = timezone.localtime(change.changed_at)
        message = f"строка {change.field.version.indicator.number}: {moment:%d.%m.%Y %H:%M}, {who}."
        found.append(Finding(found[0].severity, "changed_row", message))
    return found
