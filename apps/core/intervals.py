"""The interval of a share. One formula for exact decimals and for fast floats; no Django here.

Source: E. B. Wilson (1927), score interval for a binomial proportion. It stays inside 0…1 and is honest for small
groups, where the usual «± 1.96 standard errors» is not.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

N = TypeVar("N", float, Decimal)


def wilson(p: N, n: N, z: N, root: Callable[[N], N]) -> tuple[N, N]:
    """Bounds of the share `p` of `n`, as shares; `z` is the point of the normal distribution, `root` its square root.

    Where p is 0 or 1 the exact bound is that, too: rounding may leave a trace, which the caller cuts off.
    """
    square = z * z
    scale = 1 + square / n
    middle = (p + square / (2 * n)) / scale
    half = z / scale * root(p * (1 - p) / n + square / (4 * n * n))
    return middle - half, middle + half
