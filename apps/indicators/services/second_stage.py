"""Figures of formulas that do not add up: caps, steps, points, weighted criteria, indices.

The static statement has counted every sum, share and mean by then. This stage reads those figures and counts the
remaining formulas over them, each after those it is built on:

- *mean* (points of НОКО): the formula gives a figure for every organisation; a scope has the mean of its
  organisations, each with the same weight;
- *formula* (indices): the formula is counted over the figures of the scope itself.

An answer «да» counts as 1 for an organisation and as the share of «да» for a scope. The value of `previous([…])` is
the figure of the period before. A formula of a school year that names a row of a calendar year takes the year of its
self-examination. The number of statements depends on nothing; arithmetic is exact decimal, rounded to 12 places.
"""

import decimal
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import F, Q

from apps.core import periods
from apps.core.models import Period
from apps.indicators import formulas
from apps.indicators.models import Aggregate, IndicatorVersion, Pack
from apps.indicators.querysets import organizations_of
from apps.organizations.models import Group, Organization

Aggregation, Scope = IndicatorVersion.Aggregation, Aggregate.Scope
Place = tuple[str, str]  # scope and its key

LARGEST = Decimal(10) ** 20
_EXACT = decimal.Context(prec=80, rounding=ROUND_HALF_UP)
_PLACES = Decimal(1).scaleb(-12)
_FIGURES = (
    "numerator", "denominator", "value", "absence_reason", "reported", "expected",
    "minimum", "lower_quartile", "median", "upper_quartile", "maximum",
)  # fmt: skip


@dataclass
class Formula:
    """A version of the second stage with its tree."""

    version: IndicatorVersion
    tree: formulas.Node

    @property
    def code(self) -> str:
        return self.version.indicator.code


@dataclass
class Known:
    """Figures by place and name: a code, or `previous(code)`. A row that is there without a number is None."""

    rows: dict[Place, dict[str, Decimal | None]] = field(default_factory=lambda: defaultdict(dict))

    def outcome(self, place: Place, tree: formulas.Node) -> formulas.Outcome:
        return formulas.evaluate(tree, self.rows.get(place, {}))

    def has_any(self, place: Place, names: Iterable[str]) -> bool:
        row = self.rows.get(place, {})
        return any(name in row for name in names)


def second_stage_versions(period: Period) -> list[IndicatorVersion]:
    """Versions of the period that the static statement leaves to this stage."""
    packs = Pack.objects.filter(period_kind=period.kind).values("code")
    found = IndicatorVersion.objects.in_force(period.ends_on).filter(
        indicator__pack__in=packs,
        indicator__is_group=False,
        is_derived=True,
        aggregation__in=(Aggregation.MEAN, Aggregation.FORMULA),
    )
    return list(found.counted(period.ends_on).select_related("indicator").order_by("indicator__code"))


def names_of(tree: formulas.Node) -> set[str]:
    """What the formula needs: codes, and `previous(code)` for those of the period before."""
    past = formulas.previous_references(tree)
    now = formulas.current_references(tree)
    return {*now, *(formulas.previous_key(code) for code in past)}


def known_figures(
    trees: Iterable[formulas.Node],
    period: Period,
    places: Iterable[str] | None = None,
    organizations: Iterable[int] | None = None,
) -> Known:
    """Counted figures that the formulas need, in one statement.

    `places` narrows the scopes; `organizations` leaves the other organisations out.
    """
    names: dict[tuple[str, str], list[str]] = defaultdict(list)  # code and period → names
    kinds = dict(Pack.objects.values_list("code", "period_kind"))
    trees = list(trees)
    for code in {code for tree in trees for code in formulas.references(tree)}:
        span = span_for(code, period, kinds)
        names[code, span.code].append(code)
        names[code, periods.previous(span).code].append(formulas.previous_key(code))
    known = Known()
    found = Aggregate.objects.filter(
        version__indicator__code__in={code for code, _ in names}, period__code__in={code for _, code in names}
    )
    if places is not None:
        found = found.filter(scope__in=set(places))
    if organizations is not None:
        found = found.filter(_ours(organizations))
    rows = found.annotate(code=F("version__indicator__code"), year=F("period__code")).values_list(
        "code", "year", "scope", "scope_key", "value", "numerator", "denominator", "version__aggregation"
    )
    for code, year, scope, key, value, numerator, denominator, aggregation in rows:
        for name in names.get((code, year), ()):
            number = _share(numerator, denominator) if aggregation == Aggregation.SHARE_YES else value
            known.rows[scope, key][name] = number
    return known


def _ours(organizations: Iterable[int]) -> Q:
    return ~Q(scope=Scope.ORGANIZATION) | Q(scope_key__in=[str(pk) for pk in organizations])


def span_for(code: str, period: Period, kinds: Mapping[str, str]) -> periods.PeriodSpan:
    """The period of an input: that of the figure, or the self-examination's where the row is of a calendar year."""
    kind = kinds.get(code.split(".", 1)[0], period.kind)
    if kind == period.kind or kind != Period.Kind.CALENDAR_YEAR or period.kind != Period.Kind.SCHOOL_YEAR:
        return period.span
    return periods.self_examination_year(period.span)


def _share(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    return numerator / denominator if numerator is not None and denominator else None


def in_order(versions: Iterable[IndicatorVersion]) -> list[Formula]:
    """Formulas, each after those that it is built on; the packs have no cycles."""
    waiting = {version.indicator.code: Formula(version, formulas.parse(version.formula)) for version in versions}
    done: list[Formula] = []
    while waiting:
        ready = [one for one in waiting.values() if not waiting.keys() & set(formulas.current_references(one.tree))]
        if not ready:
            raise RuntimeError(f"formulas refer to each other: {', '.join(waiting)}")
        for one in ready:
            done.append(waiting.pop(one.code))
    return done


# --- counting


@dataclass
class _Register:
    """Whose figures are counted, who belongs to which scope, and who is expected to fill which pack."""

    organizations: list[int]
    members: dict[Place, set[int]]
    addressed: dict[str, set[int]]
    is_whole: bool = True

    def narrowed(self, changed: Iterable[int]) -> "_Register":
        """These organisations and the scopes that they belong to."""
        ours = set(changed)
        members = {place: members for place, members in self.members.items() if members & ours}
        return _Register(sorted(ours.intersection(self.organizations)), members, self.addressed, is_whole=False)

    def counts(self, row: Aggregate) -> bool:
        """Whether the figure is counted now: a stored one that does not come about again is stale."""
        return self.is_whole or row.scope == Scope.ORGANIZATION or (row.scope, row.scope_key) in self.members


def _register(period: Period, packs: set[str]) -> _Register:
    members: dict[Place, set[int]] = {(Scope.MUNICIPALITY, ""): set()}
    for pk, kind, locality in Organization.objects.educational().values_list("pk", "kind", "locality"):
        for place in ((Scope.MUNICIPALITY, ""), (Scope.KIND, kind), (Scope.LOCALITY, locality)):
            members.setdefault((place[0].value, place[1]), set()).add(pk)
    everybody = members[Scope.MUNICIPALITY.value, ""]
    for group, pk in Group.objects.values_list("pk", "organizations__pk"):
        row = members.setdefault((Scope.GROUP.value, str(group)), set())
        if pk in everybody:
            row.add(pk)
    addressed: dict[str, set[int]] = {}
    for pack in Pack.objects.filter(code__in=packs):
        addressed[pack.code] = set(organizations_of(pack, period.span).values_list("pk", flat=True))
    return _Register(sorted(everybody), members, addressed)


def compute_second_stage(
    period: Period, versions: list[IndicatorVersion], now: Any, changed: list[int] | None = None
) -> tuple[int, int]:
    """Count the versions and write what differs. Returns how many rows were written and deleted.

    `changed` (organisations) counts their figures and those of their scopes only; the figures of the others in these
    scopes are taken as they stand.
    """
    if not versions and changed is not None:
        return 0, 0
    ids = [version.pk for version in versions]
    register = _register(period, {version.indicator.pack for version in versions})
    rows = Aggregate.objects.filter(period=period, version__in=ids)
    kept: dict[int, dict[int, Decimal]] = {}
    if changed is not None:
        kept = _kept(rows, changed)
        register = register.narrowed(changed)
        rows = rows.filter(_ours(changed))
    stored = {(row.version_id, row.scope, row.scope_key): row for row in rows if register.counts(row)}
    computed = _computed(period, versions, register, kept, changed) if versions else {}
    new = []
    for (version_id, scope, key), figure in computed.items():
        old = stored.pop((version_id, scope, key), None)
        if old is None or any(getattr(old, name) != figure[name] for name in _FIGURES):
            new.append(
                Aggregate(version_id=version_id, period=period, scope=scope, scope_key=key, computed_at=now, **figure)
            )
    if stored:
        Aggregate.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()
    Aggregate.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["period", "version", "scope", "scope_key"],
        update_fields=[*_FIGURES, "computed_at"],
    )
    return len(new), len(stored)


def trial_figures(period: Period, version: IndicatorVersion) -> dict[Place, dict[str, Any]]:
    """What a version that is not stored would give in the period, for every scope."""
    computed = _computed(period, [version], _register(period, {version.indicator.pack}), {}, None)
    return {(scope, key): figure for (_, scope, key), figure in computed.items()}


def _kept(rows: Any, changed: Iterable[int]) -> dict[int, dict[int, Decimal]]:
    """Values by version of the organisations that did not change."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    others = rows.filter(scope=Scope.ORGANIZATION, value__isnull=False)
    others = others.exclude(scope_key__in=[str(pk) for pk in changed])
    for version_id, key, value in others.values_list("version_id", "scope_key", "value"):
        found[version_id][int(key)] = value
    return found


def _computed(
    period: Period,
    versions: list[IndicatorVersion],
    register: _Register,
    kept: Mapping[int, Mapping[int, Decimal]],
    changed: list[int] | None,
) -> dict[tuple[int, str, str], dict[str, Any]]:
    ordered = in_order(versions)
    known = known_figures([one.tree for one in ordered], period, organizations=changed)
    for row in known.rows.values():  # what is counted here is not taken from the last time
        for one in ordered:
            row.pop(one.code, None)
    found: dict[tuple[int, str, str], dict[str, Any]] = {}
    for one in ordered:
        for (scope, key), figure in _figures_of(one, known, register, kept.get(one.version.pk, {})).items():
            found[one.version.pk, scope, key] = figure
            known.rows[scope, key][one.code] = figure["value"]
    return found


def _figures_of(
    one: Formula, known: Known, register: _Register, kept: Mapping[int, Decimal]
) -> dict[Place, dict[str, Any]]:
    needed = names_of(one.tree)
    own: dict[int, Decimal] = dict(kept)
    found: dict[Place, dict[str, Any]] = {}
    for pk in register.organizations:
        place = (Scope.ORGANIZATION.value, str(pk))
        if known.has_any(place, needed):
            value, reason = _value(known.outcome(place, one.tree))
            found[place] = _figure(value, reason, reported=int(value is not None), expected=1)
            if value is not None:
                own[pk] = value
                if one.version.aggregation == Aggregation.MEAN:
                    found[place] |= {"numerator": value, "denominator": Decimal(1)}
    addressed = register.addressed.get(one.version.indicator.pack, set())
    for place, members in register.members.items():
        values = sorted(own[pk] for pk in members & own.keys())
        expected = len(members & (addressed | own.keys()))
        if expected:
            found[place] = _of_scope(one, place, values, expected, known)
    return found


def _of_scope(one: Formula, place: Place, values: list[Decimal], expected: int, known: Known) -> dict[str, Any]:
    if one.version.aggregation == Aggregation.FORMULA:
        value, reason = _value(known.outcome(place, one.tree))
        figure = _figure(value, reason, reported=len(values), expected=expected)
    elif values:
        with decimal.localcontext(_EXACT):
            total = sum(values, Decimal(0))
            figure = _figure(_rounded(total / len(values)), "", reported=len(values), expected=expected)
            figure |= {"numerator": total, "denominator": Decimal(len(values))}
    else:
        figure = _figure(None, formulas.Reason.NO_DATA.text, reported=0, expected=expected)
    return figure | _quartiles(values)


def _value(outcome: formulas.Outcome) -> tuple[Decimal | None, str]:
    number = outcome.number
    if number is None or abs(number) >= LARGEST:
        return None, (outcome.reason or formulas.Reason.OUT_OF_RANGE).text
    return _rounded(number), ""


def _rounded(number: Decimal) -> Decimal:
    with decimal.localcontext(_EXACT):
        return number.quantize(_PLACES)


def _figure(value: Decimal | None, reason: str, *, reported: int, expected: int) -> dict[str, Any]:
    figure: dict[str, Any] = dict.fromkeys(_FIGURES)
    figure |= {"value": value, "absence_reason": reason, "reported": reported, "expected": expected}
    return figure


def _quartiles(ranked: list[Decimal]) -> dict[str, Decimal]:
    """Between two values the quartile lies in proportion, as in the static statement."""
    if not ranked:
        return {}
    last = len(ranked) - 1
    found = {}
    with decimal.localcontext(_EXACT):
        for name, quarter in zip(_FIGURES[6:], range(5), strict=True):
            place, rest = divmod(last * quarter, 4)
            above = ranked[min(place + 1, last)]
            found[name] = (ranked[place] + (above - ranked[place]) * rest / 4).quantize(_PLACES)
    return found
