"""No name of a pupil is kept, under whatever head and in whatever shape it stands."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from apps.procedures import services
from apps.procedures.intake import Incoming
from apps.procedures.models import ResultFile
from apps.procedures.readers import privacy
from apps.procedures.readers.neutral import SheetRows
from apps.procedures.readers.words import scrubbed, without_words
from tests.factories.result_files import TWO_SCHOOLS, f1_rows, xlsx
from tests.procedures.test_importing import kept_bytes
from tests.procedures.test_ris import protocol

SURNAMES = ("Вымыслов", "Придуман", "Небывал")
SHAPES = {
    "full": "Вымыслова Анна Ивановна",
    "without patronymic": "Придуманов Олег",
    "capitals": "НЕБЫВАЛОВ ПЁТР ИЛЬИЧ",
    "small letters": "вымыслова анна",
    "initials": "Придуманов О. П.",
    "surname": "Небывалов",
    "numbered": "1. Вымыслова Анна",
    "with a code": "Придуманов Олег (40001)",
}


def texts(sheets):
    return " ".join(str(cell) for sheet in sheets for row in sheet.rows for cell in row if cell is not None).lower()


def matrix(head, cell):
    rows = [[number, "edu990101", 'МБОУ "Ивановская СОШ"', "6А", cell, number, 2, 3] for number in (1, 2, 3)]
    return [["РДР. Математика"], ["№", "Код ОО", "ОО", "Класс", head, "1", "2", "Сумма"], *rows]


@pytest.mark.parametrize("cell", SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize("head", ["ФИО", "Участник", "Список", "", "Имя", "Фамилия", "Шифр", "Обучающийся", "3"])
def test_people_are_cleared_in_any_shape_under_any_head(head, cell):
    (kept,) = privacy.without_names([SheetRows("Лист1", matrix(head, cell))])
    assert not any(name.lower() in texts([kept]) for name in SURNAMES)
    assert [(row[1], row[2], row[3], row[7]) for row in kept.rows[2:]] == [
        ("edu990101", 'МБОУ "Ивановская СОШ"', "6А", 3)
    ] * 3


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["Учитель: Вымыслова А.И."], ["№", "Код", "1"], [1, 40001, 1]], id="teacher in a title"),
        pytest.param([["Работа Вымысловой Анны Ивановны"], ["№", "Код", "1"], [1, 4, 1]], id="pupil in a title"),
        pytest.param([["Задание", "Вымыслова Анна"], ["Балл за 1", 1], ["Балл за 2", 0]], id="a table on its side"),
        pytest.param([[1, "Вымыслова", "Анна", 5], [2, "Придуманов", "Олег", 4]], id="no header"),
        pytest.param([["№", "ОО", "Связь"], [1, "СОШ 1", "+7 (912) 345-67-89"], [2, "СОШ 2", "a@b.ru"]], id="contacts"),
        pytest.param([["№", "Ученик", "Документ"], [1, "Вымыслова", 9900123456]], id="documents"),
    ],
)
def test_people_beside_the_table_are_cleared(rows):
    kept = texts(privacy.without_names([SheetRows("Лист1", rows)]))
    assert not any(word in kept for word in ("вымыслов", "придуман", "345-67", "a@b", "9900123456"))


def test_a_word_among_scores_stays_a_fault_to_be_seen():
    rows = f1_rows(TWO_SCHOOLS)
    rows[-1][7] = "Вымыслова"
    assert without_words(SheetRows("МА 4", rows)).rows[-1][7] == "(слово удалено)"


def test_files_with_codes_stay_as_they_are():
    rows = f1_rows(TWO_SCHOOLS)
    rows[9][4], rows[10][4], rows[11][4] = "4 «А»", "нет", "Чек"
    assert without_words(SheetRows("МА 4", rows)) is None


def test_names_of_files_are_scrubbed():
    assert scrubbed("РДР 6А (учитель Вымыслова А.И.).xlsx") == "РДР 6А (учитель (имя удалено)).xlsx"
    assert scrubbed("МБОУ СОШ № 5. Ф1 2025.xlsx") == "МБОУ СОШ № 5. Ф1 2025.xlsx"


def packed(files):
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    stream.seek(0)
    return stream


@pytest.mark.django_db
def test_nothing_that_is_stored_or_said_holds_a_name(specialist):
    names = matrix("Участник", "Вымыслова Анна")
    names[3][5] = names[4][2] = "Придуманов Олег"
    broken = f1_rows(TWO_SCHOOLS)
    broken[-1][0] = broken[-1][2] = "Небывалов Пётр"
    shifted = f1_rows(TWO_SCHOOLS)
    shifted[-1][7] = "Небывалов"
    table = "\n".join(";".join(map(str, row)) for row in names).encode("cp1251")
    files = {
        "Вымыслова А.И. протокол.xlsx": xlsx({"Page 1": protocol()}).read(),
        "матрица.csv": table,
        "матрица.xlsx": xlsx({"Небывалов П.И.": names}).read(),
        "сдвиг.xlsx": xlsx({"МА 4": shifted, "Список": [["Код", "Ученик"], [40001, "Вымыслова Анна"]]}).read(),
        "без логина.xlsx": xlsx({"МА 4": broken}).read(),
    }
    batch = services.create_batch(incoming=[Incoming("архив.zip", packed(files))], by=specialist)
    states = {file.name: file.state for file in services.import_batch(batch=batch, by=specialist)}
    assert sorted(states.values()) == ["done", "done", "refused", "unmapped", "unmapped"]
    said = "".join(
        json.dumps(list(model.objects.values()), cls=DjangoJSONEncoder, ensure_ascii=False, default=str)
        for label in ("procedures", "core")
        for model in apps.get_app_config(label).get_models()
    )
    assert "удален" in said
    stored = b"".join(kept_bytes())
    for name in SURNAMES:
        assert name not in said
        assert name.encode() not in stored
    assert ResultFile.objects.filter(names_removed=True).count() == 5
