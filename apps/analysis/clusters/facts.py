"""What the register and the figures say of organisations: the ground of clusters by rules."""

from collections.abc import Sequence

from apps.analysis.clusters.rules import Facts
from apps.analysis.context.index import index_at
from apps.analysis.models.signs import SignRule
from apps.analysis.signs.models import Sign, SignList
from apps.core.models import Period
from apps.indicators.models import Value
from apps.organizations.models import Kind, Organization

PUPILS = {Kind.SCHOOL: "so_oo.1.1", Kind.KINDERGARTEN: "so_doo.1.1", Kind.ADDITIONAL: "so_dod.1.1"}


def organizations_of(kind: str, period: Period | None) -> list[Organization]:
    """Of a kind, open at the end of the period (today without one), in the order of the register."""
    found = Organization.objects.filter(kind=kind)
    return list(found.active(period.ends_on if period else None))


def facts_of(organizations: Sequence[Organization], period: Period) -> dict[int, Facts]:
    """By organisation, as known at the end of the period; an earlier figure stands in for one not reported yet."""
    kind = organizations[0].kind if organizations else Kind.SCHOOL
    pupils = _latest(PUPILS.get(Kind(kind), ""), period)
    low = _low_results(period)
    index = index_at(period) if kind == Kind.SCHOOL else None
    return {
        one.pk: Facts(
            locality=one.locality,
            programmes=tuple(one.programmes),
            pupils=int(pupils[one.pk]) if one.pk in pupils else None,
            low_results=one.pk in low if low is not None else None,
            band=index.rows[one.pk].band if index and one.pk in index.rows else None,
        )
        for one in organizations
    }


def _low_results(period: Period) -> set[int] | None:
    """Schools confirmed as ШНОР in the newest list up to the period; None where there is no list."""
    lists = SignList.objects.filter(period__starts_on__lte=period.starts_on).exclude(state=SignList.State.SUPERSEDED)
    newest = lists.order_by("-period__starts_on", "-version").first()
    if newest is None:
        return None
    confirmed = Sign.objects.filter(sign_list=newest, code=SignRule.Code.LOW_RESULTS, decision=Sign.Decision.CONFIRMED)
    return set(confirmed.values_list("organization_id", flat=True))


def _latest(code: str, period: Period) -> dict[int, float]:
    """The newest number of each organisation up to the period."""
    found = (
        Value.objects.filter(
            version__indicator__code=code, number__isnull=False, breakdown="", period__ends_on__lte=period.ends_on
        )
        .order_by("period__ends_on", "recorded_at")
        .values_list("organization_id", "number")
    )
    return {organization: float(number) for organization, number in found if number is not None}
