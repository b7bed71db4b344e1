"""Letters about recommendations. They carry no figures: those are read after logging in."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mass_mail
from django.urls import reverse

from apps.accounts.models import Membership
from apps.accounts.roles import SCHOOL
from apps.roadmaps.models import Recommendation, RecommendationAddressee

Letter = tuple[str, str, str, list[str]]


def _letter(subject: str, text: str, url: str, to: str) -> Letter:
    body = f"Здравствуйте!\n\n{text}\n\n{settings.SITE_URL}{url}\n\n{settings.MUNICIPALITY_NAME}\n"
    return (subject, body, settings.DEFAULT_FROM_EMAIL, [to])


def send(letters: Iterable[Letter]) -> None:
    send_mass_mail(list(letters))


def about_issue(recommendation: Recommendation) -> list[Letter]:
    """To the people of every addressee, one letter each."""
    members = Membership.objects.current().filter(
        organization__recommendations__recommendation=recommendation, role__in=SCHOOL
    )
    text = (
        f"Вашей организации направлена адресная рекомендация «{recommendation.title}». "
        f"Срок исполнения — {recommendation.due_on:%d.%m.%Y}. Подтвердите получение на портале:"
    )
    addresses = members.order_by("user__email").values_list("user__email", flat=True).distinct()
    return [_letter("Адресная рекомендация", text, reverse("roadmaps:own"), address) for address in addresses]


def about_report(addressee: RecommendationAddressee) -> list[Letter]:
    """To the author: a report has come."""
    text = f"{addressee.organization}: отчёт об исполнении рекомендации «{addressee.recommendation.title}»."
    author = addressee.recommendation.author
    return [_letter("Отчёт по рекомендации", text, addressee.recommendation.get_absolute_url(), author.email)]


def about_review(addressee: RecommendationAddressee) -> list[Letter]:
    """To the person who reported: accepted, or returned with a remark."""
    assert addressee.reported_by is not None
    if addressee.state == RecommendationAddressee.State.DONE:
        text = f"Отчёт по рекомендации «{addressee.recommendation.title}» принят, рекомендация исполнена."
    else:
        text = (
            f"Отчёт по рекомендации «{addressee.recommendation.title}» возвращён на доработку. "
            f"Замечание: {addressee.review_text}"
        )
    return [_letter("Отчёт рассмотрен", text, addressee.get_absolute_url(), addressee.reported_by.email)]
