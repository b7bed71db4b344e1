"""Annex 1 (kindergartens, and preschool groups of schools)."""

from typing import TYPE_CHECKING

from apps.desk.demo.answers.staff import staff
from apps.desk.demo.chance import Draw, rounded

if TYPE_CHECKING:
    from apps.desk.demo.answers import Answers


def _children(draw: Draw) -> int:
    """Children of a kindergarten, or of the preschool groups of a school; fewer are born each year."""
    size = draw.portrait.preschool or draw.portrait.size
    return max(8, round(size * draw.number("children", 1.0, trend=-0.025, spread=0.03)))


def answers(draw: Draw) -> "Answers":
    children = _children(draw)
    short_stay = draw.count("1.1.2", children, 0.03)
    in_family = draw.count("1.1.3", children, 0.004)
    at_home = draw.count("1.1.4", children, 0.006)
    nursery = draw.count("1.2", children, 0.17, rural=-0.4, trend=0.05)
    return {
        "1.1": children,
        "1.1.1": children - short_stay - in_family - at_home,
        "1.1.2": short_stay,
        "1.1.3": in_family,
        "1.1.4": at_home,
        "1.2": nursery,
        "1.3": children - nursery,
        **_care(draw, children),
        **_special_needs(draw, children),
        "A.sick": round(children * draw.number("A.sick", 9.4, strength=-0.8, trend=-0.3, spread=1.2)),
        **_staff(draw, children),
        **_conditions(draw, children),
    }


def _care(draw: Draw, children: int) -> "Answers":
    extended = draw.count("1.4.2", children, 0.06, rural=-1.5)
    return {"1.4": children, "1.4.1": children - extended, "1.4.2": extended, "1.4.3": 0}


def _special_needs(draw: Draw, children: int) -> "Answers":
    special = draw.count("1.5", children, 0.07, rural=-0.5, trend=0.1)
    return {"1.5": special, "1.5.1": draw.count("1.5.1", special, 0.8), "1.5.2": special, "1.5.3": special}


def _staff(draw: Draw, children: int) -> "Answers":
    people = staff(draw, max(3, round(children / 11.5)), higher=0.55, other_staff=0.6)
    return {
        "1.7": people.teachers,
        "1.7.1": people.higher,
        "1.7.2": people.higher_pedagogical,
        "1.7.3": people.vocational,
        "1.7.4": people.vocational_pedagogical,
        "1.8": people.with_category,
        "1.8.1": people.highest_category,
        "1.8.2": people.first_category,
        "1.9.1": people.service_under_5,
        "1.9.2": people.service_over_30,
        "1.10": people.under_30,
        "1.11": people.from_55,
        "A.staff": people.all_staff,
        "1.12": people.trained,
        "1.13": people.trained_for_standards,
    }


def _conditions(draw: Draw, children: int) -> "Answers":
    big = 1.2 if children > 150 else -0.9 if children < 70 else 0.0
    speech_therapist = draw.yes("1.15.3", 0.62 + 0.1 * big, strength=0.4, rural=-0.8)
    return {
        "1.15.1": draw.yes("1.15.1", 0.9, rural=-0.4),
        "1.15.2": draw.yes("1.15.2", 0.68 + 0.1 * big, rural=-1.0),
        "1.15.3": speech_therapist,
        "1.15.4": not speech_therapist and draw.yes("1.15.4", 0.2),
        "1.15.5": draw.yes("1.15.5", 0.25, strength=0.3, rural=-1.0),
        "1.15.6": draw.yes("1.15.6", 0.6, strength=0.3, rural=-0.9),
        "A.area": rounded(children * draw.number("A.area", 7.8, strength=0.3, spread=0.9), 1),
        "2.2": rounded(max(20.0, children * draw.number("2.2", 0.9, spread=0.15)), 1),
        "2.3": draw.yes("2.3", 0.66, strength=0.3, rural=-0.9),
        "2.4": draw.yes("2.4", 0.9, rural=-0.5),
        "2.5": draw.yes("2.5", 0.96),
    }
