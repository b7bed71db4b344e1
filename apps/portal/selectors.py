"""What the open pages read: published releases, the register, the schedule, the methods. Nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models.fields.json import KT
from django.http import Http404
from django.utils import timezone

from apps.core import periods
from apps.core.periods import PeriodSpan
from apps.procedures.models import Procedure
from apps.procedures.schedule.reading import days_of, days_text
from apps.procedures.selectors import scheduled
from apps.reports.blocks import ChartBlock
from apps.reports.models import Release
from apps.reports.snapshot import ChapterView, chapters_of

HOME_CHARTS = ("headline_shares", "distribution", "network")
SOON = timedelta(days=120)


@dataclass(frozen=True)
class Published:
    """A public release with its chapters ready to be shown."""

    release: Release
    chapters: list[ChapterView]

    @property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = self.release.snapshot
        return document

    @property
    def is_replaced(self) -> bool:
        return self.release.state == Release.State.SUPERSEDED

    @property
    def approved_by(self) -> str:
        """The post of the second person; names of employees are not published."""
        approver = self.release.approved_by
        return (approver.post if approver else "") or "сотрудник управления образования"

    def charts(self, keys: Iterable[str], most: int) -> list[ChartBlock]:
        """Charts of the release by key, in the order of `keys`."""
        found = {
            block.key: block for chapter in self.chapters for block in chapter.blocks if isinstance(block, ChartBlock)
        }
        return [found[key] for key in keys if key in found and found[key].labels][:most]


def _published(release: Release) -> Published:
    return Published(release, chapters_of(release.snapshot))


def _public() -> Any:
    return Release.objects.public().select_related("report__period", "pdf", "approved_by")


def latest() -> Published | None:
    """The published release of the newest school year."""
    release = _public().filter(state=Release.State.PUBLISHED).order_by("-report__period__starts_on").first()
    return _published(release) if release else None


def release_of(span: PeriodSpan, number: int | None = None) -> Published:
    """The release of a year in force, or one by its number. What is not public is a 404, however exact the address."""
    found = _public().filter(report__period__code=span.code)
    found = found.filter(number=number) if number is not None else found.filter(state=Release.State.PUBLISHED)
    release = found.first()
    if release is None:
        raise Http404
    return _published(release)


def releases_of_year(release: Release) -> list[Release]:
    """All public releases of the same report, newest first."""
    return list(Release.objects.public().filter(report=release.report_id).defer("snapshot").order_by("-number"))


@dataclass(frozen=True)
class Year:
    """A school year on the list of reports: the release in force and those it replaced."""

    current: Release
    replaced: list[Release]


def years() -> list[Year]:
    # The title of the release, not of the report: that one is a draft again once it is being worked on.
    title = {"frozen_title": KT("snapshot__title")}
    found = Release.objects.public().select_related("report__period", "pdf").defer("snapshot").annotate(**title)
    by_report: dict[int, list[Release]] = {}
    for release in found.order_by("-report__period__starts_on", "-number"):
        by_report.setdefault(release.report_id, []).append(release)
    return [
        Year(current, [release for release in releases if release != current])
        for releases in by_report.values()
        for current in releases
        if current.state == Release.State.PUBLISHED
    ]


DATA_HEADERS = (
    "раздел",
    "код",
    "показатель",
    "единица",
    "период",
    "охват",
    "значение",
    "база",
    "состояние",
    "источник",
)
DATA_COLUMNS = {
    "раздел": "часть отчёта, к которой относится число",
    "код": "постоянный код показателя",
    "показатель": "название показателя",
    "единица": "единица измерения; «%» — доля в процентах",
    "период": "учебный (2024/25) или календарный (2024) год",
    "охват": "чьё это число: муниципалитет целиком",
    "значение": "число без округления до шестого знака, десятичная запятая; пусто, если числа нет",
    "база": "число, от которого взята доля; пусто, если доли нет или она скрыта",
    "состояние": "«значение», «скрыто» (группа мала) или «нет данных»",
    "источник": "откуда данные или состояние источника показателя",
}


def data_rows(release: Release) -> list[list[str | Decimal | None]]:
    """The open data of a release, as it was frozen."""

    def number(text: str) -> Decimal | None:
        return Decimal(text) if text else None

    return [
        [
            row["section"],
            row["code"],
            row["name"],
            row["unit"],
            row["period"],
            row["scope"],
            number(row["value"]),
            number(row["base"]),
            row["state"],
            row["source"],
        ]
        for row in release.snapshot["data"]
    ]


def passport(published: Published) -> list[tuple[str, str]]:
    """The passport of the open data: what it is, of whom, when, how to read each column."""
    release, document = published.release, published.document
    moment = timezone.localtime(release.published_at)
    rows = [
        ("название", f"{document['title']}: открытые данные"),
        ("владелец", document["authority"]),
        ("территория", document["municipality"]),
        ("период", document["period_title"]),
        ("выпуск", f"{release.number}{', заменён новым выпуском' if published.is_replaced else ''}"),
        ("опубликован", f"{moment:%d.%m.%Y %H:%M}"),
        ("SHA-256 содержания выпуска", release.digest),
        ("число строк", str(len(document["data"]))),
        ("формат", "CSV, UTF-8 с BOM, разделитель — точка с запятой, десятичная запятая"),
        ("персональные данные", "нет; малые группы скрыты"),
    ]
    return rows + [(f"столбец «{name}»", meaning) for name, meaning in DATA_COLUMNS.items()]


@dataclass(frozen=True)
class ScheduledWork:
    """A work of the open calendar."""

    procedure: Procedure
    today: date

    @property
    def day_text(self) -> str:
        days = days_of(self.procedure)
        return days_text(*days) if days else "день не назначен"

    @property
    def is_over(self) -> bool:
        days = days_of(self.procedure)
        return days is not None and days[1] < self.today


def schedule(*, after: date | None = None) -> list[ScheduledWork]:
    """Public works from the day on (from the beginning of the school year by default), earliest first."""
    today = timezone.localdate()
    start = after or periods.school_year_of(today).starts_on
    return [ScheduledWork(work, today) for work in scheduled(after=start, public=True)]


def soon(most: int = 5) -> list[ScheduledWork]:
    """The next works of the calendar."""
    today = timezone.localdate()
    return [ScheduledWork(work, today) for work in scheduled(after=today, before=today + SOON, public=True)[:most]]
