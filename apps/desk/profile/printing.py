"""The profile as a tagged PDF. Imported by workers only: the typesetter is heavy."""

import hashlib
from io import BytesIO

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from apps.accounts.models import User
from apps.core import files, periods
from apps.core.documents.pdf import Progress, typeset
from apps.core.models import PrivateFile
from apps.desk.profile import access, reading
from apps.organizations.models import Organization


def printed(*, organization: Organization, period: str, user: User, tell: Progress | None = None) -> PrivateFile:
    """Typeset what the reader sees now. Who may not read it any more gets nothing."""
    access.readable(user, organization.code)
    span = periods.parse_period(period)
    profile = reading.profile_of(organization=organization, span=span, user=user, reach=access.reach_of(user))
    methods_url = settings.SITE_URL.rstrip("/") + reverse("procedures:methods")
    source = render_to_string("desk/profile/pdf.html", {"profile": profile, "methods_url": methods_url})
    digest = hashlib.sha256(source.encode()).hexdigest()
    pdf = typeset(source, identifier=digest, tell=tell)
    name = f"Профиль {organization.name} {period.replace('/', '-')}.pdf"
    return files.store(stream=BytesIO(pdf), name=name, content_type=files.PDF, by=user)
