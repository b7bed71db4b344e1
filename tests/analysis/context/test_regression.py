"""The line through schools of different size, against scipy and against simulated honest schools."""

import random

import numpy as np
import pytest
from scipy import optimize, stats

from apps.analysis.context.regression import Observed, fit, least_schools, quantile_of_t


def honest(lots, schools=25, slope=0.3, between=3.0):
    """Schools of 10 to 120 pupils whose results follow the context with the spread `between`."""
    rows = {}
    for key in range(schools):
        size, context = lots.randint(10, 120), lots.uniform(0, 100)
        variance = 15.0**2 / size
        value = 40 + slope * context + lots.gauss(0, between) + lots.gauss(0, variance**0.5)
        rows[key] = Observed(value, variance, (context,))
    return rows


def test_one_honest_school_in_twenty_is_outside():
    lots = random.Random(11)
    verdicts = []
    for _ in range(80):
        rows = honest(lots)
        line = fit(rows)
        verdicts += [line.schools[key].verdict(row.value) != 0 for key, row in rows.items()]
    assert 0.03 < np.mean(verdicts) < 0.075


def test_a_school_far_above_is_found_and_does_not_move_the_line():
    lots = random.Random(4)
    found, slopes = 0, []
    for _ in range(30):
        rows = honest(lots)
        size = 60
        rows["odd"] = Observed(40 + 0.3 * 5 + 30, 15.0**2 / size, (5.0,))  # 30 points above, at an end of the line
        line = fit(rows)
        found += line.schools["odd"].verdict(rows["odd"].value) == 1
        slopes.append(line.coefficients[1])
    assert found >= 28
    assert np.mean(slopes) == pytest.approx(0.3, abs=0.03)


def test_coefficients_are_the_least_of_hubers_loss():
    rows = honest(random.Random(2), schools=40)
    rows[99] = Observed(95.0, 4.0, (10.0,))
    line = fit(rows)
    total = [line.between**2 + row.variance for row in rows.values()]

    def loss(beta):
        scores = [
            (row.value - beta[0] - beta[1] * row.factors[0]) / t**0.5
            for row, t in zip(rows.values(), total, strict=True)
        ]
        return sum(s * s / 2 if abs(s) <= 1.345 else 1.345 * abs(s) - 1.345**2 / 2 for s in scores)

    best = optimize.minimize(loss, [50, 0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12})
    assert line.coefficients == pytest.approx(best.x, rel=1e-4)


def test_equal_schools_without_outliers_give_the_usual_line_and_its_forecast():
    """Residuals inside of Huber's bound: ordinary least squares; the expected value is that of the others' line."""
    contexts = list(range(12))
    values = [10 + 2 * x + (1 if x % 2 else -1) for x in contexts]
    line = fit({x: Observed(y, 0.0, (float(x),)) for x, y in zip(contexts, values, strict=True)})
    slope, intercept, *_ = stats.linregress(contexts, values)
    assert line.coefficients == pytest.approx((intercept, slope))
    others = stats.linregress(contexts[1:], values[1:])
    assert line.schools[0].expected == pytest.approx(others.intercept)


def test_several_factors():
    lots = random.Random(8)
    rows = {}
    for key in range(30):
        one, two = lots.gauss(0, 1), lots.gauss(0, 1)
        rows[key] = Observed(5 + 2 * one - 3 * two + lots.gauss(0, 0.01), 1e-6, (one, two))
    assert fit(rows).coefficients == pytest.approx((5, 2, -3), abs=0.02)


def test_too_few_schools_and_factors_that_say_the_same():
    rows = honest(random.Random(1), schools=9)
    with pytest.raises(ValueError, match="few"):
        fit(rows)
    doubled = {key: Observed(float(key), 1.0, (float(key), 2.0 * key)) for key in range(20)}
    with pytest.raises(ValueError, match="spread"):
        fit(doubled)
    assert [least_schools(factors) for factors in (1, 2, 3)] == [10, 15, 20]


@pytest.mark.parametrize("degrees", [8, 15, 40, 248])
def test_quantile_of_student(degrees):
    assert quantile_of_t(0.975, degrees) == pytest.approx(stats.t.ppf(0.975, degrees), abs=0.005)
