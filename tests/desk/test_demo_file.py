"""The file left for the newcomer: as the generator makes it, read by the portal's own import."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from django.conf import settings
from django.core.management import call_command

from apps.accounts.models import User
from apps.desk.demo import catalog, example, f1_file
from apps.desk.demo.world import SEED, World
from apps.procedures import services as procedures
from apps.procedures.intake import Incoming
from apps.procedures.models import QuarantinedRow, ResultAggregate, ResultFile
from tests.desk.conftest import TODAY

FIXTURE = settings.BASE_DIR / "fixtures" / "demo" / "f1_russian_4_2026.xlsx"
SCHOOLS = [school for school in catalog.SCHOOLS if school.code != catalog.MERGED]


def _cells(path: Any) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path, read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_committed_file_is_what_the_generator_makes() -> None:
    assert _cells(FIXTURE) == _cells(BytesIO(f1_file.as_bytes(year=2026, seed=SEED)))


def test_frame_is_that_of_the_federal_system() -> None:
    rows = _cells(FIXTURE)
    assert rows[0][0] == "Индивидуальные результаты"
    assert rows[2][0] == "ВПР 2026 Русский язык 4 класс"
    assert rows[4][:2] == ("Максимальный первичный балл:", 24)
    assert rows[5][:2] == ("Дата:", "20.04.2026")
    assert rows[6][2] == "Уровень сложности задания"
    assert len(rows[7]) == 24
    assert rows[7][:6] == ("ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант")
    assert rows[7][6] == "1 (2б)"
    separators = [row[0] for row in rows[8:] if row[3] is None]
    assert len(separators) == len(SCHOOLS) + 1
    assert all("| Кол-во участников: " in separator for separator in separators)


def test_file_imports_with_its_planted_faults(municipality: World) -> None:
    specialist = municipality.people["specialist"]
    batch = procedures.create_batch(
        incoming=[Incoming(name=FIXTURE.name, stream=BytesIO(FIXTURE.read_bytes()))], by=specialist
    )
    procedures.import_batch(batch=batch, by=specialist)
    file = batch.files.get()
    assert file.state == ResultFile.State.DONE, file.findings
    assert file.schools == len(SCHOOLS) + 1
    assert file.unknown_schools == 1
    assert file.quarantined == len(f1_file.WRONG_ROWS)
    assert file.rows == file.absent + file.present
    assert QuarantinedRow.objects.filter(file=file).count() == len(f1_file.WRONG_ROWS)
    assert ResultAggregate.objects.ours().count() == len(SCHOOLS)


def test_example_is_kept_once_and_waits_until_it_is_handed_over(specialist: User) -> None:
    example.load(World.begin(today=TODAY))
    kept = example.waiting_example()
    assert kept is not None
    assert kept.name == f"Ф1_Индивидуальные результаты_РУ 4_{TODAY.year}.xlsx"
    with kept.file.open("rb") as stream:
        procedures.create_batch(incoming=[Incoming(name=kept.name, stream=stream)], by=specialist)
    assert example.waiting_example() is None
    assert ResultFile.objects.get().sha256 == kept.sha256


def test_without_the_demonstration_there_is_no_example(db: None) -> None:
    assert example.waiting_example() is None


def test_command_writes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "f1.xlsx"
    call_command("demo_vpr_file", output=str(path), year=2027, verbosity=0)
    assert _cells(path)[2][0] == "ВПР 2027 Русский язык 4 класс"
