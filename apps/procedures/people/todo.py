"""What awaits people of procedures and those who send them, for «Сегодня»."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.figures import plural
from apps.core.todo import Todo
from apps.procedures.people.models import Act, Assignment, ExpertSheet, Person, Remark, Venue

SOON = timedelta(days=7)
SENT_OUT = (Role.OBSERVER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE, Role.COORDINATOR, Role.DIRECTOR)


def todo_for(user: Any) -> list[Todo]:
    """An act to send, a sheet to fill; nominations, remarks, places without an observer; answers to a leader."""
    if not user.is_authenticated:
        return []
    if user.role in SENT_OUT:
        return [*_acts(user), *_sheets(user)]
    if user.is_department:
        return [*_nominations(), *_uncovered(), *_remarks(), *_lapsed()]
    if user.role == Role.ASSOCIATION_LEADER:
        return [*_acts(user), *_sheets(user), *_answers(user)]
    return []


def _acts(user: Any) -> list[Todo]:
    today = timezone.localdate()
    mine = Assignment.objects.of_user(user).current().exclude(act__state=Act.State.SENT)
    found = mine.select_related("venue__procedure", "venue__organization").order_by("on")
    lines = []
    for each in found[:10]:
        url = reverse("procedures:own_act", args=[each.pk])
        if each.on <= today:
            lines.append(
                Todo(f"Отправить акт: {each.venue.organization}", url, str(each.venue.procedure), "warn", each.on)
            )
        else:
            lines.append(
                Todo(f"Вы назначены: {each.venue.organization}", url, str(each.venue.procedure), "info", each.on)
            )
    return lines


def _sheets(user: Any) -> list[Todo]:
    today = timezone.localdate()
    found = ExpertSheet.objects.of_user(user).filter(state=ExpertSheet.State.DRAFT).select_related("task")
    return [
        Todo(
            f"Заполнить экспертный лист: {each.task}",
            each.get_absolute_url(),
            tone="bad" if each.task.due_on < today else "warn",
            due_on=each.task.due_on,
        )
        for each in found.order_by("task__due_on")[:10]
    ]


def _nominations() -> list[Todo]:
    n = Person.objects.filter(state=Person.State.PROPOSED).count()
    url = reverse("procedures:people")
    return (
        [Todo("Рассмотреть предложенных экспертов", url, "Ждут объединения.", "warn", count=n, order=50)] if n else []
    )


def _uncovered() -> list[Todo]:
    soon = Venue.objects.coming().filter(on__lte=timezone.localdate() + SOON)
    days = list(soon.uncovered().order_by("on").values_list("on", flat=True))
    if not days:
        return []
    n = len(days)
    note = f"В ближайшие 7 дней: {n} {plural(n, 'место', 'места', 'мест')}."
    url = reverse("procedures:coverage")
    return [Todo("Назначить наблюдателей", url, note, "bad", days[0], count=n, order=30)]


def _remarks() -> list[Todo]:
    n = Remark.objects.filter(closed_at__isnull=True).count()
    url = reverse("procedures:acts")
    return [Todo("Отработать замечания наблюдателей", url, "", "warn", count=n, order=55)] if n else []


def _lapsed() -> list[Todo]:
    n = Person.objects.active().lapsed().count()
    url = reverse("procedures:people") + "?accreditation=expired"
    return [Todo("Обновить аккредитации", url, "Назначить этих людей нельзя.", "info", count=n, order=80)] if n else []


def _answers(user: Any) -> list[Todo]:
    since = timezone.now() - timedelta(days=14)
    found = Person.objects.filter(created_by=user, decided_at__gte=since).order_by("-decided_at")[:3]
    url = reverse("procedures:nominations")
    return [
        Todo(f"Решение об эксперте: {each.short_name}", url, each.get_state_display(), "info", order=90)
        for each in found
    ]
