"""What a template leaves open, filled in: words in braces by the portal, words in brackets by a person."""

import re
from datetime import date

from django.conf import settings
from django.utils import timezone

from apps.roadmaps.decisions.models import DecisionTemplate
from apps.roadmaps.decisions.parsing import ParsedItem, parse_items

BLANK = re.compile(r"\[[^\]\n]{1,120}\]")
KEYS = ("school_year", "next_school_year", "year", "authority", "municipality", "today")


def school_year(day: date) -> int:
    """The year in which the school year of a day began."""
    return day.year if day.month >= 9 else day.year - 1


def values(day: date) -> dict[str, str]:
    begun = school_year(day)
    return {
        "school_year": f"{begun}/{begun + 1}",
        "next_school_year": f"{begun + 1}/{begun + 2}",
        "year": str(day.year),
        "authority": settings.AUTHORITY_NAME,
        "municipality": settings.MUNICIPALITY_NAME,
        "today": f"{day:%d.%m.%Y}",
    }


def filled(text: str, day: date | None = None) -> str:
    """Known words in braces replaced; anything else stays as it is written."""
    known = values(day or timezone.localdate())
    return re.sub(r"\{([a-z_]+)\}", lambda found: known.get(found[1], found[0]), text)


def initial(template: DecisionTemplate) -> dict[str, str]:
    """The form of a new decision, begun."""
    return {
        "kind": template.kind,
        "title": filled(template.title),
        "preamble": filled(template.preamble),
        "items_text": filled(template.items_text),
    }


def blanks(*texts: str) -> list[str]:
    """Places in brackets that nobody has filled in yet, each once, in their order."""
    return list(dict.fromkeys(found for text in texts for found in BLANK.findall(text)))


def items_of(text: str) -> list[ParsedItem]:
    return parse_items(filled(text))
