"""The annex as a tagged PDF. Imported by workers and commands only: the typesetter is heavy."""

from django.template.loader import render_to_string

from apps.analysis.signs import papers
from apps.analysis.signs.content import Annex
from apps.core.documents.pdf import Progress, typeset


def render(annex: Annex, digest: str, tell: Progress | None = None) -> bytes:
    """The PDF. Equal documents give equal text."""
    context = {
        "annex": annex,
        "document": annex.document,
        "heading": papers.heading(annex),
        "order": papers.order_line(annex),
        "headers": papers.headers(),
        "rows": papers.table(annex),
        "rules": papers.rule_lines(annex),
        "comparison": papers.comparison_lines(annex),
        "caution": papers.CAUTION_LINE,
        "digest": digest,
    }
    return typeset(render_to_string("analysis/signs/pdf.html", context), identifier=digest, tell=tell)
