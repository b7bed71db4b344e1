"""Schools of result files and organisations of ours: linked by external codes, by hand, or created."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from apps.core import events
from apps.organizations.models import ExternalId, Kind, Organization, Programme
from apps.procedures.models import ParticipatingSchool
from apps.procedures.readers.neutral import School
from apps.procedures.readers.text import folded

_SYSTEMS = {
    ParticipatingSchool.System.FIS_OKO: ExternalId.System.FIS_OKO,
    ParticipatingSchool.System.RIS_GIA9: ExternalId.System.RIS_GIA9,
    ParticipatingSchool.System.RIS_GIA11: ExternalId.System.RIS_GIA11,
}
_KEPT = ("prefix", "name", "municipality_code", "municipality")


def is_ours(school: ParticipatingSchool) -> bool:
    """Whether a school belongs to our municipality: by `MUNICIPALITY_CODES`; without that setting every school may."""
    codes = {code.casefold() for code in settings.MUNICIPALITY_CODES}
    if not codes or school.organization_id:
        return True
    names = {school.municipality_code.casefold(), school.municipality.casefold()} - {""}
    return not names or bool(names & codes) or school.municipality == settings.MUNICIPALITY_NAME


def remember(found: Sequence[School]) -> list[ParticipatingSchool]:
    """Rows of the schools of a file, in its order; new facts about them are added, known ones are not lost."""
    digits = {school.digits for school in found}
    known = {(s.system, s.digits): s for s in ParticipatingSchool.objects.filter(digits__in=digits)}
    new = [school for school in found if (school.system, school.digits) not in known]
    made = ParticipatingSchool.objects.bulk_create(
        ParticipatingSchool(
            system=s.system, digits=s.digits, prefix=s.prefix, name=s.name[:300],
            municipality_code=s.municipality_code[:20], municipality=s.municipality[:200],
        )
        for s in new
    )  # fmt: skip
    known |= {(s.system, s.digits): s for s in made}
    changed = []
    for school in found:
        row = known[school.system, school.digits]
        fresh = {name: value for name in _KEPT if (value := getattr(school, name)) and value != getattr(row, name)}
        if fresh:
            for name, value in fresh.items():
                setattr(row, name, value)
            changed.append(row)
    ParticipatingSchool.objects.bulk_update(changed, _KEPT, batch_size=500)
    rows = [known[school.system, school.digits] for school in found]
    _link_by_code(rows)
    return rows


def _link_by_code(rows: Iterable[ParticipatingSchool]) -> None:
    loose = [row for row in rows if row.organization_id is None]
    codes = ExternalId.objects.filter(
        valid_to__isnull=True, value__in=[row.digits for row in loose if row.system in _SYSTEMS]
    )
    organizations = {(code.system, code.value): code.organization_id for code in codes}
    linked = []
    for row in loose:
        system = _SYSTEMS.get(ParticipatingSchool.System(row.system))
        if organization := organizations.get((system or "", row.digits)):
            row.organization_id = organization
            linked.append(row)
    linked += _link_by_name([row for row in loose if row.organization_id is None])
    ParticipatingSchool.objects.bulk_update(linked, ["organization"], batch_size=500)


def _link_by_name(loose: Sequence[ParticipatingSchool]) -> list[ParticipatingSchool]:
    """Schools of matrices without logins: by the code of the portal, or by a name that one organisation has."""
    loose = [row for row in loose if row.system == ParticipatingSchool.System.MATRIX]
    if not loose:
        return []
    found: dict[str, set[int]] = {}
    for pk, code, name, short in Organization.objects.active().values_list("pk", "code", "name", "full_name"):
        for word in {folded(code), folded(name), folded(short)} - {""}:
            found.setdefault(word, set()).add(pk)
    for row in loose:
        fitting = found.get(folded(row.digits)) or found.get(folded(row.name)) or set()
        row.organization_id = next(iter(fitting)) if len(fitting) == 1 else None
    return [row for row in loose if row.organization_id]


def unknown(rows: Iterable[ParticipatingSchool]) -> list[ParticipatingSchool]:
    """Schools of ours that stand for no organisation yet."""
    return [row for row in rows if row.organization_id is None and is_ours(row)]


def _code(school: ParticipatingSchool) -> str:
    system = "" if school.system == ParticipatingSchool.System.FIS_OKO else f"{school.system.replace('_', '-')}-"
    return f"school-{system}{school.digits.lower()}"


def _new_organization(school: ParticipatingSchool) -> Organization:
    number = re.search(r"№\s*(\d{1,4})", school.name)
    return Organization(
        code=_code(school),
        kind=Kind.SCHOOL,
        number=int(number[1]) if number else None,
        name=school.name[:200] or f"Школа {school.login}",
        programmes=[Programme.PRIMARY, Programme.BASIC],
    )


@transaction.atomic
def create_organizations(*, schools: Sequence[ParticipatingSchool], by: Any) -> int:
    """Make an organisation of each unknown school, with its code; returns how many were made."""
    loose = unknown(schools)
    planned = [_new_organization(school) for school in loose]
    taken = set(Organization.objects.filter(code__in=[one.code for one in planned]).values_list("code", flat=True))
    pairs = [(school, one) for school, one in zip(loose, planned, strict=True) if one.code not in taken]
    Organization.objects.bulk_create([one for _, one in pairs], batch_size=500)
    ExternalId.objects.bulk_create(
        [
            ExternalId(
                organization=one,
                system=_SYSTEMS[ParticipatingSchool.System(school.system)],
                value=school.digits,
                prefix=school.prefix,
            )
            for school, one in pairs
            if school.system in _SYSTEMS
        ],
        batch_size=500,
    )
    for school, one in pairs:
        school.organization = one
        events.record(kind="organization.created", subject=one, by=by, text="Создана по файлу результатов")
    ParticipatingSchool.objects.bulk_update([school for school, _ in pairs], ["organization"], batch_size=500)
    return len(pairs)


@transaction.atomic
def link(*, school: ParticipatingSchool, organization: Organization, by: Any) -> None:
    """Say which organisation of ours a school of a file is; its code is remembered for the next files."""
    school.organization = organization
    school.save(update_fields=["organization"])
    system = _SYSTEMS.get(ParticipatingSchool.System(school.system))
    if system and not ExternalId.objects.filter(system=system, value=school.digits, valid_to__isnull=True).exists():
        ExternalId.objects.create(organization=organization, system=system, value=school.digits, prefix=school.prefix)
    text = f"Связана со школой файлов результатов «{school}» ({school.login})"
    events.record(kind="organization.linked", subject=organization, by=by, text=text[:500])
