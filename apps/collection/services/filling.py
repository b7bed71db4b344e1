"""Saving rows of the browser form: what can be read is written, what cannot or was changed by others is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from apps.collection.definition import FormDefinition, Given
from apps.collection.entries import BadEntry
from apps.collection.models import Answer, Submission
from apps.collection.selectors.values import known_elsewhere
from apps.collection.services.answers import current_answers, save_answers
from apps.collection.services.merging import Conflict
from apps.collection.typed import THEIRS, Typed
from apps.core.findings import Refused, error


@dataclass
class SavedRows:
    count: int = 0
    problems: dict[str, BadEntry] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether everything that was sent is written."""
        return not self.problems and not self.conflicts


def save_typed(*, submission: Submission, definition: FormDefinition, typed: Mapping[str, Typed], by: Any) -> SavedRows:
    """Write the rows as they were typed. Raises Refused when nothing may be written now."""
    result = SavedRows()
    answers, seen = {}, {}
    for key, row in typed.items():
        if row.choice == THEIRS:
            continue
        try:
            answers[key] = row.read(definition.by_key[key])
        except BadEntry as bad:
            result.problems[key] = bad
            continue
        seen[key] = row.seen
    saved = save_answers(submission=submission, answers=answers, by=by, seen=seen)
    result.count = saved.count
    result.conflicts = {conflict.key: conflict for conflict in saved.conflicts}
    return result


@transaction.atomic
def take_known(*, submission: Submission, definition: FormDefinition, key: str, by: Any) -> None:
    """Take the number that the portal knows from another source, for a row not answered yet. Raises Refused."""
    known = known_elsewhere(submission, definition).get(key)
    given = current_answers(submission).get(key)
    if known is None or (given is not None and given.is_answered):
        message = "Взять уже нечего: значение записано или его больше нет в другом источнике."
        raise Refused([error("nothing_to_take", message, action="Проверьте строку.")])
    save_answers(submission=submission, answers={key: Given(number=known.number)}, by=by, origin=Answer.Origin.SOURCE)
