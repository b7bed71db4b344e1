"""What the address of a page of figures asks for: pack, period and scope, as far as the person may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from apps.accounts.access import SignedInRequest
from apps.core import periods
from apps.core.models import Period
from apps.indicators.forms.look import LookForm
from apps.indicators.models import Direction, Indicator, Pack
from apps.indicators.selectors import tree as trees
from apps.indicators.selectors.scopes import Scope, find_scope, scopes_for


@dataclass(frozen=True)
class Look:
    """What the address asks for, checked against what the person may see."""

    pack: Pack
    period: Period | None
    periods: list[Period]
    scope: Scope
    scopes: list[tuple[str, list[Scope]]]

    @property
    def query(self) -> str:
        return f"?period={self.period.slug if self.period else ''}&scope={self.scope.slug}"


def look_of(request: SignedInRequest, pack: Pack) -> Look:
    """Raises Http404 for a period or scope that is not there for this person."""
    known = trees.periods_of(pack)
    period = _asked_period(request, known)
    scopes = scopes_for(request.user)
    scope = find_scope(scopes, request.GET.get("scope", ""))
    if scope is None:
        raise Http404
    return Look(pack, period, known, scope, scopes)


def _asked_period(request: SignedInRequest, known: list[Period]) -> Period | None:
    slug = request.GET.get("period", "")
    if not slug:
        return known[0] if known else None
    try:
        code = periods.from_slug(slug).code
    except periods.PeriodError as error:
        raise Http404 from error
    found = next((period for period in known if period.code == code), None)
    if found is None:
        raise Http404
    return found


def look_form(
    look: Look, packs: list[Pack] | None = None, directions: Sequence[Direction] = (), direction: str = ""
) -> LookForm:
    chosen = {"pack": look.pack.code, "period": look.period.slug if look.period else "", "scope": look.scope.slug}
    chosen["direction"] = direction
    return LookForm(packs=packs, directions=directions, periods=look.periods, scopes=look.scopes, chosen=chosen)


def pack_of(indicator: Indicator) -> Pack:
    """The pack of an indicator; one that belongs to none is shown by itself."""
    blank = Pack(code=indicator.pack, title=indicator.pack, short_title=indicator.pack, period_kind="calendar_year")
    return Pack.objects.filter(code=indicator.pack).first() or blank
