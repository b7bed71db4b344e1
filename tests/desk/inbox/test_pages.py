"""The inbox: own lines only, unread first, read on opening."""

import pytest
from django.urls import reverse

from apps.core import notices
from apps.core.models import Notice

pytestmark = pytest.mark.django_db
INBOX = reverse("desk:inbox")


@pytest.fixture
def told(director, other_director):
    notices.tell(users=[director], key="a:1", title="<b>Приказ</b> 😀", url="/calendar/", note="Пункт 3.1")
    notices.tell(users=[director], key="a:2", title="Совещание", url="/today/")
    notices.tell(users=[other_director], key="a:3", title="Чужое", url="/today/")
    return director


def text(client, address=INBOX):
    return client.get(address).content.decode()


def test_a_person_reads_their_own_lines(client_of, told, other_director):
    page = text(client_of(told))
    assert "&lt;b&gt;Приказ&lt;/b&gt; 😀" in page
    assert "Пункт 3.1" in page
    assert "Чужое" not in page
    assert "не прочитано: 2" in page  # the counter in the header
    assert "Совещание" not in text(client_of(other_director))


def test_opening_a_line_reads_it_and_goes_there(client_of, told, other_director):
    client = client_of(told)
    notice = Notice.objects.get(key="a:1")
    address = reverse("desk:notice_open", args=[notice.pk])
    assert client.get(address).status_code == 405
    assert client_of(other_director).post(address).status_code == 404
    assert Notice.objects.get(key="a:1").read_at is None
    assert client.post(address).url == "/calendar/"
    first = Notice.objects.get(key="a:1").read_at
    client.post(address)
    assert Notice.objects.get(key="a:1").read_at == first
    page = text(client)
    assert page.index("Совещание") < page.index("Приказ")
    assert "Приказ" not in text(client, INBOX + "?unread=on")


def test_all_are_read_at_once_but_only_ones_own(client_of, told):
    client = client_of(told)
    page = client.post(reverse("desk:inbox_read_all"), follow=True).content.decode()
    assert "Отмечено: 2 уведомления" in page
    assert "не прочитано" not in page
    assert Notice.objects.unread().get().key == "a:3"


def test_an_empty_inbox_says_what_will_come(client_of, methodologist):
    assert "Пока ничего не пришло" in text(client_of(methodologist))
