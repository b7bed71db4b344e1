"""What the pages of items read: stored parts of one procedure, one statement for all schools."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from apps.organizations.models import Organization
from apps.procedures import catalogue, statistics, stored
from apps.procedures.models import GroupResult, Item, Procedure
from apps.procedures.statistics import Deficit, Estimate, Judged, Parts, items
from apps.procedures.stored import SchoolParts

WIDER = {"country": "Россия", "region": "Регион"}


@dataclass(frozen=True)
class Line:
    """An item: its completion here, among the others, and how they differ."""

    item: Item
    own: Estimate
    whole: Estimate
    difference: Estimate
    shares: items.Shares
    verdict: str
    power: Estimate
    reading: str
    wider: list[Estimate]  # of the country and the region, as their reports have them

    @property
    def wider_differences(self) -> list[Estimate]:
        return [statistics.difference(self.own, one) for one in self.wider]

    @property
    def is_apart(self) -> bool:
        return statistics.is_apart(self.difference)


@dataclass(frozen=True)
class MarkGroup:
    """Participants who got a mark: completion of every item."""

    mark: int
    n: int
    completions: list[Estimate]

    @property
    def is_few(self) -> bool:
        return self.n < statistics.FEW


@dataclass(frozen=True)
class Cross:
    number: str
    lower: int
    higher: int


@dataclass(frozen=True)
class ItemAnalysis:
    """Everything the page of items shows of one group of participants."""

    procedure: Procedure
    name: str
    parts: Parts
    lines: list[Line]
    whole_name: str = ""  # empty where there is nothing to compare with
    whole_n: int = 0
    wider_names: list[str] = field(default_factory=list)
    is_own_power: bool = True  # whether the discrimination shown is of this group, or of the municipality

    @property
    def n(self) -> int:
        return self.parts.participants

    @property
    def is_few(self) -> bool:
        return self.n < statistics.FEW

    @property
    def has_levels(self) -> bool:
        return any(line.item.level for line in self.lines)

    @property
    def is_detailed(self) -> bool:
        """Whether the finer parts have been counted; results stored long ago wait for a recount."""
        return bool(self.parts.item_details)

    @property
    def groups(self) -> list[MarkGroup]:
        maxima = [line.item.maximum for line in self.lines]
        return [
            MarkGroup(
                mark,
                items.with_mark(self.parts, mark),
                [items.completion_of_mark(self.parts, place, maximum, mark) for place, maximum in enumerate(maxima)],
            )
            for mark in items.MARKS
        ]

    @property
    def crossings(self) -> list[Cross]:
        found = items.crossings(self.parts, [line.item.maximum for line in self.lines])
        return [Cross(self.lines[one.item].item.number, one.lower, one.higher) for one in found]

    @property
    def deficits(self) -> list[tuple[str, list[Deficit]]]:
        """Deficits by skill, block and content code; nothing below the least n."""
        if self.is_few:
            return []
        work = self.procedure
        contents, requirements = catalogue.code_names(work.kind, work.year, work.subject.name, work.grade)
        kinds = (
            ("Проверяемые умения", lambda item: [item.skill]),
            ("Блоки планируемых результатов", lambda item: [item.block]),
            ("Элементы содержания", lambda item: _named(item.content, contents, "элемент содержания")),
            ("Требования к подготовке", lambda item: _named(item.requirement, requirements, "требование")),
        )
        found = [(title, statistics.deficits(self._judged(keys))) for title, keys in kinds]
        return [(title, rows) for title, rows in found if rows]

    def _judged(self, keys: Any) -> Iterable[Judged]:
        for line in self.lines:
            place, maximum = line.item.position, line.item.maximum
            if maximum and place < len(self.parts.item_counts):
                possible = self.parts.item_counts[place] * maximum
                yield Judged(line.item.number, keys(line.item), line.verdict, self.parts.item_sums[place], possible)


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


def _named(text: str, names: dict[str, str], word: str) -> list[str]:
    """Codes with their names: «2.1 Выполнять арифметические действия»; without a name the word says what it is."""
    return [f"{code} {names[code]}" if code in names else f"{word} {code}" for code in _codes(text)]


def _wider(procedure: Procedure) -> tuple[list[str], list[GroupResult]]:
    """Country and region from the report «Выполнение заданий», where one has been loaded."""
    found = {
        line.level: line for line in GroupResult.objects.filter(procedure=procedure, report="items", level__in=WIDER)
    }
    levels = [level for level in WIDER if level in found]
    return [WIDER[level] for level in levels], [found[level] for level in levels]


def _reported(line: GroupResult, number: str) -> Estimate:
    value = line.values.get(number)
    return statistics.ABSENT if value is None else statistics.reported(Decimal(str(value)), line.participants or 0)


def _lines(
    work: Sequence[Item], own: Parts, whole: Parts | None, rest: Parts | None, wider: list[GroupResult]
) -> tuple[list[Line], bool]:
    """Lines of items, and whether discrimination is of the group itself."""
    is_own = own.participants >= 30 or whole is None
    lines = []
    for item in work:
        place, maximum = item.position, item.maximum
        mine = items.completion(own, place, maximum)
        power = items.discrimination(own if is_own or whole is None else whole, place)
        lines.append(
            Line(
                item,
                mine,
                items.completion(whole, place, maximum) if whole else statistics.ABSENT,
                statistics.difference(mine, items.completion(rest, place, maximum)) if rest else statistics.ABSENT,
                items.shares(own, place),
                "" if mine.is_few else statistics.verdict(item.level, mine.value),
                power,
                items.reading(power),
                [_reported(line, item.number) for line in wider],
            )
        )
    return lines, is_own


def of_school(*, procedure: Procedure, organization: Organization, reader: Any) -> ItemAnalysis | None:
    """Items of one school against the municipality; None when it took no part."""
    rows = stored.schools_of([procedure], school__organization=organization)
    if not rows:
        return None
    own = stored.summed(rows)
    ours = stored.schools_of([procedure], columns=stored.ITEMS, school__organization__isnull=False)
    others = [row for row in ours if row.organization != organization.pk]
    whole = stored.summed(ours) if stored.shows_sum(ours, reader) and others else None
    rest = stored.summed(others) if whole else None
    names, wider = _wider(procedure)
    work = list(procedure.items.all())
    lines, is_own = _lines(work, own, whole, rest, wider)
    return ItemAnalysis(
        procedure, stored.group_name(organization), own, lines, "Муниципалитет" if whole else "",
        whole.participants if whole else 0, names, is_own,
    )  # fmt: skip


def of_municipality(*, procedure: Procedure) -> ItemAnalysis:
    """Items of our schools against all schools of the files where there are others."""
    rows = stored.schools_of([procedure])
    ours = stored.ours(rows) or rows
    own = stored.summed(ours)
    whole = stored.summed(rows) if len(ours) < len(rows) else own
    has_others = len(ours) < len(rows)
    names, wider = _wider(procedure)
    lines, _ = _lines(
        list(procedure.items.all()), own, whole if has_others else None, whole - own if has_others else None, wider
    )
    return ItemAnalysis(
        procedure, "Муниципалитет", own, lines, "Все школы файла" if has_others else "",
        whole.participants if has_others else 0, names,
    )  # fmt: skip


# --- items × schools, for the authority


@dataclass(frozen=True)
class HeatRow:
    organization: Organization
    n: int
    completions: list[Decimal | None]


@dataclass(frozen=True)
class Heat:
    """Completion of items by school in the order of the register; schools below the least n are only counted."""

    items: list[Item]
    rows: list[HeatRow]
    few: int


def heat(*, procedure: Procedure, work: list[Item], rows: list[SchoolParts] | None = None) -> Heat:
    by_school: dict[int, list[SchoolParts]] = {}
    for row in stored.ours(stored.schools_of([procedure]) if rows is None else rows):
        by_school.setdefault(row.organization or 0, []).append(row)
    found, few = [], 0
    for organization in Organization.objects.filter(pk__in=by_school).order_by("number", "name_key"):
        parts = stored.summed(by_school[organization.pk])
        if parts.participants < statistics.FEW:
            few += 1
            continue
        values = [items.completion(parts, item.position, item.maximum).value for item in work]
        found.append(HeatRow(organization, parts.participants, values))
    return Heat(work, found, few)
