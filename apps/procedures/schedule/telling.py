"""What schools are told of the schedule: days that were changed, a procedure taken off or put back."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Membership
from apps.accounts.roles import SCHOOL
from apps.core import notices
from apps.core.notices import Line
from apps.procedures.models import Procedure
from apps.procedures.schedule.reading import days_of, days_text, school_organizations, takes_part


def _people(organizations: Iterable[int]) -> list[int]:
    """Directors and coordinators."""
    held = Membership.objects.current().filter(role__in=SCHOOL, organization__in=organizations, user__is_active=True)
    return list(held.values_list("user", flat=True).distinct())


def _schools(procedure: Procedure) -> set[int]:
    return {one.pk for one in takes_part([procedure], school_organizations())[procedure.pk]}


def days_changed(procedure: Procedure, dropped: Iterable[int]) -> None:
    """Schools that take part; those whose chosen day is no day of the procedure any more are asked for another one.

    Of days that are over nobody is told, nor of a school's own work: it has changed it itself.
    """
    days = days_of(procedure)
    if procedure.organization_id or (days and days[1] < timezone.localdate()):
        return
    lost = set(dropped)
    when = days_text(*days) if days else "день не назначен"
    key = f"procedures.days:{procedure.pk}:{when}"
    title = f"Изменены дни процедуры «{procedure}»: {when}"
    again = "Выбранный вами день больше не входит в срок: выберите новый."
    notices.tell_all(
        [
            Line(_people(lost), key, title, reverse("procedures:own_day", args=[procedure.pk]), again),
            Line(_people(_schools(procedure) - lost), key, title, procedure.plan_url),
        ]
    )


def taken_off(procedure: Procedure) -> None:
    days = days_of(procedure)
    if procedure.organization_id or (days and days[1] < timezone.localdate()):
        return
    notices.tell(
        users=_people(_schools(procedure)),
        key=f"procedures.off:{procedure.pk}:{timezone.localdate():%Y%m%d}",
        title=f"Процедура снята с графика: {procedure}",
        note=procedure.cancel_reason,
        url=procedure.plan_url,
    )
