"""To which direction a finding belongs when nobody says otherwise; the specialist may choose another."""

from apps.indicators.models import Direction

PREPARATION = "1.1"
BY_SIGN = {
    "low_exams": PREPARATION,
    "unstable": PREPARATION,
    "failing_share": PREPARATION,
    "low_results": "1.2",
    "social": "1.2",
    "contests": "1.3",
    "biased_results": "ОБ",
}


def in_use(code: str) -> Direction | None:
    """The direction, unless it is switched off or not loaded."""
    return Direction.objects.in_use().filter(code=code).first()


def of_sign(code: str) -> Direction | None:
    return in_use(BY_SIGN.get(code, PREPARATION))


def of_work() -> Direction | None:
    """Results of works belong to the system of assessing how pupils are prepared."""
    return in_use(PREPARATION)
