"""Forms of statistics on their way: whose they are, recorded as values of their day, offered and asked about."""

import contextlib
import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.collection.checks import check
from apps.collection.definition import Given
from apps.collection.models import StatisticsFile
from apps.collection.selectors.values import definition_for, known_elsewhere, previous_numbers
from apps.collection.services import save_answers, statistics
from apps.collection.services.answers import current_answers
from apps.collection.services.statistics import Incoming
from apps.collection.services.workbooks import workbook_of
from apps.core.findings import Refused
from apps.core.models import Period
from apps.indicators.models import Value
from apps.organizations.models import ExternalId
from tests.collection.conftest import form_sheet, row_of
from tests.collection.statistics.conftest import INN, OGRN, take_in
from tests.factories.statistics import archive, preschool_book, school_book

State = StatisticsFile.State


def test_a_school_uploads_its_form_and_is_offered_the_numbers(submission, coordinator, school):
    (row,) = take_in(school_book(), by=coordinator, organization=school)
    assert (row.state, row.organization, row.as_of, row.title) == (
        State.APPLIED, school, date(2025, 9, 20), "ОО‑1 на 20.09.2025",
    )  # fmt: skip
    values = Value.objects.filter(source=Value.Source.STATISTICS)
    assert values.count() == 9
    assert values.get(version__indicator__code="so_oo.1.1").number == 330
    assert {value.period.code for value in values} == {"2025-09-20"}
    known = known_elsewhere(submission, definition_for(submission))
    assert (known["so_oo.1.1"].number, known["so_oo.1.1"].source) == (Decimal(330), "ОО‑1 на 20.09.2025")


def test_the_offer_stands_on_the_page_and_in_the_workbook(client_of, submission, coordinator, school):
    take_in(school_book(), by=coordinator, organization=school)
    page = client_of(coordinator).get(reverse("collection:section", args=[submission.pk, 1])).content.decode()
    assert "ОО‑1 на 20.09.2025" in page
    assert "Взять 330" in page
    sheet = form_sheet(openpyxl.load_workbook(BytesIO(workbook_of(submission))))
    cell = sheet[f"D{row_of(sheet, '1.1')}"]
    assert cell.value == 330
    assert "ОО‑1 на 20.09.2025" in cell.comment.text


def test_an_answer_that_differs_is_asked_about_and_an_explanation_settles_it(submission, coordinator, school):
    take_in(school_book(), by=coordinator, organization=school)

    def queries():
        definition = definition_for(submission)
        known = known_elsewhere(submission, definition)
        remarks = check(definition, current_answers(submission), previous_numbers(submission), known)
        return [(remark.key, remark.finding.expected) for remark in remarks if remark.is_query]

    save_answers(submission=submission, answers={"so_oo.1.1": Given(number=Decimal(335))}, by=coordinator)
    ((key, expected),) = queries()
    assert key == "so_oo.1.1"
    assert "330" in expected
    assert "ОО‑1 на 20.09.2025" in expected
    explained = Given(number=Decimal(335), explanation="Прибыли после 20 сентября")
    save_answers(submission=submission, answers={"so_oo.1.1": explained}, by=coordinator)
    assert queries() == []


def test_statistics_of_another_year_are_not_offered(submission, coordinator, school):
    take_in(school_book(year=2023), by=coordinator, organization=school)
    assert known_elsewhere(submission, definition_for(submission)) == {}


@pytest.mark.parametrize("codes", [{"ОГРН": OGRN}, {"ИНН": INN}, {"ОКПО": "87654321"}])
def test_the_owner_is_known_by_any_code(versions, specialist, known_kindergarten, codes):
    ExternalId.objects.create(organization=known_kindergarten, system="okpo", value="87654321")
    (row,) = take_in(preschool_book(codes=codes), by=specialist)
    assert (row.state, row.organization) == (State.APPLIED, known_kindergarten)


def test_the_owner_is_known_by_name(versions, specialist, kindergarten):
    (row,) = take_in(preschool_book(name=kindergarten.name), by=specialist)
    assert row.organization == kindergarten


def test_an_unknown_owner_waits_for_a_person(versions, specialist, kindergarten, methodologist, director):
    (row,) = take_in(preschool_book(name="Какой-то сад"), by=specialist)
    assert (row.state, row.organization) == (State.UNKNOWN, None)
    assert not Value.objects.exists()
    for person in (methodologist, director):
        with pytest.raises(Refused):
            statistics.choose_organization(row=row, organization=kindergarten, by=person)
    row = statistics.choose_organization(row=row, organization=kindergarten, by=specialist)
    assert row.state == State.APPLIED
    assert Value.objects.filter(organization=kindergarten).count() == 3


def test_a_school_does_not_take_the_form_of_another(versions, coordinator, school, known_kindergarten):
    (row,) = take_in(preschool_book(codes={"ОГРН": OGRN}), by=coordinator, organization=school)
    assert row.state == State.REFUSED
    assert [item["code"] for item in row.findings if item["severity"] == "error"] == ["foreign_organization"]
    assert not Value.objects.exists()


def test_a_newer_file_of_the_same_day_replaces_the_numbers(versions, specialist, known_kindergarten):
    codes = {"ОГРН": OGRN}
    (first,) = take_in(preschool_book(codes=codes), by=specialist)
    (second,) = take_in(preschool_book(codes=codes, total=131), by=specialist)
    first.refresh_from_db()
    assert (first.state, second.state) == (State.REPLACED, State.APPLIED)
    assert Value.objects.get(version__indicator__code="so_doo.1.1").number == 131
    assert Value.objects.count() == 3


def test_nothing_of_a_file_with_errors_is_recorded(versions, specialist, known_kindergarten):
    (row,) = take_in(preschool_book(codes={"ОГРН": OGRN}, total="сто"), by=specialist)
    assert row.state == State.REFUSED
    assert not Value.objects.exists()
    assert not Period.objects.filter(kind=Period.Kind.DATE).exists()


def test_an_archive_of_books(versions, specialist, known_kindergarten):
    packed = archive({
        "Сады/сад 1.xlsx": preschool_book(codes={"ОГРН": OGRN}),
        "Сады/читать.txt": "текст".encode(),
        "~$сад 1.xlsx": b"lock",
        "битый.xlsx": b"PK\x03\x04 no book",
    })  # fmt: skip
    rows = take_in(packed, by=specialist, names=("формы.zip",))
    assert sorted((row.name, row.state) for row in rows) == [("битый.xlsx", "refused"), ("сад 1.xlsx", "applied")]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"not a book", b"PK\x03\x04", archive({"a.txt": b"x"})],
    ids=["empty", "pdf", "text", "broken", "no books inside"],
)  # fmt: skip
def test_bad_files_are_findings_and_never_a_failure(versions, specialist, content):
    with contextlib.suppress(Refused):  # the archive without books is refused as a whole
        take_in(content, by=specialist)
    assert all(row.state == State.REFUSED and row.findings for row in StatisticsFile.objects.all())
    assert not Value.objects.exists()


def test_reading_twice_changes_nothing(versions, specialist, known_kindergarten):
    (row,) = take_in(preschool_book(codes={"ОГРН": OGRN}), by=specialist)
    assert statistics.read_batch(batch=str(row.batch)) == []
    assert statistics.read_file(row=row).state == State.APPLIED
    assert Value.objects.count() == 3


def test_strangers_do_not_upload(submission, methodologist, coordinator, other_school):
    incoming = [Incoming("a.xlsx", BytesIO(school_book()))]
    for person, organization in ((methodologist, None), (coordinator, other_school), (coordinator, None)):
        with pytest.raises(Refused):
            statistics.upload_statistics(incoming=incoming, by=person, organization=organization)
    assert not StatisticsFile.objects.exists()


# --- pages and command


@pytest.mark.parametrize("role", list(Role))
def test_who_opens_what(client_of, role, submission, director, school):
    (row,) = take_in(school_book(), by=director, organization=school)
    client = client_of(role)
    addresses = [
        reverse("collection:statistics"),
        reverse("collection:statistics_layouts"),
        reverse("collection:statistics_file", args=[row.pk]),
        reverse("collection:statistics_original", args=[row.pk]),
    ]
    expected = 200 if role in AUTHORITY | SCHOOL else 404
    assert [client.get(address).status_code for address in addresses] == [expected] * 4


def test_a_foreign_form_is_not_found(client_of, submission, director, other_director, school):
    (row,) = take_in(school_book(), by=director, organization=school)
    client = client_of(other_director)
    assert row.name not in client.get(reverse("collection:statistics")).content.decode()
    for name in ("statistics_file", "statistics_original"):
        assert client.get(reverse(f"collection:{name}", args=[row.pk])).status_code == 404


def test_upload_by_the_page_and_choice_of_the_owner(client_of, versions, specialist, kindergarten):
    client = client_of(specialist)
    files = [SimpleUploadedFile("а.xlsx", preschool_book(name="Сад"))]
    assert client.post(reverse("collection:statistics_upload"), {"books": files}).status_code == 302
    row = StatisticsFile.objects.get()
    statistics.read_batch(batch=str(row.batch))
    address = reverse("collection:statistics_file", args=[row.pk])
    page = client.get(address).content.decode()
    assert "Чья это форма?" in page
    assert "Раздел 7, строка 703, графа 3" in page
    owner = reverse("collection:statistics_owner", args=[row.pk])
    assert client.post(owner, {"organization": ""}).status_code == 422
    assert client.post(owner, {"organization": kindergarten.pk}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.organization) == (State.APPLIED, kindergarten)


def test_a_file_too_many_or_none_is_told_on_the_page(client_of, versions, specialist):
    client, address = client_of(specialist), reverse("collection:statistics_upload")
    assert client.post(address, {}).status_code == 422
    bad = SimpleUploadedFile("a.zip", archive({"a.txt": b"x"}))
    response = client.post(address, {"books": [bad]})
    assert response.status_code == 422
    assert "нет ни одной книги" in response.content.decode()


def test_the_command(versions, known_kindergarten, tmp_path):
    good, bad = tmp_path / "сад.xlsx", tmp_path / "список.xlsx"
    good.write_bytes(preschool_book(codes={"ИНН": INN}))
    out = StringIO()
    call_command("import_statistics", str(good), "--dry-run", stdout=out)
    assert not StatisticsFile.objects.exists()
    out = StringIO()
    call_command("import_statistics", str(good), "--json", stdout=out)
    said = json.loads(out.getvalue().splitlines()[-1])
    assert said["files"][0] | {} == {
        "name": "сад.xlsx", "form": "85k", "as_of": "2025-12-31", "organization": known_kindergarten.code,
        "state": "applied", "numbers": 3,
    }  # fmt: skip
    bad.write_bytes(b"PK\x03\x04")
    with pytest.raises(SystemExit) as ended:
        call_command("import_statistics", str(bad), stdout=StringIO())
    assert ended.value.code == 2
