"""Who takes part in contests, beside the school's cluster: imported counts of olympiads, else indicator 1.18."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Sum

from apps.analysis.context import inputs
from apps.analysis.context.for_signs import PUPILS
from apps.analysis.signs import reported
from apps.analysis.signs.judging import Participation, Turnout
from apps.core import periods
from apps.core.models import Period
from apps.indicators.models import Aggregate
from apps.organizations.models import Group
from apps.procedures.olympiads.models import OlympiadCount
from apps.procedures.olympiads.selectors import pupils_of

LEAST_MEMBERS = 5  # of a group of schools that one of them is compared with
OLYMPIADS = "загруженные итоги олимпиад и конкурсов года, все этапы"


@dataclass
class Contests:
    """What is known of a year; `olympiads` are participations and pupils by organisation with both."""

    figures: reported.Figures
    clusters: dict[int, Group] = field(default_factory=dict)  # by organisation
    members: dict[int, list[int]] = field(default_factory=dict)  # by cluster
    shares: dict[int, Aggregate] = field(default_factory=dict)  # indicator 1.18 by cluster
    olympiads: dict[int, Turnout] = field(default_factory=dict)

    def participation(self, organization: int) -> tuple[Participation | None, str]:
        """The school beside its cluster by the best source there is, or why there is none."""
        group = self.clusters.get(organization)
        reported_ = reported.of_organization(self.figures, reported.CONTESTS, organization)
        if organization not in self.olympiads and (reported_ is None or reported_.denominator is None):
            return None, "нет данных об участии в олимпиадах и конкурсах"
        if group is None:
            return None, "школа не отнесена к группе похожих школ"
        found = self._by_olympiads(organization, group)
        if found is None and reported_ is not None and reported_.denominator is not None:
            found = self._by_indicator(reported_, group)
        if found is None:
            return None, f"в группе похожих школ меньше {LEAST_MEMBERS} школ с данными"
        return found, ""

    def _by_olympiads(self, organization: int, group: Group) -> Participation | None:
        known = [self.olympiads[one] for one in self.members[group.pk] if one in self.olympiads]
        if organization not in self.olympiads or len(known) < LEAST_MEMBERS:
            return None
        whole = Turnout(sum(one.taken for one in known), sum(one.pupils for one in known))
        return Participation(self.olympiads[organization], whole, group.name, len(known), OLYMPIADS, once=False)

    def _by_indicator(self, own: Aggregate, group: Group) -> Participation | None:
        figure = self.shares.get(group.pk)
        if figure is None or figure.numerator is None or not figure.denominator or figure.reported < LEAST_MEMBERS:
            return None
        one, whole = reported.counts_of(own), reported.counts_of(figure)
        return Participation(
            Turnout(one.low, one.marked), Turnout(whole.low, whole.marked), group.name, figure.reported,
            f"показатель 1.18, {reported.source(own)}",
        )  # fmt: skip


def read_contests(period: Period, figures: reported.Figures) -> Contests:
    """Counts of olympiads of the school year, and the clusters with their shares."""
    found = Contests(figures)
    rows = Aggregate.objects.filter(
        period__code=periods.self_examination_year(period.span).code,
        version__indicator__code=reported.CONTESTS,
        scope="group",
    )
    shares = {row.scope_key: row for row in rows}
    members: dict[int, list[int]] = defaultdict(list)
    for group in Group.objects.filter(kind=Group.Kind.CLUSTER).prefetch_related("organizations").order_by("pk"):
        if share := shares.get(str(group.pk)):
            found.shares[group.pk] = share
        for organization in group.organizations.all():
            found.clusters[organization.pk] = group
            members[group.pk].append(organization.pk)
    found.members = dict(members)
    counts = OlympiadCount.objects.filter(olympiad__period=period).values_list("organization")
    taken = dict(counts.annotate(taken=Sum("participants")))
    pupils = {**_in_passports(period), **pupils_of(taken, period)}
    found.olympiads = {pk: Turnout(number, pupils[pk]) for pk, number in taken.items() if pk in pupils}
    return found


def _in_passports(period: Period) -> dict[int, int]:
    """Pupils by the social passports of the year, for schools whose self-examination does not tell them."""
    found = inputs.inputs([PUPILS], period)
    return {pk: int(number) for one in found for pk, number in one.values.items() if number > 0}
