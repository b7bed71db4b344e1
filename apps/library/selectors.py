"""What the first page of the library reads."""

from dataclasses import dataclass

from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.library.models import Act, Discussion, Dispatch, Document, Inspection, Practice, Receipt, Trial


@dataclass(frozen=True)
class Shelf:
    """A part of the library."""

    title: str
    text: str
    url: str
    count: int


def _shelf(title: str, text: str, name: str, count: int) -> Shelf:
    return Shelf(title, text, reverse(f"library:{name}"), count)


def shelves(user: User) -> list[Shelf]:
    """Only those that the role may open; a query for each."""
    found = [
        _shelf(
            "Документы и методические рекомендации",
            "Концепция, положения, методики, руководства, материалы — с версиями и поиском.",
            "documents",
            Document.objects.visible_to(user).count(),
        ),
        _shelf(
            "Нормативные акты",
            "Законы, приказы, порядки: действуют ли они и что на них держится.",
            "acts",
            Act.objects.visible_to(user).count(),
        ),
    ]
    if user.is_authority or user.is_school or user.has_role(Role.ASSOCIATION_LEADER, Role.EXPERT):
        text = "Что сделали школы с проблемой и что из этого вышло."
        found.append(_shelf("Банк практик", text, "practices", Practice.objects.visible_to(user).count()))
    if user.is_authority or user.is_school:
        trials, inspections = Trial.objects.visible_to(user), Inspection.objects.visible_to(user)
        text = "Механизмы, которые пробуют, прежде чем распространить."
        found.append(_shelf("Апробации", text, "trials", trials.count()))
        text = "Лицензирование, аккредитация, контроль: замечания и сроки."
        found.append(_shelf("Контрольные мероприятия", text, "inspections", inspections.count()))
    if user.is_authority or user.role == Role.PUBLIC_REPRESENTATIVE:
        text = "Проекты документов, открытые членам совета: комментарии и голоса."
        count = Discussion.objects.visible_to(user).count()
        found.append(_shelf("Общественный совет", text, "discussions", count))
    if user.is_authority:
        text = "Что и кому направлено, кому доставлено, кто прочёл."
        found.append(_shelf("Рассылки материалов", text, "dispatches", Dispatch.objects.visible_to(user).count()))
    elif user.is_school:
        text = "Что направило вам управление."
        found.append(_shelf("Материалы нам", text, "received", Receipt.objects.visible_to(user).count()))
    return found
