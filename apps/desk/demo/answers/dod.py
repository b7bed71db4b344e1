"""Annex 5 (additional education)."""

from typing import TYPE_CHECKING

from apps.desk.demo.answers.staff import staff
from apps.desk.demo.chance import Draw

if TYPE_CHECKING:
    from apps.desk.demo.answers import Answers

# municipal, regional, interregional, federal, international: rows .1 to .5
LEVELS = (0.72, 0.3, 0.06, 0.09, 0.02)
READING_ROOM = ("2.6.1", "2.6.2", "2.6.3", "2.6.4", "2.6.5")


def answers(draw: Draw) -> "Answers":
    children = max(40, round(draw.portrait.size * draw.number("children", 1.0, trend=0.015, spread=0.02)))
    preschool = draw.count("1.1.1", children, 0.12)
    young = draw.count("1.1.2", children - preschool, 0.5)
    middle = draw.count("1.1.3", children - preschool - young, 0.75)
    return {
        "1.1": children,
        "1.1.1": preschool,
        "1.1.2": young,
        "1.1.3": middle,
        "1.1.4": children - preschool - young - middle,
        "1.2": draw.count("1.2", children, 0.11, trend=0.1),
        "1.3": draw.count("1.3", children, 0.22),
        "1.4": draw.count("1.4", children, 0.05),
        "1.5": draw.count("1.5", children, 0.06, strength=0.5),
        **_special_needs(draw, children),
        "1.7": draw.count("1.7", children, 0.14, strength=0.3, trend=0.1),
        **_events(draw, children),
        **_staff(draw, children),
        **_conditions(draw, children),
    }


def _special_needs(draw: Draw, children: int) -> "Answers":
    special = draw.count("1.6", children, 0.09, trend=0.05)
    disabled = draw.count("1.6.1", special, 0.36)
    orphans = draw.count("1.6.2", special - disabled, 0.16)
    migrants = draw.count("1.6.3", special - disabled - orphans, 0.1)
    hardship = special - disabled - orphans - migrants
    return {"1.6": special, "1.6.1": disabled, "1.6.2": orphans, "1.6.3": migrants, "1.6.4": hardship}


def _events(draw: Draw, children: int) -> "Answers":
    took_part = draw.count("1.8", children, 0.52, strength=0.3, trend=0.06)
    won = draw.count("1.9", took_part, 0.36, strength=0.3)
    in_projects = draw.count("1.10", children, 0.16, trend=0.08)
    found: Answers = {"1.8": took_part, "1.9": won, "1.10": in_projects}
    held = 0
    for level, share in enumerate(LEVELS, start=1):
        part = draw.count(f"1.8.{level}", took_part, share)
        found[f"1.8.{level}"] = part
        found[f"1.9.{level}"] = draw.count(f"1.9.{level}", min(part, won), 0.42)
        found[f"1.10.{level}"] = draw.count(f"1.10.{level}", in_projects, share)
        events = max(0, round((18, 4, 0, 1, 0)[level - 1] * draw.number(f"1.11.{level}", 1.0, spread=0.2)))
        found[f"1.11.{level}"] = events
        held += events
    return {**found, "1.11": held}


def _staff(draw: Draw, children: int) -> "Answers":
    people = staff(draw, max(9, round(children / 27)), higher=0.74, other_staff=0.35)
    last_year, this_year = (round(max(1.0, draw.number(f"1.23.{part}", 6, spread=1.5))) for part in ("past", "now"))
    return {
        "1.12": people.teachers,
        "1.13": people.higher,
        "1.14": people.higher_pedagogical,
        "1.15": people.vocational,
        "1.16": people.vocational_pedagogical,
        "1.17": people.with_category,
        "1.17.1": people.highest_category,
        "1.17.2": people.first_category,
        "1.18.1": people.service_under_5,
        "1.18.2": people.service_over_30,
        "1.19": people.under_30,
        "1.20": people.from_55,
        "A.ped_ahr": people.all_staff,
        "1.21": people.trained,
        "A.staff": people.all_staff + 4,
        "1.22": max(1, round(people.teachers / 14)),
        "1.23.1": this_year + 2 * last_year,
        "1.23.2": this_year,
        "1.24": draw.yes("1.24", 0.7),
    }


def _conditions(draw: Draw, children: int) -> "Answers":
    sports = "Спортивная" in draw.portrait.name
    arts = "искусств" in draw.portrait.name
    rooms = {
        "2.2.1": max(3, round(children / 75)),
        "2.2.2": 0 if sports or arts else 2,
        "2.2.3": 0 if sports else 3,
        "2.2.4": 0 if sports else 2,
        "2.2.5": 4 if sports else 1,
        "2.2.6": 1 if sports else 0,
    }
    leisure = {"2.3.1": 1, "2.3.2": int(arts), "2.3.3": 0 if sports or arts else 1}
    reading_room = draw.yes("2.6", 0.5)
    computers = round(max(6.0, children * draw.number("A.comp", 0.03, spread=0.004)))
    return {
        "A.comp": computers,
        "2.2": sum(rooms.values()),
        **rooms,
        "2.3": sum(leisure.values()),
        **leisure,
        "2.4": sports,
        "2.5": draw.yes("2.5", 0.85),
        "2.6": reading_room,
        **{row: reading_room and draw.yes(row, 0.6) for row in READING_ROOM},
        "2.7": draw.count("2.7", children, 0.6, trend=0.1),
    }
