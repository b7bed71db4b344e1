"""Writes of the context: a version of the index, a version of settings, the index recorded as an indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.analysis.context.index import IndexYear
from apps.analysis.context.methods import ADJUSTABLE, current
from apps.analysis.context.models import IndexPart, MethodSettings, SocialIndex
from apps.core import events
from apps.core.figures import figure
from apps.core.findings import Refused, error, refuse
from apps.indicators.models import Indicator, Value
from apps.indicators.services import NewValue, Origin, record_values
from apps.indicators.services.aggregates import enqueue_aggregates

LEAST_PARTS = 2
INDICATOR = "msoko.1.2.1.4"  # «Индекс социального благополучия школы»
PLACES = Decimal("0.01")
DENIED = "Методы анализа настраивают сотрудники управления."


@dataclass(frozen=True)
class NewPart:
    indicator: str
    weight: Decimal
    harder: bool


@dataclass(frozen=True)
class NewIndex:
    parts: Sequence[NewPart]
    source_state: str
    act: str
    reason: str


@transaction.atomic
def make_index(*, new: NewIndex, by: User) -> SocialIndex:
    """Put a new version of the index in force; the old ones stay readable. Raises Refused."""
    require_department(by, DENIED)
    faults = []
    codes = [part.indicator for part in new.parts]
    if len(set(codes)) < LEAST_PARTS:
        faults.append(error("few_parts", "В индексе меньше двух показателей.", action="Дайте вес хотя бы двум."))
    if any(part.weight <= 0 for part in new.parts):
        faults.append(error("weight", "Вес должен быть больше нуля."))
    if not new.reason.strip():
        faults.append(error("no_reason", "Не указано, почему выбраны такие веса.", action="Напишите одной фразой."))
    known = {one.code: one for one in Indicator.objects.measured().filter(code__in=codes)}
    faults += [error("unknown", f"Показателя {code} нет.") for code in sorted(set(codes) - known.keys())]
    if faults:
        raise Refused(faults)
    last = SocialIndex.objects.select_for_update().order_by("-version").first()
    made = SocialIndex.objects.create(
        version=last.version + 1 if last else 1,
        source_state=new.source_state,
        act=new.act.strip(),
        reason=new.reason.strip(),
        author=by,
    )
    IndexPart.objects.bulk_create(
        IndexPart(index=made, indicator=known[part.indicator], weight=part.weight, harder=part.harder, order=order)
        for order, part in enumerate(new.parts)
    )
    events.record(
        kind="analysis.index_made", subject=made, by=by, text=f"Версия {made.version}: показателей — {len(new.parts)}."
    )
    return made


@transaction.atomic
def record_index(*, year: IndexYear, by: User) -> int:
    """Write the index as values of the indicator «ИСБШ», so that it has a trend and figures by cluster. Returns how
    many values changed. Raises Refused where there is no index."""
    require_department(by, DENIED)
    if year.off:
        raise refuse("off", f"Индекса за {year.period} нет. {year.off}")
    values = [NewValue(pk, INDICATOR, row.index.quantize(PLACES)) for pk, row in year.rows.items()]
    values += [
        NewValue(pk, INDICATOR, None, absence_reason=f"нет показателей: {'; '.join(names)}"[:200])
        for pk, names in year.lacking.items()
    ]
    changed = record_values(
        period=year.period, source=Value.Source.MANUAL, values=values, by=by, origin=Origin.of(year.index)
    )
    enqueue_aggregates(period=year.period, by=by)
    text = f"Записан как показатель за {year.period}: значений — {changed}."
    events.record(kind="analysis.index_recorded", subject=year.index, by=by, text=text)
    return changed


@transaction.atomic
def change_settings(
    *, code: str, values: Mapping[str, Decimal], source_state: str, act: str, reason: str, by: User
) -> MethodSettings:
    """Put a new version of a method's settings in force. Raises Refused with every fault."""
    require_department(by, DENIED)
    method = ADJUSTABLE[code]
    last = MethodSettings.objects.filter(code=code).aggregate(Max("version"))["version__max"] or 0
    faults = []
    for one in method.parameters:
        value = values[one.code]
        if not one.least <= value <= one.most:
            low, high = figure(one.least), figure(one.most)
            faults.append(error("bounds", f"{one.label}: от {low} до {high}.", found=figure(value, one.decimals)))
        elif value != round(value, one.decimals):
            faults.append(error("decimals", f"{one.label}: знаков после запятой не больше {one.decimals}."))
    if {"years", "window"} <= values.keys() and values["years"] > values["window"]:
        faults.append(error("window", "Лет не может быть больше, чем рассматривается."))
    if not reason.strip():
        faults.append(error("no_reason", "Не указано, почему меняются параметры."))
    now = current(code)
    if not faults and now.source_state == source_state and now.act == act and dict(now.values) == dict(values):
        faults.append(error("no_change", "Значения не изменены."))
    if faults:
        raise Refused(faults)
    made = MethodSettings.objects.create(
        code=code,
        version=last + 1,
        values={key: str(value) for key, value in values.items()},
        source_state=source_state,
        act=act.strip(),
        reason=reason.strip(),
        author=by,
    )
    text = f"«{method.title}»: версия {made.version}. {reason.strip()}"
    events.record(kind="analysis.method_changed", subject=made, by=by, text=text[:500])
    return made
