"""Writing answers: locked, with the history of every change, the same for page, workbook and other sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.collection.definition import FormDefinition, Given, definition_of
from apps.collection.models import Answer, AnswerChange, Submission
from apps.collection.services import access
from apps.collection.states import Action
from apps.core import events

NOTHING = Given()


@dataclass(frozen=True)
class Difference:
    """One row before and after."""

    key: str
    before: Given
    after: Given


def current_answers(submission: Submission) -> dict[str, Given]:
    """The answers by the key of their row."""
    rows = submission.answers.values_list(
        "field__version__indicator__code", "number", "text", "absence_reason", "explanation", "cell"
    )
    return {
        key: Given(number=number, text=text, absence_reason=reason, explanation=explanation, cell=cell)
        for key, number, text, reason, explanation, cell in rows
    }


def differences(before: Mapping[str, Given], after: Mapping[str, Given], keys: Iterable[str]) -> list[Difference]:
    """Rows whose value, reason or explanation differ, in the order of `keys`."""
    pairs = ((key, before.get(key, NOTHING), after.get(key, NOTHING)) for key in keys)
    return [Difference(key, old, new) for key, old, new in pairs if not new.same_value(old)]


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
                new_number=new.number, new_text=new.text, new_absence_reason=new.absence_reason,
            )
        )  # fmt: skip
    updated = ["number", "text", "absence_reason", "explanation", "origin", "cell", "changed_by", "changed_at"]
    Answer.objects.bulk_create(
        answers, update_conflicts=True, unique_fields=["submission", "field"], update_fields=updated
    )
    AnswerChange.objects.bulk_create(history)
    return len(answers)


@transaction.atomic
def save_answers(
    *, submission: Submission, answers: Mapping[str, Given], by: Any, origin: str = Answer.Origin.WEB
) -> int:
    """Write the given rows, leave the others. Returns how many changed. Raises Refused."""
    submission = access.lock(submission, Action.FILL, by)
    definition = definition_of(submission.form)
    keys = [row.key for row in definition.inputs if row.key in answers]
    changes = differences(current_answers(submission), answers, keys)
    if not changes:
        return 0
    count = write_differences(submission=submission, definition=definition, changes=changes, origin=origin, by=by)
    access.move(submission, Action.FILL)
    events.record(kind="submission.filled", subject=submission, by=by, text=f"Изменено строк: {count}", changed=count)
    return count
