"""Free texts of decisions: cleaned, never cut silently."""

from apps.core.findings import Finding, error
from apps.roadmaps.decisions.models.decisions import LONGEST
from apps.workbooks.cells import clean_text


def tidy(text: str) -> str:
    """Without control characters and spaces around; lines stay lines."""
    return clean_text(text.replace("\r\n", "\n")).strip()


def too_long(text: str, what: str, limit: int = LONGEST) -> list[Finding]:
    """A finding where the text is longer than is kept."""
    if len(text) <= limit:
        return []
    message = f"{what}: {len(text)} знаков, а помещается {limit}."
    return [error("long_text", message, action="Сократите текст или приложите его файлом.")]
