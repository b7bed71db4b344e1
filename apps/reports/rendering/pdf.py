"""A frozen report as a tagged PDF. Imported by workers and commands only: the typesetter is heavy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from apps.core.documents.pdf import Progress, typeset
from apps.reports.snapshot import chapters_of


@dataclass(frozen=True)
class Imprint:
    """What stands on the paper beside the document: which release it is, or that it is a draft."""

    digest: str
    number: int | None = None
    published_on: date | None = None

    @property
    def is_draft(self) -> bool:
        return self.number is None


def written(document: Mapping[str, Any], imprint: Imprint) -> str:
    """The report as HTML for the typesetter."""
    period = document["period_title"]  # on the title page «2024/25 учебный год» stays on one line
    heading = document["title"].replace(f"за {period}", f"за {period}".replace(" ", "\u00a0"))
    context = {"heading": heading, "document": document, "chapters": chapters_of(document), "imprint": imprint}
    return render_to_string("reports/pdf/report.html", context)


def render(document: Mapping[str, Any], imprint: Imprint, tell: Progress | None = None) -> bytes:
    """The PDF. Equal documents and imprints give equal text and figures. Raises RenderingRefused."""
    return typeset(written(document, imprint), identifier=imprint.digest, tell=tell)
