"""Where indicators are used: every room that uses them says so here, the passport and the review read it.

A room has `uses.py`, found when the portal starts, with::

    @uses.told_by
    def of_forms(codes: Collection[str] | None) -> Iterator[Use]: ...

that gives the uses of the named indicators, or of all of them for None, in a fixed number of queries.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class UseKind(StrEnum):
    FORM = "form"  # asked of organisations
    RULE = "rule"  # checks answers
    FORMULA = "formula"
    SIGN = "sign"
    REPORT = "report"
    DECISION = "decision"
    REQUEST = "request"


TITLES = {
    UseKind.FORM: "Собирается формой",
    UseKind.RULE: "Проверка данных",
    UseKind.FORMULA: "Формула другого показателя",
    UseKind.SIGN: "Признак, сравнение",
    UseKind.REPORT: "Отчёт",
    UseKind.DECISION: "Рекомендация, решение",
    UseKind.REQUEST: "Запрос внешнего пользователя",
}
# To collect and to check a number is no reason to collect it.
WITHOUT_PURPOSE = frozenset({UseKind.FORM, UseKind.RULE})


@dataclass(frozen=True)
class Use:
    """One use of an indicator: of what kind, in what (a form, a chapter) and the page of that."""

    code: str
    kind: UseKind
    title: str
    url: str = ""

    @property
    def kind_title(self) -> str:
        return TITLES[self.kind]

    @property
    def has_purpose(self) -> bool:
        return self.kind not in WITHOUT_PURPOSE


Teller = Callable[[Collection[str] | None], Iterable[Use]]
_tellers: list[Teller] = []


def told_by(teller: Teller) -> Teller:
    """Register what tells the uses in a room."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def all_uses(codes: Collection[str] | None = None) -> Iterator[Use]:
    for teller in _tellers:
        yield from teller(codes)


def uses_by_code(codes: Collection[str] | None = None) -> dict[str, list[Use]]:
    """Uses of each indicator that has any, in the order of kinds."""
    order = list(UseKind)
    found: dict[str, list[Use]] = {}
    for use in dict.fromkeys(all_uses(codes)):
        found.setdefault(use.code, []).append(use)
    for uses in found.values():
        uses.sort(key=lambda use: (order.index(use.kind), use.title))
    return found
