"""The people of the demonstration: one account for each role, and a director of every organisation.

All share one random password, kept in `VAR_DIR/demo_accounts.json` (readable by the owner only).
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.desk.demo.network import AUTHORITY
from apps.desk.demo.world import World
from apps.organizations.models import Organization

ACCOUNTS_FILE = "demo_accounts.json"


@dataclass(frozen=True)
class Seat:
    """An account of the demonstration: its address, role, where, and the post."""

    login: str
    role: Role
    organization: str
    post: str

    @property
    def email(self) -> str:
        return f"{self.login}@demo.invalid"


HOME_SCHOOL = "school-06"  # of director@ and coordinator@: has things to do of every sort
SECOND_SCHOOL = "school-09"
HOME_KINDERGARTEN = "kindergarten-05"

SEATS = (
    Seat("head", Role.HEAD, AUTHORITY, "Начальник управления образования"),
    Seat("specialist", Role.SPECIALIST, AUTHORITY, "Главный специалист отдела оценки качества"),
    Seat("methodologist", Role.METHODOLOGIST, AUTHORITY, "Методист"),
    Seat("admin", Role.ADMIN, AUTHORITY, "Администратор портала"),
    Seat("director", Role.DIRECTOR, HOME_SCHOOL, "Директор"),
    Seat("coordinator", Role.COORDINATOR, HOME_SCHOOL, "Заместитель директора"),
    Seat("director2", Role.DIRECTOR, SECOND_SCHOOL, "Директор"),
    Seat("coordinator2", Role.COORDINATOR, SECOND_SCHOOL, "Заместитель директора"),
    Seat("kindergarten", Role.DIRECTOR, HOME_KINDERGARTEN, "Заведующий"),
    Seat("additional", Role.DIRECTOR, "additional-01", "Директор"),
    Seat("association_leader", Role.ASSOCIATION_LEADER, "school-02", "Учитель математики, руководитель объединения"),
    Seat("observer", Role.OBSERVER, AUTHORITY, "Общественный наблюдатель"),
    Seat("expert", Role.EXPERT, AUTHORITY, "Эксперт"),
    Seat("public_representative", Role.PUBLIC_REPRESENTATIVE, AUTHORITY, "Член общественного совета"),
    Seat("deputy", Role.SPECIALIST, AUTHORITY, "Заместитель начальника управления образования"),
)
# The leader of the association is also the deputy head of the gymnasium: shows the choice between two roles.
SECOND_ROLE = ("association_leader", Role.COORDINATOR, "school-02")


def _other_directors(world: World) -> list[Seat]:
    """A head of each organisation without an account yet; the newcomer does not need them on the log-in page."""
    taken = {seat.organization for seat in SEATS if seat.role == Role.DIRECTOR}
    post = {"kindergarten": "Заведующий"}
    return [
        Seat(f"director-{code}", Role.DIRECTOR, code, post.get(organization.kind, "Директор"))
        for code, organization in world.organizations.items()
        if code not in taken
    ]


def _place(world: World, code: str) -> Organization:
    return world.authority if code == AUTHORITY else world.organizations[code]


def _name_parts(world: World, seat: Seat) -> tuple[str, str, str]:
    """A head bears the name that the register gives; others get one of their own."""
    if seat.role in {Role.DIRECTOR, Role.HEAD}:
        last, first, patronymic = _place(world, seat.organization).head_name.split(" ")
        return last, first, patronymic
    person = world.names.next()
    return person.last_name, person.first_name, person.patronymic


def load(world: World) -> None:
    """Fill `world.people` (by log-in) and write the file of accounts."""
    password = secrets.token_urlsafe(9)
    hashed = make_password(password)  # once: hashing is slow on purpose
    since = timezone.make_aware(datetime.combine(world.timeline.school_years[0].starts_on, time(9)))
    seats = [*SEATS, *_other_directors(world)]
    for seat in seats:
        last, first, patronymic = _name_parts(world, seat)
        world.people[seat.login] = User(
            email=seat.email,
            password=hashed,
            last_name=last,
            first_name=first,
            patronymic=patronymic,
            post=seat.post,
            date_joined=since,
        )
    User.objects.bulk_create(world.people.values())
    memberships = [_membership(world, seat.login, seat.role, seat.organization, since) for seat in seats]
    memberships.append(_membership(world, *SECOND_ROLE, since + timedelta(days=1)))
    Membership.objects.bulk_create(memberships)
    transaction.on_commit(partial(write_accounts, password))


def _membership(world: World, login: str, role: str, place: str, since: datetime) -> Membership:
    return Membership(user=world.people[login], organization=_place(world, place), role=role, created_at=since)


def director_of(world: World, code: str) -> User:
    """Who signs for the organisation."""
    for seat in SEATS:
        if seat.role == Role.DIRECTOR and seat.organization == code:
            return world.people[seat.login]
    return world.people[f"director-{code}"]


@dataclass(frozen=True)
class ListedAccount:
    """A line of the file of accounts."""

    email: str
    role: str
    role_title: str
    name: str
    organization: str
    password: str


def accounts_file() -> Path:
    return Path(settings.VAR_DIR) / ACCOUNTS_FILE


def write_accounts(password: str) -> None:
    """Keep the accounts for the log-in page and `make run`; only the owner of the folder may read them."""
    holders = Membership.objects.select_related("user", "organization").order_by("pk")
    found = {(holder.user.email, holder.role): holder for holder in holders}
    listed = [
        ListedAccount(
            email=seat.email,
            role=seat.role,
            role_title=str(Role(seat.role).label),
            name=found[seat.email, seat.role].user.get_full_name(),
            organization=found[seat.email, seat.role].organization.name,
            password=password,
        )
        for seat in SEATS
    ]
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        json.dump([asdict(account) for account in listed], stream, ensure_ascii=False, indent=2)
    fresh.replace(path)


def renew_password() -> None:
    """Give the accounts of a loaded demonstration a new password: their file was lost."""
    password = secrets.token_urlsafe(9)
    User.objects.filter(email__endswith="@demo.invalid").update(password=make_password(password))
    transaction.on_commit(partial(write_accounts, password))
