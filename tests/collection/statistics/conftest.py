"""A school with a form that asks what ОО‑1 says, and a kindergarten with its codes."""

from io import BytesIO
from typing import Any

import pytest

from apps.collection.models import StatisticsFile, Submission
from apps.collection.services import statistics
from apps.collection.services.statistics import Incoming
from apps.organizations.models import ExternalId, Organization
from tests.factories.collection import CampaignFactory, FieldFactory, FormFactory, SubmissionFactory
from tests.factories.indicators import VersionFactory

INDICATORS = {
    "so_oo": ("1.1", "1.2", "1.3", "1.4", "1.24", "1.25", "1.26", "1.27", "1.28"),
    "so_doo": ("1.1", "1.2", "1.3", "1.5", "1.7", "1.7.1", "1.7.2"),
    "so_dod": ("1.1", "1.12", "1.13", "1.14"),
}
OGRN, INN, OKPO = "1022200000001", "2200000001", "12345678"


@pytest.fixture
def versions(db: None) -> dict[str, Any]:
    """The indicators that the layouts name."""
    made = {}
    for pack, numbers in INDICATORS.items():
        for order, number in enumerate(numbers):
            version = VersionFactory(
                indicator__code=f"{pack}.{number}", indicator__number=number, indicator__pack=pack,
                indicator__order=order, name=f"Показатель {pack} {number}",
            )  # fmt: skip
            made[f"{pack}.{number}"] = version
    return made


@pytest.fixture
def submission(versions: dict[str, Any], school: Organization) -> Submission:
    form = FormFactory(code="so_oo", pack="so_oo", short_title="Самообследование: школа")
    for order, number in enumerate(("1.1", "1.2", "1.24"), start=1):
        FieldFactory(form=form, version=versions[f"so_oo.{number}"], order=order)
    campaign = CampaignFactory()
    campaign.forms.add(form)
    return SubmissionFactory(campaign=campaign, form=form, organization=school)


@pytest.fixture
def known_kindergarten(kindergarten: Organization) -> Organization:
    ExternalId.objects.create(organization=kindergarten, system="ogrn", value=OGRN)
    ExternalId.objects.create(organization=kindergarten, system="inn", value=INN)
    return kindergarten


def take_in(*contents: bytes, by: Any, names: tuple[str, ...] = (), **options: Any) -> list[StatisticsFile]:
    """Upload and read, as the worker does."""
    incoming = [
        Incoming(names[place] if names else f"форма-{place}.xlsx", BytesIO(data)) for place, data in enumerate(contents)
    ]
    kept, _ = statistics.upload_statistics(incoming=incoming, by=by, **options)
    return statistics.read_batch(batch=str(kept[0].batch))
