"""Freezing: every figure and text of a report as one JSON document with its digest.

The page, the PDF and the open data read this document and nothing else, so they cannot differ.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from apps.core import periods
from apps.core.documents.frozen import without_control_characters
from apps.core.documents.markup import Piece, parse
from apps.core.models import Period
from apps.organizations.models import Kind, Organization
from apps.reports.blocks import Block, from_json, to_json
from apps.reports.chapters import CHAPTERS, TITLES
from apps.reports.figures.base import Fact, Figures, Year

FORMAT = 1
FACTS = 5
# Where the five facts come from: at most so many of each chapter first, then whatever is left.
FACTS_OF = {"introduction": 1, "state": 2, "results": 1, "actions": 1}


def default_title(period: Period) -> str:
    return f"Отчёт о работе муниципальной системы оценки качества образования за {periods.title(period.span)}"


def read_figures(period: Period) -> dict[str, Figures]:
    """The figures of every chapter, all of one moment of the database."""
    year = Year.of(period, timezone.localdate())
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:  # inside another transaction its own level holds
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return {chapter.code: chapter.figures(year) for chapter in CHAPTERS}


def drafts(figures: Mapping[str, Figures]) -> dict[str, str]:
    """The proposed text of every chapter."""
    return {chapter.code: chapter.draft(figures[chapter.code]) for chapter in CHAPTERS}


def facts_of(figures: Mapping[str, Figures]) -> list[Fact]:
    chosen = [fact for code, most in FACTS_OF.items() for fact in figures[code].facts[:most]]
    rest = [fact for part in figures.values() for fact in part.facts if fact not in chosen]
    return (chosen + rest)[:FACTS]


def assemble(*, period: Period, title: str, texts: Mapping[str, str], figures: Mapping[str, Figures]) -> dict[str, Any]:
    """The document. Texts and figures in, nothing of the moment or of a person: equal input gives an equal digest."""
    authority = Organization.objects.filter(kind=Kind.AUTHORITY).first()
    document = {
        "format": FORMAT,
        "period": period.code,
        "period_title": periods.title(period.span),
        "title": title,
        "municipality": settings.MUNICIPALITY_NAME,
        "authority": authority.name if authority else settings.MUNICIPALITY_NAME,
        "as_of": Year.of(period, timezone.localdate()).on.isoformat(),
        "facts": [asdict(fact) for fact in facts_of(figures)],
        "chapters": [
            {
                "code": chapter.code,
                "title": chapter.title,
                "text": texts.get(chapter.code, ""),
                "blocks": [to_json(block) for block in figures[chapter.code].blocks],
            }
            for chapter in CHAPTERS
        ],
        "data": [asdict(value) for chapter in CHAPTERS for value in figures[chapter.code].data],
    }
    cleaned: dict[str, Any] = without_control_characters(document)
    return cleaned


@dataclass(frozen=True)
class ChapterView:
    """A chapter ready to be shown."""

    number: int
    code: str
    title: str
    pieces: list[Piece]
    blocks: list[Block]

    @property
    def anchor(self) -> str:
        return self.code.replace("_", "-")


def chapters_of(document: Mapping[str, Any]) -> list[ChapterView]:
    """The chapters of a frozen document; one without text and figures is left out."""
    kept = [chapter for chapter in document["chapters"] if chapter["text"].strip() or chapter["blocks"]]
    return [
        ChapterView(
            number,
            chapter["code"],
            chapter.get("title") or TITLES[chapter["code"]],
            parse(chapter["text"]),
            [from_json(block) for block in chapter["blocks"]],
        )
        for number, chapter in enumerate(kept, start=1)
    ]
