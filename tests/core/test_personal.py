"""The sieve for personal data: what is caught, what passes, and nothing is repeated."""

import pytest

from apps.core.personal import Kind, kinds, traces


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Иванов Иван Петрович выбыл", Kind.NAME),
        ("выбыла Иванова Мария Сергеевна", Kind.NAME),
        ("Ученик Петров И. И. болел", Kind.NAME),
        ("болел И.И. Петров", Kind.NAME),
        ("Петрова Даша переехала", Kind.NAME),
        ("Даша Петрова переехала", Kind.NAME),
        ("звоните 8 (900) 123-45-67", Kind.PHONE),
        ("тел. +7 900 123 45 67", Kind.PHONE),
        ("89001234567", Kind.PHONE),
        ("пишите на mama.ivanova@mail.example", Kind.EMAIL),
        ("СНИЛС 112-233-445 95", Kind.SNILS),
        ("11223344595", Kind.SNILS),
        ("паспорт серии 45 03 № 123456", Kind.PASSPORT),
    ],
)
def test_caught(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Прибыли двое учащихся из другой школы",
        "Школа имени А. С. Пушкина закрыта на ремонт",
        "Переезд с ул. Ленина на ул. Гагарина",
        "Библиотека им. Н. К. Крупской",
        "ОГРН 1022200000001, ИНН 2200000001",
        "Было 1 234 567, стало 8 900 123",
        "11223344596 — не СНИЛС: контрольное число не сходится",
        "Приказ Минпросвещения России от 06.11.2024 № 779",
        "Российская Федерация, Алтайский край, город Заречный",
        "1.10, 1.11 и A.9 пересчитаны",
        "",
    ],
)
def test_passes(text):
    assert traces(text) == []


def test_a_trace_keeps_no_value():
    (trace,) = traces("Иванов Иван Петрович")
    assert "Иван" not in repr(trace)
    assert (trace.start, trace.end) == (0, 20)
