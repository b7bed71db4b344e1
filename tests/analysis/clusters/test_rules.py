import pytest

from apps.analysis.clusters.rules import Criterion, Facts, grouped

FACTS = {
    "a": Facts("urban", ("primary", "basic", "secondary"), 820, False, 4),
    "b": Facts("urban", ("primary", "basic"), 499, True, 1),
    "c": Facts("rural", ("primary", "basic"), 27, None, None),
    "d": Facts("urban", ("primary", "basic", "secondary"), 500, False, 3),
    "e": Facts("rural", (), None, False, 1),
}


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ([Criterion.LOCALITY], {"Город": "abd", "Село": "ce"}),
        (
            [Criterion.SIZE],
            {
                "500 обучающихся и больше": "ad",
                "100–499 обучающихся": "b",
                "До 99 обучающихся": "c",
                "Число обучающихся неизвестно": "e",
            },
        ),
        ([Criterion.LOCALITY, Criterion.LEVEL], {
            "Город, до 11 класса": "ad", "Город, до 9 класса": "b", "Село, до 9 класса": "c",
            "Село, программы не указаны": "e",
        }),
        ([Criterion.LOW_RESULTS], {"Шнор": "b", "Не шнор": "ade", "Отметки шнор нет": "c"}),
        ([Criterion.BAND], {
            "Условия наименее благоприятные": "be", "Условия выше середины": "d",
            "Условия наиболее благоприятные": "a", "Индекса нет": "c",
        }),
    ],
    ids=["locality", "size", "two at once", "low results", "index"],
)  # fmt: skip
def test_organisations_alike_in_every_criterion_stand_together(criteria, expected):
    found = grouped(FACTS, criteria, [500, 100])
    assert {one.name.lower(): "".join(one.members) for one in found} == {k.lower(): v for k, v in expected.items()}
