"""Who is invited and came; what they have read; who answers for the assessment of quality."""

from dataclasses import dataclass

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.organizations.models import Group, Kind, Organization, Programme
from apps.roadmaps.meetings.models import Invitee, Meeting, QualityOfficer, Subgroup

Attendance = Invitee.Attendance


@dataclass(frozen=True)
class Part:
    """A subgroup with its people and how many of them came."""

    group: Subgroup
    people: list[Invitee]

    def _count(self, mark: str) -> int:
        return sum(one.attendance == mark for one in self.people)

    @property
    def present(self) -> int:
        return self._count(Attendance.PRESENT)

    @property
    def missing(self) -> int:
        return self._count(Attendance.ABSENT) + self._count(Attendance.EXCUSED)

    @property
    def unmarked(self) -> int:
        return self._count(Attendance.UNKNOWN)


@dataclass(frozen=True)
class People:
    """All who are invited, by subgroup."""

    parts: list[Part]

    @property
    def all(self) -> list[Invitee]:
        return [one for part in self.parts for one in part.people]

    @property
    def total(self) -> int:
        return len(self.all)

    @property
    def present(self) -> int:
        return sum(part.present for part in self.parts)

    @property
    def missing(self) -> int:
        return sum(part.missing for part in self.parts)

    @property
    def unmarked(self) -> int:
        return sum(part.unmarked for part in self.parts)

    @property
    def read(self) -> int:
        return sum(one.read_at is not None for one in self.all)

    @property
    def unread(self) -> list[Invitee]:
        return [one for one in self.all if one.read_at is None]


def people_of(meeting: Meeting) -> People:
    """In the order of the register; two queries."""
    found = list(meeting.invitees.with_details().by_register())
    return People(
        [Part(group, [one for one in found if one.subgroup_id == group.pk]) for group in meeting.subgroups.all()]
    )


# --- whom to invite


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of organisations that are invited at once: by programme, by kind, named groups."""
    programmes = [(f"programme:{value}", f"программы: {label}") for value, label in Programme.choices]
    kinds = [(f"kind:{value}", f"вид: {label}") for value, label in Kind.choices if value != Kind.AUTHORITY]
    groups = [(f"group:{group.pk}", group.name) for group in Group.objects.all()]
    found = [("Все, кто ведёт", programmes), ("Все организации вида", kinds), ("Группы", groups)]
    return [("", [("", "не выбрано"), ("all", "все организации")]), *((name, rows) for name, rows in found if rows)]


def organizations_of(choice: str) -> QuerySet[Organization]:
    """The organisations of a choice; none for what is no choice."""
    active: QuerySet[Organization] = Organization.objects.educational().active()  # type: ignore[attr-defined]
    kind, _, value = choice.partition(":")
    if choice == "all":
        return active
    if kind == "programme" and value in Programme.values:
        return active.filter(programmes__contains=[value])
    if kind == "kind" and value in Kind.values:
        return active.filter(kind=value)
    if kind == "group" and value.isascii() and value.isdigit() and len(value) < 12:
        return active.filter(groups=int(value))
    return active.none()


# --- the responsible


@dataclass(frozen=True)
class OfficerRow:
    organization: Organization
    officer: QualityOfficer | None


def officers(user: User) -> list[OfficerRow]:
    """Every organisation that the person sees with its responsible, or without."""
    places = Organization.objects.educational().active()  # type: ignore[attr-defined]
    if user.is_school and user.organization:
        places = places.filter(pk=user.organization.pk)
    named = {
        one.organization_id: one for one in QualityOfficer.objects.visible_to(user).current().select_related("user")
    }
    return [OfficerRow(one, named.get(one.pk)) for one in places.order_by("-kind", "number", "name_key")]
