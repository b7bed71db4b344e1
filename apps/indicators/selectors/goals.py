"""Goals with the figure to reach by year and how far it is reached."""

from dataclasses import dataclass, field

from apps.accounts.models import User
from apps.indicators import display
from apps.indicators.models import Aggregate, Direction, Goal, Target
from apps.indicators.selectors.targets import figures_of, state_of
from apps.indicators.trends.achievement import Achievement


@dataclass(frozen=True)
class Aim:
    """A target of the goal's indicator in a year."""

    target: Target
    written: str
    achievement: Achievement


@dataclass
class GoalRow:
    goal: Goal
    value: str = ""
    period: str = ""
    aims: list[Aim] = field(default_factory=list)


def goals_of(*, direction: Direction, user: User) -> list[GoalRow]:
    """Goals in force that the person may see, upper levels first."""
    order = {Goal.Level.REGIONAL: 0, Goal.Level.MUNICIPAL: 1, Goal.Level.ORGANIZATION: 2}
    found = (
        Goal.objects.visible_to(user)
        .current()
        .filter(direction=direction)
        .select_related("indicator", "organization", "parent__parent")
    )
    rows = [_row(goal) for goal in found]
    return sorted(rows, key=lambda row: (order[Goal.Level(row.goal.level)], row.goal.pk))


def _row(goal: Goal) -> GoalRow:
    """A regional goal has no figures of ours: its indicator is shown by the reference series."""
    if goal.indicator is None or goal.level == Goal.Level.REGIONAL:
        return GoalRow(goal)
    scope, key = Aggregate.Scope.MUNICIPALITY, ""
    if goal.organization_id:
        scope, key = Aggregate.Scope.ORGANIZATION, str(goal.organization_id)
    figures = figures_of(goal.indicator, scope, key)
    row = GoalRow(goal)
    if figures:
        period, newest = figures[-1]
        row.value, row.period = display.written_figure(newest), period.code
    version = goal.indicator.versions.first()
    targets = Target.objects.current().filter(indicator=goal.indicator, scope=scope, scope_key=key)
    for target in targets.select_related("period").order_by("period__starts_on"):
        written = display.written(version, target.number) if version else ""
        row.aims.append(Aim(target, written, state_of(target, figures, period=target.period)))
    return row
