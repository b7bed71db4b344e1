"""A frozen document as a tagged PDF by WeasyPrint. Imported by workers and commands only: it is heavy."""

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from apps.reports.rendering.fetcher import FontsOnly
from apps.reports.snapshot import chapters_of

STEPS = 7  # of WeasyPrint, as its progress logger counts them
STAGES = {
    "1": "Читаем содержание",
    "2": "Готовим шрифты и оформление",
    "3": "Применяем оформление",
    "4": "Собираем страницы",
    "5": "Верстаем страницы",
    "6": "Рисуем страницы",
    "7": "Записываем файл",
}
Progress = Callable[[int, int, str], None]


class RenderingRefused(Exception):
    """The document asked for something outside: it must not be published."""


@dataclass(frozen=True)
class Imprint:
    """What stands on the paper beside the document: which release it is, or that it is a draft."""

    digest: str
    number: int | None = None
    published_on: date | None = None

    @property
    def is_draft(self) -> bool:
        return self.number is None


class _Watcher(logging.Handler):
    """Turns the lines of WeasyPrint's progress logger into progress of the job, twice a second at most."""

    def __init__(self, tell: Progress) -> None:
        super().__init__()
        self.tell = tell
        self.last = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        found = re.match(r"Step (\d)(?:.*Page (\d+))?", record.getMessage())
        now = time.monotonic()
        if found and now - self.last > 0.5:
            self.last = now
            page = f": {found[2]}" if found[2] else ""
            self.tell(int(found[1]), STEPS, STAGES.get(found[1], "") + page)


@contextmanager
def _watched(tell: Progress | None) -> Iterator[None]:
    """While it lasts, the lines of WeasyPrint's progress logger go to `tell` too."""
    logger = logging.getLogger("weasyprint.progress")
    watcher = _Watcher(tell) if tell else logging.NullHandler()
    logger.addHandler(watcher)
    try:
        yield
    finally:
        logger.removeHandler(watcher)


def render(document: Mapping[str, Any], imprint: Imprint, tell: Progress | None = None) -> bytes:
    """The PDF. Equal documents and imprints give equal text and figures. Raises RenderingRefused."""
    period = document["period_title"]  # on the title page «2024/25 учебный год» stays on one line
    heading = document["title"].replace(f"за {period}", f"за {period}".replace(" ", "\u00a0"))
    context = {"heading": heading, "document": document, "chapters": chapters_of(document), "imprint": imprint}
    source = render_to_string("reports/pdf/report.html", context)
    fonts, fetcher = FontConfiguration(), FontsOnly()
    style = (Path(__file__).parent / "print.css").read_text(encoding="utf-8")
    try:
        with _watched(tell):
            css = CSS(string=style, font_config=fonts, url_fetcher=fetcher)
            pdf = HTML(string=source, url_fetcher=fetcher).write_pdf(
                stylesheets=[css],
                font_config=fonts,
                presentational_hints=False,
                pdf_variant="pdf/ua-1",
                pdf_identifier=bytes.fromhex(imprint.digest[:32]),
            )
    except FatalURLFetchingError as error:
        raise RenderingRefused(str(error)) from None
    assert pdf is not None
    return pdf
