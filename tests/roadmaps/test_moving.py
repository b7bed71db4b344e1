"""An organisation joined another one: what is open goes on at the successor, what is done stays."""

from datetime import date

import pytest
from django.utils import timezone

from apps.core import events
from apps.core.findings import Refused
from apps.core.models import Notice
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


def test_the_people_of_the_successor_are_told_what_became_theirs(school, other_school, head, other_director):
    row = AddresseeFactory(organization=school)
    merge_organizations(organization=school, into=other_school, on=timezone.localdate(), by=head)
    assert Notice.objects.get(user=other_director).url == row.get_absolute_url()


@pytest.mark.parametrize("is_returned", [False, True], ids=["waits for review", "was returned"])
def test_a_report_stays_to_be_reviewed_where_the_successor_has_a_line_of_its_own(
    school, other_school, specialist, director, is_returned
):
    row = AddresseeFactory(organization=school)
    own = AddresseeFactory(organization=other_school, recommendation=row.recommendation)
    services.report(addressee=row, text="Разобрали задания.", by=director)
    if is_returned:
        services.return_report(addressee=row, text="Приложите протокол.", by=specialist)
    merge_organizations(organization=school, into=other_school, on=timezone.localdate(), by=specialist)
    row.refresh_from_db()
    assert (row.organization, row.state, row.report_text) == (school, "reported", "Разобрали задания.")
    assert "остаётся на проверке" in events.history(row)[0].text
    with pytest.raises(Refused) as refusal:
        services.return_report(addressee=row, text="Ещё раз.", by=specialist)
    assert [finding.code for finding in refusal.value.findings] == ["closed"]
    assert services.accept_report(addressee=row, by=specialist).state == "done"
    own.refresh_from_db()
    assert own.state == "sent"


def test_a_line_without_a_report_goes_over_into_the_history_of_the_successors(school, other_school, head):
    row = AddresseeFactory(organization=school, own_text="Ваши 40 %", figures=[{"value": "40"}])
    own = AddresseeFactory(organization=other_school, recommendation=row.recommendation)
    merge_organizations(organization=school, into=other_school, on=timezone.localdate(), by=head)
    (event,) = events.history(own)
    assert (event.data["words"], event.data["figures"]) == ("Ваши 40 %", [{"value": "40"}])
