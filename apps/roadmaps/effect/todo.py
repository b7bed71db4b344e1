"""What effects ask of a person today."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.todo import Todo
from apps.roadmaps.effect.models import Expectation


def todo_for(user: Any) -> list[Todo]:
    """Drafts to approve, and effects whose figures do not come; one statement."""
    if not user.is_department:
        return []
    late = Q(approved_at__isnull=False, follow_up__ends_on__lt=timezone.localdate())
    rows = Expectation.objects.visible_to(user).unmeasured().order_by()
    counts = rows.aggregate(
        drafts=Count("pk", distinct=True, filter=Q(approved_at__isnull=True)),
        late=Count("pk", distinct=True, filter=late),
    )
    page, lines = reverse("roadmaps:effects"), []
    if counts["drafts"]:
        note = "Посмотрите, какой эффект можно увидеть."
        lines.append(Todo("Утвердить ожидаемый эффект", f"{page}#drafts", note, count=counts["drafts"], order=60))
    if counts["late"]:
        note = "Период закончился, данных для сравнения нет или мало."
        title = "Эффект мер ещё не измерен"
        lines.append(Todo(title, f"{page}#waiting", note, "warn", count=counts["late"], order=65))
    return lines
