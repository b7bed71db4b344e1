"""Stretches of time under each other."""

from datetime import date

from apps.core.charts import Stretch, Timeline

STATES = ("выполнено", "в срок", "просрочено")


def chart(*stretches, today=date(2026, 3, 10)):
    return Timeline("План", "Описание", stretches, STATES, today)


def test_every_stretch_is_drawn_for_a_wide_page_and_for_a_phone_and_stands_in_the_table():
    made = chart(
        Stretch("Семинар", date(2026, 1, 10), date(2026, 2, 20), 0, "Этап 1"),
        Stretch("Опрос & <итог>", date(2026, 2, 1), date(2026, 12, 31), 2, "Этап 2"),
    )
    assert made.table().rows == [
        ["Семинар", "10.01.2026", "20.02.2026", "выполнено"],
        ["Опрос & <итог>", "01.02.2026", "31.12.2026", "просрочено"],
    ]
    for narrow in (False, True):
        svg = made.svg(narrow=narrow)
        for words in ("Семинар", "Этап 1", "Этап 2", "сегодня", "янв 26", "Опрос &amp; &lt;итог&gt;"):
            assert words in svg
        assert "в срок" not in svg  # the legend holds only states that are there
        assert "style=" not in svg
        assert "pattern" in svg


def test_a_day_outside_draws_no_line_of_today_and_nothing_at_all_is_said_in_words():

    assert "сегодня" not in chart(Stretch("А", date(2026, 5, 1), date(2026, 5, 1), 1)).svg()
    assert "Нет данных" in chart().svg()


def test_ten_years_are_marked_by_years_and_stay_inside_the_drawing():
    svg = chart(Stretch("Долго", date(2020, 1, 1), date(2029, 12, 31), 1)).svg(narrow=True)
    assert "янв 20" in svg
    assert "фев" not in svg
