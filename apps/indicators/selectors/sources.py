"""Sources of data with what is taken from them, and the numbers that are collected twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.indicators.models import DataSource, IndicatorVersion, SourceLink
from apps.indicators.uses import Use, UseKind, uses_by_code


@dataclass(frozen=True)
class Line:
    """An indicator at a source: what forms ask it, which other systems have it, and what to do about that."""

    link: SourceLink
    version: IndicatorVersion
    forms: Sequence[Use]
    others: Sequence[DataSource]

    @property
    def code(self) -> str:
        return self.version.indicator.code

    @property
    def is_double(self) -> bool:
        """Collected twice: a form asks what a system has, or two systems have it."""
        return not self.link.source.is_own_form and bool(self.forms or self.others)

    @property
    def is_flagged(self) -> bool:
        return self.is_double and not self.link.kept_reason

    @property
    def advice(self) -> str:
        """What to do about a number that is collected twice."""
        if self.forms:
            return (
                f"Спрашивает форма «{self.forms[0].title}», хотя данные есть в источнике «{self.link.source}». "
                "Возьмите число из источника и уберите строку из формы или подставляйте его в форму для проверки."
            )
        names = ", ".join(f"«{other}»" for other in self.others)
        return f"Данные есть и в другом источнике: {names}. Выберите главный и оставьте связь только с ним."


@dataclass(frozen=True)
class SourceSummary:
    source: DataSource
    linked: int
    flagged: int


def lines() -> list[Line]:
    """Links of indicators in use, in the order of sources; a fixed number of queries."""
    links = list(
        SourceLink.objects.filter(source__is_active=True, indicator__is_active=True).select_related("source", "kept_by")
    )
    versions = {
        version.indicator_id: version
        for version in IndicatorVersion.objects.current()
        .filter(indicator__in={link.indicator_id for link in links})
        .select_related("indicator")
    }
    systems: dict[int, list[DataSource]] = {}
    for link in links:
        if not link.source.is_own_form:
            systems.setdefault(link.indicator_id, []).append(link.source)
    uses = uses_by_code({version.indicator.code for version in versions.values()})
    return [
        Line(
            link=link,
            version=versions[link.indicator_id],
            forms=[use for use in uses.get(versions[link.indicator_id].indicator.code, []) if use.kind == UseKind.FORM],
            others=[other for other in systems.get(link.indicator_id, []) if other.pk != link.source_id],
        )
        for link in links
        if link.indicator_id in versions
    ]


def summaries(found: Sequence[Line]) -> list[SourceSummary]:
    """Every source with how many indicators are taken from it and how many of them are collected twice."""
    linked: dict[int, int] = {}
    flagged: dict[int, int] = {}
    for line in found:
        key = line.link.source_id
        linked[key] = linked.get(key, 0) + 1
        flagged[key] = flagged.get(key, 0) + line.is_flagged
    rows = DataSource.objects.all()
    return [SourceSummary(source, linked.get(source.pk, 0), flagged.get(source.pk, 0)) for source in rows]


def without_source() -> int:
    """How many indicators that are entered have no source at all."""
    entered = IndicatorVersion.objects.current().filter(
        indicator__is_active=True, indicator__is_group=False, is_derived=False
    )
    return entered.filter(indicator__source_links__isnull=True).count()
