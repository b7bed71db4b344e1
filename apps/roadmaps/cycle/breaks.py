"""Where the chain of the cycle is broken: one pure function over its objects. No Django here.

Every rule looks at one object and what it rests on. A rule that cannot be asked (no date, a basis the reader may not
see) finds nothing: a break that is said must be there.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from apps.roadmaps.cycle.facts import Chain, Item, Key, Stage

TITLES = {
    "older_than_basis": "документ старше своего основания",
    "no_day": "нет даты",
    "lost_basis": "основание удалено",
    "void_basis": "основание отменено",
    "draft_basis": "основание не утверждено",
    "void": "отменено, но остаётся единственным",
    "unsigned": "не подписано",
    "no_conclusion": "рекомендация без вывода",
    "no_basis": "решение без основания",
    "measure_alone": "мера ни на чём не основана",
    "effect_alone": "эффект без меры",
    "no_result": "мера без результата после срока",
    "not_answered": "срок прошёл, отчёта нет",
    "organizations": "организации не совпадают",
    "effect_organizations": "эффект не по тем организациям",
    "directions": "направления не совпадают",
    "due_before_start": "срок раньше самого документа",
    "effect_too_early": "эффект посчитан до окончания меры",
    "finished_before_start": "закончено раньше, чем начато",
    "no_effect": "мера закончилась год назад, эффекта нет",
    "act_void": "акт утратил силу",
    "monitoring_incomplete": "сбор закончен, сдали не все",
    "goal_without_indicator": "цель без показателя",
    "responsible_gone": "ответственный больше не работает",
    "decision_overdue": "пункты решения просрочены",
    "not_comparable": "эффект нельзя сравнить",
    "outside_year": "позиция заполнена только вне года",
}
YEAR = timedelta(days=365)
# What an object of a position rests on: at least one of these.
NEEDS = {6: (5,), 7: (1, 5, 6, 8), 8: (5, 6, 8, 9), 9: (6, 7, 8)}
_ALONE = {6: "no_conclusion", 7: "measure_alone", 8: "no_basis", 9: "effect_alone"}
_NAMES = {6: "вывод анализа", 7: "цель, вывод, рекомендация или решение", 8: "анализ, рекомендация или причина словами",
          9: "мера, решение или рекомендация"}  # fmt: skip


@dataclass(frozen=True)
class Break:
    """A broken place: at which object (none: of a whole position), of which rule, in words."""

    code: str
    words: str
    position: int
    key: Key | None = None
    title: str = ""
    url: str = ""
    directions: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return TITLES.get(self.code, self.words)


Told = Iterator[tuple[str, str]]
Rule = Callable[[Item, Chain, date], Told]


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _dates(item: Item, chain: Chain, today: date) -> Told:
    if item.day is None:
        if not item.is_draft and not item.is_standing:
            yield "no_day", "На документе нет даты: не видно, к какому году он относится."
        return
    for basis in chain.bases(item):
        if basis.day and not basis.is_void and not basis.is_frame and item.day < basis.day:
            yield (
                "older_than_basis",
                f"Дата {_day(item.day)} раньше даты основания «{basis.title}» ({_day(basis.day)}).",
            )
    if item.due_on and item.due_on < item.day and item.position in {6, 7, 8}:
        yield "due_before_start", f"Срок {_day(item.due_on)} раньше даты документа {_day(item.day)}."
    if item.finished_on and item.finished_on < item.day and item.position == 7:
        yield "finished_before_start", f"Закончено {_day(item.finished_on)}, а записано {_day(item.day)}."


def _bases(item: Item, chain: Chain, today: date) -> Told:
    for label, key in chain.lost(item):
        yield "lost_basis", f"Основание ({label}, № {key}) больше не существует."
    for basis in chain.bases(item):
        if basis.is_void:
            yield "void_basis", f"Основание «{basis.title}» — {basis.state or 'отменено'}."
        elif basis.is_draft and not item.is_draft:
            yield "draft_basis", f"Основание «{basis.title}» — {basis.state or 'не утверждено'}."
    needed = NEEDS.get(item.position)
    if needed is None or item.excuse or item.is_draft or chain.rests_on_hidden(item):
        return
    if not _grounded(item, chain, needed):
        yield _ALONE[item.position], f"Не указано основание: нужны {_NAMES[item.position]}."


def _grounded(item: Item, chain: Chain, needed: tuple[int, ...]) -> bool:
    """By itself, or by what holds it: a measure by its roadmap."""
    bases = chain.bases(item)
    if any(basis.position in needed and basis.is_ground and not basis.is_frame for basis in bases):
        return True
    frames = [basis for basis in bases if basis.is_frame and basis.key != item.key]
    return any(frame.excuse or _grounded(frame, chain, needed) for frame in frames)


def _signature(item: Item, chain: Chain, today: date) -> Told:
    """A draft is no fault while nothing rests on it and its own day has not passed."""
    if item.is_draft and item.position in {2, 3, 5, 7, 8} and item.day is not None and item.day < today:
        yield "unsigned", f"Дата {_day(item.day)} прошла, а документ — {item.state or 'не подписан'}."


def _results(item: Item, chain: Chain, today: date) -> Told:
    if item.needs_result and item.due_on and item.due_on < today:
        if item.position == 6 and not item.finished_on:
            yield "not_answered", f"Срок {_day(item.due_on)} прошёл; {item.result or 'отчёта об исполнении нет'}."
        elif item.position == 7 and not (item.finished_on and item.result):
            yield "no_result", f"Срок {_day(item.due_on)} прошёл, результат не записан."
    is_old = item.position == 7 and item.finished_on and item.result and item.finished_on + YEAR < today
    if is_old and item.finished_on and not any(one.position == 9 for one in _all_after(item, chain)):
        yield "no_effect", f"Закончено {_day(item.finished_on)}; больше чем через год эффект не проанализирован."


def _all_after(item: Item, chain: Chain) -> Iterator[Item]:
    seen, edge = {item.key}, [item]
    while edge:
        found = [one for each in edge for one in chain.followers(each) if one.key not in seen]
        seen |= {one.key for one in found}
        yield from found
        edge = found


def _organizations(item: Item, chain: Chain, today: date) -> Told:
    """Whoever is addressed has been analysed; whoever's effect is read has had the measure."""
    before = [one for one in chain.bases(item) if one.position >= 5 and not one.is_void and not one.is_frame]
    if not before or item.position < 6:
        return
    if item.position == 9:
        yield from _effect(item, before)
        return
    if not item.organizations or any(not one.organizations for one in before):
        return
    known = frozenset().union(*(one.organizations or frozenset() for one in before))
    if beyond := len(item.organizations - known):
        yield (
            "organizations",
            f"Названо организаций: {len(item.organizations)}, из них в основании нет {beyond}.",
        )


def _effect(item: Item, before: list[Item]) -> Told:
    measured = [one.organizations for one in before if one.position in {6, 7, 8}]
    if not measured or not item.organizations or any(not one for one in measured):
        return
    wanted = frozenset().union(*(one for one in measured if one))
    if wanted != item.organizations:
        more, less = len(item.organizations - wanted), len(wanted - item.organizations)
        yield (
            "effect_organizations",
            f"В мере нет {more} из посчитанных организаций; не посчитаны {less} из её участников.",
        )


def _directions(item: Item, chain: Chain, today: date) -> Told:
    if not item.directions:
        return
    for basis in chain.bases(item):
        if basis.directions and not basis.directions & item.directions:
            names = ", ".join(sorted(basis.directions))
            yield "directions", f"Основание «{basis.title}» относится к другому направлению: {names}."


def _too_early(item: Item, chain: Chain, today: date) -> Told:
    if item.position != 9 or item.day is None or item.is_draft:
        return
    for basis in chain.bases(item):
        end = basis.finished_on or basis.due_on
        if basis.position == 7 and end and item.day < end:
            yield "effect_too_early", f"Эффект от {_day(item.day)}, а мера «{basis.title}» длится до {_day(end)}."


RULES: tuple[Rule, ...] = (
    _dates, _bases, _signature, _results, _organizations, _directions, _too_early,
)  # fmt: skip


def breaks_at(item: Item, chain: Chain, today: date) -> list[Break]:
    """What is broken at one object; a cancelled one is not asked."""
    if item.stage == Stage.VOID:
        return []
    told = [found for rule in RULES for found in rule(item, chain, today)] + list(item.remarks)
    return [
        Break(code, words, item.position, item.key, item.title, item.url, item.directions)
        for code, words in dict.fromkeys(told)
    ]


def breaks_of(
    chain: Chain, *, first: date, last: date, today: date, keys: Collection[Key] | None = None
) -> list[Break]:
    """All breaks of objects of the year, and positions that only other years fill, in the order of the cycle.

    `keys` are the objects to ask; the others only serve as what these rest on.
    """
    asked = [item for item in chain.items.values() if keys is None or item.key in keys]
    inside = [item for item in asked if item.is_in(first, last)]
    found = [one for item in inside for one in breaks_at(item, chain, today)]
    found += _positions(asked, inside, first, last)
    return sorted(found, key=lambda one: (one.position, one.code, one.title, one.key or ("", "")))


def _positions(asked: list[Item], inside: list[Item], first: date, last: date) -> Iterator[Break]:
    """By direction: a position that has objects, all of them of other years or cancelled ones."""
    here = {(code, item.position) for item in inside if not item.is_void for code in item.directions}
    void = {(code, item.position): item for item in inside if item.is_void for code in item.directions}
    beyond: dict[tuple[str, int], Item] = {}
    for item in asked:
        if item.is_void or item.is_in(first, last):
            continue
        for code in item.directions:
            beyond[code, item.position] = item
    for (code, position), item in void.items():
        if (code, position) not in here:
            words = f"В позиции только отменённое: «{item.title}» — {item.state or 'отменено'}."
            yield Break("void", words, position, item.key, item.title, item.url, frozenset({code}))
    for (code, position), item in beyond.items():
        if (code, position) not in here and (code, position) not in void:
            words = f"Документы есть, но все — вне {_day(first)} – {_day(last)}, например «{item.title}»."
            yield Break("outside_year", words, position, None, "", "", frozenset({code}))
