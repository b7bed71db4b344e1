"""What each sign says of counts: thresholds met exactly, too few participants, absent figures."""

from decimal import Decimal
from math import sqrt

import pytest

from apps.analysis.signs import judging
from apps.analysis.signs.judging import (
    LowProfile,
    Marker,
    MeanCase,
    Participation,
    Result,
    Series,
    ShareCase,
    Turnout,
    WorkYears,
)
from apps.analysis.signs.share import Counts, Threshold

D = Decimal
THIRTY = Threshold(D(30), 10)


def shares(*pairs):
    return [ShareCase(f"Работа {n}", Counts(low, whole)) for n, (low, whole) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("pairs", "result"),
    [
        pytest.param([(3, 10)], Result.MARKED, id="exactly the threshold"),
        pytest.param([(29, 100)], Result.CLEAR, id="just below"),
        pytest.param([(2999, 10_000)], Result.CLEAR, id="29.99 per cent"),
        pytest.param([(9, 9)], Result.UNASSESSED, id="nine participants say nothing"),
        pytest.param([(9, 9), (0, 10)], Result.CLEAR, id="one work is enough to judge"),
        pytest.param([], Result.UNASSESSED, id="no works"),
    ],
)
def test_failing_share(pairs, result):
    assert judging.failing_share(shares(*pairs), THIRTY).result == result


def test_failing_share_says_the_value_and_the_interval():
    found = judging.failing_share(shares((6, 20), (0, 20)), THIRTY)
    assert found.value == 30
    assert "отмечено работ: 1 из 2" in found.written
    # Wilson for 6 of 20, worked by hand with z = 1.959964: 14.5 … 51.9 %.
    assert "14,5" in found.cases[0].note
    assert "51,9" in found.cases[0].note
    assert "возможна случайность" in found.cases[0].note


def mean(own, n=20):
    return MeanCase("Средний балл", D(own), D(4), n)


@pytest.mark.parametrize(
    ("given", "means", "result"),
    [
        pytest.param([(6, 20)], [], Result.MARKED, id="share"),
        pytest.param([], [mean("3.6")], Result.MARKED, id="lags by exactly ten percent"),
        pytest.param([], [mean("3.61")], Result.CLEAR, id="lags by less"),
        pytest.param([], [mean("3.0", n=9)], Result.UNASSESSED, id="too few graduates"),
        pytest.param([], [], Result.UNASSESSED, id="no exams"),
    ],
)
def test_low_exams(given, means, result):
    assert judging.low_exams(shares(*given), means, THIRTY, D(10)).result == result


def test_a_lagging_mean_says_whether_chance_may_have_done_it():
    wide = MeanCase("Среднее", D(50), D(60), 12, 1, "протоколы экзамена", (D(44), D(56)))
    sure = MeanCase("Среднее", D(50), D(60), 90, 1, "протоколы экзамена", (D(48), D(52)))
    notes = [judging.low_exams([], [case], THIRTY, D(10)).cases[0].note for case in (wide, sure)]
    assert notes[0] == "отставание 16,7\xa0%; интервал 44,0 – 56,0; возможна случайность; протоколы экзамена"
    assert "возможна случайность" not in notes[1]  # 52 is below 54, nine tenths of the whole


def series(*years):
    return [Series("ВПР", tuple((str(n), good, marked) for n, (good, marked) in enumerate(years)))]


@pytest.mark.parametrize(
    ("years", "result"),
    [
        pytest.param([(70, 100), (65, 100), (60, 100)], Result.MARKED, id="fell twice, by ten points"),
        pytest.param([(70, 100), (65, 100), (61, 100)], Result.CLEAR, id="fell twice, by nine"),
        pytest.param([(70, 100), (55, 100), (60, 100)], Result.CLEAR, id="fell and rose again"),
        pytest.param([(40, 100), (40, 100), (65, 100)], Result.MARKED, id="spread of twenty five"),
        pytest.param([(70, 100), (65, 100), (5, 9)], Result.UNASSESSED, id="nine in one year"),
        pytest.param([(70, 100), (60, 100)], Result.UNASSESSED, id="two years"),
    ],
)
def test_unstable(years, result):
    assert judging.unstable(series(*years), D(10), D(25), 10).result == result


def test_a_swing_upwards_is_said_to_be_a_rise():
    up = judging.unstable([Series("ВПР", (("2024", 4, 20), ("2025", 5, 20), ("2026", 12, 20)))], D(10), D(25), 10)
    assert up.result == Result.MARKED
    assert "размах 40,0" in up.cases[0].note
    assert "за счёт роста" in up.cases[0].note
    down = judging.unstable([Series("ВПР", (("2024", 12, 20), ("2025", 5, 20), ("2026", 4, 20)))], D(10), D(25), 10)
    assert "роста" not in down.cases[0].note


def test_a_change_has_the_interval_of_newcombe():
    before, after = Counts(56, 70), Counts(48, 80)

    def wilson(low, n):
        z, p = 1.959964, low / n
        middle, spread = p + z * z / 2 / n, z * sqrt(p * (1 - p) / n + z * z / 4 / n / n)
        return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)

    (low1, high1), (low2, high2) = wilson(56, 70), wilson(48, 80)
    change = 48 / 80 - 56 / 70
    found = judging.difference(before, after)
    assert float(found.lower) == pytest.approx(100 * (change - sqrt((0.6 - low2) ** 2 + (high1 - 0.8) ** 2)))
    assert float(found.upper) == pytest.approx(100 * (change + sqrt((high2 - 0.6) ** 2 + (0.8 - low1) ** 2)))
    assert judging.difference(Counts(0, 0), after) is None


@pytest.mark.parametrize(
    ("own", "result"),
    [
        pytest.param(Turnout(30, 100), Result.MARKED, id="a quarter below exactly"),
        pytest.param(Turnout(31, 100), Result.CLEAR, id="less than a quarter below"),
        pytest.param(Turnout(1, 9), Result.UNASSESSED, id="few pupils"),
    ],
)
def test_contests(own, result):
    found = Participation(own, Turnout(200, 500), "Похожие", 5)
    assert judging.contests(found, Threshold(D(25), 10)).result == result


def test_participations_may_be_more_than_pupils_and_have_no_interval():
    found = Participation(Turnout(150, 100), Turnout(1100, 500), "Похожие", 5, "итоги олимпиад", once=False)
    judged = judging.contests(found, Threshold(D(25), 10))  # 150 of 220: 31.8 % less
    assert judged.result == Result.MARKED
    assert judged.written == "150,0 на 100 учащихся при 220,0 на 100 учащихся в группе «Похожие»"
    assert "интервал не строится" in judged.cases[0].note
    assert judged.cases[0].note.endswith("итоги олимпиад")


def test_what_was_not_run_is_not_judged_and_says_why():
    assert judging.contests(None, THIRTY, "школа не отнесена к группе").written == "школа не отнесена к группе"
    assert judging.biased_results(None, D(1)).written == "не рассчитан: нет прогона объективности"
    assert judging.social(None, THIRTY).result == Result.UNASSESSED


@pytest.mark.parametrize(
    ("markers", "least", "result"),
    [
        pytest.param([True, False], 1, Result.MARKED, id="one marker"),
        pytest.param([True, False], 2, Result.CLEAR, id="two are asked"),
        pytest.param([None, None], 1, Result.UNASSESSED, id="all too small"),
        pytest.param([False, None], 1, Result.CLEAR, id="judged without a marker"),
    ],
)
def test_biased_results(markers, least, result):
    found = [Marker(f"Маркер {n}", "", is_marked, 20) for n, is_marked in enumerate(markers)]
    assert judging.biased_results(found, D(least)).result == result


@pytest.mark.parametrize(
    ("index", "n", "result"),
    [
        pytest.param("25", 100, Result.MARKED, id="at the threshold"),
        pytest.param("25.1", 100, Result.CLEAR, id="above"),
        pytest.param("10", 4, Result.UNASSESSED, id="few pupils"),
    ],
)
def test_social(index, n, result):
    found = judging.SocialIndex(D(index), n, (("Неполные семьи", "31 %"),))
    judged = judging.social(found, Threshold(D(25), 10))
    assert judged.result == result
    assert judged.cases[0].title == "Неполные семьи"


def work(*years):
    counts = [Counts(*year) if year else None for year in years]
    return WorkYears("ВПР, Математика", (*counts, *[None] * (3 - len(counts))))


@pytest.mark.parametrize(
    ("works", "result"),
    [
        pytest.param([work((3, 10)), work((6, 20))], Result.MARKED, id="two works of the year"),
        pytest.param([work((3, 10)), work((5, 20))], Result.CLEAR, id="one work"),
        pytest.param([work((3, 10), (3, 10))], Result.MARKED, id="the same work two years running"),
        pytest.param([work((3, 10), (2, 10))], Result.CLEAR, id="not low the year before"),
        pytest.param([work((3, 10), None, (3, 10))], Result.CLEAR, id="a year between"),
        pytest.param([work((3, 9))], Result.UNASSESSED, id="nine, and no other year"),
        pytest.param([work((3, 5), (2, 5), (2, 5)), work((4, 10))], Result.MARKED, id="three years for a small one"),
        pytest.param([work((5, 5), (0, 5), (0, 5))], Result.CLEAR, id="three years together are not low"),
        pytest.param([], Result.UNASSESSED, id="no results"),
    ],
)
def test_schools_with_low_results(works, result):
    assert judging.low_results(works, LowProfile(THIRTY, 2)).result == result


def test_pooling_is_said():
    found = judging.low_results([work((3, 5), (2, 5), (2, 5))], LowProfile(THIRTY, 1))
    assert "за три года вместе" in found.cases[0].note
    assert found.cases[0].n == 15
