"""The ВПР works of the demonstration: items, maxima, bounds of marks. Read from the project's catalogue of works."""

import json
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings

GRADES = range(4, 9)
SUBJECTS = ("Русский язык", "Математика")


@dataclass(frozen=True)
class Item:
    number: str
    maximum: int
    level: str
    skill: str = ""


@dataclass(frozen=True)
class Work:
    """`bounds` are the least primary scores of «3», «4» and «5»."""

    subject: str
    grade: int
    items: tuple[Item, ...]
    bounds: tuple[int, int, int]

    @property
    def maximum(self) -> int:
        return sum(item.maximum for item in self.items)

    @property
    def name(self) -> str:
        return f"{self.subject} {self.grade}"


# Since spring 2026 the work in Russian of grade 4 is another: 15 scored items, 24 points. The bounds are those that
# the marks of a real file allow; the official scale is not confirmed.
NEW_RUSSIAN_4 = Work(
    "Русский язык",
    4,
    tuple(
        Item(number, maximum, level)
        for number, maximum, level in (
            ("1", 2, "Б"), ("2", 1, "Б"), ("3", 2, "Б"), ("4", 1, "Б"), ("5", 2, "Б"), ("6", 1, "Б"), ("7", 2, "П"),
            ("8", 2, "Б"), ("9.1", 1, "Б"), ("9.2", 2, "П"), ("10", 1, "Б"), ("11", 2, "Б"), ("12", 1, "Б"),
            ("13", 2, "П"), ("14", 2, "П"),
        )
    ),
    (10, 16, 22),
)  # fmt: skip
NEW_RUSSIAN_4_FROM = 2026


def _fitted(items: tuple[Item, ...], maximum: int) -> tuple[Item, ...]:
    """Items whose points add up to the scale's maximum, also where the catalogue has them unconfirmed."""
    fitted = list(items)
    for index in reversed(range(len(fitted))):
        lacking = maximum - sum(item.maximum for item in fitted)
        if lacking > 0 and fitted[index].maximum == 1:
            fitted[index] = replace(fitted[index], maximum=2)
        elif lacking < 0 and fitted[index].maximum > 1:
            fitted[index] = replace(fitted[index], maximum=fitted[index].maximum - 1)
    return tuple(fitted)


@cache
def _catalogue() -> dict[tuple[str, int], Work]:
    path = settings.BASE_DIR / "fixtures" / "procedures" / "vpr_2021.json"
    found = {}
    for work in json.loads(path.read_text(encoding="utf-8"))["works"]:
        items = tuple(Item(item["number"], item["max"], item["level"] or "Б", item["skill"]) for item in work["items"])
        items = _fitted(items, work["max"])
        found[work["subject"], work["grade"]] = Work(work["subject"], work["grade"], items, tuple(work["bounds"]))
    return found


def work(subject: str, grade: int, year: int) -> Work:
    """The work as written in the spring of `year`."""
    if (subject, grade) == ("Русский язык", 4) and year >= NEW_RUSSIAN_4_FROM:
        return NEW_RUSSIAN_4
    return _catalogue()[subject, grade]
