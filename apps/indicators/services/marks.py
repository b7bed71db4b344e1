"""Marks that classify an indicator without changing its method, and links between levels."""

from typing import Any

from django.db import transaction

from apps.core import events
from apps.core.findings import Refused, error
from apps.indicators.models import EducationLevel, Indicator, IndicatorVersion, LevelLink

Level, Object = IndicatorVersion.Level, IndicatorVersion.Object
# From the top: a link leads from one of these to one further down.
ORDER = (Level.FEDERAL, Level.REGIONAL, Level.MUNICIPAL, Level.INSTITUTIONAL)


@transaction.atomic
def mark(*, indicator: Indicator, level: str, object: str, education_levels: list[str], by: Any) -> bool:  # noqa: A002
    """Set level, object and levels of education. Returns whether anything changed."""
    version = indicator.versions.current().select_for_update().first()
    wrong = [one for one in education_levels if one not in EducationLevel.values]
    if version is None or level not in ("", *Level.values) or object not in ("", *Object.values) or wrong:
        raise Refused([error("bad_mark", "такой метки нет", action="Выберите из списка.")])
    chosen = [one for one in EducationLevel.values if one in education_levels]
    if (version.level, version.object, indicator.education_levels) == (level, object, chosen):
        return False
    version.level, version.object = level, object
    version.save(update_fields=["level", "object"])
    indicator.education_levels = chosen
    indicator.save(update_fields=["education_levels"])
    names = [Level(level).label if level else "", Object(object).label if object else ""]
    names += [EducationLevel(one).label for one in chosen]
    text = "Метки: " + (", ".join(name for name in names if name) or "сняты")
    events.record(kind="indicators.marked", subject=indicator, by=by, text=text)
    return True


@transaction.atomic
def link_levels(*, upper: str, lower: str, note: str, by: Any) -> LevelLink:
    """Say that two indicators measure the same thing on neighbouring levels. Raises Refused."""
    found = {one.code: one for one in Indicator.objects.filter(code__in=[upper, lower], is_group=False)}
    levels = dict(
        IndicatorVersion.objects.current().filter(indicator__code__in=found).values_list("indicator__code", "level")
    )
    findings = [
        error("unknown_code", f"показателя {code or '(не указан)'} нет", action="Проверьте код.")
        for code in (upper, lower)
        if code not in found
    ]
    for code in (upper, lower):
        if code in found and not levels.get(code):
            action = "Поставьте уровень на странице паспорта."
            findings.append(error("no_level", f"у показателя {code} не указан уровень", action=action))
    if not findings and ORDER.index(Level(levels[upper])) >= ORDER.index(Level(levels[lower])):
        text = f"«{Level(levels[upper]).label}» не выше, чем «{Level(levels[lower]).label}»"
        findings.append(error("wrong_order", text, action="Поменяйте показатели местами или исправьте их уровни."))
    if not findings and LevelLink.objects.filter(upper=found[upper], lower=found[lower]).exists():
        findings.append(error("linked", "такая связь уже есть"))
    if findings:
        raise Refused(findings)
    link = LevelLink.objects.create(upper=found[upper], lower=found[lower], note=note.strip(), created_by=by)
    for indicator in (link.upper, link.lower):
        text = f"Связь уровней: {upper} ↑ {lower}"
        events.record(kind="indicators.levels_linked", subject=indicator, by=by, text=text)
    return link


@transaction.atomic
def unlink_levels(*, link: LevelLink, by: Any) -> None:
    for indicator in (link.upper, link.lower):
        text = f"Связь уровней снята: {link.upper.code} ↑ {link.lower.code}"
        events.record(kind="indicators.levels_unlinked", subject=indicator, by=by, text=text)
    link.delete()
