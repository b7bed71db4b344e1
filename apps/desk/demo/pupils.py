"""How many pupils each invented school has by grade: cohorts move up from year to year. No Django here."""

from apps.desk.demo import catalog
from apps.desk.demo.catalog import Portrait
from apps.desk.demo.chance import generator

GRADES = range(1, 12)
STAY_FOR_SECONDARY = 0.48  # of a cohort after grade 9
MERGED_FROM_YEAR = 2  # the third of the demonstration's years


def _cohort(portrait: Portrait, born: int, seed: int) -> int:
    """Pupils of a cohort; `born` is the year minus the grade, so it is the same as the cohort moves up."""
    grades = 9 + (2 * STAY_FOR_SECONDARY if catalog.SECONDARY in portrait.programmes else 0)
    around = portrait.size / grades
    lot = generator(seed, portrait.code, "cohort", born)
    return max(1, round(around * (1 + 0.09 * float(lot.normal()) - 0.012 * born - 0.05)))


def by_grade(portrait: Portrait, year: int, seed: int) -> dict[int, int]:
    """Pupils by grade in a year (0 is the oldest); a merged school has none, its heir has both."""
    if portrait.code == catalog.MERGED and year >= MERGED_FROM_YEAR:
        return {}
    pupils = {grade: _cohort(portrait, year - grade, seed) for grade in range(1, 10)}
    if catalog.SECONDARY in portrait.programmes:
        for grade in (10, 11):
            pupils[grade] = max(3, round(STAY_FOR_SECONDARY * _cohort(portrait, year - grade, seed)))
    if portrait.code == catalog.MERGED_INTO and year >= MERGED_FROM_YEAR:
        joined = next(school for school in catalog.SCHOOLS if school.code == catalog.MERGED)
        for grade in range(1, 10):
            pupils[grade] += _cohort(joined, year - grade, seed)
    return pupils


def total(pupils: dict[int, int], first: int = 1, last: int = 11) -> int:
    return sum(count for grade, count in pupils.items() if first <= grade <= last)
