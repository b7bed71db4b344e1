"""Materials sent to chosen organisations: delivered where there is somebody, read by the first who opens them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.core.notices.models import Notice
from apps.library.dispatches import services
from apps.library.models import Dispatch, Receipt
from apps.library.todo import todo_for
from tests.factories.library import document_of
from tests.factories.organizations import GroupFactory, SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.mark.capability("S-269")
def test_sent_delivered_read(client_of, specialist, director, coordinator, other_director, school, other_school):
    empty = SchoolFactory(number=40)
    group = GroupFactory()
    group.organizations.add(school, empty)
    version = document_of(specialist, title="Материалы семинара")
    client = client_of(Role.SPECIALIST)
    url = reverse("library:dispatch_new", args=[version.pk])
    assert "Отметьте, кому направить" in client.post(url, {"letter": "Прочтите."}).content.decode()
    sent = client.post(url, {"letter": "Прочтите.", "groups": [group.pk], "organizations": [school.pk]})
    dispatch = Dispatch.objects.get()
    assert sent.url == dispatch.get_absolute_url()
    assert {each.organization for each in dispatch.receipts.all()} == {school, empty}
    assert set(Notice.objects.values_list("user", flat=True)) == {director.pk, coordinator.pk}
    shown = client.get(sent.url).content.decode()
    assert "у организации нет учётных записей" in shown
    assert [line.title for line in todo_for(director)] == ["Прочитать новые материалы"]
    mine = reverse("library:received_one", args=[dispatch.pk])
    assert client_of(Role.DIRECTOR, other_school).get(mine).status_code == 404
    assert (
        "Материалы семинара"
        not in client_of(Role.DIRECTOR, other_school).get(reverse("library:received")).content.decode()
    )
    assert "Материалы семинара" in client_of(coordinator).get(reverse("library:received")).content.decode()
    assert Receipt.objects.get(organization=school).read_at is None
    assert "Прочтите." in client_of(coordinator).get(mine).content.decode()
    client_of(director).get(mine)
    receipt = Receipt.objects.get(organization=school)
    assert receipt.read_by == coordinator
    assert todo_for(director) == []
    shown = client.get(sent.url).content.decode()
    assert coordinator.get_short_name() in shown
    assert client_of(Role.DIRECTOR).get(sent.url).status_code == 404
    assert client_of(Role.DIRECTOR).get(url).status_code == 404


def test_a_draft_is_not_sent_and_nobody_is_no_addressee(specialist, school):
    version = document_of(specialist)
    type(version).objects.filter(pk=version.pk).update(state="draft", approved_on=None, approved_by=None)
    with pytest.raises(Refused) as refused:
        services.send(version=version, organizations=[], letter="я" * 20_000, by=specialist)
    assert [finding.code for finding in refused.value.findings] == ["too_long", "not_approved", "nobody"]
    assert not Receipt.objects.exists()


def test_a_dismissed_person_gets_nothing(specialist, director, school):
    director.memberships.update(ended_at=timezone.now())
    dispatch = services.send(version=document_of(specialist), organizations=[school], letter="", by=specialist)
    assert dispatch.receipts.get().delivered_at is None
    assert not Notice.objects.exists()
