"""Secret addresses of personal calendars: one a person, renewed when it may have become known."""

from django.db import transaction

from apps.accounts.models import CalendarKey, Membership, User, secret_token
from apps.core import events


def key_of(user: User) -> CalendarKey | None:
    return CalendarKey.objects.filter(user=user).first()


@transaction.atomic
def renew(*, user: User) -> CalendarKey:
    """A new address; the one before stops working at once."""
    key, _ = CalendarKey.objects.update_or_create(user=user, defaults={"token": secret_token()})
    events.record(kind="accounts.calendar_key", subject=key, by=user, text="Выдан адрес подписки на календарь.")
    return key


def owner_of(token: str) -> User | None:
    """Whose address it is; None for a wrong one and for a person without a current role."""
    key = CalendarKey.objects.filter(token=token).select_related("user").first()
    if key is None or not Membership.objects.current().filter(user=key.user).exists():
        return None
    return key.user
