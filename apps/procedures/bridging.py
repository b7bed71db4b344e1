"""The bridge between logins of ФИС ОКО and codes of РИС, from the questionnaire of context data."""

from collections.abc import Sequence
from typing import Any

from apps.core.findings import Finding, notice, query
from apps.organizations.models import ExternalId
from apps.procedures import schools
from apps.procedures.models import ParticipatingSchool, ResultFile
from apps.procedures.readers.neutral import Bridge

_SYSTEMS = {
    "ris_gia9": (ExternalId.System.RIS_GIA9, ParticipatingSchool.System.RIS_GIA9),
    "ris_gia11": (ExternalId.System.RIS_GIA11, ParticipatingSchool.System.RIS_GIA11),
}


def store(*, file: ResultFile, bridges: Sequence[Bridge], by: Any) -> list[Finding]:
    """Give organisations of ours their РИС codes and link schools of earlier protocols; codes of others are kept out.

    A code that already belongs to another organisation is left alone and told.
    """
    merged = _merged(bridges)
    rows = schools.remember([one.school for one in merged])
    made: list[int] = []
    taken: list[str] = []
    for bridge, row in zip(merged, rows, strict=True):
        if row.organization_id is None:
            continue
        for name, (system, participating) in _SYSTEMS.items():
            code = getattr(bridge, name)
            if not code:
                continue
            known = ExternalId.objects.filter(system=system, value=code, valid_to__isnull=True).first()
            if known is None:
                made.append(
                    ExternalId.objects.create(organization_id=row.organization_id, system=system, value=code).pk
                )
            elif known.organization_id != row.organization_id:
                taken.append(f"строка {bridge.row}: {code}")
                continue
            ParticipatingSchool.objects.filter(
                system=participating, digits=code, organization__isnull=True
            ).update(organization_id=row.organization_id)  # fmt: skip
    file.mapping = {**file.mapping, "external_ids": made}
    file.rows = len(bridges)
    file.schools = len(merged)
    file.unknown_schools = len(schools.unknown(rows))
    return _told(len(merged), len(made), taken)


def _merged(bridges: Sequence[Bridge]) -> list[Bridge]:
    """One line a school: the two sheets of 2022 tell different codes."""
    found: dict[str, Bridge] = {}
    for one in bridges:
        other = found.get(one.school.digits)
        found[one.school.digits] = (
            one
            if other is None
            else Bridge(
                other.row,
                other.school,
                other.ris_gia9 or one.ris_gia9,
                other.ris_gia11 or one.ris_gia11,
                other.pupils if other.pupils is not None else one.pupils,
            )
        )
    return list(found.values())


def _told(count: int, made: int, taken: list[str]) -> list[Finding]:
    text = (
        f"Из анкеты взяты только логины ФИС ОКО и коды РИС: школ — {count}, новых кодов записано — {made}. "
        "Имена, телефоны и адреса удалены до сохранения."
    )
    found = [notice("bridge_stored", text)]
    if taken:
        action = "Сверьте коды на страницах организаций: возможно, школы объединены."
        listed = "; ".join(taken[:20])
        found.append(query("code_taken", "Код уже записан за другой организацией.", found=listed, action=action))
    return found


def take_back(file: ResultFile) -> None:
    """Remove the codes that this file brought; links of schools that rest on them go too."""
    for code in ExternalId.objects.filter(pk__in=file.mapping.get("external_ids", [])):
        ParticipatingSchool.objects.filter(
            system=code.system, digits=code.value, organization=code.organization_id
        ).update(organization=None)  # fmt: skip
        code.delete()
