"""An effect as a tagged PDF. Imported by workers only: the typesetter is heavy."""

import hashlib
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string

from apps.core import files
from apps.core.documents.pdf import Progress, typeset
from apps.core.models import PrivateFile
from apps.roadmaps.effect.models import Expectation
from apps.roadmaps.effect.page import page_of


def printed(*, expectation: Expectation, user: Any, tell: Progress | None = None) -> PrivateFile:
    """Typeset what the reader sees now."""
    source = render_to_string("roadmaps/effect/pdf.html", {"page": page_of(expectation, user=user), "user": user})
    digest = hashlib.sha256(source.encode()).hexdigest()
    pdf = typeset(source, identifier=digest, tell=tell)
    return files.store(stream=BytesIO(pdf), name=f"Эффект {expectation.pk}.pdf", content_type=files.PDF, by=user)
