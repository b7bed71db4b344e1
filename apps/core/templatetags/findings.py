"""Groups findings for the component findings.html."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template

from apps.core.figures import plural
from apps.core.findings import Finding, Severity

register = template.Library()

SHOWN = 200  # of all findings; the rest is counted, so that a page stays small

_NAMES = {
    Severity.ERROR: ("Ошибки", "Их нужно исправить."),
    Severity.QUERY: ("Вопросы", "Исправьте значение или объясните его."),
    Severity.NOTICE: ("К сведению", "Делать ничего не нужно."),
}
_COUNTED = {
    Severity.ERROR: ("ошибка", "ошибки", "ошибок"),
    Severity.QUERY: ("вопрос", "вопроса", "вопросов"),
    Severity.NOTICE: ("замечание", "замечания", "замечаний"),
}


@dataclass(frozen=True)
class Group:
    """The findings of one severity, as many as are shown."""

    severity: Severity
    title: str
    advice: str
    count: int
    counted: str  # «12 ошибок»
    shown: list[Finding]

    @property
    def hidden(self) -> int:
        return self.count - len(self.shown)


@register.filter
def grouped(findings: Iterable[Finding | dict[str, Any]] | None) -> list[Group]:
    """Errors first, then queries, then notices. Takes findings, or what a job keeps of them (dictionaries)."""
    every = [Finding.from_dict(found) if isinstance(found, dict) else found for found in findings or []]
    groups, room = [], SHOWN
    for severity in Severity:
        of_kind = [found for found in every if found.severity == severity]
        if of_kind:
            title, advice = _NAMES[severity]
            counted = f"{len(of_kind)} {plural(len(of_kind), *_COUNTED[severity])}"
            groups.append(Group(severity, title, advice, len(of_kind), counted, of_kind[:room]))
            room = max(0, room - len(of_kind))
    return groups
