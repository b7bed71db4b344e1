"""How indicators of organisations changed since a plan or a measure began."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from apps.accounts.models import User
from apps.indicators import display
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion
from apps.organizations.models import Organization


@dataclass(frozen=True)
class Shift:
    """A figure of an organisation when it began, and the newest one of a later period."""

    organization: Organization
    name: str
    code: str
    before: Aggregate | None
    after: Aggregate | None

    @property
    def before_text(self) -> str:
        return f"{display.written_figure(self.before)} ({self.before.period})" if self.before else "нет данных"

    @property
    def after_text(self) -> str:
        return f"{display.written_figure(self.after)} ({self.after.period})" if self.after else "ещё нет данных"

    @property
    def change(self) -> display.Change | None:
        return display.change(self.after, self.before)


@dataclass(frozen=True)
class Asked:
    """Which indicators to look at, in which organisations, since when."""

    indicators: Collection[Indicator]
    organizations: Collection[Organization]
    since: date


def shifts(
    *, indicators: Iterable[Indicator], organizations: Collection[Organization], since: date, user: User
) -> list[Shift]:
    """For each organisation and indicator, two statements in all. Figures that the user may not see are absent.

    «Было» is the newest figure of a period that began by `since`; «стало» the newest of a later period.
    """
    return shifts_of([Asked(list(indicators), organizations, since)], user=user)[0]


def shifts_of(plans: Sequence[Asked], *, user: User) -> list[list[Shift]]:
    """The same for several plans, in their order; two statements, however many."""
    wanted = {one.pk for plan in plans for one in plan.indicators if plan.organizations}
    places = {str(one.pk) for plan in plans for one in plan.organizations if plan.indicators}
    if not wanted:
        return [[] for _ in plans]
    names = dict(IndicatorVersion.objects.current().filter(indicator__in=wanted).values_list("indicator_id", "name"))
    rows = Aggregate.objects.visible_to(user).filter(
        scope=Aggregate.Scope.ORGANIZATION, scope_key__in=sorted(places), version__indicator__in=wanted
    )
    series: dict[tuple[str, int], list[Aggregate]] = defaultdict(list)
    for row in rows.exclude(value=None).select_related("version", "period").order_by("period__starts_on"):
        series[row.scope_key, row.version.indicator_id].append(row)
    return [
        [
            _shift(place, indicator, names, series.get((str(place.pk), indicator.pk), []), plan.since)
            for place in plan.organizations
            for indicator in plan.indicators
        ]
        for plan in plans
    ]


def _shift(
    place: Organization, indicator: Indicator, names: Mapping[int, str], figures: Sequence[Aggregate], since: date
) -> Shift:
    before = next((one for one in reversed(figures) if one.period.starts_on <= since), None)
    after = next((one for one in reversed(figures) if one.period.starts_on > since), None)
    return Shift(place, names.get(indicator.pk, indicator.code), indicator.code, before, after)


@dataclass(frozen=True)
class Standing:
    """An organisation with the newest figure of an indicator, for choosing whom a measure is for."""

    organization: Organization
    figure: Aggregate | None

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)


def standings(*, indicator: Indicator, user: User) -> list[Standing]:
    """Organisations in use by the newest figure, those that look worst first by the polarity of the indicator."""
    rows = (
        Aggregate.objects.visible_to(user)
        .filter(scope=Aggregate.Scope.ORGANIZATION, version__indicator=indicator)
        .exclude(value=None)
        .select_related("version", "period")
        .order_by("scope_key", "-period__starts_on")
        .distinct("scope_key")
    )
    figures = {row.scope_key: row for row in rows}
    places = Organization.objects.educational().active()
    known = [Standing(one, figures[str(one.pk)]) for one in places if str(one.pk) in figures]
    better = display.better(known[0].figure.version) if known and known[0].figure else 0
    return sorted(known, key=lambda one: (one.figure.value if better >= 0 else -one.figure.value, one.organization.pk))  # type: ignore[union-attr,operator]
