"""Counts of an olympiad from rows of participants: replaced by organisation, brought back when a file is undone."""

import base64
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from apps.core import periods
from apps.core.findings import Finding, notice, query
from apps.core.models import Period
from apps.procedures import replacing, schools
from apps.procedures.models import Olympiad, OlympiadCount, OlympiadPupils, ParticipatingSchool, ResultFile, Subject
from apps.procedures.readers.neutral import OlympiadRow

_MODELS = (OlympiadCount, OlympiadPupils)


def _rows_of(rows: Sequence[OlympiadRow]) -> dict[tuple[str, str], ParticipatingSchool]:
    distinct = {(row.school.system, row.school.digits): row.school for row in rows}
    return dict(zip(distinct, schools.remember(list(distinct.values())), strict=True))


def store(*, file: ResultFile, rows: Sequence[OlympiadRow], by: Any) -> list[Finding]:
    """Write counts by organisation, subject and grade in place of what the same organisations had there.

    Schools that are linked to no organisation are told, not counted: link them and load the file again.
    """
    known = _rows_of(rows)
    period = Period.objects.named(periods.parse_period(file.mapping["period"]))
    stage = file.mapping["stage"]
    counted = [row for row in rows if known[row.school.system, row.school.digits].organization_id]
    counts: dict[str, dict[tuple[int, int], Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    pupils: dict[int, set[str]] = defaultdict(set)
    for row in counted:
        organization = known[row.school.system, row.school.digits].organization_id or 0
        counts[row.subject][organization, row.grade][row.status] += 1
        if row.person:
            pupils[organization].add(row.person)
    replaced: list[Any] = []
    for subject, cells in counts.items():
        named, _ = Subject.objects.get_or_create(name=subject[:120])
        contest = file.mapping.get("contest", "")
        olympiad, _ = Olympiad.objects.get_or_create(period=period, stage=stage, subject=named, contest=contest)
        replaced += _write(file, olympiad, cells, by)
    replaced += _write_pupils(file, stage, period, pupils if all(row.person for row in counted) else {})
    former = base64.b64encode(replacing.packed(replaced)).decode() if replaced else ""
    unknown = [school for school in known.values() if school.organization_id is None]
    file.mapping = {**file.mapping, "replaced": former, "unknown": [school.pk for school in unknown]}
    file.family, file.rows, file.present = "olympiad", len(rows), len(counted)
    file.schools, file.unknown_schools = len(known), len(schools.unknown(known.values()))
    return _told(counted, unknown, rows, bool(pupils))


def _write(
    file: ResultFile, olympiad: Olympiad, cells: dict[tuple[int, int], Counter[str]], by: Any
) -> list[OlympiadCount]:
    """Counts of one subject; returns those that gave way."""
    former = OlympiadCount.objects.filter(olympiad=olympiad, organization__in={key[0] for key in cells})
    gone = list(former)
    former.delete()
    OlympiadCount.objects.bulk_create(
        OlympiadCount(
            olympiad=olympiad, organization_id=organization, grade=grade, participants=found.total(),
            winners=found["winner"], prize_winners=found["prize"], file=file, entered_by=by,
        )
        for (organization, grade), found in cells.items()
    )  # fmt: skip
    return gone


def _write_pupils(file: ResultFile, stage: str, period: Period, pupils: dict[int, set[str]]) -> list[OlympiadPupils]:
    former = OlympiadPupils.objects.filter(period=period, stage=stage, organization__in=pupils)
    gone = list(former)
    former.delete()
    OlympiadPupils.objects.bulk_create(
        OlympiadPupils(period=period, stage=stage, organization_id=pk, pupils=len(found), file=file)
        for pk, found in pupils.items()
    )
    return gone


def take_back(file: ResultFile) -> int:
    """Remove the counts of a file and bring back those it had replaced; returns how many came back."""
    for model in _MODELS:
        model._base_manager.filter(file=file).delete()
    former = file.mapping.get("replaced")
    if not former:
        return 0
    file.mapping = {**file.mapping, "replaced": ""}
    return replacing.unpack_missing(base64.b64decode(former))


def _told(
    counted: Sequence[OlympiadRow], unknown: Sequence[ParticipatingSchool], rows: Sequence[OlympiadRow], pupils: bool
) -> list[Finding]:
    text = f"Учтено участий: {len(counted)}. Хранится только их число по школам, предметам и классам."
    if not pupils:
        text += " Разных учеников файл посчитать не позволяет: в нём нет кода ученика, общего для предметов."
    found = [notice("olympiad_stored", text)]
    if unknown:
        names = {(school.system, school.digits) for school in unknown}
        count = sum((row.school.system, row.school.digits) in names for row in rows)
        found.append(
            query(
                "schools_unlinked",
                f"Не учтены строки школ, которых нет в реестре: {count}.",
                found=", ".join(str(school) for school in unknown[:20]),
                action="Свяжите школы на странице файла, отмените загрузку и загрузите файл снова.",
            )
        )
    return found
