"""Documents with versions: found by words, approved by an act, adapted, read by organisations."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.indicators.models import Direction
from apps.library.documents import selectors, services
from apps.library.models import Act, Document, DocumentVersion, Reading
from tests.factories.library import document_of
from tests.factories.organizations import SchoolFactory

pytestmark = pytest.mark.django_db
State = DocumentVersion.State


def card(kind, title, **more):
    return {"kind": kind, "title": title, "dated_on": "2026-01-15", "text": f"Текст: {title}.", **more}


def page(client, url):
    return client.get(url).content.decode()


@pytest.mark.capability("S-109")
def test_the_regulation_has_versions_and_names_the_regional_document(client_of, specialist):
    regional = Act.objects.create(level="regional", kind="order", title="О РСОКО", number="17-р")
    client = client_of(Role.SPECIALIST)
    client.post(reverse("library:document_new"), card("regulation", "Положение о МСОКО"))
    document = Document.objects.get()
    assert "Не указан региональный документ" in page(client, document.get_absolute_url())
    edit = reverse("library:document_edit", args=[document.pk])
    client.post(edit, {"kind": "regulation", "title": "Положение о МСОКО", "above": regional.pk})
    shown = page(client, document.get_absolute_url())
    assert "Не указан региональный документ" not in shown
    assert regional.get_absolute_url() in shown
    first = document.versions.get()
    approve = reverse("library:version_approve", args=[first.pk])
    without = client.post(approve, {"act_text": "", "on": "2026-02-01"})
    assert "Есть ошибки" in without.content.decode()
    assert client.post(approve, {"act_text": "приказ № 12", "on": "2026-02-01"}).status_code == 302
    new = reverse("library:version_new", args=[document.pk])
    client.post(new, {"text": "Вторая редакция.", "dated_on": "2026-03-01", "changes": "Добавлен раздел."})
    school = client_of(Role.DIRECTOR)
    assert "Вторая редакция" not in page(school, document.get_absolute_url())
    second = document.versions.get(number=2)
    assert school.get(second.get_absolute_url()).status_code == 404
    act = reverse("library:version_approve", args=[second.pk])
    client.post(act, {"act_text": "приказ № 30", "on": "2026-03-10"})
    assert "Вторая редакция" in page(school, document.get_absolute_url())
    assert "утратила силу" in page(school, first.get_absolute_url())
    first.refresh_from_db()
    assert (first.state, first.voided_on.isoformat()) == (State.VOID, "2026-03-10")


@pytest.mark.capability("S-130")
def test_a_methodologist_publishes_recommendations_found_by_category_and_words(client_of):
    client = client_of(Role.METHODOLOGIST)
    client.post(
        reverse("library:document_new"),
        card("advice", "Как оценивать объективно", category="Объективность", text="Учёт перекрёстных проверок."),
    )
    client.post(reverse("library:document_new"), card("advice", "Работа с родителями", category="Воспитание"))
    for version in DocumentVersion.objects.all():
        client.post(reverse("library:version_approve", args=[version.pk]), {"on": timezone.localdate().isoformat()})
    school, url = client_of(Role.DIRECTOR), reverse("library:documents")
    for words in ("объективность оценивания", "перекрестный учет", "учета"):
        found = school.get(url, {"q": words}).content.decode()
        assert ("Как оценивать объективно" in found) == (words != "объективность оценивания"), words
    shelf = Document.objects.get(title="Работа с родителями").category_id
    found = school.get(url, {"category": shelf}).content.decode()
    assert "Работа с родителями" in found
    assert "Как оценивать объективно" not in found
    for strange in ("' | & ! (", "\x00", "я" * 3000, '"незакрытая'):
        assert school.get(url, {"q": strange}).status_code == 200


@pytest.mark.capability("S-123")
def test_a_guide_knows_who_has_read_it(client_of, methodologist, school, other_school):
    version = document_of(methodologist, title="Как пользоваться результатами ВПР")
    readers = reverse("library:readers", args=[version.pk])
    office = client_of(Role.METHODOLOGIST)
    assert "Ещё никто не открывал" in page(office, readers)
    page(client_of(Role.DIRECTOR), version.document.get_absolute_url())
    page(client_of(Role.DIRECTOR), version.document.get_absolute_url())
    page(office, version.document.get_absolute_url())
    assert Reading.objects.count() == 1
    have, lack = selectors.readers_of(version)
    assert [one.organization for one in have] == [school]
    assert lack == [other_school]
    assert str(Reading.objects.get().user.get_short_name()) in page(office, readers)
    assert client_of(Role.DIRECTOR).get(readers).status_code == 404


@pytest.mark.capability("S-181")
@pytest.mark.capability("S-186")
@pytest.mark.parametrize("code", ["1.3", "1.4"])
def test_a_school_sees_the_adaptation_that_fits_it(client_of, specialist, school, code):
    direction = Direction.objects.create(code=code, name=f"Направление {code}")
    village = SchoolFactory(locality="rural", features=["small"])
    version = document_of(specialist, kind="method", title="Методика", act="приказ № 5", direction=direction)
    client = client_of(Role.SPECIALIST)
    add = reverse("library:adaptation_add", args=[version.pk])
    nobody = client.post(add, {"title": "Для кого-то", "text": "Иначе."}).content.decode()
    assert "иначе адаптация подходит всем" in nobody
    for title, chosen in (("Сельские школы", {"kinds": ["school"], "features": ["rural", "small"]}),
                          ("Детские сады", {"kinds": ["kindergarten"]})):  # fmt: skip
        assert client.post(add, {"title": title, "text": f"Иначе: {title}.", **chosen}).status_code == 302
    url = version.document.get_absolute_url()
    office = page(client, url)
    assert "Сельские школы" in office
    assert "Детские сады" in office
    rural = page(client_of(Role.DIRECTOR, village), url)
    assert "Иначе: Сельские школы." in rural
    assert "Детские сады" not in rural
    assert "Сельские школы" not in page(client_of(Role.DIRECTOR), url)
    fresh = services.add_version(document=version.document, new=services.NewVersion(text="Новое."), by=specialist)
    assert sorted(one.title for one in fresh.adaptations.all()) == ["Детские сады", "Сельские школы"]


@pytest.mark.capability("S-219")
def test_a_regulation_is_attached_to_an_object_and_versioned(client_of, specialist):
    platform = Direction.objects.create(code="2.9", name="Площадка")
    from django.test import RequestFactory

    from apps.library.templatetags.documents import documents_of

    request = RequestFactory().get("/somewhere/")
    request.user = specialist
    shown = documents_of({"request": request}, platform)
    url = f"{reverse('library:document_new')}?subject={shown['token']}"
    assert client_of(Role.SPECIALIST).post(url, card("platform", "Положение о площадке")).status_code == 302
    (document,) = documents_of({"request": request}, platform)["documents"]
    assert document.subject == platform
    assert document.shown.state == State.DRAFT
    services.approve_version(version=document.shown, by=specialist, act_text="приказ № 7")
    services.add_version(document=document, new=services.NewVersion(text="Новая редакция."), by=specialist)
    (document,) = documents_of({"request": request}, platform)["documents"]
    assert (document.shown.number, document.shown.state) == (1, State.APPROVED)
    assert client_of(Role.SPECIALIST).get(f"{reverse('library:document_new')}?subject=forged").status_code == 404


def test_an_approved_version_never_changes_and_one_is_in_force(specialist, methodologist):
    version = document_of(specialist, kind="concept", title="Концепция", act="приказ от 15.12.2022 № 283")
    for write in (
        lambda: services.change_version(version=version, new=services.NewVersion(text="Иначе"), by=specialist),
        lambda: services.approve_version(version=version, by=specialist, act_text="другой приказ"),
    ):
        with pytest.raises(Refused) as refused:
            write()
        assert [finding.code for finding in refused.value.findings] == ["not_draft"]
    with pytest.raises(Refused) as refused:
        services.add_version(document=version.document, new=services.NewVersion(text="Ещё"), by=methodologist)
    assert [finding.code for finding in refused.value.findings] == ["not_allowed"]
    second = services.add_version(document=version.document, new=services.NewVersion(text="Ещё"), by=specialist)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        services.approve_version(version=second, by=specialist, on=tomorrow)
    assert [finding.code for finding in refused.value.findings] == ["empty", "future"]
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        services.approve_version(version=second, by=specialist, act_text="приказ № 1", on=yesterday)
    assert [finding.code for finding in refused.value.findings] == ["earlier"]
    services.approve_version(version=second, by=specialist, act_text="приказ № 2")
    assert DocumentVersion.objects.filter(state=State.APPROVED).get() == second


def test_long_texts_and_strange_files(client_of, specialist):
    client, url = client_of(Role.SPECIALIST), reverse("library:document_new")
    long = "Слово " * 20_000
    refused = client.post(url, card("advice", "Длинный", text=long)).content.decode()
    assert "не более 100000" in refused.replace("\xa0", "")
    kept = " ".join(f"слово{n}" for n in range(8_000))[:99_990] + " <b>🎓</b>"
    made = client.post(url, card("advice", "<i>Разметка</i>", text=kept))
    assert made.status_code == 302
    version = DocumentVersion.objects.get()
    assert version.text == kept
    assert "<i>Разметка" not in page(client, made.url)
    exe = BytesIO(b"MZ")
    exe.name = "a.docx"
    refused = client.post(url, {**card("advice", "С файлом"), "file": exe}).content.decode()
    assert "не соответствует окончанию" in refused
    assert Document.objects.count() == 1
    pdf = BytesIO(b"%PDF-1.4 <script>")
    pdf.name = "../../вирус.pdf"
    edit = reverse("library:version_edit", args=[version.pk])
    client.post(edit, {"dated_on": "2026-01-15", "file": pdf})
    given = client.get(reverse("library:version_file", args=[version.pk]))
    assert given["Content-Disposition"].startswith("attachment")
    assert b"".join(given.streaming_content).startswith(b"%PDF")
    assert client_of(Role.DIRECTOR).get(reverse("library:version_file", args=[version.pk])).status_code == 404


def test_the_catalogue_asks_a_fixed_number_of_queries(client_of, specialist, django_assert_max_num_queries):
    for number in range(6):
        document_of(specialist, title=f"Руководство {number}")
    client = client_of(Role.DIRECTOR)
    with django_assert_max_num_queries(15):
        assert "Руководство 5" in page(client, reverse("library:documents"))
