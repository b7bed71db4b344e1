"""The arithmetic of effects against plain Python: fractions and sums, no numpy, no scipy."""

import random
from fractions import Fraction
from math import sqrt

import pytest

from apps.roadmaps.effect.arithmetic.estimate import compared, designed, is_enough
from apps.roadmaps.effect.arithmetic.intervals import bounds, studentised
from apps.roadmaps.effect.arithmetic.least import least, spread_of
from apps.roadmaps.effect.arithmetic.matching import MATCHES, Unit, levels, match


def units(first, count, *, shift=0.0, gain=0.0):
    """An uneven but fixed group: level, two contexts as one index, clusters «а» and «б»."""
    lots = random.Random(first)
    found = []
    for n in range(count):
        before = 40 + shift + lots.gauss(0, 6)
        index = lots.gauss(0, 1)
        after = 10 + 0.75 * before + 2 * index + gain + lots.gauss(0, 3)
        found.append(Unit(first + n, before, after, 0.0, (index,), "аб"[n % 2]))
    return found


def solve(matrix, right):
    """Gauss by fractions."""
    rows = [[*map(Fraction, row), Fraction(value)] for row, value in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        pivot = next(row for row in range(at, len(rows)) if rows[row][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [cell / rows[at][at] for cell in rows[at]]
        for other in range(len(rows)):
            if other != at:
                share = rows[other][at]
                rows[other] = [a - share * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [row[-1] for row in rows]


def ordinary_line(rows, values):
    size = len(rows[0])
    normal = [[sum(Fraction(row[i]) * Fraction(row[j]) for row in rows) for j in range(size)] for i in range(size)]
    right = [sum(Fraction(row[i]) * Fraction(y) for row, y in zip(rows, values, strict=True)) for i in range(size)]
    return solve(normal, right)


def own_effect(addressed, pool):
    """Matches, bias-corrected effect and its HC2 error, all by hand. The line: 1, before, index, cluster «б»."""
    everybody = [*addressed, *pool]

    def deviation(values):
        mean = sum(values) / len(values)
        return sqrt(sum((one - mean) ** 2 for one in values) / (len(values) - 1))

    by_level, by_index = deviation([u.before for u in everybody]), deviation([u.context[0] for u in everybody])
    weights = dict.fromkeys((u.key for u in pool), Fraction(0))
    kept = []
    for one in addressed:
        near = []
        for other in pool:
            level = abs(one.before - other.before) / by_level
            if level <= 1:
                index = (one.context[0] - other.context[0]) / by_index
                near.append((level**2 + index**2 + (one.block != other.block), other.key))
        if near:
            kept.append(one)
            chosen = [key for _, key in sorted(near)[:6]]
            for key in chosen:
                weights[key] += Fraction(1, len(chosen))

    def row(unit):
        return [1, unit.before, unit.context[0], int(unit.block == "б")]

    line = ordinary_line([row(u) for u in pool], [u.after for u in pool])

    def beyond(unit):
        return Fraction(unit.after) - sum(c * Fraction(x) for c, x in zip(line, row(unit), strict=True))

    own = [beyond(u) for u in kept]
    mean = sum(own) / len(own)
    effect = mean - sum(weights[u.key] / len(kept) * beyond(u) for u in pool)
    # the share of each: −w − x′(X′X)⁻¹ gap
    size = 4
    normal = [[sum(Fraction(row(u)[i]) * Fraction(row(u)[j]) for u in pool) for j in range(size)] for i in range(size)]
    gap = [
        sum(Fraction(row(u)[i]) for u in kept) / len(kept)
        - sum(weights[u.key] / len(kept) * Fraction(row(u)[i]) for u in pool)
        for i in range(size)
    ]
    toward = solve(normal, gap)
    squares = sum(((one - mean) / len(kept)) ** 2 for one in own) * Fraction(len(kept), len(kept) - 1)
    for u in pool:
        share = -weights[u.key] / len(kept) - sum(Fraction(x) * c for x, c in zip(row(u), toward, strict=True))
        lever = sum(Fraction(x) * c for x, c in zip(row(u), solve(normal, row(u)), strict=True))
        squares += share**2 * beyond(u) ** 2 / (1 - lever)
    return float(effect), sqrt(squares)


def test_the_effect_and_its_error_are_those_of_plain_arithmetic():
    addressed, pool = units(1, 14, shift=-3, gain=4), units(100, 25)
    found = compared(designed(addressed, pool))
    effect, error = own_effect(addressed, pool)
    assert found.held == []
    assert found.effect == pytest.approx(effect, rel=1e-9)
    assert found.error == pytest.approx(error, rel=1e-9)


def test_the_nearest_by_level_context_and_cluster_are_similar():
    one = Unit(1, 40, 0, 0, (0.0,), "а")
    pool = [Unit(10 + n, 40 + 10 * (n % 2), 0, 0, (float(n % 3),), "а") for n in range(12)]
    found = match([one], [*pool, Unit(30, 40, 0, 0, (0.0,), "б")])[0]
    assert found.similar[:2] == ((10, 0.0), (16, 0.0))
    assert (30, 1.0) in found.similar  # another cluster is one deviation away
    assert {key % 2 for key, _ in found.similar} == {0}  # ten points higher is farther than a deviation
    assert len(found.similar) == MATCHES
    assert all(far <= more for (_, far), (_, more) in zip(found.similar, found.similar[1:], strict=False))


def test_who_has_nobody_of_its_level_is_not_compared():
    pool = [Unit(10 + n, 50 + n / 10, 50, 0, (), "а") for n in range(20)]
    design = designed([Unit(1, 50, 50), Unit(2, 0, 0)], pool)
    assert [one.key for one in design.lonely] == [2]
    assert design.size == 1


def test_a_level_of_few_people_is_drawn_to_what_is_expected():
    """Fay and Herriot: between / (between + noise) of the way from the line to the value."""
    few, many = 400.0, 1.0
    found = levels(
        [Unit(n, value, 0, noise) for n, (value, noise) in enumerate([(20, few), (20, many), (80, many), (40, many)])]
    )
    mean = 40.0
    total = sum((value - mean) ** 2 for value in (20, 20, 80, 40)) / 3
    between = total - (few + 3 * many) / 4
    assert found[0] == pytest.approx(mean + between / (between + few) * (20 - mean))
    assert found[1] == pytest.approx(mean + between / (between + many) * (20 - mean))
    assert levels([Unit(1, 20, 0), Unit(2, 80, 0)]).tolist() == [20, 80]


def test_low_values_that_rise_by_themselves_are_no_effect():
    """The addressed are those with low last values of a series without any measure; over twenty municipalities."""
    lots = random.Random(5)
    naive, effects, errors = [], [], []
    for _ in range(20):
        true = [lots.gauss(50, 5) for _ in range(120)]
        rows = [(level + lots.gauss(0, 8), level + lots.gauss(0, 8)) for level in true]
        order = sorted(range(120), key=lambda n: rows[n][0] + lots.gauss(0, 5))
        made = [Unit(n, *rows[n]) for n in range(120)]
        low, rest = [made[n] for n in order[:35]], [made[n] for n in order[35:]]
        naive.append(sum(u.after - u.before for u in low) / 35 - sum(u.after - u.before for u in rest) / 85)
        found = compared(designed(low, rest))
        effects.append(found.effect)
        errors.append(found.error)
    assert min(naive) > 4
    assert abs(sum(effects) / 20) < 3 * sqrt(sum(one**2 for one in errors)) / 20
    assert abs(sum(effects) / 20) < 2


def test_an_odd_organisation_moves_the_effect_no_farther_than_others_ever_change():
    addressed, pool = units(1, 14, shift=-3), units(100, 25)
    calm = compared(designed(addressed, pool)).effect
    odd = [Unit(u.key, u.before, 500.0 if u.key == 3 else u.after, 0, u.context, u.block) for u in addressed]
    found = compared(designed(odd, pool))
    assert found.held == [3]
    assert abs(found.effect - calm) < 2


def test_the_interval_is_that_of_signs_thrown_anew_and_always_the_same():
    """One draw by plain Python: residuals with signs, the line drawn anew, the share of each."""
    import numpy as np

    addressed, pool = units(1, 9), units(100, 16)
    found = compared(designed(addressed, pool))
    design, draws = found.design, 50
    signs = np.random.default_rng(7).integers(0, 2, (draws, 25)) * 2 - 1
    grown = [9 / 8] * 9 + [1 / (1 - lever) for lever in design.lever]
    thrown = [float(s) * float(r) * sqrt(g) for s, r, g in zip(signs[3], found.residuals, grown, strict=True)]
    effect = sum(float(a) * y for a, y in zip(design.share, thrown, strict=True))
    line = ordinary_line(design.rows[9:].tolist(), thrown[9:])
    left = [
        y - float(sum(c * Fraction(x) for c, x in zip(line, row, strict=True)))
        for y, row in zip(thrown, design.rows.tolist(), strict=True)
    ]
    mean = sum(left[:9]) / 9
    left[:9] = [one - mean for one in left[:9]]
    error = sqrt(sum(float(a) ** 2 * r**2 * g for a, r, g in zip(design.share, left, grown, strict=True)))
    assert studentised(found, draws=draws, seed=7)[3] == pytest.approx(effect / error, rel=1e-6)
    assert bounds(found, draws=200) == bounds(found, draws=200)


def test_the_least_effect_follows_from_the_spread_of_a_year_without_a_measure():
    changes = units(1, 40)
    by_hand = ordinary_line([[1, u.before, u.context[0]] for u in changes], [u.after for u in changes])
    squares = sum(
        (u.after - float(sum(c * Fraction(x) for c, x in zip(by_hand, (1, u.before, u.context[0]), strict=True)))) ** 2
        for u in changes
    )
    assert spread_of(changes) == pytest.approx(sqrt(squares / 37))
    design = designed(units(1, 14), units(100, 25))
    found = least(design, changes)
    assert found.effect / found.error == pytest.approx(2.03 + 0.852, abs=0.02)  # of Student with 34 degrees
    assert spread_of(changes[:5]) is None


def test_few_organisations_do_not_suffice():
    assert is_enough(designed(units(1, 8), units(100, 25)))
    assert not is_enough(designed(units(1, 7), units(100, 25)))
    assert not is_enough(designed(units(1, 14), units(100, 9)))
    assert not is_enough(designed(units(1, 1), units(100, 25)))
