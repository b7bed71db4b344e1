"""A whole honest cycle of one direction in the school year 2025/26, stored; nothing random."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from apps.accounts.models import User
from apps.analysis.models import Conclusion
from apps.collection.models import Campaign, Form
from apps.core import files
from apps.core.models import PrivateFile
from apps.indicators.models import ApprovedSet, Direction, Goal
from apps.organizations.models import Organization
from apps.roadmaps.effect.models import Expectation, Measurement
from apps.roadmaps.links.services import rest_on
from apps.roadmaps.models import Decision, Measure, Recommendation, Roadmap
from apps.roadmaps.plans.models import MeasureProof, RoadmapVersion
from tests.factories.collection import FieldFactory, FormFactory, SubmissionFactory
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory
from tests.factories.series import DirectionFactory, GoalFactory

YEAR = "2025/26"
TODAY = date(2026, 8, 1)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def proof(by: User, name: str = "Протокол.pdf", *, size: int = 0) -> PrivateFile:
    body = b"%PDF-1.4 proof".ljust(size, b" ")
    return files.store(stream=ContentFile(body), name=name, content_type=files.PDF, by=by)


@dataclass
class Scene:
    """The objects of the cycle by name."""

    direction: Direction
    by: User
    schools: list[Organization]
    goal: Goal
    approved: ApprovedSet
    form: Form
    campaign: Campaign
    conclusion: Conclusion
    recommendation: Recommendation
    roadmap: Roadmap
    measure: Measure
    decision: Decision
    effect: Expectation
    more: dict[str, Any] = field(default_factory=dict)


def whole_cycle(*, by: User, head: User, schools: list[Organization], code: str = "1.3") -> Scene:
    """Nine positions filled, each object on the one before it; two schools, a measure that is done with a proof."""
    direction = DirectionFactory(code=code)
    version = VersionFactory(indicator__direction=direction, indicator__number=f"{code}.1", name="Охват кружками")
    indicator, period = version.indicator, PeriodFactory(code=YEAR)
    goal = GoalFactory(
        direction=direction, indicator=indicator, author=by, created_at=moment(date(2025, 9, 2)), title=f"Цель {code}"
    )
    approved = ApprovedSet.objects.create(
        direction=direction, act="Приказ № 12", approved_on=date(2025, 9, 5), created_by=by
    )
    form = FormFactory(code=f"cycle-{direction.pk}", published_at=moment(date(2025, 9, 8)))
    FieldFactory(form=form, version=version)
    days = {"opens_on": date(2025, 10, 1), "due_on": date(2025, 10, 15), "closes_on": date(2025, 10, 31)}
    campaign = Campaign.objects.create(
        title=f"Мониторинг {code}", period=period, state="closed", closed_at=moment(date(2025, 11, 1)), **days
    )
    campaign.forms.add(form)
    for school in schools:
        SubmissionFactory(
            campaign=campaign, form=form, organization=school, state="submitted", number=f"Ц-{code}-{school.pk}",
            submitted_at=moment(date(2025, 10, 14)), submitted_by=by,
        )  # fmt: skip
    conclusion = Conclusion.objects.create(
        kind="risk", text="Охват снизился.", period=period, indicator=indicator, about="Охват кружками",
        figure="61,0 %",
        author=by, created_at=moment(date(2025, 11, 10)),
    )  # fmt: skip
    recommendation = Recommendation.objects.create(
        period=period, title=f"Рекомендация {code}", text="Расширьте кружки.", due_on=date(2025, 12, 20), author=by,
        issued_at=moment(date(2025, 11, 20)), direction=direction,
    )  # fmt: skip
    done = {f"{step}_at": moment(date(2025, 12, 1)) for step in ("received", "reported", "reviewed")}
    people = {f"{step}_by": by for step in ("received", "reported", "reviewed")}
    for school in schools:
        recommendation.addressees.create(organization=school, state="done", report_text="Сделано.", **done, **people)
    rest_on(subject=recommendation, basis=conclusion, by=by)
    roadmap = Roadmap.objects.create(
        kind="direction", direction=direction, title=f"План {code}", aim="Охватить четырёх из пяти.",
        starts_on=date(2025, 9, 1),
        ends_on=date(2026, 8, 31), state="in_force", version=1, author=by,
    )  # fmt: skip
    RoadmapVersion.objects.create(
        roadmap=roadmap, number=1, content={}, digest="0" * 64, act_text="Приказ № 14", act_on=date(2025, 9, 10),
        approved_by=head,
    )  # fmt: skip
    measure = Measure.objects.create(
        roadmap=roadmap, direction=direction, title=f"Мера {code}", responsible="отдел", starts_on=date(2025, 12, 1),
        due_on=date(2026, 3, 1), done_on=date(2026, 2, 27), done_by=by, percent=100,
        result="Открыты кружки.", author=by,
    )  # fmt: skip
    measure.organizations.set(schools)
    MeasureProof.objects.create(measure=measure, file=proof(by), created_by=by)
    rest_on(subject=measure, basis=recommendation, by=by)
    decision = Decision.objects.create(
        kind="order", number=f"7-{code}", signed_on=date(2025, 12, 5), title=f"О кружках {code}", state="in_force",
        signed_at=moment(date(2025, 12, 5)), signed_by=head, author=by,
    )  # fmt: skip
    decision.directions.add(direction)
    rest_on(subject=decision, basis=conclusion, by=by)
    effect = Expectation.objects.create(
        subject=measure._meta.label, subject_id=str(measure.pk), subject_title=measure.title, indicator=indicator,
        starts_on=date(2025, 12, 1), baseline=PeriodFactory(code="2024/25"), follow_up=period, author=by,
        expected_change=Decimal(5), rationale="Так было в соседнем округе.", approved_by=head,
        approved_at=moment(date(2025, 12, 2)),
    )  # fmt: skip
    for school in schools:
        effect.addressed.create(organization=school)
    Measurement.objects.create(
        expectation=effect, number=1, verdict="unseen", digest="1" * 64, measured_at=moment(date(2026, 7, 1))
    )
    return Scene(
        direction, by, schools, goal, approved, form, campaign, conclusion, recommendation, roadmap, measure, decision,
        effect,
    )  # fmt: skip
