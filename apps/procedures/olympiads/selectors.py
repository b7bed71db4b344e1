"""What the pages of olympiads read: sums of counts, with pupils of the organisation where they are known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from apps.core.models import Period
from apps.indicators.models import Value
from apps.organizations.models import Organization
from apps.procedures import statistics
from apps.procedures.olympiads.models import Olympiad, OlympiadCount, OlympiadPupils

PUPILS = "so_oo.1.1"  # общая численность учащихся
STAGES = list(Olympiad.Stage.values)


@dataclass
class Totals:
    """Sums of one group, and what is measured over them; a pupil in two subjects takes part twice."""

    participants: int = 0
    winners: int = 0
    prize_winners: int = 0
    pupils: int | None = None  # of the organisations that took part, where all of them are known
    distinct: int | None = None

    @property
    def awarded(self) -> statistics.Estimate:
        """Share of winners and prize-winners among participations, with its interval."""
        return statistics.proportion(self.winners + self.prize_winners, self.participants)

    @property
    def won(self) -> statistics.Estimate:
        return statistics.proportion(self.winners, self.participants)

    @property
    def per_hundred(self) -> Decimal | None:
        """Participations per 100 pupils; may be above 100."""
        return Decimal(100) * self.participants / self.pupils if self.pupils else None


@dataclass
class Line:
    """A subject of a stage, an organisation, or a grade, with its totals."""

    name: str
    totals: Totals
    url: str = ""
    olympiad: Olympiad | None = None
    organization: Organization | None = None


@dataclass
class StageReport:
    """One stage of a year."""

    stage: str
    title: str
    totals: Totals
    subjects: list[Line] = field(default_factory=list)
    organizations: list[Line] = field(default_factory=list)


def visible(user: Any) -> QuerySet[OlympiadCount]:
    """The authority sees all counts, a school its own, nobody else any."""
    counts = OlympiadCount.objects.select_related("olympiad__subject", "organization")
    if user.is_authority:
        return counts
    if user.is_school and user.organization:
        return counts.filter(organization=user.organization)
    return counts.none()


def periods_of(user: Any) -> list[Period]:
    own = visible(user).order_by().values("olympiad__period")
    used = Q(pk__in=Olympiad.objects.values("period")) if user.is_authority else Q(pk__in=own)
    return list(Period.objects.filter(used).order_by("-starts_on"))


def pupils_of(organizations: Iterable[int], period: Period) -> dict[int, int]:
    """All pupils of organisations, from the self-examination of the year nearest to the start of the school year."""
    rows = Value.objects.filter(
        version__indicator__code=PUPILS,
        organization__in=list(organizations),
        period__kind=Period.Kind.CALENDAR_YEAR,
        breakdown="",
        number__gt=0,
    ).values_list("organization", "period__starts_on", "number")
    wanted = period.starts_on.year
    found: dict[int, tuple[int, int]] = {}
    for pk, starts_on, number in rows:
        distance = abs(starts_on.year - wanted)
        if pk not in found or distance < found[pk][0]:
            found[pk] = (distance, int(number or 0))
    return {pk: number for pk, (_, number) in found.items()}


def _sum(rows: Sequence[OlympiadCount], pupils: dict[int, int], distinct: dict[int, int] | None = None) -> Totals:
    organizations = {row.organization_id for row in rows}
    known = [pupils[pk] for pk in organizations if pk in pupils]
    told = [distinct[pk] for pk in organizations if pk in distinct] if distinct else []
    return Totals(
        sum(row.participants for row in rows),
        sum(row.winners for row in rows),
        sum(row.prize_winners for row in rows),
        sum(known) if organizations and len(known) == len(organizations) else None,
        sum(told) if told and len(told) == len(organizations) else None,
    )


def _grouped(rows: Iterable[OlympiadCount], name: str) -> dict[int, list[OlympiadCount]]:
    found: dict[int, list[OlympiadCount]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def report(user: Any, period: Period) -> list[StageReport]:
    """Every stage of a year: totals, subjects, organisations; a school reads its own counts only."""
    rows = list(visible(user).filter(olympiad__period=period))
    pupils = pupils_of({row.organization_id for row in rows}, period)
    stages = []
    olympiads = list(Olympiad.objects.filter(period=period).select_related("subject")) if user.is_authority else []
    for stage in STAGES:
        own = [row for row in rows if row.olympiad.stage == stage]
        held = [one for one in olympiads if one.stage == stage] or list({row.olympiad for row in own})
        if not held:
            continue
        told = OlympiadPupils.objects.filter(period=period, stage=stage).values_list("organization", "pupils")
        distinct = dict(told)
        by_subject = _grouped(own, "olympiad_id")
        by_school = _grouped(own, "organization_id")
        stages.append(
            StageReport(
                stage,
                Olympiad.Stage(stage).label.capitalize(),
                _sum(own, pupils, distinct),
                [
                    Line(
                        one.contest or one.subject.name,
                        _sum(by_subject.get(one.pk, []), {}),
                        one.get_absolute_url(),
                        one,
                    )
                    for one in sorted(held, key=lambda one: (one.contest, one.subject.name))
                ],
                [
                    Line(str(found[0].organization), _sum(found, pupils, distinct), organization=found[0].organization)
                    for found in sorted(by_school.values(), key=lambda found: _order(found[0].organization))
                ],
            )
        )
    return stages


def _order(organization: Organization) -> tuple[int, str]:
    return organization.number or 10**6, organization.name_key


def by_organization(olympiad: Olympiad) -> list[Line]:
    rows = list(olympiad.counts.select_related("organization").order_by("organization__number", "grade"))
    pupils = pupils_of({row.organization_id for row in rows}, olympiad.period)
    groups = _grouped(rows, "organization_id").values()
    return [
        Line(str(found[0].organization), _sum(found, pupils), organization=found[0].organization)
        for found in sorted(groups, key=lambda found: _order(found[0].organization))
    ]


def by_grade(olympiad: Olympiad) -> list[Line]:
    rows = (
        olympiad.counts.values("grade")
        .annotate(n=Sum("participants"), won=Sum("winners"), prize=Sum("prize_winners"))
        .order_by("grade")
    )
    return [
        Line(f"{row['grade']} класс" if row["grade"] else "не указан", Totals(row["n"], row["won"], row["prize"]))
        for row in rows
    ]
