"""What the library asks of a person today."""

from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.todo import Todo
from apps.library.models import Discussion, Practice, PracticeAdvice, Receipt, Remark, Trial


def todo_for(user: Any) -> list[Todo]:
    if user.is_school and user.organization:
        return _for_school(user)
    if user.is_department:
        return _for_department(user)
    return _for_council(user) if user.role == Role.PUBLIC_REPRESENTATIVE else []


def _for_school(user: Any) -> list[Todo]:
    remarks = (
        Remark.objects.visible_to(user).awaiting_school().order_by().aggregate(count=Count("pk"), day=Min("due_on"))
    )
    unread = Receipt.objects.visible_to(user).filter(read_at__isnull=True).count()
    returned = Practice.objects.filter(organization=user.organization, state=Practice.State.RETURNED).count()
    advised = PracticeAdvice.objects.filter(
        organization=user.organization, answered_at__isnull=True, practice__state=Practice.State.PUBLISHED
    ).count()
    lines = []
    if remarks["count"]:
        tone = "bad" if remarks["day"] < timezone.localdate() else "warn"
        url = reverse("library:inspections")
        lines.append(Todo("Устранить замечания проверок", url, "", tone, remarks["day"], remarks["count"], order=25))
    if unread:
        url, note = reverse("library:received"), "Направлены управлением."
        lines.append(Todo("Прочитать новые материалы", url, note, count=unread, order=60))
    if returned:
        url = f"{reverse('library:practices')}?state=returned"
        lines.append(Todo("Доработать предложенные практики", url, "", "warn", count=returned, order=70))
    if advised:
        url, note = reverse("library:practices"), "Напишите, что из них возьмёте."
        lines.append(Todo("Рекомендованы практики других школ", url, note, count=advised, order=75))
    return lines


def _for_department(user: Any) -> list[Todo]:
    today = timezone.localdate()
    waits = Q(state__in=[Remark.State.OPEN, Remark.State.RETURNED])
    remarks = Remark.objects.visible_to(user).order_by().aggregate(
        answered=Count("pk", filter=Q(state=Remark.State.ANSWERED)),
        late=Count("pk", filter=waits & Q(due_on__lt=today)),
    )  # fmt: skip
    proposed = Practice.objects.filter(state=Practice.State.PROPOSED).count()
    trials = Trial.objects.filter(state=Trial.State.RUNNING, ends_on__lt=today).count()
    page = reverse("library:inspections")
    lines = []
    if remarks["late"]:
        note = "Организации не ответили в срок."
        lines.append(Todo("Просрочены замечания проверок", page, note, "bad", count=remarks["late"], order=36))
    if remarks["answered"]:
        lines.append(Todo("Рассмотреть ответы на замечания проверок", page, count=remarks["answered"], order=42))
    if proposed:
        url = f"{reverse('library:practices')}?state=proposed"
        lines.append(Todo("Рассмотреть предложенные практики", url, count=proposed, order=65))
    if trials:
        url = f"{reverse('library:trials')}?state=running"
        lines.append(Todo("Подвести итог апробаций", url, "Срок апробации закончился.", "warn", count=trials, order=66))
    return lines


def _for_council(user: Any) -> list[Todo]:
    mine = Discussion.objects.visible_to(user).running().exclude(votes__member=user)
    found = mine.order_by().aggregate(count=Count("pk", distinct=True), day=Min("closes_on"))
    if not found["count"]:
        return []
    url, note = reverse("library:discussions"), "Прочитайте проект и проголосуйте."
    return [Todo("Проекты ждут вашего мнения", url, note, "warn", found["day"], found["count"], order=20)]
