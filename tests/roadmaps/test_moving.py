"""An organisation joined another one: what is open goes on at the successor, what is done stays."""

from datetime import date

import pytest
from django.utils import timezone

from apps.core import events
from apps.organizations.services import merge_organizations
from apps.roadmaps import services
from apps.roadmaps.models import RecommendationAddressee
from apps.roadmaps.support import services as support
from tests.factories.roadmaps import AddresseeFactory

pytestmark = pytest.mark.django_db


def test_open_lines_and_help_move_with_history(school, other_school, specialist, head, director):
    open_one = AddresseeFactory(organization=school)
    done = AddresseeFactory(organization=school)
    done = services.report(addressee=done, text="Сделано.", by=director)
    services.accept_report(addressee=done, by=specialist)
    both = AddresseeFactory(organization=school)
    kept = AddresseeFactory(organization=other_school, recommendation=both.recommendation)
    new = support.NewSupport("Помощь", "План", "Методист", date(2026, 1, 1), date(2026, 2, 1), reason="Просьба.")
    case = support.plan_support(organization=school, new=new, by=specialist)
    merge_organizations(organization=school, into=other_school, on=timezone.localdate(), by=head)
    for row in (open_one, case):
        row.refresh_from_db()
        assert row.organization == other_school
        assert "организация присоединена" in events.history(row)[0].text
    done.refresh_from_db()
    assert done.organization == school
    assert set(both.recommendation.addressees.all()) == {kept}
    assert "уже среди адресатов" in events.history(both.recommendation)[0].text
    assert not RecommendationAddressee.objects.overdue().filter(organization=school).exists()
