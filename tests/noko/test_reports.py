"""The operator's file: looked at, accepted, undone; what is wrong in it."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from apps.core.findings import Refused
from apps.indicators.models import Value
from apps.noko import services
from apps.noko.models import Assessment, OperatorReport, Shortcoming
from tests.factories.noko import MeasureFactory, operator_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pack")]


@pytest.fixture
def upload(calendar_year, specialist):
    def go(rows, shortcomings=()):
        return services.upload_report(
            stream=operator_file(calendar_year, rows, shortcomings),
            name="Отчёт.xlsx",
            period=calendar_year,
            operator="ООО «Оператор»",
            by=specialist,
        )

    return go


def codes(report):
    return [finding["code"] for finding in report.findings]


def test_nothing_is_official_before_it_is_accepted(upload, school, of_school, client_of, director, specialist) -> None:
    report = upload({school.code: of_school})
    assert report.state == "preview"
    assert not Assessment.objects.exists()
    assert not Value.objects.exists()
    html = client_of(specialist).get(report.get_absolute_url()).content.decode()
    assert "ещё не официально" in html
    assert "89,81" in html
    assert client_of(specialist).get(reverse("noko:results", args=[2025])).status_code == 404
    assert client_of(director).get(report.get_absolute_url()).status_code == 404


def test_the_page_takes_the_file_and_a_press_makes_it_official(
    calendar_year, school, of_school, client_of, specialist
) -> None:
    client = client_of(specialist)
    stream = operator_file(calendar_year, {school.code: {**of_school, "link": "https://bus.gov.ru/info-card/77"}})
    sent = client.post(reverse("noko:upload"), {"year": "2025", "operator": "ООО «Оператор»", "file": stream})
    report = OperatorReport.objects.get()
    assert sent.url == report.get_absolute_url()
    client.post(reverse("noko:report_accept", args=[report.pk]))
    row = Assessment.objects.get()
    page = client.get(row.get_absolute_url()).content.decode()
    assert "https://bus.gov.ru/info-card/77" in page
    assert "86,72" in page
    values = Value.objects.filter(origin="noko.OperatorReport", origin_id=str(report.pk))
    assert values.count() == len(of_school)
    assert values.get(version__indicator__code="noko.N").origin_place.startswith("лист «Данные», ячейка")
    again = client.post(reverse("noko:report_accept", args=[report.pk]), follow=True)
    assert "Состояние отчёта изменилось" in again.content.decode()
    assert Assessment.objects.count() == 1


def test_totals_that_differ_are_queries_and_the_counted_one_counts(upload, school, of_school, specialist) -> None:
    stated = {"K1": 89.81, "K2": 84, "K3": 74.5, "K4": 95.2, "K5": 90.37, "S": 86.7}
    report = upload({school.code: {**of_school, **stated}})
    found = [finding for finding in report.findings if finding["code"] == "noko.total"]
    assert {(finding["found"], finding["expected"]) for finding in found} == {
        ("84,00", "83,75"),
        ("90,37", "90,38"),
    }
    assert all(finding["severity"] == "query" for finding in found)
    services.accept_report(report=report, by=specialist)
    assert Assessment.objects.get().figures["K2"].startswith("83.75")


def test_faults_of_a_file_are_told_all_at_once_and_block_it(upload, school, of_school, specialist) -> None:
    bad = {**of_school, "2.3.u": 250, "1.2.o1": "наверное", "5.1.u": "много", "4.3.n": 10.5, "link": "http://x.example"}
    report = upload({school.code: bad, "school-99": of_school, "": of_school})
    found = codes(report)
    for code in ("noko.part.2.3.u", "noko.yes_no", "noko.number", "noko.whole", "noko.link"):
        assert code in found
    assert found.count("noko.unknown") == 2
    with pytest.raises(Refused):
        services.accept_report(report=report, by=specialist)
    assert not Value.objects.exists()


def test_an_organisation_twice_in_a_file_is_an_error(calendar_year, school, of_school, specialist) -> None:
    stream = operator_file(calendar_year, {school.code: of_school})
    book = load_workbook(stream)
    book["Данные"].append([cell.value for cell in book["Данные"][2]])
    twice = BytesIO()
    book.save(twice)
    report = services.upload_report(stream=twice, name="f.xlsx", period=calendar_year, operator="О", by=specialist)
    assert "noko.twice" in codes(report)


def test_a_missing_criterion_is_said_not_filled(upload, kindergarten, of_kindergarten) -> None:
    report = upload({kindergarten.code: {**of_kindergarten, "K3": 28}})
    assert "noko.absent" in codes(report)
    assert "noko.total_only" in codes(report)


def test_shortcomings_come_from_the_operator_and_from_the_checklists(upload, school, of_school, specialist) -> None:
    lines = [(school.code, "2.1.o5", "Нет уборки в коридоре."), (school.code, "", "Тесная раздевалка."), ("x", "", "?")]
    report = upload({school.code: of_school}, lines)
    assert "noko.shortcoming" in codes(report)
    services.accept_report(report=report, by=specialist)
    texts = set(Shortcoming.objects.filter(origin="operator").values_list("text", flat=True))
    assert texts == {"Нет уборки в коридоре.", "Тесная раздевалка."}
    checked = set(Shortcoming.objects.filter(origin="checklist").values_list("indicator", flat=True))
    # Of 3.2 five conditions of six give the full points already.
    assert checked == {"1.2.o4", "1.2.o5", "1.2.o6", "3.1.o3", "3.1.o4", "3.1.o5"}


def test_undoing_takes_everything_back_for_a_reason(upload, school, of_school, client_of, specialist) -> None:
    report = upload({school.code: of_school})
    services.accept_report(report=report, by=specialist)
    url = reverse("noko:report_undo", args=[report.pk])
    client = client_of(specialist)
    assert "Напишите причину" in client.post(url, {"reason": ""}).content.decode()
    client.post(url, {"reason": "Не тот год"})
    assert not Assessment.objects.exists()
    assert not Value.objects.exists()
    report.refresh_from_db()
    assert (report.state, report.undone_reason) == ("undone", "Не тот год")
    second = upload({school.code: of_school})  # and it can come again
    services.accept_report(report=second, by=specialist)


def test_what_organisations_build_on_is_not_undone(upload, school, of_school, specialist) -> None:
    report = upload({school.code: of_school})
    services.accept_report(report=report, by=specialist)
    MeasureFactory(shortcoming=Shortcoming.objects.first())
    with pytest.raises(Refused, match="уже внесли меры"):
        services.undo_report(report=report, reason="Ошибка", by=specialist)
    assert Value.objects.exists()


def test_a_year_of_an_organisation_is_accepted_once(upload, school, of_school, specialist) -> None:
    services.accept_report(report=upload({school.code: of_school}), by=specialist)
    second = upload({school.code: of_school})
    assert "noko.taken" in codes(second)
    with pytest.raises(Refused):
        services.accept_report(report=second, by=specialist)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_with_words(client_of, specialist, content: bytes) -> None:
    file = BytesIO(content)
    file.name = "noko.xlsx"
    page = client_of(specialist).post(reverse("noko:upload"), {"year": "2025", "operator": "О", "file": file})
    assert page.status_code == 200
    assert not OperatorReport.objects.exists()


def test_a_workbook_about_something_else_says_what_is_missing(client_of, specialist) -> None:
    book = Workbook()
    book.active.append(["Фамилия", "Оценка"])
    book.active.append(["Иванов", 5])
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    stream.name = "noko.xlsx"
    page = client_of(specialist).post(
        reverse("noko:upload"), {"year": "2025", "operator": "О", "file": stream}, follow=True
    )
    assert "не найдена строка с названиями столбцов" in page.content.decode()


def test_the_template_filled_in_is_read_again(client_of, specialist, calendar_year, school, of_school) -> None:
    content = client_of(specialist).get(reverse("noko:template", args=[2025])).content
    book = load_workbook(BytesIO(content))
    sheet = book["Данные"]
    headers = [str(cell.value).split(". ")[0] for cell in sheet[1]]
    for column, number in enumerate(headers, start=1):
        if number in of_school:
            sheet.cell(2, column).value = of_school[number]
    filled = BytesIO()
    book.save(filled)
    report = services.upload_report(stream=filled, name="f.xlsx", period=calendar_year, operator="О", by=specialist)
    assert [finding for finding in report.findings if finding["severity"] == "error"] == []
    assert report.content["rows"][0]["figures"]["S"].startswith("86.7197")
