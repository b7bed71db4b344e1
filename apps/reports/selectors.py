"""What the pages of the report read."""

from dataclasses import dataclass
from typing import Any

from apps.core import findings
from apps.core.findings import Finding
from apps.reports import gate, snapshot
from apps.reports.blocks import Block
from apps.reports.chapters import TITLES
from apps.reports.figures.base import Fact
from apps.reports.models import AnnualReport, Release, ReportChapter


@dataclass(frozen=True)
class ChapterRow:
    """A chapter in work: its text and today's figures."""

    chapter: ReportChapter
    title: str
    number: int
    blocks: list[Block]


@dataclass(frozen=True)
class Desk:
    """Everything of a report in work on one page."""

    report: AnnualReport
    chapters: list[ChapterRow]
    facts: list[Fact]
    findings: list[Finding]
    releases: list[Release]

    @property
    def prepared(self) -> Release | None:
        return next((each for each in self.releases if each.state == Release.State.PREPARED), None)

    @property
    def published(self) -> Release | None:
        return next((each for each in self.releases if each.state == Release.State.PUBLISHED), None)

    @property
    def shown_releases(self) -> list[Release]:
        return [each for each in self.releases if each.state != Release.State.DISCARDED]

    @property
    def is_blocked(self) -> bool:
        return findings.has_errors(self.findings)

    @property
    def is_changed_since_prepared(self) -> bool:
        """Whether a text was changed after the release was frozen."""
        prepared = self.prepared
        return prepared is not None and any(row.chapter.changed_at > prepared.prepared_at for row in self.chapters)


def desk(report: AnnualReport) -> Desk:
    figures = snapshot.read_figures(report.period)
    chapters = [
        ChapterRow(chapter, TITLES.get(chapter.code, chapter.code), number, figures[chapter.code].blocks)
        for number, chapter in enumerate(report.chapters.select_related("changed_by"), start=1)
        if chapter.code in figures
    ]
    releases = report.releases.select_related("job", "prepared_by", "approved_by", "draft_pdf", "pdf").defer("snapshot")
    return Desk(report, chapters, snapshot.facts_of(figures), gate.check(report), list(releases))


def states(reports: Any) -> list[tuple[AnnualReport, Release | None]]:
    """Each report with the release that matters most: prepared, else published."""
    order = {Release.State.PREPARED: 0, Release.State.PUBLISHED: 1}
    rows = []
    for report in reports:
        releases = [each for each in report.releases.all() if each.state in order]
        rows.append((report, min(releases, key=lambda each: order[Release.State(each.state)], default=None)))
    return rows
