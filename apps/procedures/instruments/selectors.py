"""What the pages of marking read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.models import Period
from apps.core.periods import school_year_of
from apps.organizations.models import Kind, Organization
from apps.procedures.instruments.models import (
    ExplanatoryEvent,
    InternalCheck,
    InternalCriteria,
    MarkingRequirement,
    RequirementReceipt,
    Topic,
    WorkAnalysis,
)
from apps.procedures.models import Procedure, Subject
from apps.surveys.models import Survey
from apps.surveys.selectors.results import results

ATTITUDE = "attitude-"  # questionnaires about the attitude to objective assessment


def this_year() -> Period:
    found: Period = Period.objects.named(school_year_of(timezone.localdate()))
    return found


def schools() -> Any:
    return Organization.objects.active().filter(kind=Kind.SCHOOL)


def subjects_for(user: User) -> QuerySet[Subject]:
    """A leader works in the subjects of their association; the authority in all."""
    if user.role == Role.ASSOCIATION_LEADER:
        return Subject.objects.filter(associations__leader=user).distinct()
    return Subject.objects.all()


@dataclass(frozen=True)
class SchoolMarking:
    """A school's internal assessment in a year as the authority sees it."""

    organization: Organization
    criteria: InternalCriteria | None
    checks: int
    works: int
    changed: int

    @property
    def tone(self) -> str:
        if self.criteria and self.checks:
            return "good"
        return "warn" if self.criteria or self.checks else "bad"

    @property
    def state_text(self) -> str:
        if self.criteria and self.checks:
            return "внесено"
        if self.criteria:
            return "нет проверок"
        return "нет критериев" if self.checks else "ничего не внесено"


def school_marking(period: Period) -> list[SchoolMarking]:
    """Every school in the year: those without criteria or checks first."""
    criteria = {row.organization_id: row for row in InternalCriteria.objects.filter(period=period)}
    inside = InternalCheck.objects.filter(on__gte=period.starts_on, on__lte=period.ends_on)
    counted = inside.values("organization").annotate(n=Count("pk"), works=Sum("works"), changed=Sum("changed"))
    checks = {row["organization"]: row for row in counted.order_by()}
    rows = []
    for school in schools():
        own = checks.get(school.pk, {"n": 0, "works": 0, "changed": 0})
        rows.append(SchoolMarking(school, criteria.get(school.pk), own["n"], own["works"], own["changed"]))
    return sorted(rows, key=lambda row: {"bad": 0, "warn": 1, "good": 2}[row.tone])


@dataclass(frozen=True)
class Receipts:
    """Requirements with the schools that have and have not confirmed them."""

    requirement: MarkingRequirement
    confirmed: list[RequirementReceipt]
    waiting: list[Organization]


def receipts(requirement: MarkingRequirement) -> Receipts:
    confirmed = list(requirement.receipts.select_related("organization", "by"))
    having = {row.organization_id for row in confirmed}
    return Receipts(requirement, confirmed, [school for school in schools() if school.pk not in having])


def requirements_of(user: User) -> Any:
    """Current requirements; for a school with whether it has confirmed."""
    found = MarkingRequirement.objects.visible_to(user).current().select_related("subject", "published_by", "file")
    found = found.annotate(confirmed=Count("receipts", distinct=True))
    if user.is_school:
        own = RequirementReceipt.objects.filter(requirement=OuterRef("pk"), organization=user.organization)
        found = found.annotate(has_own=Exists(own))
    return found


@dataclass(frozen=True)
class Analysed:
    """A work with results and the analyses attached to it."""

    procedure: Procedure
    analyses: list[WorkAnalysis]


def works_to_analyse(subjects: Iterable[Subject] | None = None) -> list[Analysed]:
    """Works with results of the last two years, without an analysis first."""
    works = Procedure.objects.with_results().filter(year__gte=timezone.localdate().year - 1)
    if subjects is not None:
        works = works.filter(subject__in=subjects)
    works = works.select_related("subject", "period").prefetch_related("analyses__author")
    rows = [Analysed(work, list(work.analyses.all())) for work in works.order_by("-year", "subject__name", "grade")]
    return sorted(rows, key=lambda row: bool(row.analyses))


@dataclass(frozen=True)
class SubjectGap:
    """A subject, how many of its works are analysed, who leads."""

    subject: Subject
    works: int
    analysed: int
    leaders: str


def subject_gaps(rows: list[Analysed]) -> list[SubjectGap]:
    """By subject: those without any analysis first."""
    by_subject: dict[int, list[Analysed]] = {}
    for row in rows:
        by_subject.setdefault(row.procedure.subject_id, []).append(row)
    named = Subject.objects.filter(pk__in=by_subject).prefetch_related("associations__leader")
    gaps = []
    for subject in named:
        own = by_subject[subject.pk]
        people = [each.leader.get_short_name() for each in subject.associations.all() if each.leader]
        gaps.append(SubjectGap(subject, len(own), sum(bool(row.analyses) for row in own), ", ".join(people)))
    return sorted(gaps, key=lambda gap: (gap.analysed > 0, gap.subject.name))


@dataclass(frozen=True)
class TopicCoverage:
    """A topic of objectivity: events of the year with it, schools reached, schools not reached."""

    label: str
    events: int
    covered: int
    missing: list[Organization]


@dataclass(frozen=True)
class Events:
    """The explanatory events of a school year."""

    period: Period
    events: list[ExplanatoryEvent]
    topics: list[TopicCoverage]
    uncovered: list[Organization]
    total: int


def explanatory_events(period: Period) -> Events:
    """What was planned and held in a school year, which schools each topic has reached."""
    inside = Q(on__gte=period.starts_on, on__lte=period.ends_on)
    events = list(ExplanatoryEvent.objects.filter(inside).prefetch_related("organizations"))
    all_schools = list(schools())
    reached: dict[str, set[int]] = {topic: set() for topic in Topic}
    counted = dict.fromkeys(Topic.values, 0)
    for event in events:
        if event.held_at:
            members = {each.pk for each in event.organizations.all()}
            for topic in event.topics:
                reached[topic] |= members
                counted[topic] += 1
    topics = [
        TopicCoverage(
            Topic(topic).label,
            counted[topic],
            sum(school.pk in reached[topic] for school in all_schools),
            [school for school in all_schools if school.pk not in reached[topic]],
        )
        for topic in Topic.values
    ]
    anywhere = set().union(*reached.values())
    uncovered = [school for school in all_schools if school.pk not in anywhere]
    return Events(period, events, topics, uncovered, len(all_schools))


@dataclass(frozen=True)
class Attitude:
    """A question of an attitude survey with its mean in each round; none where nobody answered or it is hidden."""

    questionnaire: str
    text: str
    points: tuple[tuple[Survey, Decimal | None, int], ...]

    @property
    def change(self) -> Decimal | None:
        known = [mean for _, mean, _ in self.points if mean is not None]
        return known[-1] - known[0] if len(known) > 1 else None


def attitude(today: date | None = None) -> list[Attitude]:
    """Dynamics of scale questions of attitude questionnaires over their finished rounds, the oldest first.

    A question is the same when its words are the same; groups below the surveys' own threshold stay hidden.
    """
    day = today or timezone.localdate()
    over = Q(closes_on__lt=day) | Q(closed_at__isnull=False)
    rounds = Survey.objects.filter(over, questionnaire__code__startswith=ATTITUDE).select_related("questionnaire")
    found: dict[tuple[str, str], list[tuple[Survey, Decimal | None, int]]] = {}
    titles: dict[str, str] = {}
    for survey in rounds.order_by("closes_on", "pk"):
        titles[survey.questionnaire.code] = survey.questionnaire.title
        for outcome in results(survey).total.outcomes:
            if outcome.question.kind == "scale":
                key = (survey.questionnaire.code, outcome.question.text)
                mean = None if outcome.is_hidden else outcome.mean
                found.setdefault(key, []).append((survey, mean, outcome.n))
    return [Attitude(titles[code], text, tuple(points)) for (code, text), points in sorted(found.items())]
