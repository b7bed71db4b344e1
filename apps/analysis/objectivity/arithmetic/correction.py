"""Many comparisons: the procedure of Y. Benjamini and Y. Hochberg (1995)."""

import numpy as np


def adjusted(p: np.ndarray) -> np.ndarray:
    """q-values: the least share of false marks at which a comparison is marked; NaN stays NaN and is not counted.

    Marking all with q ≤ 0.05 keeps the expected share of false among the marked at 5 % or below, for independent or
    positively dependent comparisons.
    """
    q = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    if not known.size:
        return q
    order = known[np.argsort(p[known], kind="stable")]
    scaled = p[order] * known.size / np.arange(1, known.size + 1)
    q[order] = np.minimum(1, np.minimum.accumulate(scaled[::-1])[::-1])
    return q
