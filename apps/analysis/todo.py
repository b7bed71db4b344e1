"""What the signs of problems ask of a person today."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from apps.analysis import selectors
from apps.analysis.models import Sign, SignList, SignRule
from apps.core.figures import plural
from apps.core.todo import Todo


def todo_for(user: Any) -> list[Todo]:
    """To the department: signs that wait for a decision; to a school: its own signs to explain."""
    if user.is_department:
        return [*_newest_results(), *_decisions()]
    return _own(user) if user.is_school else []


def _newest_results() -> list[Todo]:
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


def _decisions() -> list[Todo]:
    waiting = Count("signs", filter=Q(signs__decision=Sign.Decision.WAITING), distinct=True)
    explained = Q(signs__decision=Sign.Decision.WAITING, signs__answers__isnull=False)
    drafts = (
        SignList.objects.filter(state=SignList.State.DRAFT)
        .select_related("period")
        .defer("document")
        .annotate(waiting=waiting, explained=Count("signs", filter=explained, distinct=True))
    )
    lines = []
    for draft in drafts:
        if draft.waiting:
            note = f"{draft.period}" + (f", пояснений школ — {draft.explained}" if draft.explained else "")
            title = "Решить о признаках школ"
            lines.append(Todo(title, draft.get_absolute_url(), note, "info", count=draft.waiting, order=58))
    return lines


def _own(user: Any) -> list[Todo]:
    asked = Sign.objects.visible_to(user).filter(
        decision=Sign.Decision.WAITING, sign_list__state=SignList.State.DRAFT, answers__isnull=True
    )
    count = asked.count()
    if not count:
        return []
    note = "Пояснение читают до решения; признак — маркер, а не вывод."
    return [Todo("Пояснить признаки нашей школы", reverse("analysis:own_signs"), note, "info", count=count, order=45)]
