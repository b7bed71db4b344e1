"""Names of indicators that stand alone."""

import pytest

from apps.reports.figures.names import Place, above, full_name, joined

TREE = {
    1: Place("so.1", None, "Образовательная деятельность"),
    2: Place("so.1.30", 1, "Численность педагогов по стажу"),
    3: Place("so.1.30.1", 2, "До 5 лет"),
    4: Place("so.1.30.1%", 3, "Удельный вес: до 5 лет"),
    5: Place("so.1.1", 1, "Общая численность учащихся"),
    6: Place("so.1.1%", 5, "Удельный вес"),
    7: Place("so.alone", None, "Сам по себе"),
}


@pytest.mark.parametrize(
    ("pk", "name"),
    [
        (3, "Численность педагогов по стажу — до 5 лет"),
        (4, "Численность педагогов по стажу — удельный вес: до 5 лет"),  # not under its own count
        (2, "Численность педагогов по стажу"),  # a section gives no meaning
        (5, "Общая численность учащихся"),
        (6, "Удельный вес"),
        (7, "Сам по себе"),
    ],
)
def test_a_name_is_read_with_what_it_stands_under(pk: int, name: str) -> None:
    assert full_name(TREE, pk) == name


def test_what_stands_above() -> None:
    assert above(TREE, 4) == TREE[2]
    assert above(TREE, 5) is None


def test_an_abbreviation_keeps_its_letters() -> None:
    assert joined("Наличие", "ЭБС и читального зала") == "Наличие — ЭБС и читального зала"
