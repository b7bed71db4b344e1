"""Annex 2 (schools)."""

from typing import TYPE_CHECKING

from apps.desk.demo import pupils
from apps.desk.demo.answers.staff import staff
from apps.desk.demo.chance import Draw, rounded

if TYPE_CHECKING:
    from apps.desk.demo.answers import Answers

READING_ROOM = ("2.4.1", "2.4.2", "2.4.3", "2.4.4", "2.4.5")


def answers(draw: Draw) -> "Answers":
    by_grade = pupils.by_grade(draw.portrait, draw.year, draw.seed)
    everyone = pupils.total(by_grade)
    return {
        "1.1": everyone,
        "1.2": pupils.total(by_grade, 1, 4),
        "1.3": pupils.total(by_grade, 5, 9),
        "1.4": pupils.total(by_grade, 10, 11),
        "1.5": draw.count("1.5", everyone, 0.45, strength=0.32, rural=-0.08, trend=0.02),
        **_grade_nine(draw, by_grade.get(9, 0)),
        **_grade_eleven(draw, by_grade.get(11, 0)),
        **_activity(draw, everyone, pupils.total(by_grade, 10, 11)),
        **_staff(draw, everyone),
        **_conditions(draw, everyone),
    }


def _grade_nine(draw: Draw, leavers: int) -> "Answers":
    failed_russian = draw.count("1.10", leavers, 0.018, strength=-0.7, rural=0.2)
    failed_mathematics = draw.count("1.11", leavers, 0.045, strength=-0.7, rural=0.25)
    without = min(draw.count("1.14", leavers, 0.02, strength=-0.6), failed_russian + failed_mathematics)
    return {
        "A.9": leavers,
        "1.6": rounded(min(4.9, draw.number("1.6", 3.92, strength=0.21, trend=0.02, spread=0.06)), 2),
        "1.7": rounded(min(4.9, draw.number("1.7", 3.56, strength=0.2, trend=0.03, spread=0.07)), 2),
        "1.10": failed_russian,
        "1.11": failed_mathematics,
        "1.14": without,
        "1.16": min(leavers - without, draw.count("1.16", leavers, 0.06, strength=0.55)),
    }


def _grade_eleven(draw: Draw, leavers: int) -> "Answers":
    if not leavers:
        zero = dict.fromkeys(("A.11", "1.12", "1.13", "1.15", "1.17"), 0)
        return {**zero, "1.8": None, "1.9": None}
    below_russian = draw.count("1.12", leavers, 0.008, strength=-0.6)
    below_mathematics = draw.count("1.13", leavers, 0.05, strength=-0.6, rural=0.3)
    without = min(draw.count("1.15", leavers, 0.015, strength=-0.6), below_russian + below_mathematics)
    return {
        "A.11": leavers,
        "1.8": rounded(min(96, draw.number("1.8", 66.5, strength=4.6, trend=0.4, spread=1.6)), 1),
        "1.9": rounded(min(94, draw.number("1.9", 54.0, strength=6.2, trend=0.7, spread=2.2)), 1),
        "1.12": below_russian,
        "1.13": below_mathematics,
        "1.15": without,
        "1.17": min(leavers - without, draw.count("1.17", leavers, 0.13, strength=0.55)),
    }


def _activity(draw: Draw, everyone: int, seniors: int) -> "Answers":
    took_part = draw.count("1.18", everyone, 0.58, strength=0.25, rural=-0.1, trend=0.07)
    winners = min(took_part, draw.count("1.19", everyone, 0.13, strength=0.4, rural=-0.2, trend=0.05))
    return {
        "1.18": took_part,
        "1.19": winners,
        "1.19.1": draw.count("1.19.1", winners, 0.34, strength=0.2),
        "1.19.2": draw.count("1.19.2", winners, 0.12, strength=0.3),
        "1.19.3": draw.count("1.19.3", winners, 0.02, strength=0.3),
        "1.20": draw.count("1.20", everyone, 0.09, strength=1.1, rural=-1.2),
        "1.21": draw.count("1.21", seniors, 0.7, strength=0.4, rural=-0.5, trend=0.1),
        "1.22": draw.count("1.22", everyone, 0.2, strength=0.2, rural=0.2, trend=0.05),
        "1.23": draw.count("1.23", everyone, 0.07, rural=0.3, trend=0.12),
    }


def _staff(draw: Draw, everyone: int) -> "Answers":
    by_teacher = 14.2 if draw.portrait.is_urban else max(3.2, min(9.5, everyone / 22))
    people = staff(draw, max(7, round(everyone / by_teacher)))
    return {
        "1.24": people.teachers,
        "1.25": people.higher,
        "1.26": people.higher_pedagogical,
        "1.27": people.vocational,
        "1.28": people.vocational_pedagogical,
        "1.29": people.with_category,
        "1.29.1": people.highest_category,
        "1.29.2": people.first_category,
        "1.30.1": people.service_under_5,
        "1.30.2": people.service_over_30,
        "1.31": people.under_30,
        "1.32": people.from_55,
        "A.staff": people.all_staff,
        "1.33": people.trained,
        "1.34": people.trained_for_standards,
    }


def _conditions(draw: Draw, everyone: int) -> "Answers":
    computers = max(8.0, everyone * draw.number("A.comp", 0.16 if draw.portrait.is_urban else 0.24, spread=0.02))
    books = everyone * draw.number("A.books", 21 if draw.portrait.is_urban else 33, trend=0.4, spread=2.5)
    area = everyone * draw.number("A.area", 6.4 if draw.portrait.is_urban else 13.5, spread=0.9)
    reading_room = draw.yes("2.4", 0.86, rural=-0.8)
    equipped = {row: reading_room and draw.yes(row, 0.72, strength=0.3) for row in READING_ROOM}
    return {
        "A.comp": round(computers),
        "A.books": round(books),
        "2.3": draw.yes("2.3", 0.9),
        "2.4": reading_room,
        **equipped,
        "2.5": draw.count("2.5", everyone, 0.93, rural=-1.1, trend=0.3),
        "A.area": rounded(area, 1),
    }
