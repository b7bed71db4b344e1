"""The list as one document: what the annex to the order says, frozen at approval, and how it differs from last year's.

Only confirmed signs name a school. The order is that of the register, never that of figures.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from apps.analysis.models import Sign, SignList, SignRule
from apps.analysis.signs.kinds import BY_CODE, KINDS, SIX
from apps.core import periods
from apps.core.documents.frozen import without_control_characters
from apps.core.figures import plain
from apps.core.models import Period
from apps.organizations.models import Kind, Organization

PROFILE = "low_results"


def assemble(sign_list: SignList) -> dict[str, Any]:
    """The document of the list: rules, schools with confirmed signs, counts, the comparison with last year."""
    signs = list(sign_list.signs.with_details())
    authority = Organization.objects.filter(kind=Kind.AUTHORITY).first()
    rows = _rows(signs)
    document = {
        "format": 1,
        "period": sign_list.period.code,
        "period_title": periods.title(sign_list.period.span),
        "version": sign_list.version,
        "municipality": settings.MUNICIPALITY_NAME,
        "authority": authority.name if authority else settings.MUNICIPALITY_NAME,
        "order_number": sign_list.order_number,
        "order_on": sign_list.order_on.isoformat() if sign_list.order_on else "",
        "rules": [_rule(rule) for rule in _rules(signs)],
        "schools": len({sign.organization_id for sign in signs}),
        "rows": rows,
        "comparison": compare(names(rows), before(sign_list.period)),
    }
    cleaned: dict[str, Any] = without_control_characters(document)
    return cleaned


def _rules(signs: Iterable[Sign]) -> list[SignRule]:
    found = {sign.rule_id: sign.rule for sign in signs}
    order = [kind.code for kind in KINDS]
    return sorted(found.values(), key=lambda rule: order.index(rule.code))


def _rule(rule: SignRule) -> dict[str, Any]:
    kind = BY_CODE[rule.code]
    return {
        "code": rule.code,
        "name": kind.name,
        "title": kind.title,
        "version": rule.version,
        "threshold": f"{plain(rule.threshold)} {kind.threshold_unit}".strip(),
        "threshold_label": kind.threshold_label,
        "minimum": rule.minimum_participants,
        "source": rule.get_source_state_display(),
    }


def _rows(signs: Iterable[Sign]) -> list[dict[str, Any]]:
    """A school with a confirmed sign: which of the six, their values, and whether the profile marks it."""
    by_school: dict[int, list[Sign]] = {}
    for sign in signs:
        by_school.setdefault(sign.organization_id, []).append(sign)
    rows = []
    for own in by_school.values():
        confirmed = {sign.code: sign for sign in own if sign.is_confirmed}
        if not confirmed:
            continue
        school = own[0].organization
        rows.append(
            {
                "code": school.code,
                "name": school.name,
                "signs": [kind.number for kind in SIX if kind.code in confirmed],
                "profile": PROFILE in confirmed,
                "values": [
                    {"name": kind.name, "short": kind.short, "written": confirmed[kind.code].written}
                    for kind in KINDS
                    if kind.code in confirmed
                ],
            }
        )
    return rows


def names(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {row["code"]: row["name"] for row in rows}


def before(period: Period) -> dict[str, str] | None:
    """Schools of last year's approved list by code; None where there is none."""
    code = periods.previous(period.span).code
    row = SignList.objects.filter(period__code=code, state=SignList.State.APPROVED).first()
    return names(row.document["rows"]) if row and row.document else None


def compare(now: Mapping[str, str], last: Mapping[str, str] | None) -> dict[str, list[str]] | None:
    """Names that entered the list, left it and stayed; None where there is nothing to compare with."""
    if last is None:
        return None
    return {
        "entered": [name for code, name in now.items() if code not in last],
        "left": [name for code, name in last.items() if code not in now],
        "stayed": [name for code, name in now.items() if code in last],
    }


@dataclass(frozen=True)
class Annex:
    """The document as papers read it: of a draft as it stands today, of an approved list as it was frozen."""

    document: Mapping[str, Any]
    is_draft: bool


def annex_of(sign_list: SignList) -> Annex:
    return Annex(sign_list.document or assemble(sign_list), sign_list.is_draft)
