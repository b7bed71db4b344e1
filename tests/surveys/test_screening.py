"""Names and contacts in free answers."""

import pytest

from apps.surveys.screening import screen


@pytest.mark.parametrize(
    "text",
    [
        "Иванова Мария Петровна кричит",
        "кричит Мария Петровна",
        "классный руководитель Сидоров П.А. хороший",
        "А. С. Кузнецов всегда занят",
        "наша Смирнова Анна лучше всех",
        "Спасибо Ольге Сергеевне!",
        "напишите mama@mail.example",
        "звоните 8 (912) 345-67-89",
        "тел +79123456789",
        "ссылка https://vk.example/id1 тут",
        "vk.com/id77",
        "телеграм @mama_5b",
    ],
)
def test_is_masked(text: str) -> None:
    screened = screen(text)
    assert screened.masked >= 1
    for secret in (
        "Мария",
        "Петровна",
        "Сидоров",
        "Кузнецов",
        "Смирнова",
        "Ольге",
        "mail",
        "345",
        "9123",
        "vk",
        "mama",
    ):
        assert secret not in screened.text


@pytest.mark.parametrize(
    "text",
    [
        "Хотелось бы больше кружков. Сделайте навес у входа.",
        "Недавно починили крышу, главное — тепло.",
        "Ребёнку 12 лет, 5 уроков в день, питание 120 рублей.",
        "На сайте школы трудно найти меню.",
        "Начало в 8:30, конец в 14-15.",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert screen(text).text == text


def test_a_long_text_is_quick() -> None:
    screen("Иванов " * 280)
    screen("8" * 2000)
    screen("а.б@" * 500)
