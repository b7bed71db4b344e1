"""How much more the addressed changed than similar organisations: matching with the remaining differences corrected.

Abadie & Imbens 2011 (bias-corrected matching). What the level before and the context let expect is told by a line
through all organisations that were not addressed; the effect is the mean of the addressed beyond it, less the mean of
their similar ones beyond it. For given levels, contexts and matches this is a sum of the values after with fixed
coefficients, so its error is known whatever the spread of each organisation (White 1980, HC2).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.roadmaps.effect.arithmetic.matching import LEAST_OF_BLOCK, Match, Unit, levels, match, standardised

LEAST_ADDRESSED = 8
LEAST_SIMILAR = 10
LEAST_LEFT = 8  # organisations beyond the coefficients of the line
FARTHEST_RESIDUAL = 3.5  # in robust deviations: an organisation farther off is held at that distance
MAD = 1.4826


@dataclass(frozen=True)
class Design:
    """What is fixed before anybody looks at the values after: who is compared with whom, and the coefficients.

    `share` is the weight of each organisation in the effect: 1 / n for the addressed, negative for the similar.
    """

    addressed: list[Unit]
    others: list[Unit]  # not addressed: all draw the line
    matches: list[Match]
    lonely: list[Match]  # addressed organisations without any similar one
    weights: Any  # of the others: above 0 for the similar, 1 in all
    rows: Any  # the design of the line: the addressed first
    share: Any
    lever: Any

    @property
    def size(self) -> int:
        return len(self.addressed)

    @property
    def similar(self) -> int:
        """How many organisations are similar to at least one of the addressed."""
        return int((self.weights > 0).sum())


@dataclass(frozen=True)
class Comparison:
    """The effect with its error; `held` are keys of organisations whose change lies farther than others ever do."""

    design: Design
    effect: float
    error: float
    degrees: float
    residuals: Any
    values: Any
    held: list[int] = field(default_factory=list)


def designed(addressed: Sequence[Unit], pool: Sequence[Unit]) -> Design:
    """Match and prepare the line. There may be too few of either; `is_enough` says so."""
    import numpy as np

    found = match(addressed, pool)
    kept = {one.key for one in found if one.similar}
    treated = [one for one in addressed if one.key in kept]
    counts: dict[int, float] = {}
    for each in found:
        for key, _ in each.similar:
            counts[key] = counts.get(key, 0.0) + 1 / len(each.similar)
    weights = np.array([counts.get(one.key, 0.0) for one in pool]) / max(len(treated), 1)
    rows = _rows(treated, pool, [*addressed, *pool])
    share, lever = _shares(rows, len(treated), weights)
    matches = [one for one in found if one.similar]
    return Design(treated, list(pool), matches, [one for one in found if not one.similar], weights, rows, share, lever)


def _rows(treated: Sequence[Unit], others: Sequence[Unit], everybody: Sequence[Unit]) -> Any:
    """One, level, context and the clusters that have enough organisations to draw the line."""
    import numpy as np

    place = {one.key: at for at, one in enumerate(everybody)}
    chosen = [place[one.key] for one in (*treated, *others)]
    level = levels(everybody)
    columns = [np.ones(len(chosen)), level[chosen] - level.mean()]
    columns += list(standardised([one.context for one in everybody])[chosen].T)
    blocks = [everybody[at].block for at in chosen]
    own = blocks[len(treated) :]
    common = [one for one in sorted(set(own)) if own.count(one) >= LEAST_OF_BLOCK]
    for block in common[1:]:
        columns.append(np.array([float(one == block) for one in blocks]))
    return np.column_stack(columns)


def _shares(rows: Any, treated: int, weights: Any) -> tuple[Any, Any]:
    """Coefficients of the values after in the effect, and the levers of the others on their line."""
    import numpy as np

    control = rows[treated:]
    if not treated or len(control) <= control.shape[1]:
        return np.zeros(len(rows)), np.zeros(len(control))
    inverse = np.linalg.pinv(control.T @ control)
    gap = rows[:treated].mean(axis=0) - weights @ control
    own = np.full(treated, 1 / treated)
    lever = np.einsum("ij,jk,ik->i", control, inverse, control)
    return np.concatenate([own, -weights - control @ inverse @ gap]), np.clip(lever, 0, 0.95)


def is_enough(design: Design) -> bool:
    """Whether both groups suffice for an interval that holds what it promises."""
    parameters = design.rows.shape[1]
    enough = design.similar >= LEAST_SIMILAR and len(design.others) >= parameters + LEAST_LEFT
    return design.size >= LEAST_ADDRESSED and enough


def compared(design: Design) -> Comparison:
    """The effect, its error and the degrees of freedom behind that."""
    import numpy as np

    values = np.array([one.after for one in (*design.addressed, *design.others)])
    values, held = _held(design, values)
    return Comparison(design, *of_values(design, values), values, [_key(design, at) for at in held])


def _key(design: Design, at: int) -> int:
    return (*design.addressed, *design.others)[at].key


def of_values(design: Design, values: Any) -> tuple[float, float, float, Any]:
    """Effect, error, degrees of freedom and residuals of one set of values after."""
    effect, residuals = float(design.share @ values), _residuals(design, values)
    error, degrees = _error(design, residuals)
    return effect, error, degrees, residuals


def _residuals(design: Design, values: Any) -> Any:
    """Of the addressed around their own mean beyond the line, of the others around the line."""
    import numpy as np

    n = design.size
    line = np.linalg.lstsq(design.rows[n:], values[n:], rcond=None)[0]
    residuals = values - design.rows @ line
    residuals[:n] -= residuals[:n].mean()
    return residuals


def inflation(design: Design) -> Any:
    """What a squared residual is multiplied by, so that its mean is the variance."""
    import numpy as np

    n = design.size
    return np.concatenate([np.full(n, n / max(n - 1, 1)), 1 / (1 - design.lever)])


def _error(design: Design, residuals: Any) -> tuple[float, float]:
    parts = design.share**2 * residuals**2 * inflation(design)
    n = design.size
    own, other = float(parts[:n].sum()), float(parts[n:].sum())
    left = max(len(design.others) - design.rows.shape[1], 1)
    degrees = (own + other) ** 2 / max(own**2 / max(n - 1, 1) + other**2 / left, 1e-30)
    return (own + other) ** 0.5, degrees


def _held(design: Design, values: Any) -> tuple[Any, list[int]]:
    """Values with odd organisations held at the farthest distance that others reach, and which these are."""
    import numpy as np

    n = design.size
    expected = design.rows @ robust_line(design.rows[n:], values[n:])
    expected[:n] += np.median(values[:n] - expected[:n])
    return _within(values, expected)


def held_at_line(rows: Any, values: Any) -> tuple[Any, list[int]]:
    """The same around one line through all."""
    return _within(values, rows @ robust_line(rows, values))


def _within(values: Any, expected: Any) -> tuple[Any, list[int]]:
    import numpy as np

    residuals = values - expected
    bound = FARTHEST_RESIDUAL * MAD * float(np.median(np.abs(residuals)))
    if not bound:
        return values, []
    odd = [int(at) for at in np.flatnonzero(np.abs(residuals) > bound)]
    return expected + np.clip(residuals, -bound, bound), odd


def robust_line(rows: Any, values: Any) -> Any:
    """Huber's line: an odd organisation does not draw it to itself."""
    import numpy as np

    weights = np.ones(len(values))
    line = np.zeros(rows.shape[1])
    for _ in range(20):
        root = np.sqrt(weights)
        line = np.linalg.lstsq(rows * root[:, None], values * root, rcond=None)[0]
        residuals = np.abs(values - rows @ line)
        scale = MAD * float(np.median(residuals)) * (len(values) / max(len(values) - rows.shape[1], 1)) ** 0.5
        if not scale:
            break
        weights = np.minimum(1, 1.345 * scale / np.maximum(residuals, 1e-12))
    return line
