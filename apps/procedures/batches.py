"""A batch of files at a glance: how many are in which state, and what waits for a decision."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from apps.procedures.models import QuarantinedRow, ResultFile

_TONES = {"done": "good", "refused": "bad", "unclear": "warn", "unmapped": "warn"}


@dataclass(frozen=True)
class Sign:
    """A short statement with its tone."""

    text: str
    tone: str


def summary(files: Sequence[ResultFile], held: Collection[QuarantinedRow]) -> list[Sign]:
    """States of the files with their numbers, then held rows and files with unknown schools."""
    signs = [
        Sign(f"{state.label}: {count}", _TONES.get(state.value, "neutral"))
        for state in ResultFile.State
        if (count := sum(file.state == state for file in files))
    ]
    if held:
        signs.append(Sign(f"строки в карантине: {len(held)}", "warn"))
    if unknown := sum(bool(file.unknown_schools) for file in files):
        signs.append(Sign(f"файлы с неизвестными школами: {unknown}", "warn"))
    return signs
