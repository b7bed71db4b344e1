"""The way of a submission: handed in, returned, accepted, opened again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.collection.checks import check
from apps.collection.definition import FormDefinition, Given, remaining
from apps.collection.entries import BadEntry
from apps.collection.models import Answer, Form, ReceiptCounter, Submission, SubmissionUpload
from apps.collection.selectors.values import definition_for, known_elsewhere, previous_explanations, previous_numbers
from apps.collection.services import acceptance, access, reminders
from apps.collection.services.answers import current_answers, write_differences
from apps.collection.services.merging import differences
from apps.collection.states import Action
from apps.collection.typed import require_impersonal
from apps.core import events, notices
from apps.core.findings import Finding, Refused, Severity, error
from apps.core.models import Period
from apps.workbooks.cells import clean_text

LISTED = 20  # remaining rows are named up to this many


def blockers(submission: Submission, definition: FormDefinition, answers: Mapping[str, Given]) -> list[Finding]:
    """What stands between the answers and handing in: empty rows, errors, queries without an explanation."""
    missing = remaining(definition, answers)
    found: list[Finding] = []
    for row in missing[:LISTED]:
        action = "Введите значение или укажите, почему его нет."
        found.append(error("missing", f"{row.label}: нет ни значения, ни причины.", action=action))
    if len(missing) > LISTED:
        found.append(error("missing_more", f"Не заполнено ещё строк: {len(missing) - LISTED}."))
    remarks = check(definition, answers, previous_numbers(submission), known_elsewhere(submission, definition))
    blocking = {Severity.ERROR, Severity.QUERY}
    return found + [remark.finding for remark in remarks if remark.finding.severity in blocking]


def next_numbers(form: Form, period: Period, count: int = 1) -> list[str]:
    """The next receipts of a form and period, in order; the counter is locked until the end of the transaction."""
    prefix = f"{form.receipt_prefix}-{period.code.replace('/', '-')}"
    ReceiptCounter.objects.get_or_create(prefix=prefix)
    counter = ReceiptCounter.objects.select_for_update().get(prefix=prefix)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return [f"{prefix}-{number:04d}" for number in range(first, first + count)]


@transaction.atomic
def submit_submission(*, submission: Submission, by: Any, revision: int | None = None) -> Submission:
    """The director confirms the data and hands them in; gives the receipt's number.

    Raises Refused: not the director, wrong state or term, rows without value and reason, errors, open queries,
    or somebody changed the answers after `revision`.
    """
    submission = access.lock(submission, Action.SUBMIT, by, revision=revision)
    definition = definition_for(submission)
    found = blockers(submission, definition, current_answers(submission))
    if found:
        raise Refused(found)
    number = submission.number or next_numbers(submission.form, submission.campaign.period)[0]
    late = submission.is_overdue()
    submission = access.move(
        submission, Action.SUBMIT, number=number, submitted_at=timezone.now(), submitted_by=by, submitted_late=late,
        revision=submission.revision + 1,
    )  # fmt: skip
    SubmissionUpload.objects.filter(submission=submission, state=SubmissionUpload.State.PREVIEWED).update(
        state=SubmissionUpload.State.OUTDATED
    )
    notices.settle(reminders.key_of(submission))
    text = f"Отправлена на проверку, квитанция {number}" + (" (после срока)" if late else "")
    events.record(kind="submission.submitted", subject=submission, by=by, text=text, number=number, late=late)
    return submission


def _comment(text: str) -> str:
    comment = clean_text(text)
    if not comment:
        message = "Напишите, что нужно исправить: организация увидит ваш текст."
        raise Refused([error("no_comment", message)])
    return comment[:2000]


@transaction.atomic
def return_submission(*, submission: Submission, comment: str, by: Any) -> Submission:
    """Give it back with a comment that the organisation sees. Raises Refused."""
    comment = _comment(comment)
    submission = access.lock(submission, Action.RETURN, by)
    submission = _give_back(submission, Action.RETURN, comment, by)
    events.record(
        kind="submission.returned", subject=submission, by=by, text="Возвращена на доработку", comment=comment
    )
    return submission


def _give_back(submission: Submission, action: Action, comment: str, by: Any) -> Submission:
    return access.move(
        submission, action, returned_at=timezone.now(), returned_by=by, return_comment=comment,
        accepted_at=None, accepted_by=None, revision=submission.revision + 1,
    )  # fmt: skip


@transaction.atomic
def accept_submission(*, submission: Submission, by: Any, revision: int | None = None) -> Submission:
    """Accept: the answers become values of indicators, and the aggregates are counted again. Raises Refused."""
    submission = access.lock(submission, Action.ACCEPT, by, revision=revision)
    submission = access.move(
        submission, Action.ACCEPT, accepted_at=timezone.now(), accepted_by=by, revision=submission.revision + 1
    )
    count = acceptance.record_answers(submission=submission, by=by)
    acceptance.recount(period=submission.period, by=by)
    events.record(
        kind="submission.accepted", subject=submission, by=by, text=f"Принята, значений: {count}", values=count
    )
    return submission


@transaction.atomic
def accept_submissions(*, submissions: Iterable[Submission], by: Any) -> tuple[int, list[Finding]]:
    """Accept several at once; those that cannot be accepted are named and left. One recount a period."""
    accepted, problems, periods = 0, [], {}
    for submission in sorted(submissions, key=lambda item: item.pk):  # one order of locks for everybody
        try:
            with transaction.atomic():
                locked = access.lock(submission, Action.ACCEPT, by)
                access.move(
                    locked, Action.ACCEPT, accepted_at=timezone.now(), accepted_by=by, revision=locked.revision + 1
                )
                count = acceptance.record_answers(submission=locked, by=by)
        except Refused as refusal:
            problems += [replace(item, message=f"{submission}: {item.message}") for item in refusal.findings]
            continue
        events.record(
            kind="submission.accepted", subject=locked, by=by, text=f"Принята, значений: {count}", values=count
        )
        accepted += 1
        periods[locked.period_id] = locked.period
    for period in periods.values():
        acceptance.recount(period=period, by=by)
    return accepted, problems


@transaction.atomic
def reopen_submission(*, submission: Submission, reason: str, by: Any) -> Submission:
    """Open an accepted form again for a stated reason; its values stay until it is accepted anew. Raises Refused."""
    reason = _comment(reason)
    submission = access.lock(submission, Action.REOPEN, by)
    submission = _give_back(submission, Action.REOPEN, reason, by)
    events.record(kind="submission.reopened", subject=submission, by=by, text="Открыта заново", reason=reason)
    return submission


@transaction.atomic
def repeat_explanation(*, submission: Submission, key: str, by: Any) -> int:
    """Give this year the explanation that was accepted a year before. Raises Refused when there is none."""
    text = previous_explanations(submission).get(key)
    if not text:
        message = "Принятого пояснения прошлого года для этой строки нет."
        raise Refused([error("no_earlier_explanation", message, action="Напишите пояснение сами.")])
    count = explain(submission=submission, texts={key: text}, by=by)
    if count:
        said = f"Повторено пояснение прошлого года: строка {definition_for(submission).by_key[key].number}"
        events.record(kind="submission.explanation_repeated", subject=submission, by=by, text=said, explanation=text)
    return count


@transaction.atomic
def explain(*, submission: Submission, texts: Mapping[str, str], by: Any) -> int:
    """Write the organisation's explanations of queries, by the key of the row. Raises Refused."""
    submission = access.lock(submission, Action.FILL, by)
    definition = definition_for(submission)
    before = current_answers(submission)
    _require_impersonal(texts, definition)
    after = {
        key: replace(before[key], explanation=clean_text(text)[:500])
        for key, text in texts.items()
        if key in before and key in definition.by_key
    }
    changes = differences(before, after, after)
    if not changes:
        return 0
    write_differences(submission=submission, definition=definition, changes=changes, origin=Answer.Origin.WEB, by=by)
    access.move(submission, Action.FILL)
    text = f"Пояснений внесено: {len(changes)}"
    events.record(kind="submission.explained", subject=submission, by=by, text=text)
    return len(changes)


def _require_impersonal(texts: Mapping[str, str], definition: FormDefinition) -> None:
    """Explanations name nobody. Raises Refused with every row; nothing is written then."""
    found = []
    for key, text in texts.items():
        try:
            require_impersonal(clean_text(text))
        except BadEntry as bad:
            row = definition.by_key.get(key)
            place = f"{row.label}: " if row else ""
            found.append(error(bad.code, f"{place}{bad.message}", expected=bad.expected, action=bad.action))
    if found:
        raise Refused(found)
