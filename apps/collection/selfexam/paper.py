"""The report as a tagged PDF. Imported by workers and commands only: the typesetter is heavy."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from apps.core.documents.markup import parse
from apps.core.documents.pdf import Progress, typeset


def written(document: Mapping[str, Any], digest: str, *, is_draft: bool) -> str:
    """The report as HTML for the typesetter."""
    sections = [
        {"number": number, "title": section["title"], "code": section["code"], "pieces": parse(section["text"])}
        for number, section in enumerate(document["sections"], start=1)
    ]
    context = {"document": document, "sections": sections, "digest": digest, "is_draft": is_draft}
    return render_to_string("collection/selfexam/pdf.html", context)


def render(document: Mapping[str, Any], digest: str, *, is_draft: bool, tell: Progress | None = None) -> bytes:
    """The PDF. Equal documents give equal text."""
    return typeset(written(document, digest, is_draft=is_draft), identifier=digest, tell=tell)
