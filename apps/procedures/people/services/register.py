"""The register of people: entries, accreditation and training as recorded, nominations, invitations to the portal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts import services as accounts
from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.core import events, notices
from apps.core.findings import Refused, error, refuse
from apps.organizations.models import Kind, Organization
from apps.procedures.models.works import Subject
from apps.procedures.people.models import Accreditation, Assignment, Capacity, Person, Training

# In which role a person of this capacity logs in; a coordinator does so from their organisation.
ROLES = {
    Capacity.OBSERVER: Role.OBSERVER,
    Capacity.EXPERT: Role.EXPERT,
    Capacity.PUBLIC: Role.PUBLIC_REPRESENTATIVE,
    Capacity.COORDINATOR: Role.COORDINATOR,
}


@dataclass(frozen=True)
class PersonData:
    """What is kept of a person; `consent_on` is the day their consent was received."""

    last_name: str
    first_name: str
    capacities: Sequence[str]
    consent_on: date
    patronymic: str = ""
    workplace: Organization | None = None
    employer: str = ""
    email: str = ""
    phone: str = ""
    subjects: Sequence[Subject] = field(default_factory=tuple)
    avoids: Sequence[Organization] = field(default_factory=tuple)


def require_department(by: User) -> None:
    if not by.is_department:
        raise refuse("not_allowed", "Реестр ведут сотрудники управления.")


def check_person(data: PersonData) -> None:
    found = []
    if not data.capacities:
        found.append(error("no_capacity", "Не указано, в каком качестве человек участвует.", action="Отметьте одно."))
    if data.consent_on > timezone.localdate():
        found.append(error("consent", "Дата согласия ещё не наступила.", action="Укажите день, когда согласие дано."))
    if Capacity.EXPERT in data.capacities and not data.subjects:
        found.append(error("no_subject", "У эксперта не указан предмет.", action="Отметьте хотя бы один."))
    if found:
        raise Refused(found)


def write_person(person: Person, data: PersonData) -> Person:
    person.last_name, person.first_name, person.patronymic = data.last_name, data.first_name, data.patronymic
    person.capacities = [each for each in Capacity if each in data.capacities]
    person.workplace, person.employer = data.workplace, data.employer
    person.email, person.phone, person.consent_on = data.email.lower(), data.phone, data.consent_on
    person.save()
    person.subjects.set(data.subjects)
    person.avoids.set(data.avoids)
    return person


@transaction.atomic
def add_person(*, data: PersonData, by: User) -> Person:
    """Enter a person into the register."""
    require_department(by)
    check_person(data)
    person = write_person(Person(created_by=by), data)
    events.record(kind="procedures.person_added", subject=person, by=by, text="Внесён в реестр.")
    return person


@transaction.atomic
def change_person(*, person: Person, data: PersonData, by: User) -> Person:
    require_department(by)
    check_person(data)
    row = write_person(Person.objects.select_for_update().get(pk=person.pk), data)
    events.record(kind="procedures.person_changed", subject=row, by=by, text="Данные изменены.")
    return row


@transaction.atomic
def archive_person(*, person: Person, reason: str, by: User) -> None:
    """Take a person out of the register with their contacts; acts and assignments stay. Future places must be free."""
    require_department(by)
    row = Person.objects.select_for_update().get(pk=person.pk)
    if Assignment.objects.current().filter(person=row, on__gte=timezone.localdate()).exists():
        raise refuse("has_assignments", "У человека есть предстоящие назначения.", "Сначала отмените их.")
    row.state, row.decision = Person.State.ARCHIVED, reason.strip()
    row.email = row.phone = ""
    row.save(update_fields=["state", "decision", "email", "phone"])
    text = f"Перенесён в архив, контакты удалены: {row.decision}"
    events.record(kind="procedures.person_archived", subject=row, by=by, text=text[:500])


@transaction.atomic
def record_accreditation(
    *, person: Person, issuer: str, number: str, valid_from: date, valid_to: date, by: User
) -> Accreditation:
    """Write down an accreditation given elsewhere."""
    require_department(by)
    if valid_to < valid_from:
        raise refuse("days", "Окончание срока аккредитации раньше начала.", "Проверьте даты.")
    values = {"issuer": issuer, "number": number, "valid_from": valid_from, "valid_to": valid_to}
    try:
        with transaction.atomic():
            made = Accreditation.objects.create(person=person, **values)
    except IntegrityError:
        raise refuse("known", f"Аккредитация № {number} этого органа уже внесена.") from None
    events.record(kind="procedures.accredited", subject=person, by=by, text=f"Внесена аккредитация: {made}"[:500])
    return made


@transaction.atomic
def record_training(*, person: Person, title: str, completed_on: date, by: User) -> Training:
    require_department(by)
    if completed_on > timezone.localdate():
        raise refuse("future", "День обучения ещё не наступил.", "Внесите обучение, когда оно пройдено.")
    made = Training.objects.create(person=person, title=title, completed_on=completed_on)
    events.record(kind="procedures.trained", subject=person, by=by, text=f"Обучение: {made}"[:500])
    return made


@transaction.atomic
def nominate_expert(*, data: PersonData, reason: str, by: User) -> Person:
    """A leader of an association proposes an expert; a specialist decides."""
    if not by.has_role(Role.ASSOCIATION_LEADER):
        raise refuse("not_allowed", "Экспертов предлагают руководители методических объединений.")
    if not reason.strip():
        raise refuse("no_reason", "Не указано обоснование.", "Напишите, почему вы предлагаете этого человека.")
    check_person(data)
    person = Person(created_by=by, state=Person.State.PROPOSED, reason=reason.strip())
    write_person(person, data)
    events.record(kind="procedures.expert_nominated", subject=person, by=by, text="Предложен эксперт.")
    return person


@transaction.atomic
def decide_nomination(*, person: Person, accept: bool, reason: str, by: User) -> Person:
    """Take a nominated expert into the register, or decline with a reason. Once."""
    require_department(by)
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.state != Person.State.PROPOSED:
        raise refuse("decided", "По этому предложению решение уже принято.")
    if not accept and not reason.strip():
        raise refuse("no_reason", "Не указана причина отказа.", "Её прочтёт руководитель объединения.")
    row.state = Person.State.ACTIVE if accept else Person.State.DECLINED
    row.decision, row.decided_by, row.decided_at = reason.strip(), by, timezone.now()
    row.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    text = "Эксперт внесён в реестр." if accept else f"Отклонено: {row.decision}"
    events.record(kind="procedures.expert_decided", subject=row, by=by, text=text[:500])
    notices.tell(
        users=[row.created_by] if row.created_by else [],
        key=f"procedures.nomination:{row.pk}",
        title=f"Решение об эксперте {row.short_name}: {row.get_state_display()}",
        note=row.decision,
        url=reverse("procedures:nominations"),
    )
    return row


@transaction.atomic
def invite_person(*, person: Person, capacity: str, by: User) -> bool:
    """Link the person to an account: at once when that address has the role already, else by an invitation.

    Returns whether a letter was sent.
    """
    require_department(by)
    row = Person.objects.select_for_update(of=("self",)).select_related("workplace", "invitation").get(pk=person.pk)
    if row.account:
        raise refuse("linked", "Учётная запись уже связана с этим человеком.")
    if not row.email:
        raise refuse("no_email", "Не указана рабочая почта.", "Укажите её в карточке.")
    if capacity not in row.capacities:
        raise refuse("other_capacity", "Человек не участвует в этом качестве.")
    role, place = ROLES[Capacity(capacity)], Organization.objects.get(kind=Kind.AUTHORITY)
    if role == Role.COORDINATOR:
        if row.workplace is None:
            raise refuse("no_workplace", "Координатор работает от организации.", "Укажите место работы.")
        place = row.workplace
    holder = Membership.objects.current().filter(user__email=row.email, role=role).select_related("user").first()
    if holder:
        row.user = holder.user
        text = "Связан с учётной записью, у которой уже есть эта роль."
    else:
        row.invitation = accounts.invite(email=row.email, organization=place, role=role, by=by)
        text = f"Отправлено приглашение: {role.label}."
    row.save(update_fields=["user", "invitation"])
    events.record(kind="procedures.person_invited", subject=row, by=by, text=text)
    return holder is None
