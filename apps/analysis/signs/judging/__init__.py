"""What each sign says of one school: plain arithmetic over counts and figures.

Not judged is not «no sign»: a school without enough participants, or whose figures are absent, is `UNASSESSED` with
the reason. Shares are compared without division, so without rounding; exactly the threshold counts.
"""

from apps.analysis.signs.judging.contests import Participation, Turnout, contests
from apps.analysis.signs.judging.dynamics import Series, difference, unstable
from apps.analysis.signs.judging.low_results import LowProfile, WorkYears, low_results
from apps.analysis.signs.judging.markers import Marker, SocialIndex, biased_results, social
from apps.analysis.signs.judging.shares import MeanCase, ShareCase, failing_share, low_exams, share_case
from apps.analysis.signs.judging.verdicts import Case, Judgement, Result, unassessed

__all__ = [
    "Case", "Judgement", "LowProfile", "Marker", "MeanCase", "Participation", "Result", "Series", "ShareCase",
    "SocialIndex", "Turnout", "WorkYears", "biased_results", "contests", "difference", "failing_share", "low_exams",
    "low_results", "share_case", "social", "unassessed", "unstable",
]  # fmt: skip
