"""Pages of the accounts. Logging in and passwords are django-allauth's."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from apps.accounts import selectors, services
from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.filters import PeopleFilter
from apps.accounts.forms import AcceptanceForm, InvitationForm
from apps.accounts.middleware import SESSION_KEY
from apps.accounts.models import Invitation, Membership, User
from apps.accounts.roles import Role
from apps.accounts.tables import PeopleTable
from apps.core.findings import Refused

KEEPERS = (Role.ADMIN, Role.HEAD, Role.SPECIALIST, Role.DIRECTOR)
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@require_safe
@role_required(*KEEPERS)
def people(request: SignedInRequest) -> HttpResponse:
    """People with their roles, and the invitations that wait for an answer."""
    visible = Membership.objects.visible_to(request.user).current().select_related("user", "organization")
    found = PeopleFilter(request.GET, queryset=visible)
    table = PeopleTable(found.qs)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    waiting = Invitation.objects.visible_to(request.user).open().select_related("organization", "invited_by")
    context = {"filter": found, "table": table, "total": visible.count(), "waiting": waiting}
    return render(request, "accounts/people.html", context)


def _person(request: SignedInRequest, pk: int) -> User:
    """A person of whom the reader sees a role at least; anybody else does not exist."""
    seen = Membership.objects.visible_to(request.user).filter(user_id=pk)
    if not seen.exists():
        raise Http404
    return get_object_or_404(User, pk=pk)


@require_safe
@role_required(*KEEPERS)
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    who = _person(request, pk)
    context: dict[str, Any] = {
        "person": who,
        "roles": selectors.roles_of(who, seen_by=request.user),
        "may_disable": services.may_disable(user=who, by=request.user),
        "history": selectors.history_of(who),
    }
    return render(request, "accounts/person.html", context)


@require_POST
@role_required(*KEEPERS)
def person_active(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close or open an account: `active` is 1 or 0."""
    who = _person(request, pk)
    active = request.POST.get("active") == "1"
    try:
        services.set_active(user=who, active=active, by=request.user)
    except Refused as refusal:
        _tell(request, refusal)
    else:
        messages.success(request, f"Учётная запись {who} {'открыта' if active else 'закрыта, сеансы завершены'}.")
    return redirect("accounts:person", pk)


@require_POST
@role_required(*KEEPERS)
def membership_end(request: SignedInRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.visible_to(request.user), pk=pk)
    try:
        services.end_membership(membership=membership, by=request.user)
    except Refused as refusal:
        _tell(request, refusal)
    else:
        messages.success(request, f"Роль прекращена: {membership}.")
    return redirect("accounts:person", membership.user_id)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*KEEPERS)
def invite(request: SignedInRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.invite(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            for finding in refusal.findings:
                form.add_error(None, str(finding))
        else:
            messages.success(
                request, f"Приглашение отправлено на {made.email}. Ссылка в письме действует {made.LIFETIME.days} дней."
            )
            return redirect("accounts:people")
    return render(request, "accounts/invite.html", {"form": form})


@require_POST
@role_required(*KEEPERS)
def invitation_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    try:
        services.withdraw_invitation(invitation=found, by=request.user)
    except Refused as refusal:
        _tell(request, refusal)
    else:
        messages.success(request, f"Приглашение для {found.email} отозвано.")
    return redirect("accounts:people")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a letter: a new person names themselves, a known one only agrees."""
    found = Invitation.objects.select_related("organization", "invited_by").filter(token=token).first()
    if found is None or not found.is_open:
        return render(request, "accounts/invitation_closed.html", {"invitation": found}, status=410)
    if request.user.is_authenticated:
        return _accept_known(request, found)
    if User.objects.filter(email=found.email).exists():
        return render(request, "accounts/invitation_login.html", {"invitation": found})
    form = AcceptanceForm(request.POST or None, email=found.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.accept_as_new_user(invitation=found, **form.cleaned_data)
        except Refused as refusal:
            for finding in refusal.findings:
                form.add_error(None, str(finding))
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, "Учётная запись создана, вы вошли на портал.")
            return redirect("desk:today")
    return render(request, "accounts/invitation.html", {"invitation": found, "form": form})


def _accept_known(request: HttpRequest, found: Invitation) -> HttpResponse:
    if request.user.email != found.email:  # type: ignore[union-attr]
        return render(request, "accounts/invitation_other.html", {"invitation": found}, status=403)
    if request.method == "POST":
        try:
            membership = services.accept_as_user(invitation=found, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            _tell(request, refusal)
        else:
            request.session[SESSION_KEY] = membership.pk
            messages.success(request, f"Роль получена: {membership}.")
        return redirect("desk:today")
    return render(request, "accounts/invitation_agree.html", {"invitation": found})


@require_POST
def switch(request: SignedInRequest) -> HttpResponse:
    """Act in another of one's own roles from now on."""
    number = request.POST.get("membership", "")
    mine = Membership.objects.current().filter(user=request.user.pk)
    membership = get_object_or_404(mine, pk=int(number)) if number.isdecimal() and len(number) < 19 else None
    if membership is None:
        raise Http404
    request.session[SESSION_KEY] = membership.pk
    messages.success(request, f"Теперь вы работаете как {membership}.")
    return redirect("desk:today")


@login_not_required
@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """One click into an account of a demonstration; where there is no demonstration there is no such page."""
    if not settings.DEMO:
        raise Http404
    chosen = request.POST.get("membership", "")
    membership = next((m for m in selectors.demo_memberships() if str(m.pk) == chosen), None)
    if membership is None:
        raise Http404
    login(request, membership.user, backend=BACKEND)
    request.session[SESSION_KEY] = membership.pk
    return redirect(settings.LOGIN_REDIRECT_URL)


def _tell(request: HttpRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))
