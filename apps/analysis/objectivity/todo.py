"""What the analysis of objectivity asks of a person today."""

from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from apps.analysis.objectivity import selectors
from apps.analysis.objectivity.models import Evidence, Explanation, PreventiveCase
from apps.analysis.objectivity.signs import OWN_SIGNS
from apps.core.figures import plural
from apps.core.todo import Todo


def todo_for(user: Any) -> list[Todo]:
    """To the department: new results to check, cases to end; to a director: marks to explain."""
    if user.is_department:
        return [*_new_results(), *_cases(user)]
    return _own(user) if user.is_school and user.organization else []


def _new_results() -> list[Todo]:
    periods = selectors.periods_with_results()[:1]
    if not periods:
        return []
    run = selectors.current(selectors.runs_of(periods[0]))
    url = reverse("analysis:objectivity")
    if selectors.is_stale(run, periods[0]):
        note = "после загрузки новых результатов" if run else f"{periods[0]}, ещё не проводилась"
        return [Todo("Проверить объективность результатов", url, note, "info", order=58)]
    return []


def _cases(user: Any) -> list[Todo]:
    rows = PreventiveCase.objects.visible_to(user).filter(state=PreventiveCase.State.OPEN)
    count = rows.count()
    if not count:
        return []
    day = rows.aggregate(day=Min("due_on"))["day"]
    late = day < timezone.localdate()
    url = reverse("analysis:preventive_cases")
    return [Todo("Завершить случаи профилактики", url, "", "bad" if late else "info", day, count, order=62)]


def _own(user: Any) -> list[Todo]:
    periods = selectors.periods_with_results()[:1]
    run = selectors.current(selectors.runs_of(periods[0])) if periods else None
    if run is None:
        return []
    marked = Evidence.objects.visible_to(user).filter(run=run, marked=True, test__in=OWN_SIGNS).count()
    said = Explanation.objects.visible_to(user).filter(period=periods[0]).exists()
    if not marked or said:
        return []
    url = reverse("analysis:objectivity_school", args=[periods[0].span, user.organization.code])
    note = f"{marked} {plural(marked, 'отметка', 'отметки', 'отметок')}; маркер, а не вывод"
    return [Todo("Пояснить результаты, которые требуют проверки", url, note, "warn", order=40)]
