"""Reference series from a file: findings by cell, a look before writing, marked while unconfirmed."""

import io
import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.indicators.models import Aggregate, ReferencePoint, ReferenceSeries
from apps.indicators.references.loading import load_references, plan_references, template
from apps.workbooks.writing import export_table
from tests.factories.indicators import PackFactory
from tests.factories.series import share_version

pytestmark = pytest.mark.django_db

HEADERS = ["Код показателя", "Чьи данные", "Территория", "Период", "Значение", "Источник", "Ссылка",
           "Дата источника", "Сверено"]  # fmt: skip
ROW = ["trial.2%", "регион", "Пример области", 2025, "47,2", "Сборник, таблица 3", None, "01.03.2026", "нет"]


@pytest.fixture
def share():
    PackFactory()
    return share_version()


def book(*rows, kind="xlsx"):
    return io.BytesIO(export_table(HEADERS, rows, kind=kind))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_series_comes_in_with_its_source(share, specialist, kind):
    other = [*ROW[:3], "2024", 46, *ROW[5:]]
    plan = load_references(source=book(ROW, other, kind=kind), by=specialist)
    assert (len(plan.new), len(plan.changed), plan.unchanged) == (2, 0, 0)
    series = ReferenceSeries.objects.get()
    assert (series.owner, series.source, series.is_confirmed) == ("region", "Сборник, таблица 3", False)
    assert f"{series.source_date:%d.%m.%Y}" == "01.03.2026"
    assert [(point.period.code, point.number) for point in series.points.all()] == [
        ("2024", Decimal(46)), ("2025", Decimal("47.2")),
    ]  # fmt: skip
    assert not Aggregate.objects.exists()  # never added up
    again = load_references(source=book(ROW, other), by=specialist)
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 2)


def test_every_bad_cell_at_once_and_nothing_written(share, specialist):
    rows = [
        ["нет.такого", *ROW[1:]],
        [ROW[0], "район", *ROW[2:]],
        [*ROW[:3], "вчера", *ROW[4:]],
        [*ROW[:4], "много", *ROW[5:]],
        [*ROW[:4], "140", *ROW[5:]],
        [*ROW[:5], None, *ROW[6:]],
        [*ROW[:3], "2025/26", *ROW[4:]],
        [*ROW[:6], "javascript:alert(1)", *ROW[7:]],
    ]
    with pytest.raises(Refused) as refusal:
        load_references(source=book(*rows), by=specialist)
    found = {(finding.code, finding.cell) for finding in refusal.value.findings}
    assert found >= {
        ("unknown_indicator", "A2"), ("cell_invalid", "B3"), ("cell_invalid", "D4"), ("cell_invalid", "E5"),
        ("beyond", "E6"), ("cell_blank", "F7"), ("wrong_period", "D8"), ("cell_invalid", "G9"),
    }  # fmt: skip
    assert not ReferenceSeries.objects.exists()


def test_a_row_twice_and_two_sources_of_one_series(share):
    plan = plan_references(book(ROW, ROW, [*ROW[:3], "2024", 46, "Другой сборник", *ROW[6:]]))
    assert {finding.code for finding in plan.findings} == {"row_repeated", "source_differs"}


def test_a_look_first_then_exactly_that(client_of, share):
    client = client_of(Role.SPECIALIST)
    address = reverse("indicators:references")
    upload = SimpleUploadedFile("ряды.xlsx", book(ROW).getvalue())
    page = client.post(address, {"file": upload})
    assert "Новых значений: 1" in page.content.decode()
    assert not ReferencePoint.objects.exists()
    kept, plan = page.context["kept"], page.context["plan"]
    sent = {"confirm": "1", "file": str(kept.pk), "digest": plan.digest}
    load_references(source=book([*ROW[:4], 50, *ROW[5:]]), by=None)
    late = client.post(address, sent).content.decode()
    assert "ряды сравнения изменились" in late
    assert ReferencePoint.objects.get().number == 50
    page = client.post(address, {"file": SimpleUploadedFile("ряды.xlsx", book(ROW).getvalue())})
    sent = {"confirm": "1", "file": str(page.context["kept"].pk), "digest": page.context["plan"].digest}
    assert client.post(address, sent).status_code == 302
    assert ReferencePoint.objects.get().number == Decimal("47.2")
    assert "не подтверждено" in client.get(address).content.decode()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COORDINATOR, Role.OBSERVER])
def test_the_page_is_the_authoritys(client_of, share, role):
    assert client_of(role).get(reverse("indicators:references")).status_code == 404


def test_a_methodologist_reads_and_does_not_load(client_of, user_of, share):
    client = client_of(Role.METHODOLOGIST)
    assert client.get(reverse("indicators:references")).status_code == 200
    assert client.post(reverse("indicators:references"), {"confirm": "1"}).status_code == 404
    assert client.get(reverse("indicators:references_template")).status_code == 404
    with pytest.raises(Refused):
        load_references(source=book(ROW), by=user_of(Role.METHODOLOGIST))


def test_the_command_is_the_same_service(share, tmp_path, capsys):
    path = tmp_path / "ряды.xlsx"
    path.write_bytes(book(ROW).getvalue())
    call_command("load_references", str(path), "--dry-run")
    assert not ReferencePoint.objects.exists()
    call_command("load_references", str(path), "--json")
    said = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert (said["created"], said["updated"], said["unchanged"]) == (1, 0, 0)
    path.write_bytes(book([*ROW[:4], "много", *ROW[5:]]).getvalue())
    with pytest.raises(SystemExit) as end:
        call_command("load_references", str(path))
    assert end.value.code == 2


def test_the_sample_file_shows_how(share):
    plan = plan_references(io.BytesIO(template()))
    assert {finding.code for finding in plan.findings} == {"unknown_indicator"}  # only the code is not ours
