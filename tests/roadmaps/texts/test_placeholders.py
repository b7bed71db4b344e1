"""Placeholders: found however they are typed, checked when saved, never filled with nothing."""

import pytest

from apps.roadmaps.texts.placeholders import check, common, fill, has_hole, used


def test_known_ones_are_filled_in_any_case_and_spacing():
    filled = fill(
        "{Организация}: {  значение }, в среднем {СРЕДНЕЕ  по муниципалитету}.",
        {"организация": "Школа № 1", "значение": "45,3 %", "среднее по муниципалитету": "61,0 %"},
    )
    assert filled.text == "Школа № 1: 45,3 %, в среднем 61,0 %."
    assert filled.missing == ()


def test_what_has_no_figure_is_named_and_never_empty():
    filled = fill("{показатель} — {значение}, снова {значение}", {"показатель": "1.10", "значение": ""})
    assert filled.text == "1.10 — [нет: значение], снова [нет: значение]"
    assert filled.missing == ("значение",)
    assert has_hole(filled.text)
    assert not has_hole("нет: это слова")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("{организация} и {срок}", [], id="known"),
        pytest.param("{значене}", [("unknown_placeholder", "{значение}")], id="near"),
        pytest.param("{зарплата директора}", [("unknown_placeholder", "{организация}")], id="far: all are listed"),
        pytest.param("{x} {y} {x}", [("unknown_placeholder", ""), ("unknown_placeholder", "")], id="all at once"),
        pytest.param("нет пары { тут", [("lone_brace", "")], id="open"),
        pytest.param("нет } пары", [("lone_brace", "")], id="closed"),
        pytest.param("{}", [("unknown_placeholder", "")], id="empty"),
        pytest.param("Без подстановок 😀 <b>", [], id="markup and emoji are words"),
    ],
)
def test_checking(text, found):
    faults = check(text)
    assert [fault.code for fault in faults] == [code for code, _ in found]
    assert all(hint in str(fault) for fault, (_, hint) in zip(faults, found, strict=True))


def test_used_names_only_known_ones():
    assert used("{Кластер} {чужое} {среднее по кластеру}") == {"кластер", "среднее по кластеру"}


def test_what_all_read_alike_has_no_placeholders():
    text = "{организация}: {значение} при среднем {среднее по муниципалитету}. Составьте план. Ждём до {срок}!"
    assert common(text) == "У каждого адресата свои числа. Составьте план."
    assert common("Составьте план. До мая.") == "Составьте план. До мая."
