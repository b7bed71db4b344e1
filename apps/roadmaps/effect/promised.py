"""What the measuring of effects promises: measured on simulated municipalities, shown on the page of methods.

The numbers come from `make bench`, measure EF1…; a test compares them with a small run of its own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shares:
    """Of simulated municipalities with so many addressed organisations; shares from 0 to 1.

    `coverage`: the 95 % interval holds the true effect. `false_alarms`: «эффект есть» without any effect. `unseen`:
    «эффект не виден» without any effect. `seen`: «эффект есть» where the effect is as great as the least effect that
    the page named before. `few`: «данных мало».
    """

    addressed: int
    coverage: float
    false_alarms: float
    unseen: float
    seen: float
    few: float
    least: float  # percentage points, the median of what the page named


SIZES = (15, 30, 60)
MUNICIPALITIES = 2000  # for each size and each of the two worlds
DRAWS = 499
PROMISED: tuple[Shares, ...] = (
    Shares(15, coverage=0.952, false_alarms=0.030, unseen=0.948, seen=0.751, few=0.009, least=19.1),
    Shares(30, coverage=0.948, false_alarms=0.031, unseen=0.949, seen=0.766, few=0.0, least=13.2),
    Shares(60, coverage=0.949, false_alarms=0.033, unseen=0.946, seen=0.783, few=0.0, least=9.4),
)
SEEN_OF_LEAST = min(one.seen for one in PROMISED)
