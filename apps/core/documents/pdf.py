"""HTML as a tagged PDF by WeasyPrint. Imported by workers and commands only: it is heavy."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from apps.core.documents.fetcher import FontsOnly

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


def typeset(source: str, *, identifier: str, tell: Progress | None = None) -> bytes:
    """The PDF of an HTML document in the style of all our papers. Raises RenderingRefused.

    `identifier` is a SHA-256 in hexadecimal: equal documents give equal text and figures.
    """
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
                pdf_identifier=bytes.fromhex(identifier[:32]),
            )
    except FatalURLFetchingError as error:
        raise RenderingRefused(str(error)) from None
    assert pdf is not None
    return pdf
