"""The register of acts: entered, looked up, bound to objects of other rooms, and where each is used."""

from datetime import date
from io import BytesIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from apps.accounts.roles import Role
from apps.collection.services import designing, designing_rows
from apps.core.findings import Refused
from apps.core.models import PrivateFile
from apps.indicators.models import Direction
from apps.library.acts import selectors, services
from apps.library.models import Act, ActUse
from tests.factories.indicators import VersionFactory

pytestmark = pytest.mark.django_db
FORM = {
    "level": "regional",
    "kind": "order",
    "title": "Об утверждении положения о региональной системе оценки качества",
    "issuer": "Министерство образования области",
    "number": "17-р",
    "on": "2024-03-05",
    "edition": "в редакции от 01.02.2025",
    "url": "https://example.org/act",
}


@pytest.fixture
def act(specialist):
    new = services.NewAct("federal", "order", "Об утверждении показателей", "Минобрнауки", "955", date(2017, 9, 22))
    return services.create_act(new=new, by=specialist)


@pytest.fixture
def direction(db):
    return Direction.objects.create(code="1.3", name="Система выявления талантов")


def bind(client, page, act):
    """Bind an act by the form that stands on a page."""
    text = client.get(page).content.decode()
    token = text.split('name="subject" value="')[1].split('"')[0]
    return client.post(reverse("library:attach"), {"subject": token, "act": act.pk})


@pytest.mark.capability("S-004")
def test_a_specialist_keeps_the_register_and_binds_acts(client_of, specialist, direction):
    client = client_of(Role.SPECIALIST)
    file = BytesIO(b"%PDF-1.7 act")
    file.name = "act.pdf"
    assert client.post(reverse("library:act_new"), {**FORM, "file": file}).status_code == 302
    act = Act.objects.get()
    page = client.get(act.get_absolute_url()).content.decode()
    for shown in ("17-р", "05.03.2024", "в редакции от 01.02.2025", "https://example.org/act", "не подтверждено"):
        assert shown in page
    given = client.get(reverse("library:act_file", args=[act.pk]))
    assert given["Content-Disposition"].startswith("attachment")
    assert b"".join(given.streaming_content) == b"%PDF-1.7 act"
    assert "17-р" in client.get(reverse("library:acts"), {"q": "№ 17-р"}).content.decode()
    assert "17-р" not in client.get(reverse("library:acts"), {"level": "federal"}).content.decode()
    indicator = VersionFactory(indicator__direction=direction).indicator
    for place in (direction.get_absolute_url(), reverse("indicators:passport", args=[indicator.code])):
        assert bind(client, place, act).url == place
        assert "17-р" in client.get(place).content.decode()
    groups = {group.title: [line.title for line in group.lines] for group in selectors.uses_of(act, specialist)}
    assert groups == {"направления": [str(direction)], "показатели": [str(indicator)]}
    page = client.get(act.get_absolute_url()).content.decode()
    assert direction.get_absolute_url() in page
    use = ActUse.objects.filter(object_id=direction.pk, content_type__model="direction").get()
    assert client.post(reverse("library:detach", args=[use.pk])).status_code == 302
    assert direction.get_absolute_url() not in client.get(act.get_absolute_url()).content.decode().split("История")[0]


@pytest.mark.capability("S-086")
def test_fifteen_acts_come_preloaded_and_their_states_are_looked_up(client_of, direction):
    call_command("load_acts")
    call_command("load_acts")
    assert Act.objects.count() == 15
    assert {act.state for act in Act.objects.all()} == {"unconfirmed"}
    client = client_of(Role.SPECIALIST)
    page = client.get(reverse("library:acts")).content.decode()
    for number in ("273-ФЗ", "662", "1642", "1155", "373", "1897", "413", "276", "544н", "114", "955", "590/219"):
        assert f"№ {number}<" in page
    old = Act.objects.get(number="276")
    bind(client, direction.get_absolute_url(), old)
    url = reverse("library:act_state", args=[old.pk])
    page = client.post(url, {"state": "void", "note": ""}).content.decode()
    assert "Заполните «Пояснение»" in page
    assert client.post(url, {"state": "void", "note": "Новый порядок."}).status_code == 302
    page = client.get(old.get_absolute_url()).content.decode()
    assert "утратил силу" in page
    assert "пересмотрите то, что на нём держится" in page
    assert str(direction) in page
    call_command("load_acts")
    assert Act.objects.get(pk=old.pk).state == "void"
    changed = Act.objects.get(number="955")
    url = reverse("library:act_state", args=[changed.pk])
    client.post(url, {"state": "changed", "note": "Приказ от 18.12.2019."})
    assert "изменён" in client.get(reverse("library:acts"), {"q": "955"}).content.decode()


def test_schools_read_and_do_not_write(client_of, act, direction):
    school = client_of(Role.DIRECTOR)
    assert "955" in school.get(reverse("library:acts")).content.decode()
    assert "Изменить" not in school.get(act.get_absolute_url()).content.decode()
    for name, args in (("act_new", []), ("act_edit", [act.pk]), ("act_state", [act.pk]), ("attach", [])):
        assert school.post(reverse(f"library:{name}", args=args), FORM).status_code == 404
    assert client_of(Role.OBSERVER).get(reverse("library:acts")).status_code == 404
    assert "Привязать" not in school.get(direction.get_absolute_url()).content.decode()
    assert Act.objects.count() == 1


def test_all_faults_at_once_and_what_was_typed_stays(client_of, act, specialist):
    client = client_of(Role.SPECIALIST)
    letters = "я" * 20_000
    page = client.post(reverse("library:act_new"), {**FORM, "title": letters, "on": "вчера"}).content.decode()
    assert "не более 600" in page
    assert letters in page
    assert "id_on" in page
    twice = services.NewAct("federal", "order", "Другое", "МИНОБРНАУКИ", "955", date(2017, 9, 22))
    with pytest.raises(Refused) as refused:
        services.create_act(new=twice, by=specialist)
    assert [finding.code for finding in refused.value.findings] == ["known"]
    exe = BytesIO(b"MZ\x90")
    exe.name = "act.pdf"
    page = client.post(reverse("library:act_new"), {**FORM, "file": exe}).content.decode()
    assert "не соответствует окончанию" in page
    assert not PrivateFile.objects.exists()
    markup = client.post(reverse("library:act_new"), {**FORM, "title": "<script>alert(1)</script> 🎓"})
    assert markup.status_code == 302
    assert "<script>alert" not in client.get(markup.url).content.decode()


def test_only_what_the_portal_signed_is_bound(client_of, act):
    client = client_of(Role.SPECIALIST)
    for token in ("", "forged", "eyJ"):
        assert client.post(reverse("library:attach"), {"subject": token, "act": act.pk}).status_code == 404
    assert not ActUse.objects.exists()


def test_the_next_version_of_a_form_rests_on_the_acts_of_the_one_before(client_of, act, specialist):
    version = VersionFactory(indicator__number="1")
    form = designing.create_form(values={"title": "Форма", "legal_basis": "Приказ № 1"}, by=specialist)
    designing_rows.add_rows(form=form, versions=[version], section="", by=specialist)
    first = designing.publish_form(form=form, by=specialist)
    services.attach_act(act=act, subject=first, by=specialist)
    thrown_away = designing.start_version(form=first, by=specialist)
    assert [use.act for use in selectors.acts_of(thrown_away)] == [act]
    designing.discard_draft(form=thrown_away, by=specialist)
    assert act.uses.count() == 1
    second = designing.start_version(form=first, by=specialist)
    designing.start_version(form=first, by=specialist)  # the same draft again
    services.detach_act(use=selectors.acts_of(first)[0], by=specialist)
    assert [use.act for use in selectors.acts_of(second)] == [act]
    assert "Форма, версия 2" in client_of(Role.SPECIALIST).get(act.get_absolute_url()).content.decode()
