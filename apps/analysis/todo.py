"""What the signs of problems ask of a person today."""

from typing import Any

from django.urls import reverse

from apps.analysis import selectors
from apps.analysis.models import SignRule
from apps.core.figures import plural
from apps.core.todo import Todo


def todo_for(user: Any) -> list[Todo]:
    """To the department: schools that the newest results point to."""
    if not user.is_department:
        return []
    periods = selectors.periods_with_results()[:1]
    if not periods:
        return []
    rule = SignRule.objects.current(SignRule.Code.FAILING_SHARE)
    summary = selectors.Summary.of(selectors.sign_rows(period=periods[0], rule=rule))
    if not summary.marked_schools:
        return []
    title = "Посмотреть признаки, требующие внимания"
    schools = summary.marked_schools
    note = f"{schools} {plural(schools, 'школа', 'школы', 'школ')}, {periods[0]}"
    return [Todo(title, reverse("analysis:signs"), note, "info", count=summary.marked, order=60)]
