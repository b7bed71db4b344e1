"""What the report on self-examination asks of a person today."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.collection.selectors.selfexam import ExaminationPage
from apps.collection.selectors.selfexam_board import all_years, board, years_of
from apps.core.figures import plural
from apps.core.todo import Todo

SOON_DAYS = 14


def of_school(user: Any) -> list[Todo]:
    """The next step of the newest report, while it is not sent."""
    years = years_of(user.organization)[:1] if user.organization else []
    todos = []
    for year in years:
        page = ExaminationPage(user.organization, year)
        if page.next is None:
            continue
        left = (page.examination.due_on - page.today).days
        tone = "bad" if left < 0 else "warn" if left <= SOON_DAYS else "info"
        note = f"Написано разделов: {page.written} из {len(page.sections)}."
        url = reverse("collection:selfexam", args=[year])
        title = f"Отчёт о самообследовании за {year}: {page.next.task}"
        todos.append(Todo(title, url, note, tone, page.examination.due_on, order=25))
    return todos


def of_department() -> list[Todo]:
    """Organisations that have not sent the newest report in time."""
    for year in all_years()[:1]:
        late = [row for row in board(year, timezone.localdate()) if row.is_late and not row.sent_on]
        if late:
            verb = plural(len(late), "Не направила", "Не направили", "Не направили")
            noun = plural(len(late), "организация", "организации", "организаций")
            url = reverse("collection:selfexam_board", args=[year]) + "?late=on"
            title = f"Напомнить об отчёте о самообследовании за {year}"
            return [Todo(title, url, f"{verb} {len(late)} {noun}.", "warn", count=len(late), order=35)]
    return []
