"""Writes of the accounts: invitations, roles, the end of both. Nobody raises or changes their own rights."""

import logging
from functools import partial

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Invitation, Membership, User
from apps.accounts.roles import AUTHORITY, SCHOOL, Role, grantable_by
from apps.core import events
from apps.core.findings import Refused, error
from apps.organizations.models import Kind, Organization

logger = logging.getLogger(__name__)


def may_grant(*, by: User, role: str, organization: Organization) -> bool:
    """Whether `by` may give or end this role in this organisation."""
    if role not in grantable_by(by.role):
        return False
    if by.role == Role.DIRECTOR and organization != by.organization:
        return False
    at_authority = organization.kind == Kind.AUTHORITY
    return at_authority if role in AUTHORITY else not (at_authority and role in SCHOOL)


def _require_grant(*, by: User, role: str, organization: Organization) -> None:
    if not may_grant(by=by, role=role, organization=organization):
        label = Role(role).label
        message = f"Вы не можете распоряжаться ролью «{label}» в организации «{organization}»."
        raise Refused([error("role_not_yours", message, action="Обратитесь к администратору.")])


@transaction.atomic
def invite(*, email: str, organization: Organization, role: str, by: User) -> Invitation:
    """Offer a role by a letter with a link. Raises Refused."""
    email = email.strip().lower()
    _require_grant(by=by, role=role, organization=organization)
    if Membership.objects.current().filter(user__email=email, organization=organization, role=role).exists():
        raise Refused([error("has_role", f"У пользователя {email} эта роль в организации уже есть.")])
    if Invitation.objects.open().filter(email=email, organization=organization, role=role).exists():
        message = f"Приглашение для {email} с этой ролью уже отправлено и ждёт ответа."
        raise Refused([error("invited_already", message, action="Отзовите его, если письмо потерялось.")])
    invitation = Invitation.objects.create(email=email, organization=organization, role=role, invited_by=by)
    text = f"Приглашение: {email}, {invitation.get_role_display()}"
    events.record(kind="accounts.invited", subject=organization, by=by, text=text, invitation=invitation.pk)
    transaction.on_commit(partial(send_invitation, invitation))
    return invitation


def send_invitation(invitation: Invitation) -> bool:
    """The letter; a mail server out of reach is told to the operator and does not undo the invitation."""
    path = reverse("accounts:invitation", args=[invitation.token])
    context = {
        "invitation": invitation,
        "url": settings.SITE_URL.rstrip("/") + path,
        "days": Invitation.LIFETIME.days,
        "authority_name": settings.AUTHORITY_NAME,
        "municipality_name": settings.MUNICIPALITY_NAME,
    }
    try:
        send_mail(
            f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}приглашение на портал",
            render_to_string("accounts/mail/invitation.txt", context),
            None,
            [invitation.email],
        )
    except OSError:
        logger.exception("the letter of invitation %s was not sent", invitation.pk)
        return False
    return True


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Make the link of an open invitation useless. Raises Refused when the role is not the actor's to give."""
    _require_grant(by=by, role=invitation.role, organization=invitation.organization)
    changed = Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
    if changed:
        text = f"Приглашение отозвано: {invitation.email}"
        events.record(kind="accounts.invitation_withdrawn", subject=invitation.organization, by=by, text=text)


def _take(invitation: Invitation) -> Invitation:
    """The invitation, locked and still open; two clicks at once give one account."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        raise Refused([error("invitation_closed", "Приглашение уже использовано, отозвано или устарело.")])
    return locked


def _accept(invitation: Invitation, user: User) -> Membership:
    membership, _ = Membership.objects.get_or_create(
        user=user, organization=invitation.organization, role=invitation.role, ended_at=None
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    text = f"Роль получена по приглашению: {user}, {membership.get_role_display()}"
    events.record(kind="accounts.accepted", subject=invitation.organization, by=user, text=text)
    return membership


@transaction.atomic
def accept_as_new_user(
    *, invitation: Invitation, last_name: str, first_name: str, patronymic: str, post: str, password: str
) -> User:
    """Make the account of an invited person and give the role. Raises Refused."""
    invitation = _take(invitation)
    if User.objects.filter(email=invitation.email).exists():
        raise Refused([error("account_exists", "Учётная запись с этой почтой уже есть. Войдите в неё.")])
    user = User.objects.create_user(
        invitation.email, password, last_name=last_name, first_name=first_name, patronymic=patronymic, post=post
    )
    _accept(invitation, user)
    return user


@transaction.atomic
def accept_as_user(*, invitation: Invitation, by: User) -> Membership:
    """Give the role to the person it was offered to. Raises Refused."""
    invitation = _take(invitation)
    if by.email != invitation.email:
        raise Refused([error("other_person", "Приглашение отправлено на другую почту.")])
    return _accept(invitation, by)


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """Take a role away from today on; what was done in it stays. Raises Refused."""
    if membership.user_id == by.pk:
        raise Refused([error("own_role", "Свою роль изменить нельзя.", action="Обратитесь к администратору.")])
    _require_grant(by=by, role=membership.role, organization=membership.organization)
    if not Membership.objects.filter(pk=membership.pk, ended_at__isnull=True).update(ended_at=timezone.now()):
        return
    text = f"Роль прекращена: {membership.get_role_display()}, {membership.organization}"
    events.record(kind="accounts.role_ended", subject=membership.user, by=by, text=text)


def may_disable(*, user: User, by: User) -> bool:
    """Only where all current roles of the person are the actor's to give; never one's own account."""
    if user.pk == by.pk or by.role not in {Role.ADMIN, Role.HEAD, Role.SPECIALIST}:
        return False
    mine = Membership.objects.filter(user=user, ended_at__isnull=True).select_related("organization")
    return all(may_grant(by=by, role=m.role, organization=m.organization) for m in mine)


@transaction.atomic
def set_active(*, user: User, active: bool, by: User) -> None:
    """Close or open an account; closing ends its sessions at once. Raises Refused."""
    if not may_disable(user=user, by=by):
        message = "Эту учётную запись вы не можете закрыть или открыть."
        raise Refused([error("account_not_yours", message, action="Обратитесь к администратору.")])
    if not User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active):
        return
    if not active:
        _end_sessions(user)
    text = "Учётная запись открыта" if active else "Учётная запись закрыта"
    events.record(kind="accounts.opened" if active else "accounts.closed", subject=user, by=by, text=text)


def _end_sessions(user: User) -> None:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
