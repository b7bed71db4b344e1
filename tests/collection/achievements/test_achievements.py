"""Achievements: names stay at the school, its totals go up; what a name would come in by is refused."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.collection.achievements.book import FIRST_COLUMN, FIRST_ROW, LIST, TOTALS, Owner, local_book
from apps.collection.models import AchievementCount, AchievementReport
from apps.collection.services import achievements as services
from apps.core.findings import Refused
from apps.core.models import PrivateFile
from apps.core.periods import school_year_of
from tests.collection.selfexam.conftest import codes_of
from tests.factories.core import PeriodFactory

PUPIL = "Иванов Иван"
pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return PeriodFactory(code=school_year_of(timezone.localdate()).code)


@pytest.fixture
def calculated(school, year):
    """The local workbook as an office suite saves it: a list with names, totals with their results."""

    def make(edit=None, owner=None):
        content = local_book(owner or services.owner_of(school, year), title="Школа")
        book = openpyxl.load_workbook(BytesIO(content))
        pupils, totals = book[LIST], book[TOTALS]
        pupils["A4"], pupils["B4"], pupils["C4"], pupils["D4"] = PUPIL, 5, "олимпиада", "муниципальный"
        for row in totals.iter_rows(min_row=FIRST_ROW, min_col=FIRST_COLUMN):
            for cell in row:
                cell.value = 0  # the results beside the formulas
        totals.cell(FIRST_ROW + 4, FIRST_COLUMN).value = 3  # class 5, municipal, olympiad
        totals.cell(FIRST_ROW + 10, FIRST_COLUMN + 19).value = 1  # class 11, international, sport
        if edit:
            edit(book)
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make


def upload(school, year, by, content):
    return services.upload_totals(organization=school, period=year, stream=BytesIO(content), by=by)


def test_the_local_workbook_counts_itself(school, year):
    book = openpyxl.load_workbook(BytesIO(local_book(services.owner_of(school, year), title="Школа")))
    assert book.sheetnames == [LIST, TOTALS]
    formula = book[TOTALS].cell(FIRST_ROW + 4, FIRST_COLUMN).value
    assert formula.startswith("=COUNTIFS(")
    assert ",5," in formula
    assert '"олимпиада"' in formula
    assert '"муниципальный"' in formula
    assert len(book[LIST].data_validations.dataValidation) == 3


@pytest.mark.capability("S-163")
def test_only_the_numbers_go_up(client_of, school, year, coordinator, specialist, calculated):
    """Counts by class and kind are taken from the totals; the file with names is kept nowhere."""
    content = calculated()
    address = reverse("collection:achievements_upload", args=[year])
    sent = SimpleUploadedFile(f"{PUPIL}.xlsx", content)
    response = client_of(coordinator).post(address, {"workbook": sent})
    assert response.status_code == 302
    report = AchievementReport.objects.get()
    rows = list(report.counts.values_list("grade", "kind", "level", "number").order_by("grade"))
    assert rows == [(5, "olympiad", "municipal", 3), (11, "sport", "international", 1)]
    assert len(report.original_sha256) == 64
    (kept,) = PrivateFile.objects.all()
    assert "Иван" not in kept.name
    stored = kept.file.read()
    assert stored != content
    with ZipFile(BytesIO(stored)) as parts:
        assert not any("Иванов".encode() in parts.read(name) for name in parts.namelist())
    assert openpyxl.load_workbook(BytesIO(stored)).sheetnames == [TOTALS]
    page = client_of(coordinator).get(reverse("collection:achievements", args=[year])).content.decode()
    assert "всего 4" in page
    assert PUPIL not in page
    board = client_of(specialist).get(reverse("collection:achievements_board", args=[year])).content.decode()
    assert "<strong>4</strong>" in board
    assert PUPIL not in board


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ((FIRST_ROW, FIRST_COLUMN), PUPIL, "not_a_count"),
        ((FIRST_ROW, FIRST_COLUMN), -1, "not_a_count"),
        ((FIRST_ROW, FIRST_COLUMN), 1.5, "not_a_count"),
        ((FIRST_ROW, FIRST_COLUMN), 10_000, "not_a_count"),
        ((FIRST_ROW + 11, 1), PUPIL, "foreign_text"),
        ((FIRST_ROW, FIRST_COLUMN + 20), PUPIL, "foreign_text"),
    ],
)
def test_what_is_no_count_refuses_the_file_and_is_not_repeated(
    school, year, coordinator, calculated, place, value, code
):
    content = calculated(lambda book: book[TOTALS].cell(*place, value))
    with pytest.raises(Refused) as refusal:
        upload(school, year, coordinator, content)
    assert codes_of(refusal) == [code]
    assert "Иванов" not in str(refusal.value)
    assert not AchievementReport.objects.exists()
    assert not PrivateFile.objects.exists()


def test_formulas_that_were_never_counted_are_told(school, year, coordinator):
    content = local_book(services.owner_of(school, year), title="Школа")
    with pytest.raises(Refused) as refusal:
        upload(school, year, coordinator, content)
    assert len(refusal.value.findings) == 220


def test_a_workbook_of_another_school_year_or_hand_is_refused(school, year, coordinator, calculated):
    for owner, code in (
        (Owner("school-02", year.code), "foreign_organization"),
        (Owner(school.code, "1999/00"), "foreign_period"),
    ):
        with pytest.raises(Refused) as refusal:
            upload(school, year, coordinator, calculated(owner=owner))
        assert codes_of(refusal) == [code]

    def forge(book):
        book[TOTALS]["A3"] = "msoko-achievements:forged"

    with pytest.raises(Refused) as refusal:
        upload(school, year, coordinator, calculated(forge))
    assert codes_of(refusal) == ["no_identity"]


def test_counts_on_the_page_and_the_second_editor(client_of, school, year, coordinator, director):
    address = reverse("collection:achievements", args=[year])
    assert client_of(coordinator).post(address, {"revision": 0, "n-5-olympiad-regional": "7"}).status_code == 302
    stale = client_of(director).post(address, {"revision": 0, "n-5-olympiad-regional": "9"})
    assert stale.status_code == 422
    assert "изменил другой человек" in stale.content.decode()
    assert AchievementCount.objects.get().number == 7
    faulty = client_of(director).post(
        address, {"revision": 1, "n-5-olympiad-regional": "много", "n-6-arts-federal": "2"}
    )
    assert faulty.status_code == 422
    assert "много" in faulty.content.decode()
    assert AchievementCount.objects.get().number == 7


@pytest.mark.parametrize("role", list(Role))
def test_who_opens_what(client_of, role, year):
    pages = {
        reverse("collection:achievements", args=[year]): SCHOOL,
        reverse("collection:achievements_workbook", args=[year]): SCHOOL,
        reverse("collection:achievements_board", args=[year]): AUTHORITY,
        reverse("collection:achievements_export", args=[year]): AUTHORITY,
    }
    client = client_of(role)
    got = {address: client.get(address).status_code for address in pages}
    assert got == {address: 200 if role in allowed else 404 for address, allowed in pages.items()}


def test_another_school_does_not_write(school, year, other_director, calculated):
    with pytest.raises(Refused) as refusal:
        upload(school, year, other_director, calculated())
    assert codes_of(refusal) == ["no_right"]
