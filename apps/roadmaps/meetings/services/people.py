"""Who is invited, in which subgroup, who came; who answers for the assessment of quality."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.accounts.roles import SCHOOL
from apps.core import events
from apps.core.findings import refuse
from apps.organizations.models import Kind, Organization
from apps.procedures.people.models import Association
from apps.roadmaps.meetings.models import Invitee, Meeting, QualityOfficer, Subgroup
from apps.roadmaps.meetings.services.ground import Texts, not_cancelled, open_one, require_writer
from apps.roadmaps.meetings.telling import tell_invited


@transaction.atomic
def invite(
    *,
    meeting: Meeting,
    organizations: Iterable[Organization] = (),
    associations: Iterable[Association] = (),
    by: User,
    officers_only: bool = False,
) -> list[Invitee]:
    """Invite those that are not invited yet; of an announced meeting they are told at once.

    With `officers_only` exactly the persons responsible for the assessment of quality are invited: organisations that
    have named nobody are left out. Of an association its leader is invited, whoever it is on the day.
    """
    row = open_one(meeting, by)
    wanted = {one.pk: one for one in organizations if one.kind != Kind.AUTHORITY and not one.is_closed}
    officers = {
        one.organization_id: one
        for one in QualityOfficer.objects.current().filter(organization__in=wanted).select_related("user")
    }
    if officers_only:
        _name_the_officers(row, officers)
        wanted = {pk: one for pk, one in wanted.items() if pk in officers}
    known = set(row.invitees.values_list("organization", flat=True))
    first = row.subgroups.order_by("number").first()
    made = []
    for pk, organization in wanted.items():
        if pk in known:
            continue
        officer = officers.get(pk) if officers_only else None
        made.append(
            Invitee(
                meeting=row,
                organization=organization,
                subgroup=first,
                user=officer.user if officer else None,
                person=str(officer)[:200] if officer else "",
            )
        )
    seated = set(row.invitees.values_list("association", flat=True))
    made += [
        Invitee(meeting=row, association=one, subgroup=first)
        for one in associations
        if one.pk not in seated and one.leader_id
    ]
    Invitee.objects.bulk_create(made)
    if made:
        leaders = sum(one.association is not None for one in made)
        text = f"Приглашено организаций: {len(made) - leaders}" if len(made) > leaders else "Приглашены"
        text += f", руководителей объединений: {leaders}" if leaders else ""
        events.record(kind="roadmaps.invited", subject=row, by=by, text=text)
        if row.state == Meeting.State.ANNOUNCED:
            tell_invited(row, key="invited", title=f"Приглашение: {row.theme}")
    return made


def _name_the_officers(meeting: Meeting, officers: Mapping[int, QualityOfficer]) -> None:
    """Those already invited get the person as well."""
    for invitee in meeting.invitees.filter(organization__in=officers, person=""):
        officer = officers[invitee.organization_id or 0]
        invitee.user, invitee.person = officer.user, str(officer)[:200]
        invitee.save(update_fields=["user", "person"])


@transaction.atomic
def uninvite(*, invitee: Invitee, by: User) -> None:
    """Take an organisation off the list; one that has filled in a sheet stays."""
    row = open_one(invitee.meeting, by)
    if invitee.fills.exists():
        raise refuse("has_answers", f"{invitee}: лист уже заполнен, снять с совещания нельзя.")
    events.record(kind="roadmaps.uninvited", subject=row, by=by, text=f"Приглашение снято: {invitee}"[:500])
    invitee.delete()


@transaction.atomic
def place_invitees(
    *, meeting: Meeting, places: Mapping[int, int], by: User, venues: Mapping[int, str] | None = None
) -> int:
    """Put invitees (by key) into subgroups (by number); returns how many moved. Those not of the meeting are left.

    `venues` are the subgroups' own places by number; an empty one means the place of the meeting. Of an announced
    meeting those are told whose hour or place became another.
    """
    row = open_one(meeting, by)
    groups = {one.number: one for one in row.subgroups.select_for_update()}
    changed = _set_venues(row, groups, venues or {})
    moved = []
    people = row.invitees.select_related("organization", "association", "subgroup")
    for invitee in people.select_for_update(of=("self",)):
        group = groups.get(places.get(invitee.pk, 0))
        if group and group.pk != invitee.subgroup_id:
            moved.append((invitee, group))
    for invitee, group in moved:
        invitee.subgroup = group
        invitee.save(update_fields=["subgroup"])
    if moved:
        words = "; ".join(f"{invitee} → {group.number}" for invitee, group in moved)
        text = f"Перешли в другую подгруппу: {words}"[:500]
        events.record(kind="roadmaps.moved", subject=row, by=by, text=text)
    concerned = {invitee.pk for invitee, _ in moved}
    concerned |= set(row.invitees.filter(subgroup__in=changed).values_list("pk", flat=True))
    if concerned and row.state == Meeting.State.ANNOUNCED:
        key = f"moved.{timezone.now():%Y%m%d%H%M}"
        tell_invited(row, key=key, title=f"Изменились время или место: {row.theme}", only=concerned)
    return len(moved)


def _set_venues(meeting: Meeting, groups: Mapping[int, Subgroup], venues: Mapping[int, str]) -> list[Subgroup]:
    texts = Texts()
    taken = {number: texts.take(text, 300, f"место {number} подгруппы") for number, text in venues.items()}
    texts.refuse_if_faulty()
    changed = []
    for number, place in taken.items():
        group = groups.get(number)
        own = "" if place == meeting.place else place
        if group and group.place != own:
            group.place = own
            group.save(update_fields=["place"])
            changed.append(group)
    return changed


@transaction.atomic
def split_evenly(*, meeting: Meeting, by: User) -> None:
    """Divide invitees among subgroups in the order of the register: the first part to the first, and so on."""
    row = open_one(meeting, by)
    groups: list[Subgroup] = list(row.subgroups.order_by("number"))
    people = list(row.invitees.by_register())
    for place, invitee in enumerate(people):
        invitee.subgroup = groups[place * len(groups) // len(people)]
    Invitee.objects.bulk_update(people, ["subgroup"])
    events.record(kind="roadmaps.moved", subject=row, by=by, text="Участники поделены на подгруппы поровну")


@transaction.atomic
def mark_attendance(*, meeting: Meeting, marks: Mapping[int, tuple[str, str]], by: User) -> int:
    """Write down who came: by key of the invitee the mark and the name. Returns how many lines changed."""
    row = not_cancelled(meeting, by)
    texts = Texts()
    if row.starts_at > timezone.now():
        texts.fault("early", "Участие отмечают, когда мероприятие началось.")
    changed = []
    for invitee in row.invitees.select_related("organization", "association").select_for_update(of=("self",)):
        mark, name = marks.get(invitee.pk, (invitee.attendance, invitee.came))
        name = texts.take(name, 200, f"кто участвовал ({invitee})")
        if mark not in Invitee.Attendance.values:
            texts.fault("mark", f"{invitee}: отметьте, было ли участие.")
        elif (mark, name) != (invitee.attendance, invitee.came):
            invitee.attendance, invitee.came = mark, name
            changed.append(invitee)
    texts.refuse_if_faulty()
    Invitee.objects.bulk_update(changed, ["attendance", "came"])
    if changed:
        present = row.invitees.filter(attendance=Invitee.Attendance.PRESENT).count()
        text = f"Отмечено участие: {present} из {row.invitees.count()}"
        events.record(kind="roadmaps.attendance", subject=row, by=by, text=text)
    return len(changed)


@dataclass(frozen=True)
class NewOfficer:
    """Who answers for the assessment of quality, as it is typed."""

    name: str
    post: str
    phone: str = ""
    email: str = ""


@transaction.atomic
def set_officer(*, organization: Organization, new: NewOfficer, by: User) -> QualityOfficer:
    """Name the responsible person; the one before stays in the history. An organisation names its own."""
    if not (by.is_school and by.organization == organization):
        require_writer(by)
    Organization.objects.select_for_update().get(pk=organization.pk)
    texts = Texts()
    fields = {
        "name": texts.take(new.name, 150, "фамилия, имя, отчество", required=True),
        "post": texts.take(new.post, 200, "должность", required=True),
        "phone": texts.take(new.phone, 60, "телефон"),
        "email": texts.take(new.email, 254, "почта").lower(),
    }
    texts.refuse_if_faulty()
    today = timezone.localdate()
    before = QualityOfficer.objects.current().filter(organization=organization).first()
    user = _account_of(organization, fields["email"])
    if before and before.name == fields["name"]:
        QualityOfficer.objects.filter(pk=before.pk).update(**fields, user=user)
        before.refresh_from_db()
        made = before
    else:
        QualityOfficer.objects.current().filter(organization=organization).update(until=today)
        made = QualityOfficer.objects.create(organization=organization, user=user, since=today, **fields)
    text = f"Ответственный за оценку качества: {made}"[:500]
    events.record(kind="roadmaps.officer", subject=organization, by=by, text=text)
    return made


def _account_of(organization: Organization, email: str) -> User | None:
    """The account by that address, if the person works in the organisation: the invitation goes there."""
    if not email:
        return None
    found = Membership.objects.current().filter(organization=organization, role__in=SCHOOL, user__email=email)
    membership = found.select_related("user").first()
    return membership.user if membership else None
