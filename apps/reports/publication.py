"""From an approved release to the public: render the final file, then publish. For workers and commands."""

from django.utils import timezone

from apps.core.documents.pdf import Progress
from apps.reports import services
from apps.reports.models import Release
from apps.reports.rendering.pdf import Imprint, render


def draft(release: Release, tell: Progress | None = None) -> bytes:
    """The watermarked PDF of a release."""
    return render(release.snapshot, Imprint(release.digest), tell)


def publish(release: Release, tell: Progress | None = None) -> Release:
    """Render the final PDF with its number and publish. Safe to run twice."""
    if release.state == Release.State.PUBLISHED:
        return release
    number = services.next_number(release.report)
    imprint = Imprint(release.digest, number, timezone.localdate())
    return services.publish_release(release=release, number=number, pdf=render(release.snapshot, imprint, tell))
