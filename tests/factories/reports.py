"""Factories of reports: a release as the services leave it, without rendering."""

from io import BytesIO

import factory
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core import files
from apps.core.documents.frozen import digest_of
from apps.reports import services, snapshot
from apps.reports.models import AnnualReport, Release
from tests.factories.accounts import MembershipFactory
from tests.factories.core import PeriodFactory
from tests.factories.organizations import AuthorityFactory


def employee(email: str):
    return MembershipFactory(organization=AuthorityFactory(), role=Role.SPECIALIST, user__email=email).user


def report_of(code: str = "2025/26", by=None) -> AnnualReport:
    """A report begun with drafted chapters."""
    return services.open_report(period=PeriodFactory(code=code), by=by or employee(f"author@{code[:4]}.test.invalid"))


class ReleaseFactory(factory.django.DjangoModelFactory[Release]):
    """A published release of a small document; `PreparedFactory` gives one that waits."""

    class Meta:
        model = Release

    report = factory.LazyFunction(report_of)
    snapshot = factory.LazyAttribute(lambda release: document(release.report))
    digest = factory.LazyAttribute(lambda release: digest_of(release.snapshot))
    state = Release.State.PUBLISHED
    number = factory.LazyAttribute(lambda release: services.next_number(release.report))
    prepared_by = factory.LazyAttribute(lambda release: release.report.created_by)
    prepared_at = factory.LazyFunction(timezone.now)
    approved_by = factory.LazyFunction(lambda: employee("second@test.invalid"))
    approved_at = factory.LazyFunction(timezone.now)
    published_at = factory.LazyFunction(timezone.now)
    pdf = factory.LazyFunction(
        lambda: files.store(stream=BytesIO(b"%PDF-1.7 kept"), name="report.pdf", content_type=files.PDF, by=None)
    )


def document(report: AnnualReport, **texts: str) -> dict:
    """The document of a report from today's figures; `texts` replace those of chapters."""
    written = {chapter.code: chapter.text for chapter in report.chapters.all()}
    figures = snapshot.read_figures(report.period)
    return snapshot.assemble(period=report.period, title=report.title, texts={**written, **texts}, figures=figures)
