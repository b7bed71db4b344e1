"""The register from a file: findings by cell, a plan before anything is written, exactly that plan afterwards."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import Refused, Severity
from apps.organizations.models import ExternalId, Organization
from apps.organizations.register import files
from apps.organizations.register.applying import import_organizations, preview
from apps.organizations.register.planning import Plan
from apps.workbooks.writing import export_table
from tests.factories.organizations import ExternalIdFactory, SchoolFactory, SiteFactory

HEADERS = ["Код", "Вид", "Краткое название", "Номер", "Программы", "Местность", "Открыта", "ФИС ОКО", "Сайт"]
NEW = ["school-05", "школа", "Школа № 5", 5, "начальное; основное", "село", date(1985, 9, 1), "sch990005", None]


def _file(*rows: list[Any], headers: list[str] = HEADERS, kind: Any = "xlsx") -> io.BytesIO:
    return io.BytesIO(export_table(headers, rows, kind=kind))


def _errors(plan: Plan) -> list[tuple[str, str]]:
    return [(f.code, f.cell or str(f.row)) for f in plan.findings if f.severity == Severity.ERROR]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_new_organisation_comes_in_whole(specialist: User, kind: str) -> None:
    done = import_organizations(source=_file(NEW, kind=kind), by=specialist)
    assert [row.code for row in done.created] == ["school-05"]
    school = Organization.objects.get(code="school-05")
    assert (school.name, school.number, school.locality) == ("Школа № 5", 5, "rural")
    assert school.programmes == ["primary", "basic"]
    assert school.opened_on == date(1985, 9, 1)
    known = school.external_ids.get()
    assert (known.system, known.prefix, known.value) == ("fis_oko", "sch", "990005")
    assert school.events.get().kind == "opened"
    assert events.history(school).get().actor == specialist


def test_second_import_of_the_same_file_changes_nothing(specialist: User) -> None:
    import_organizations(source=_file(NEW), by=specialist)
    again = import_organizations(source=_file(NEW), by=specialist)
    assert (len(again.created), len(again.updated), len(again.unchanged)) == (0, 0, 1)
    assert ExternalId.objects.count() == 1
    assert events.history(Organization.objects.get(code="school-05")).count() == 1


def test_update_shows_old_and_new_and_blank_erases_nothing(specialist: User, school: Organization) -> None:
    Organization.objects.filter(pk=school.pk).update(website="https://one.example", locality="rural")
    row = ["school-01", "школа", "Лицей № 1", None, None, "город", None, None, None]
    plan = preview(_file(row))
    assert [(c.title, c.old_text, c.new_text) for c in plan.updated[0].changes] == [
        ("Краткое название", "Школа № 1", "Лицей № 1"),
        ("Местность", "село", "город"),
    ]
    import_organizations(source=_file(row), by=specialist, digest=plan.digest)
    school.refresh_from_db()
    assert (school.name, school.number, school.website) == ("Лицей № 1", 1, "https://one.example")
    assert school.events.get().note == "Прежнее название: Школа № 1"


def test_only_the_previewed_plan_is_applied(specialist: User, school: Organization) -> None:
    row = ["school-01", "школа", "Лицей № 1", None, None, None, None, None, None]
    plan = preview(_file(row))
    Organization.objects.filter(pk=school.pk).update(name="Гимназия № 1")
    with pytest.raises(Refused) as refusal:
        import_organizations(source=_file(row), by=specialist, digest=plan.digest)
    assert refusal.value.findings[0].code == "plan_changed"
    assert Organization.objects.get(pk=school.pk).name == "Гимназия № 1"


def test_every_bad_cell_is_told_at_once_and_nothing_is_written(specialist: User, school: Organization) -> None:
    rows = [
        NEW,
        ["Школа 6", "лицей", "Школа № 6", "шесть", "высшее", "деревня", "когда-то", "нет", "javascript:alert(1)"],
        ["school-05", "школа", None, -1, None, None, None, None, None],
    ]
    plan = preview(_file(*rows))
    assert _errors(plan) == [
        ("cell_invalid", "A3"),
        ("cell_invalid", "B3"),
        ("cell_invalid", "D3"),
        ("cell_invalid", "E3"),
        ("cell_invalid", "F3"),
        ("cell_invalid", "G3"),
        ("cell_invalid", "H3"),
        ("cell_invalid", "I3"),
        ("cell_blank", "C4"),
        ("cell_invalid", "D4"),
        ("code_repeated", "A4"),
    ]
    with pytest.raises(Refused):
        import_organizations(source=_file(*rows), by=specialist)
    assert Organization.objects.educational().count() == 1


def test_code_of_another_system_has_one_owner(specialist: User, school: Organization) -> None:
    ExternalIdFactory(organization=school, prefix="edu", value="990005")
    assert _errors(preview(_file(NEW))) == [("external_taken", "2")]
    within = [NEW, ["school-06", "школа", "Школа № 6", 6, None, None, None, "edu990005", None]]
    school.external_ids.all().delete()
    assert _errors(preview(_file(*within))) == [("external_taken", "3")]


def test_new_login_ends_the_old_one_and_a_new_prefix_does_not(specialist: User) -> None:
    import_organizations(source=_file(NEW), by=specialist)
    import_organizations(source=_file([*NEW[:7], "edu990005", None]), by=specialist)
    assert [str(known) for known in ExternalId.objects.all()] == ["ФИС ОКО: edu990005"]
    import_organizations(source=_file([*NEW[:7], "edu990077", None]), by=specialist)
    assert {(k.value, k.valid_to is None) for k in ExternalId.objects.all()} == {("990005", False), ("990077", True)}


def test_kind_is_not_changed_and_no_second_authority_comes(school: Organization) -> None:
    rows = [
        ["school-01", "детский сад", "Школа № 1", *[None] * 6],
        ["boss", "орган управления образованием", "Второе управление", *[None] * 6],
    ]
    assert _errors(preview(_file(*rows))) == [("kind_changed", "2"), ("authority", "3")]


def test_organisations_left_out_are_told_and_stay(school: Organization, other_school: Organization) -> None:
    plan = preview(_file(["school-01", "школа", "Школа № 1", *[None] * 6]))
    assert [(f.code, f.found) for f in plan.findings] == [("not_in_file", "school-02")]
    assert not plan.is_refused


def test_file_without_its_columns_is_refused_with_their_names(db: None) -> None:
    plan = preview(_file(["x", "y"], headers=["Вид", "Цвет"]))
    assert plan.is_refused


def test_export_comes_back_unchanged(school: Organization, kindergarten: Organization) -> None:
    school.opened_on, school.website = date(1965, 9, 1), "https://one.example"
    school.settlement = "=HYPERLINK(1)"
    school.save()
    ExternalIdFactory(organization=school)
    SiteFactory(organization=school)
    for kind in ("xlsx", "csv"):
        data = files.export(Organization.objects.educational(), kind=kind)  # type: ignore[arg-type]
        plan = preview(io.BytesIO(data))
        assert (len(plan.unchanged), plan.findings, plan.updated) == (2, [], [])


def test_template_is_read_as_an_empty_register(db: None) -> None:
    plan = preview(io.BytesIO(files.template()))
    assert [f.code for f in plan.findings if f.severity == Severity.ERROR] == ["table_empty"]


def test_many_rows_cost_few_queries(django_assert_max_num_queries: Any, db: None) -> None:
    for number in range(1, 21):
        SchoolFactory(number=number)
    rows = [[f"school-{n:02d}", "школа", f"Школа № {n}", *[None] * 6] for n in range(1, 21)]
    with django_assert_max_num_queries(3):
        assert len(preview(_file(*rows)).unchanged) == 20


# --- the command


def _run(path: Path, *options: str, capsys: Any) -> tuple[int, dict[str, Any]]:
    code = 0
    try:
        call_command("import_organizations", str(path), "--json", *options)
    except SystemExit as end:
        code = int(str(end.code))
    return code, json.loads(capsys.readouterr().out.strip().splitlines()[-1])


def test_command_counts_and_a_dry_run_writes_nothing(tmp_path: Path, capsys: Any, db: None) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(_file(NEW).getvalue())
    code, said = _run(path, "--dry-run", capsys=capsys)
    assert (code, said["created"], said["dry_run"]) == (0, 1, True)
    assert not Organization.objects.exists()
    code, said = _run(path, capsys=capsys)
    assert (code, said) == (0, {"created": 1, "updated": 0, "unchanged": 0, "refused": 0})
    assert Organization.objects.get().code == "school-05"


def test_command_refuses_a_bad_file_with_findings(tmp_path: Path, capsys: Any, db: None) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(_file(["школа!", "школа", "Школа", *[None] * 6], NEW).getvalue())
    code, said = _run(path, capsys=capsys)
    assert (code, said["created"], said["refused"]) == (2, 0, 1)
    assert said["findings"][0]["cell"] == "A2"
    path.write_bytes(b"not a workbook")
    code, said = _run(path, capsys=capsys)
    assert code == 2
    assert not Organization.objects.exists()
