"""Expectations of effects: repeatable, invented."""

from datetime import date
from decimal import Decimal

from apps.core import periods
from apps.roadmaps.effect import figures, services
from apps.roadmaps.effect.subjects import subject_of
from tests.factories.roadmaps import RecommendationFactory


def expectation(
    *, version, organizations, by, recommendation=None, change=5, starts_on=date(2025, 2, 1), approved=True
):
    """Of a recommendation, for an indicator; approved unless asked otherwise."""
    figure = figures.of_indicator(version.indicator)
    new = services.NewExpectation(
        subject=subject_of(recommendation or RecommendationFactory()),
        figure=figure,
        organizations=organizations,
        starts_on=starts_on,
        expected_change=Decimal(change),
        rationale="Проведены занятия с учителями.",
    )
    assert figure.period_kind == periods.PeriodKind.CALENDAR_YEAR
    made = services.expect(new=new, by=by)
    return services.approve(expectation=made, by=by) if approved else made
