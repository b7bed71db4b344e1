"""Writing counts of achievements: from the page, or from the totals of a workbook whose names are never stored."""

import hashlib
from io import BytesIO
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.roles import SCHOOL
from apps.collection.achievements.book import Owner, read_totals, stripped_book
from apps.collection.achievements.kinds import MOST, Counts, places
from apps.collection.models import AchievementCount, AchievementReport
from apps.core import events, files
from apps.core.findings import Refused, error
from apps.core.models import Period, PrivateFile
from apps.organizations.models import Organization
from apps.workbooks.reading import FORM, read_workbook


def owner_of(organization: Organization, period: Period) -> Owner:
    return Owner(organization.code, period.code)


def title_of(organization: Organization, period: Period) -> str:
    return f"{organization.name}, {period}"


@transaction.atomic
def save_counts(
    *, organization: Organization, period: Period, counts: Counts, revision: int, by: Any
) -> AchievementReport:
    """Write the counts as they were shown at `revision`. Raises Refused: a stranger, or somebody was faster."""
    report = _lock(organization, period, by)
    if revision != report.revision and counts != counts_of(report):
        who = report.changed_by.get_short_name() if report.changed_by else "другой сотрудник"
        message = f"Пока вы заполняли, числа изменил другой человек: {who}. Ничего не записано."
        raise Refused([error("changed_meanwhile", message, action="Откройте страницу заново и сравните числа.")])
    return _write(report, counts, by, sha256="", stripped=None, how="на странице")


@transaction.atomic
def upload_totals(*, organization: Organization, period: Period, stream: BinaryIO, by: Any) -> AchievementReport:
    """Take the totals of the local workbook. The workbook itself is not stored: its SHA-256 and the numbers are.

    Raises Refused with every fault; nothing is written then, and no text of the file is repeated.
    """
    report = _lock(organization, period, by)
    stream.seek(0)
    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    stream.seek(0)
    owner = owner_of(organization, period)
    counts = read_totals(read_workbook(stream, limits=FORM), owner)
    clean = stripped_book(owner, title=title_of(organization, period), counts=counts)
    name = f"Достижения {period.slug}, {organization.name}, свод.xlsx"
    stripped = files.store(stream=BytesIO(clean), name=name, content_type=files.XLSX, by=by)
    return _write(report, counts, by, sha256=sha256, stripped=stripped, how="из книги")


def _lock(organization: Organization, period: Period, by: Any) -> AchievementReport:
    if not (by.is_active and by.role in SCHOOL and by.organization == organization):
        raise Refused([error("no_right", "Достижения вносят сотрудники самой организации.")])
    AchievementReport.objects.get_or_create(organization=organization, period=period)
    locked = AchievementReport.objects.select_for_update(of=("self",)).select_related("changed_by")
    return locked.get(organization=organization, period=period)


def counts_of(report: AchievementReport) -> Counts:
    rows = report.counts.values_list("grade", "kind", "level", "number")
    return {(grade, kind, level): number for grade, kind, level, number in rows}


def _write(
    report: AchievementReport, counts: Counts, by: Any, *, sha256: str, stripped: PrivateFile | None, how: str
) -> AchievementReport:
    known = set(places())
    if any(place not in known or not 0 <= number <= MOST for place, number in counts.items()):
        raise Refused([error("bad_count", "Такого класса, вида или числа нет.")])
    counts = {place: number for place, number in counts.items() if number}
    if counts != counts_of(report) or report.revision == 0:
        report.counts.all().delete()
        AchievementCount.objects.bulk_create(
            AchievementCount(report=report, grade=grade, kind=kind, level=level, number=number)
            for (grade, kind, level), number in counts.items()
        )
        report.revision += 1
    if sha256:
        report.original_sha256, report.stripped = sha256, stripped
    report.changed_by, report.changed_at = by, timezone.now()
    report.save()
    total = sum(counts.values())
    events.record(
        kind="achievements.saved", subject=report, by=by, text=f"Достижения внесены {how}, всего: {total}", total=total
    )
    return report
