"""What awaits the department in this room."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from apps.core.figures import plural
from apps.core.todo import Todo
from apps.procedures.models import QuarantinedRow, ResultFile


def _file_todo(file: ResultFile) -> Todo:
    url = reverse("procedures:batch", args=[file.batch_id])
    if file.state == ResultFile.State.UNCLEAR:
        return Todo(f"Указать работу для файла «{file.name}»", url, "Файл загружен, но не обработан.", "warn", order=40)
    if file.state == ResultFile.State.UNMAPPED:
        return Todo(f"Указать столбцы файла «{file.name}»", url, "Файл загружен, но не обработан.", "warn", order=40)
    if file.state == ResultFile.State.REFUSED:
        return Todo(f"Файл «{file.name}» отклонён", url, "Прочтите причины, загрузите исправленный.", "bad", order=40)
    held, unknown = file.held_count, file.unknown_schools  # type: ignore[attr-defined]
    parts = []
    if held:
        parts.append(f"{held} {plural(held, 'строка', 'строки', 'строк')} в карантине")
    if unknown:
        parts.append(f"{unknown} {plural(unknown, 'неизвестная школа', 'неизвестные школы', 'неизвестных школ')}")
    return Todo(f"Разобрать файл «{file.name}»", url, ", ".join(parts), "info", count=held or unknown, order=60)


def todo_for(user: Any) -> list[Todo]:
    """Files without a named work, refused ones, held rows and unknown schools; at most five, newest first."""
    if not (user.is_authenticated and user.is_department):
        return []
    held = Q(quarantined_rows__state=QuarantinedRow.State.HELD)
    files = (
        ResultFile.objects.annotate(held_count=Count("quarantined_rows", filter=held))
        .filter(
            Q(state__in=(ResultFile.State.UNCLEAR, ResultFile.State.UNMAPPED))
            | Q(state=ResultFile.State.REFUSED, batch__created_by=user)
            | Q(state=ResultFile.State.DONE) & (Q(held_count__gt=0) | Q(unknown_schools__gt=0))
        )
        .order_by("-pk")
    )
    return [_file_todo(file) for file in files[:5]]
