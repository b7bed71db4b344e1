"""What the registers ask of a person: practices to look at, practices that came back."""

from typing import Any

from django.urls import reverse

from apps.core.todo import Todo
from apps.registers.catalogue import KEEPERS
from apps.registers.models import UpbringingPractice


def todo_for(user: Any) -> list[Todo]:
    practices = UpbringingPractice.objects.current()
    page = reverse("registers:list", args=["practices"])
    if user.role in KEEPERS:
        count = practices.filter(state="proposed").count()
        title = "Рассмотреть практики воспитания"
        return [Todo(title, f"{page}?state=proposed", tone="info", count=count, order=80)] if count else []
    if user.is_school and user.organization:
        count = practices.filter(state="returned", organization=user.organization).count()
        note = "Методист оставил замечание."
        line = Todo("Доработать практики воспитания", f"{page}?state=returned", note, "warn", count=count, order=80)
        return [line] if count else []
    return []
