"""What the first page of the library reads."""

from dataclasses import dataclass

from django.urls import reverse

from apps.accounts.models import User
from apps.library.models import Act


@dataclass(frozen=True)
class Shelf:
    """A part of the library."""

    title: str
    text: str
    url: str
    count: int


def shelves(user: User) -> list[Shelf]:
    """Only those that the role may open."""
    acts = Act.objects.visible_to(user).count()
    return [Shelf("Нормативные акты", "Законы, приказы, порядки и что на них держится.", reverse("library:acts"), acts)]
