"""What a review of the indicators looks at: unused, alike, overdue, switched off."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from django.utils import timezone

from apps.core.models import Event
from apps.indicators import formulas
from apps.indicators.models import Indicator, IndicatorVersion, Pack, Proposal, Twin
from apps.indicators.uses import Use, UseKind, uses_by_code


@dataclass(frozen=True)
class Entry:
    """An indicator in use with its current version."""

    version: IndicatorVersion
    uses: Sequence[Use] = ()

    @property
    def code(self) -> str:
        return self.version.indicator.code

    @property
    def collected_by(self) -> list[str]:
        return [use.title for use in self.uses if not use.has_purpose and use.kind == UseKind.FORM]


@dataclass
class PackReview:
    """A pack: how many indicators it has in use, those that nothing uses, those that are only collected."""

    pack: Pack
    total: int = 0
    unused: list[Entry] = field(default_factory=list)
    only_collected: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Likeness:
    """Indicators that look the same, and why; `verdict` where a person has judged all pairs of them alike."""

    entries: Sequence[Entry]
    why: str
    same_organizations: bool = True
    verdict: str = ""
    note: str = ""

    @property
    def codes(self) -> list[str]:
        return [entry.code for entry in self.entries]


@dataclass(frozen=True)
class SwitchedOff:
    """An indicator that the department switched off, with the reason that was given."""

    version: IndicatorVersion
    on: date
    reason: str
    by: str


@dataclass
class Review:
    packs: list[PackReview]
    open_likenesses: list[Likeness]
    same: list[Likeness]
    different: list[Likeness]
    overdue: list[Entry]
    without_term: int
    switched_off: list[SwitchedOff]

    @property
    def total(self) -> int:
        return sum(pack.total for pack in self.packs)

    @property
    def unused(self) -> int:
        return sum(len(pack.unused) for pack in self.packs)

    @property
    def only_collected(self) -> int:
        return sum(len(pack.only_collected) for pack in self.packs)


def review() -> Review:
    """The whole page: a fixed number of queries, whatever the number of indicators."""
    entries = entries_in_use()
    likenesses = likenesses_of(entries)
    today = timezone.localdate()
    return Review(
        packs=_packs(entries),
        open_likenesses=[one for one in likenesses if not one.verdict],
        same=[one for one in likenesses if one.verdict == Twin.Verdict.SAME],
        different=[one for one in likenesses if one.verdict == Twin.Verdict.DIFFERENT],
        overdue=[entry for entry in entries if (term := review_term(entry.version)) and term < today],
        without_term=sum(review_term(entry.version) is None for entry in entries),
        switched_off=switched_off(),
    )


def review_term(version: IndicatorVersion) -> date | None:
    """Until when the indicator is to be reviewed."""
    return version.review_due


def entries_in_use() -> list[Entry]:
    uses = uses_by_code()
    versions = (
        IndicatorVersion.objects.current()
        .filter(indicator__is_group=False, indicator__is_active=True)
        .select_related("indicator__parent")
        .order_by("indicator__pack", "indicator__order")
    )
    return [Entry(version, uses.get(version.indicator.code, [])) for version in versions]


def _packs(entries: Iterable[Entry]) -> list[PackReview]:
    found = {pack.code: PackReview(pack) for pack in Pack.objects.all()}
    for entry in entries:
        place = found.get(entry.version.indicator.pack)
        if place is None:
            continue
        place.total += 1
        if not entry.uses:
            place.unused.append(entry)
        elif not any(use.has_purpose for use in entry.uses):
            place.only_collected.append(entry)
    return [place for place in found.values() if place.total]


# --- likenesses


def normalised(text: str) -> str:
    """A name as it is compared: no case, no punctuation, «ё» is «е»."""
    return " ".join(re.sub(r"[^\w%]+", " ", text.lower().replace("ё", "е")).split())


def likenesses_of(entries: Sequence[Entry]) -> list[Likeness]:
    """Sets of indicators with one name and unit, or one formula, and those that a person called the same.

    A row under a row of its own («До 5 лет») is compared together with the name above it.
    """
    by_code = {entry.code: entry for entry in entries}
    names = {entry.version.indicator_id: entry.version.name for entry in entries}
    judged = {
        frozenset((twin.first.code, twin.second.code)): twin for twin in Twin.objects.select_related("first", "second")
    }
    sets: dict[frozenset[str], str] = {}
    for why, key in (("одинаковые название и единица", lambda e: _name_key(e, names)), ("одна формула", _formula_key)):
        groups: dict[object, list[str]] = {}
        for entry in entries:
            if (value := key(entry)) is not None:
                groups.setdefault(value, []).append(entry.code)
        for codes in groups.values():
            if len(codes) > 1:
                sets.setdefault(frozenset(codes), why)
    for pair, twin in judged.items():
        if twin.verdict == Twin.Verdict.SAME and not any(pair <= codes for codes in sets):
            sets[pair] = "отмечены как одно и то же"
    kinds = _addressed()
    found = [_likeness([by_code[code] for code in by_code if code in codes], why, judged, kinds)
             for codes, why in sets.items() if codes <= by_code.keys()]  # fmt: skip
    return sorted(found, key=lambda one: not one.same_organizations)


def _name_key(entry: Entry, names: dict[int, str]) -> object:
    version = entry.version
    parent = version.indicator.parent
    above = names.get(parent.pk, "") if parent and parent.parent_id else ""
    return normalised(version.name), normalised(version.unit), normalised(above)


def _formula_key(entry: Entry) -> object:
    if not entry.version.formula:
        return None
    return formulas.to_text(formulas.parse(entry.version.formula))


def _addressed() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    return {pack.code: (frozenset(pack.kinds), frozenset(pack.programmes)) for pack in Pack.objects.all()}


def _meet(first: tuple[frozenset[str], frozenset[str]], second: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether one organisation may be asked both packs: nothing named means everybody."""
    return all(not mine or not other or bool(mine & other) for mine, other in zip(first, second, strict=True))


def _likeness(
    entries: list[Entry],
    why: str,
    judged: dict[frozenset[str], Twin],
    kinds: dict[str, tuple[frozenset[str], frozenset[str]]],
) -> Likeness:
    pairs = [judged.get(frozenset((one.code, other.code))) for one, other in combinations(entries, 2)]
    verdicts = {pair.verdict if pair else "" for pair in pairs}
    verdict = verdicts.pop() if len(verdicts) == 1 else ""
    everybody: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    packs = [kinds.get(entry.version.indicator.pack, everybody) for entry in entries]
    return Likeness(
        entries=entries,
        why=why,
        same_organizations=any(_meet(one, other) for one, other in combinations(packs, 2)),
        verdict=verdict,
        note=next((pair.note for pair in pairs if pair and verdict), ""),
    )


# --- switched off


def switched_off() -> list[SwitchedOff]:
    """What the department switched off, the latest first."""
    rows = {row.pk: row for row in Indicator.objects.filter(is_active=False, switched_off_on__isnull=False)}
    versions = IndicatorVersion.objects.current().filter(indicator__in=rows).select_related("indicator")
    said: dict[str, Event] = {}
    happened = Event.objects.filter(subject=Indicator._meta.label, subject_id__in=[str(pk) for pk in rows])
    ended = happened.filter(kind__in=["indicators.switched_off", "indicators.proposal_accepted"])
    for event in ended.select_related("actor").order_by("at", "pk"):
        said[event.subject_id] = event
    proposed = dict(Proposal.objects.filter(kind="archive", state="accepted").values_list("indicator_id", "reason"))
    found = []
    for version in versions:
        last = said.get(str(version.indicator_id))
        reason = str(last.data.get("reason", "")) if last else ""
        reason = reason or proposed.get(version.indicator_id, "")
        by = last.actor.get_short_name() if last and last.actor else ""
        on = version.indicator.switched_off_on
        assert on is not None  # noqa: S101
        found.append(SwitchedOff(version, on, reason, by))
    return sorted(found, key=lambda one: (one.on, one.version.indicator.code), reverse=True)


# --- before switching


def forms_asking(codes: Collection[str]) -> list[str]:
    """Sections of the forms in force that ask the indicators."""
    uses = [use for found in uses_by_code(codes).values() for use in found if use.kind == UseKind.FORM]
    return sorted({use.title for use in uses})


@dataclass(frozen=True)
class PackChange:
    """How many indicators of a pack are in use now and how many would be."""

    pack: Pack
    before: int
    after: int


def changes(codes: Collection[str], *, on: bool = False) -> list[PackChange]:
    """Totals of the packs that the indicators belong to: «было 74, станет 61»."""
    measured = Indicator.objects.filter(is_group=False)
    touched = list(measured.filter(code__in=codes, is_active=not on).values_list("pack", flat=True))
    found = []
    for pack in Pack.objects.filter(code__in=touched):
        before = measured.filter(pack=pack.code, is_active=True).count()
        change = touched.count(pack.code)
        found.append(PackChange(pack, before, before + change if on else before - change))
    return found
