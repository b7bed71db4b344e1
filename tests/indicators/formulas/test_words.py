"""A formula said in Russian."""

import pytest

from apps.indicators.formulas import in_words, parse, parse_condition

NAMES = {"a": "Успевают на «4» и «5»", "b": "Всего учащихся"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("100 * [a] / [b]", "100 × «Успевают на «4» и «5»» ÷ «Всего учащихся»"),
        ("1.5 * ([b] - [x])", "1,5 × («Всего учащихся» − [x])"),
        (
            "if([b] > 0, round([b], 1), 0)",
            "если «Всего учащихся» больше 0, то округление («Всего учащихся»; 1), иначе 0",
        ),
        ("share([a], [b])", "доля в процентах: «Успевают на «4» и «5»» от «Всего учащихся»"),
        ("points([b], 1: 30, 2: 60)", "баллы по шкале за «Всего учащихся» (от 1 — 30; от 2 — 60; меньше — 0)"),
        ("[b] - previous([b])", "«Всего учащихся» − «Всего учащихся» за прошлый период"),
        ("coalesce([b], 0)", "первое известное из («Всего учащихся»; 0)"),
    ],
)
def test_a_formula_in_words(text, words):
    assert in_words(parse(text), NAMES) == words


def test_a_rule_in_words():
    assert in_words(parse_condition("[a] <= [b] and not [b] = 0"), {"a": "Часть", "b": "Целое"}) == (
        "(«Часть» не больше «Целое») и (неверно, что («Целое» равно 0))"
    )
