"""One count per device, and a limit per network, without anything that points at a person.

- A device gets a random number in a signed cookie. What is stored is a digest of it with the survey's own salt, in a
  table that hangs on no answer; the table is emptied when the survey is over.
- A network address is never stored. Its digest with a salt of the day, cut to 48 bits, counts questionnaires of an
  hour; salt and counters are deleted the next day.
- The form carries a signed ticket: made for this cookie and this link, with the time it was made. It stands in for
  a CSRF token (readers of the survey have no session) and shows forms that a machine filled at once.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.surveys.models import DaySalt, DeviceMark, NetworkCount, Survey

COOKIE_PATH = "/s/"
FASTEST = timedelta(seconds=3)
LONGEST = timedelta(hours=24)
_TICKET = "surveys.ticket"
_DEVICE = "surveys.device"


def cookie_name(survey: Survey) -> str:
    return f"survey-{survey.pk}"


def device_of(request: HttpRequest, survey: Survey) -> str:
    """The random number of the device; empty when it brings none that we signed."""
    try:
        return str(signing.loads(request.COOKIES.get(cookie_name(survey), ""), salt=f"{_DEVICE}.{survey.pk}"))
    except signing.BadSignature:
        return ""


def give_device(response: HttpResponse, survey: Survey, device: str) -> None:
    """Let the browser keep the number until the survey is over."""
    response.set_cookie(
        cookie_name(survey),
        signing.dumps(device, salt=f"{_DEVICE}.{survey.pk}"),
        max_age=max(1, (survey.closes_on - timezone.localdate()).days + 1) * 86_400,
        path=COOKIE_PATH,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def new_device() -> str:
    return secrets.token_hex(16)


# --- the ticket of a form


@dataclass(frozen=True)
class Ticket:
    """What the form says about itself: made when, by which number of its own; both empty when it is not ours."""

    made_at: datetime | None = None
    number: str = ""

    @property
    def is_fast(self) -> bool:
        return self.made_at is not None and timezone.now() - self.made_at < FASTEST

    @property
    def is_good(self) -> bool:
        return self.made_at is not None and timezone.now() - self.made_at < LONGEST


def new_ticket(token: str, device: str) -> str:
    made = {"t": token, "d": device, "n": secrets.token_hex(8), "at": timezone.now().timestamp()}
    return signing.dumps(made, salt=_TICKET)


def read_ticket(text: str, token: str, device: str) -> Ticket:
    try:
        made = signing.loads(text, salt=_TICKET)
        if made["t"] != token or made["d"] != device or not device:
            return Ticket()
        return Ticket(datetime.fromtimestamp(made["at"], tz=timezone.get_current_timezone()), made["n"])
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return Ticket()


# --- marks


def _digest(salt: str, text: str, length: int) -> str:
    return hmac.new(salt.encode(), text.encode(), hashlib.sha256).hexdigest()[:length]


def mark_of(survey: Survey, device: str, ticket: str = "") -> str:
    """What is kept of a device. Where devices are shared, one sent form counts once, not one device."""
    return _digest(survey.salt, f"form {ticket}" if survey.shared_devices else f"device {device}", 40)


def has_answered(survey: Survey, device: str) -> bool:
    """Whether this device may not answer any more."""
    if survey.shared_devices or not device:
        return False
    return DeviceMark.objects.filter(pk=mark_of(survey, device)).exists()


# --- networks


def address_of(request: HttpRequest) -> str:
    """The reader's network address as our own proxies saw it; what others claim is not believed."""
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    hops = settings.TRUSTED_PROXIES
    return chain[-hops] if hops and len(chain) >= hops else str(request.META.get("REMOTE_ADDR", ""))


def _salt_of(day: date) -> str:
    """The day's salt. The first call of a day forgets the days before."""
    salt, is_new = DaySalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_hex(16)})
    if is_new:
        forget_networks(day)
    return str(salt.salt)


def forget_networks(before: date) -> None:
    """Delete salts and counters of earlier days: nobody can trace them any more."""
    DaySalt.objects.filter(day__lt=before).delete()
    NetworkCount.objects.filter(day__lt=before).delete()


@transaction.atomic
def count_network(survey: Survey, address: str) -> bool:
    """Count one more questionnaire from this network; False when the hour's limit is reached."""
    now = timezone.localtime()
    digest = _digest(_salt_of(now.date()), f"{survey.pk} {address}", 12)
    row, _ = NetworkCount.objects.get_or_create(day=now.date(), hour=now.hour, digest=digest)
    room = NetworkCount.objects.filter(pk=row.pk, count__lt=settings.SURVEY_ANSWERS_PER_HOUR)
    return bool(room.update(count=F("count") + 1))
