"""The interval of an effect by a wild bootstrap of its studentised value.

Each organisation keeps its place, level, context and matches; only the sign of its residual is thrown anew. So the
matches stay what they are (drawing organisations anew would match them anew, and that bootstrap is known to fail:
Abadie & Imbens 2008), and every organisation keeps its own spread. With 15 addressed organisations the quantile of the
draws alone is a little short where one of them is odd; so it is never taken below that of Student for the degrees of
freedom of the error (Satterthwaite). What both come to together is measured: see `promised`.
"""

from dataclasses import dataclass
from typing import Any

from apps.analysis.context.regression import quantile_of_t
from apps.roadmaps.effect.arithmetic.estimate import Comparison, inflation

DRAWS = 1999
LEVEL = 0.95
SEED = 20


@dataclass(frozen=True)
class Bounds:
    low: float
    high: float
    draws: int


def bounds(found: Comparison, *, draws: int = DRAWS, level: float = LEVEL, seed: int = SEED) -> Bounds:
    """Symmetric by the absolute studentised value; the same numbers give the same bounds."""
    import numpy as np

    scores = np.abs(studentised(found, draws=draws, seed=seed))
    drawn = float(np.quantile(scores, level, method="higher"))
    wide = max(drawn, quantile_of_t((1 + level) / 2, round(found.degrees)))
    return Bounds(found.effect - wide * found.error, found.effect + wide * found.error, draws)


def studentised(found: Comparison, *, draws: int, seed: int) -> Any:
    """(effect of a draw − effect) / error of the draw."""
    import numpy as np

    design = found.design
    n = design.size
    grown = inflation(design)
    signs = np.random.default_rng(seed).integers(0, 2, (draws, len(found.values))) * 2.0 - 1
    noise = signs * (found.residuals * np.sqrt(grown))
    effects = noise @ design.share
    control = design.rows[n:]
    line = noise[:, n:] @ np.linalg.pinv(control).T
    residuals = noise - line @ design.rows.T
    residuals[:, :n] -= residuals[:, :n].mean(axis=1, keepdims=True)
    errors = np.sqrt((residuals**2) @ (design.share**2 * grown))
    return effects / np.maximum(errors, 1e-12)
