"""The open site: the same bytes for everybody, no session, and before publication nothing is reachable."""

import csv
import hashlib
import io
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.roles import Role
from apps.analysis.models import SignRule
from apps.core.periods import parse_period
from apps.indicators.models import IndicatorVersion
from apps.reports import services
from apps.reports.models import Release
from tests.factories.core import PeriodFactory
from tests.factories.reports import ReleaseFactory, document, report_of
from tests.factories.results import ProcedureFactory, ResultAggregateFactory
from tests.factories.roadmaps import AddresseeFactory
from tests.packs import packs_loaded

pytestmark = pytest.mark.django_db
MARKER = "Приметное-слово-Ъ7"
PERIOD = parse_period("2025/26")
PAGES = ("home", "reports", "organizations", "schedule", "methods")


def addresses(number=1):
    """Every address of the open site, those of a release included."""
    return [
        *(reverse(f"portal:{name}") for name in PAGES),
        f"{reverse('portal:organizations')}?q={MARKER}",
        reverse("portal:report", args=[PERIOD]),
        *(
            reverse(f"portal:{name}", args=[PERIOD, number])
            for name in ("release", "report_pdf", "open_data", "open_data_passport")
        ),
    ]


@pytest.fixture
def data(period, school):
    work = ProcedureFactory(period=period)
    return ResultAggregateFactory(procedure=work, school__organization=school, marks=[10, 20, 30, 40])


@pytest.fixture
def report(data, specialist):
    return report_of("2025/26", by=specialist)


@pytest.fixture
def published(report):
    return ReleaseFactory(report=report)


def plant(report):
    """The marker in every text of a draft that a public page might show."""
    report.title = f"{MARKER} отчёт"
    report.save()
    report.chapters.update(text=f"{MARKER} текст")


def answers(client, number=1):
    for url in addresses(number):
        response = client.get(url)
        yield url, response, response.content + str(response.headers).encode()


def test_before_publication_the_marker_is_nowhere(client, report, specialist):
    plant(report)
    services.prepare_release(report=report, by=specialist, note=MARKER, draft=False)
    AddresseeFactory(recommendation__title=MARKER, recommendation__text=MARKER)
    for url, response, everything in answers(client):
        expected = 404 if "2025-26" in url else 200
        assert response.status_code == expected, url
        if "?q=" not in url:
            assert MARKER.encode() not in everything, url


def test_a_new_draft_after_publication_does_not_show_either(client, published, report, specialist):
    plant(report)
    services.prepare_release(report=report, by=specialist, note=MARKER, draft=False)
    for url, response, everything in answers(client):
        assert response.status_code == 200, url
        if "?q=" not in url:
            assert MARKER.encode() not in everything, url


@pytest.mark.capability("S-015")
def test_after_publication_the_marker_is_found(client, report):
    """The control of the two tests above: the search itself works."""
    plant(report)
    ReleaseFactory(report=report)
    found = {url for url, _, everything in answers(client) if MARKER.encode() in everything}
    assert reverse("portal:report", args=[PERIOD]) in found
    assert reverse("portal:reports") in found


@pytest.mark.parametrize(
    "url",
    [
        "/reports/2025-26/2/",
        "/reports/2025-26/0/",
        "/reports/2025-26/2/report.pdf",
        "/reports/2025-26/2/data.csv",
        "/reports/2024-25/",
        "/reports/2025-26/1/draft.pdf",
        "/reports/2025-26/report.pdf",
        "/reports/2025-27/",
        "/reports/2025/",
        "/media/private/",
        "/reports/2025-26/1/report.pdf/..%2f",
    ],
)
def test_guessed_addresses_are_not_found(client, published, report, specialist, url):
    services.prepare_release(report=report, by=specialist, draft=False)
    assert client.get(url).status_code == 404


def test_the_same_bytes_for_everybody_and_no_session(client_of, published):
    for url in addresses():
        anonymous = Client().get(url)
        for reader in (client_of(Role.HEAD), client_of(Role.DIRECTOR)):
            response = reader.get(url)
            assert response.content == anonymous.content, url
            for answer in (anonymous, response):
                assert answer.status_code == 200
                assert "Cookie" not in answer.get("Vary", "")
                assert not answer.cookies
                assert answer["Cache-Control"].startswith("public, max-age=")
                assert b"csrf" not in answer.content.lower()


def test_no_page_reads_the_session_or_the_person(client_of, published):
    """A signed-in reader costs no query more: nobody asks who is reading."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    reader = client_of(Role.HEAD)
    for url in addresses():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reader.get(url)
        tables = " ".join(query["sql"] for query in asked)
        assert "django_session" not in tables, url
        assert "accounts_membership" not in tables, url


def test_an_unchanged_page_is_not_sent_again(client, published):
    for url in addresses():
        first = client.get(url)
        again = client.get(url, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), url


def test_writing_is_not_possible(client, published):
    for url in addresses():
        assert client.post(url).status_code == 405
        assert client.head(url).status_code == 200


def test_the_pdf_is_the_kept_file(client, published):
    response = client.get(reverse("portal:report_pdf", args=[PERIOD, 1]))
    assert hashlib.sha256(response.content).hexdigest() == published.pdf.sha256
    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.capability("S-116")
def test_page_and_open_data_are_of_one_release(client, published):
    page = client.get(reverse("portal:report", args=[PERIOD])).content.decode()
    assert published.digest in page
    raw = client.get(reverse("portal:open_data", args=[PERIOD, 1])).content
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(published.snapshot["data"])
    by_code = {row["код"]: row for row in rows}
    success = next(row for code, row in by_code.items() if code.endswith(".success"))
    assert (success["значение"], success["база"], success["состояние"]) == ("90", "100", "значение")
    passport = client.get(reverse("portal:open_data_passport", args=[PERIOD, 1])).content.decode("utf-8-sig")
    assert published.digest in passport
    for column in rows[0]:
        assert f"столбец «{column}»" in passport


def test_a_replaced_release_is_marked_and_still_there(client, published, report, head, specialist):
    again = services.prepare_release(report=report, by=specialist, note="Исправлена таблица", draft=False)
    services.approve_release(release=again, digest=again.digest, by=head, publish=False)
    services.publish_release(release=again, number=2, pdf=b"%PDF-2")
    old = client.get(reverse("portal:release", args=[PERIOD, 1])).content.decode()
    assert "Этот выпуск заменён" in old
    new = client.get(reverse("portal:report", args=[PERIOD])).content.decode()
    assert "Исправлена таблица" in new
    assert "Этот выпуск заменён" not in new
    listed = client.get(reverse("portal:reports")).content.decode()
    assert reverse("portal:release", args=[PERIOD, 1]) in listed
    assert client.get(reverse("portal:report_pdf", args=[PERIOD, 2])).content == b"%PDF-2"


def test_no_names_of_employees_are_published(client, published):
    page = client.get(reverse("portal:report", args=[PERIOD])).content.decode()
    for person in (published.approved_by, published.prepared_by):
        assert person.last_name not in page
        assert person.email not in page


def test_small_groups_are_nowhere_in_the_source(client, report, data):
    """Three pupils with «2» of 103: no page, no file gives the number or what it follows from."""
    data.marks = [3, 40, 40, 20]
    data.save()
    ReleaseFactory(report=report, snapshot=document(report))
    raw = client.get(reverse("portal:open_data", args=[PERIOD, 1])).content.decode("utf-8-sig")
    rows = {row["код"].split(".")[-1]: row for row in csv.DictReader(io.StringIO(raw), delimiter=";")}
    for part in ("mark2", "mark5", "success"):
        assert (rows[part]["значение"], rows[part]["база"], rows[part]["состояние"]) == ("", "", "скрыто")
    page = client.get(reverse("portal:report", args=[PERIOD])).content.decode()
    assert "скрыто" in page
    for leak in ("2,9", "97,1", "2.91", "97.08", "19,4"):
        assert leak not in page
        assert leak not in raw


def test_hostile_texts_are_text_on_every_page(client, report, school):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    type(school).objects.filter(pk=school.pk).update(name=hostile, address=hostile)
    ReleaseFactory(report=report, snapshot=document(report, conclusions=hostile), note=hostile)
    for url, response, _ in answers(client):
        if response["Content-Type"].startswith("text/html"):
            assert b"<script>alert" not in response.content, url
            assert b"<img src=x" not in response.content, url


@pytest.mark.parametrize("query", ["?q=%00", "?q=" + "а" * 5000, "?page=-1", "?page=x&kind=%27", "?kind=authority"])
def test_odd_searches_answer(client, school, authority, query):
    response = client.get(f"{reverse('portal:organizations')}{query}")
    assert response.status_code == 200
    assert authority.name not in response.content.decode().split("<main")[1].split("</main")[0]


def test_search_by_name_and_kind(client, school, kindergarten):
    page = client.get(reverse("portal:organizations"), {"q": "школа"}).content.decode()
    assert school.name in page
    assert kindergarten.name not in page
    page = client.get(reverse("portal:organizations"), {"kind": "kindergarten"}).content.decode()
    assert school.name not in page
    assert kindergarten.name in page


def test_only_public_works_are_on_the_schedule(client):
    from datetime import timedelta

    from django.utils import timezone

    day = timezone.localdate() + timedelta(days=10)
    period = PeriodFactory(code="2026/27")
    ProcedureFactory(period=period, grade=4, held_on=day, title="Открытая работа")
    ProcedureFactory(period=period, grade=6, held_on=day, title="Закрытая работа", is_public=False)
    for name in ("schedule", "home"):
        page = client.get(reverse(f"portal:{name}")).content.decode()
        assert "Открытая работа" in page
        assert "Закрытая работа" not in page


def test_the_home_page_without_reports_says_so(client):
    page = client.get(reverse("portal:home")).content.decode()
    assert "Отчёты ещё не опубликованы" in page
    assert Release.objects.count() == 0


def test_the_methods_are_whole_and_chosen_by_group_source_and_word(client, db):
    """Indicators, rules of signs and scales of works: each with state, act and version, a group a page."""
    packs_loaded()
    work = ProcedureFactory(scale_state="official", scale_source="Приказ о шкале", bounds=[7, 12, 16])

    def page(**query):
        return client.get(reverse("portal:methods"), query).content.decode()

    first = page()
    assert 'data-label="Показатель"' not in first
    for name in ("procedures:methods", "analysis:objectivity_methods", "analysis:sign_methods"):
        assert reverse(name) in first
    groups = re.findall(r"[?]group=([\w-]+)", first)
    whole = "".join(page(group=group) for group in groups)
    rule = SignRule.objects.current(SignRule.Code.FAILING_SHARE)
    for said in (rule.title, str(work.title), "7 / 12 / 16", "версия 1"):
        assert said in whole, said
    measured = IndicatorVersion.objects.filter(indicator__is_group=False)
    assert whole.count('data-label="Показатель"') >= measured.count()

    official = "".join(page(source="official", group=group) for group in groups)
    assert "Приказ о шкале" in official
    count = measured.filter(source_state="official").count()
    assert official.count('data-label="Показатель"') == count + 1  # and the scale
    assert rule.title not in official
    searched = page(q=str(work.title).upper())
    assert str(work.title) in searched
    assert searched.count('data-label="Показатель"') == 1
    assert "Ничего не найдено" in page(q="такого показателя нет")


def test_the_methods_say_when_a_version_begins_and_was_checked(client, db):
    packs_loaded()
    version = IndicatorVersion.objects.get(indicator__code="so_oo.1.1")
    when = datetime(2025, 3, 4, 12, tzinfo=UTC)
    IndicatorVersion.objects.filter(pk=version.pk).update(number=3, valid_from="2025-02-01", checked_at=when)
    seen = client.get(reverse("portal:methods"), {"group": "so_oo"}).content.decode()
    assert "версия 3, действует с 01.02.2025, проверена 04.03.2025" in seen
