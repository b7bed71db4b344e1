"""Periods whose figures rest on those of another one: by `previous([…])`, or a school year on a calendar year."""

from apps.core import periods
from apps.core.models import Period
from apps.indicators import formulas
from apps.indicators.models import IndicatorVersion, Pack, Recount
from apps.indicators.services.second_stage import second_stage_versions, span_for


def periods_reading(period: Period) -> list[Period]:
    """Periods counted already that read figures of this one, the earliest first."""
    kinds = dict(Pack.objects.values_list("code", "period_kind"))
    counted = Period.objects.filter(pk__in=Recount.objects.values("period")).exclude(pk=period.pk)
    near = [one for one in counted.order_by("starts_on") if _may_read(one, period)]
    return [one for one in near if _reads(one, period, kinds)]


def _may_read(reader: Period, read: Period) -> bool:
    """Formulas reach no further than the year before, of their own or of the self-examination."""
    year = periods.self_examination_year(reader.span)
    return read.code in {year.code, periods.previous(year).code, periods.previous(reader.span).code}


def _reads(reader: Period, read: Period, kinds: dict[str, str]) -> bool:
    return any(_names(version, reader, read, kinds) for version in second_stage_versions(reader))


def _names(version: IndicatorVersion, reader: Period, read: Period, kinds: dict[str, str]) -> bool:
    tree = formulas.parse(version.formula)
    now = {span_for(code, reader, kinds).code for code in formulas.current_references(tree)}
    before = {periods.previous(span_for(code, reader, kinds)).code for code in formulas.previous_references(tree)}
    return read.code in now | before
