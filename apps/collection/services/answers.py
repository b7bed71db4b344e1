"""Writing answers: locked, with the history of every change, the same for page, workbook and other sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.collection.definition import FormDefinition, Given
from apps.collection.models import Answer, AnswerChange, Submission
from apps.collection.selectors.values import definition_for
from apps.collection.services import access
from apps.collection.services.merging import Conflict, Difference, as_seen, differences, merge
from apps.collection.states import Action
from apps.core import events


def current_answers(submission: Submission) -> dict[str, Given]:
    """The answers by the key of their row."""
    rows = submission.answers.values_list(
        "field__version__indicator__code", "number", "text", "absence_reason", "explanation", "cell"
    )
    return {
        key: Given(number=number, text=text, absence_reason=reason, explanation=explanation, cell=cell)
        for key, number, text, reason, explanation, cell in rows
    }


def write_differences(
    *, submission: Submission, definition: FormDefinition, changes: list[Difference], origin: str, by: Any
) -> int:
    """Write what differs, and one line of history a row. The submission is locked by the caller."""
    now = timezone.now()
    submission.revision += 1
    Submission.objects.filter(pk=submission.pk).update(revision=F("revision") + 1)
    answers, history = [], []
    for change in changes:
        field_id, new, old = definition.by_key[change.key].field_id, change.after, change.before
        common = {"submission": submission, "field_id": field_id, "origin": origin, "cell": new.cell}
        answers.append(
            Answer(
                **common, number=new.number, text=new.text, absence_reason=new.absence_reason,
                explanation=new.explanation, changed_by=by, changed_at=now,
            )
        )  # fmt: skip
        history.append(
            AnswerChange(
                **common, revision=submission.revision, changed_by=by, changed_at=now,
                old_number=old.number, old_text=old.text, old_absence_reason=old.absence_reason,
                old_explanation=old.explanation, new_number=new.number, new_text=new.text,
                new_absence_reason=new.absence_reason, new_explanation=new.explanation,
            )
        )  # fmt: skip
    updated = ["number", "text", "absence_reason", "explanation", "origin", "cell", "changed_by", "changed_at"]
    Answer.objects.bulk_create(
        answers, update_conflicts=True, unique_fields=["submission", "field"], update_fields=updated
    )
    AnswerChange.objects.bulk_create(history)
    return len(answers)


@dataclass(frozen=True)
class Saved:
    """What a call wrote, and the rows that it left because somebody else had changed them."""

    count: int = 0
    conflicts: tuple[Conflict, ...] = ()


@transaction.atomic
def save_answers(
    *,
    submission: Submission,
    answers: Mapping[str, Given],
    by: Any,
    origin: str = Answer.Origin.WEB,
    seen: Mapping[str, int] | None = None,
) -> Saved:
    """Write the given rows, leave the others. Raises Refused.

    `seen` is the revision at which each row was shown: a row that another person changed since is written only when
    it was left as it was shown or says the same; otherwise it comes back as a conflict and stays unwritten.
    """
    submission = access.lock(submission, Action.FILL, by)
    definition = definition_for(submission)
    keys = [row.key for row in definition.inputs if row.key in answers]
    current = current_answers(submission)
    conflicts: list[Conflict] = []
    if seen is None:
        changes = differences(current, answers, keys)
    else:
        merged = merge(mine=answers, keys=keys, seen=as_seen(submission, current, seen))
        changes, conflicts = merged.changes, merged.conflicts
    if changes:
        count = write_differences(submission=submission, definition=definition, changes=changes, origin=origin, by=by)
        access.move(submission, Action.FILL)
        _record(submission, count, origin, by)
    return Saved(len(changes), tuple(conflicts))


def _record(submission: Submission, count: int, origin: str, by: Any) -> None:
    """One line of history for a person's day of work on the page: each value has its own line in the changes."""
    last = events.history(submission).order_by("-at", "-pk").first()
    data = last.data if last and last.kind == "submission.filled" else {}
    today = f"{timezone.localdate():%Y-%m-%d}"
    if last and last.actor == by and origin == Answer.Origin.WEB and data.get("day") == today:
        return
    text = "Заполняется на портале" if origin == Answer.Origin.WEB else f"Изменено строк: {count}"
    events.record(kind="submission.filled", subject=submission, by=by, text=text, changed=count, day=today)
