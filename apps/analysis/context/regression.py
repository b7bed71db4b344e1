"""What a result is expected to be under its context, and how far it is from that. No Django, no numpy.

A line through schools of different size. School i has the result y_i with the sampling variance v_i of its own mean;
beside it schools differ by τ² for reasons that the context does not know. So a school weighs 1 / (τ² + v_i), and a
small one is allowed to lie farther from the line (random-effects regression: DerSimonian & Laird 1986, Berkey 1995).
Outliers are held by Huber's weights (k = 1.345), and τ² is found from the median of the standardised residuals, so
that some odd schools move neither. The expected value of a school comes from the line without that school.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import exp, log, sqrt
from operator import mul
from statistics import NormalDist, median
from typing import Any

LEAST_SCHOOLS = 10
MORE_A_FACTOR = 5  # schools for each further factor
HUBER = 1.345
MEDIAN_OF_NORMAL = NormalDist().inv_cdf(0.75)  # of the absolute value
TURNS = 50
NEAR = 1e-3  # of the logarithm of τ²
Vector = list[float]


@dataclass(frozen=True)
class Observed:
    """A school: its result, the variance of that result by chance of its pupils, and its factors."""

    value: float
    variance: float
    factors: tuple[float, ...]


@dataclass(frozen=True)
class Fitted:
    """`expected` comes from the other schools; between `low` and `high` a result cannot be told from it."""

    expected: float
    low: float
    high: float
    score: float  # standardised residual

    def verdict(self, value: float) -> int:
        """1 above, −1 below, 0 cannot be told apart."""
        return (value > self.high) - (value < self.low)


@dataclass(frozen=True)
class Line:
    """Coefficients with the intercept first, the spread of schools beyond the context, and every school."""

    coefficients: tuple[float, ...]
    between: float  # τ, in units of the result
    schools: dict[Any, Fitted]
    degrees: int


def least_schools(factors: int) -> int:
    """How many schools a line over so many factors needs."""
    return LEAST_SCHOOLS + MORE_A_FACTOR * max(0, factors - 1)


def fit(rows: Mapping[Any, Observed], *, level: float = 0.95) -> Line:
    """The line and what it expects of each. Raises ValueError for too few schools or factors without spread."""
    keys = list(rows)
    factors = len(rows[keys[0]].factors) if keys else 0
    if len(keys) < least_schools(factors):
        raise ValueError("too few schools")
    values = [rows[key].value for key in keys]
    variances = [rows[key].variance for key in keys]
    design = [[1.0, *rows[key].factors] for key in keys]
    degrees = len(keys) - factors - 1
    spread = _between(design, values, variances, degrees)
    beta, weights, inverse = _robust(design, values, [spread + variance for variance in variances], [])
    wide = quantile_of_t((1 + level) / 2, degrees)
    schools = {}
    for place, key in enumerate(keys):
        lever = min(weights[place] * _form(inverse, design[place]), 0.999)
        residual = values[place] - _dot(design[place], beta)
        expected = values[place] - residual / (1 - lever)  # of the line without this school
        error = sqrt((spread + variances[place]) / (1 - lever))
        low, high = expected - wide * error, expected + wide * error
        schools[key] = Fitted(expected, low, high, (values[place] - expected) / error)
    return Line(tuple(beta), sqrt(spread), schools, degrees)


def _between(design: list[Vector], values: Vector, variances: Vector, degrees: int) -> float:
    """τ² at which half of the standardised residuals are within the quarter of a normal distribution; 0 if less."""
    wanted = MEDIAN_OF_NORMAL * sqrt(degrees / len(values))
    start: list[Vector] = [[]]

    def excess(spread: float) -> float:
        total = [spread + variance for variance in variances]
        start[0] = beta = _robust(design, values, total, start[0])[0]
        scores = map(_score, values, design, repeat(beta), total)
        return median(map(abs, scores)) - wanted

    floor = 1e-9 * max(1e-12, _variance(values))
    at_floor = excess(floor)
    if at_floor <= 0:
        return floor
    high = max(_variance(values), *variances, 1e-12)
    while (at_high := excess(high)) > 0:
        high *= 4
    return exp(_crossing(lambda place: excess(exp(place)), (log(floor), at_floor), (log(high), at_high)))


def _crossing(falls: Callable[[float], float], left: tuple[float, float], right: tuple[float, float]) -> float:
    """Where a falling function crosses nought between two points, by halves and false position in turn."""
    for turn in range(TURNS):
        if right[0] - left[0] <= NEAR:
            break
        middle = (left[0] + right[0]) / 2
        if turn % 2 and left[1] != right[1]:
            middle = (left[0] * right[1] - right[0] * left[1]) / (right[1] - left[1])
            middle = min(max(middle, left[0] + NEAR / 2), right[0] - NEAR / 2)
        value = falls(middle)
        left, right = ((middle, value), right) if value > 0 else (left, (middle, value))
    return (left[0] + right[0]) / 2


def _score(value: float, row: Vector, beta: Vector, total: float) -> float:
    return (value - _dot(row, beta)) / sqrt(total)


def _robust(design: list[Vector], values: Vector, total: Vector, start: Vector) -> tuple[Vector, Vector, list[Vector]]:
    """Coefficients, weights and the inverse of X′WX, with Huber's weights on the standardised residuals.

    `start` are coefficients to begin from; none begins from the plain weighted line.
    """
    beta = start
    for _ in range(TURNS):
        weights = _weights(design, values, total, beta)
        inverse = _inverse(_normal(design, weights))
        right = [sum(map(_product, weights, column, values)) for column in zip(*design, strict=True)]
        before, beta = beta, [_dot(line, right) for line in inverse]
        if before and max(map(_distance, before, beta)) < 1e-8 * (1 + max(map(abs, beta))):
            break
    return beta, weights, inverse


def _weights(design: list[Vector], values: Vector, total: Vector, beta: Vector) -> Vector:
    if not beta:
        return [1 / each for each in total]
    scores = map(_score, values, design, repeat(beta), total)
    return [min(1.0, HUBER / abs(s)) / t if s else 1 / t for s, t in zip(scores, total, strict=True)]


def _product(one: float, two: float, three: float) -> float:
    return one * two * three


def _distance(one: float, other: float) -> float:
    return abs(one - other)


def _normal(design: list[Vector], weights: Vector) -> list[Vector]:
    columns = list(zip(*design, strict=True))
    weighted = [list(map(mul, weights, column)) for column in columns]
    return [[sum(map(mul, one, other)) for other in columns] for one in weighted]


def _inverse(matrix: list[Vector]) -> list[Vector]:
    """Gauss–Jordan with the greatest pivot. Raises ValueError where factors say the same or nothing."""
    size = len(matrix)
    scale = max(abs(cell) for row in matrix for cell in row)
    rows = [[*row, *(1.0 if i == j else 0.0 for j in range(size))] for i, row in enumerate(matrix)]
    for column in range(size):
        best = max(range(column, size), key=lambda at: abs(rows[at][column]))
        if abs(rows[best][column]) <= 1e-11 * scale:
            raise ValueError("factors without spread")
        rows[column], rows[best] = rows[best], rows[column]
        pivot = rows[column][column]
        rows[column] = [cell / pivot for cell in rows[column]]
        for at in range(size):
            if at != column and rows[at][column]:
                share = rows[at][column]
                rows[at] = [a - share * b for a, b in zip(rows[at], rows[column], strict=True)]
    return [row[size:] for row in rows]


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(map(mul, one, other))


def _form(matrix: list[Vector], row: Vector) -> float:
    return _dot(row, [_dot(line, row) for line in matrix])


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def quantile_of_t(share: float, degrees: int) -> float:
    """Quantile of Student's distribution (Cornish–Fisher to the third order; error < 0.005 from 8 degrees on)."""
    z = NormalDist().inv_cdf(share)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / degrees + second / degrees**2 + third / degrees**3
