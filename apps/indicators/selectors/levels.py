"""Links between levels with what does not match: name, unit, formula."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from apps.indicators import formulas
from apps.indicators.models import IndicatorVersion, LevelLink
from apps.indicators.selectors.changes import NOTHING, FieldChange


@dataclass(frozen=True)
class Linked:
    """A link, both newest versions, and the fields that differ (above, below)."""

    link: LevelLink
    upper: IndicatorVersion
    lower: IndicatorVersion
    mismatches: list[FieldChange]


def linked(links: Iterable[LevelLink]) -> list[Linked]:
    """Two statements whatever the number of links."""
    rows = list(links)
    ids = {pk for link in rows for pk in (link.upper_id, link.lower_id)}
    current = IndicatorVersion.objects.current().filter(indicator__in=ids).select_related("indicator")
    versions = {version.indicator_id: version for version in current}
    codes = _same_codes()
    return [
        Linked(link, versions[link.upper_id], versions[link.lower_id], _mismatches(versions, link, codes))
        for link in rows
        if link.upper_id in versions and link.lower_id in versions
    ]


def all_links() -> list[Linked]:
    return linked(LevelLink.objects.select_related("upper", "lower"))


def _same_codes() -> dict[str, set[str]]:
    """Codes below by code above: formulas may differ by them and still be the same."""
    found: dict[str, set[str]] = {}
    for upper, lower in LevelLink.objects.values_list("upper__code", "lower__code"):
        found.setdefault(upper, set()).add(lower)
    return found


def _mismatches(
    versions: dict[int, IndicatorVersion], link: LevelLink, codes: dict[str, set[str]]
) -> list[FieldChange]:
    upper, lower = versions[link.upper_id], versions[link.lower_id]
    found = []
    if _folded(upper.name) != _folded(lower.name):
        found.append(FieldChange("название", upper.name, lower.name))
    if _folded(upper.unit) != _folded(lower.unit):
        found.append(FieldChange("единица", upper.unit or NOTHING, lower.unit or NOTHING))
    if not _same_formula(upper.formula, lower.formula, codes):
        found.append(FieldChange("формула", upper.formula or "вносится", lower.formula or "вносится"))
    return found


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split()).rstrip(".")


def _same_formula(upper: str, lower: str, codes: dict[str, set[str]]) -> bool:
    if not (upper and lower):
        return upper == lower
    above, below = formulas.parse(upper), formulas.parse(lower)
    pairs = zip(formulas.references(above), formulas.references(below), strict=False)
    same = {f"[{one}]": f"[{other}]" for one, other in pairs if other in codes.get(one, ())}
    text = re.sub(r"\[[^\]]+\]", lambda found: same.get(found[0], found[0]), formulas.to_text(above))
    return text == formulas.to_text(below)
