"""Reads rows of a file of reference figures; every bad cell at once, each with its address."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from apps.core.figures import plain
from apps.core.findings import Finding, error, has_errors
from apps.core.periods import PeriodError, PeriodSpan, parse_period
from apps.indicators.models import Indicator, IndicatorVersion, Pack, ReferenceSeries
from apps.indicators.selectors.targets import bounds_of
from apps.indicators.services.values import LARGEST, PLACES
from apps.workbooks.cells import Cell, CellProblem, NumberProblem, clean_text, parse_number, show
from apps.workbooks.reading import Workbook
from apps.workbooks.tables import Column, Row, read_table

COLUMNS = (
    Column("indicator", ("Код показателя", "Показатель")),
    Column("owner", ("Чьи данные",)),
    Column("territory", ("Территория",)),
    Column("period", ("Период",)),
    Column("number", ("Значение",)),
    Column("source", ("Источник",)),
    Column("unit", ("Единица",), required=False),
    Column("source_url", ("Ссылка",), required=False),
    Column("source_date", ("Дата источника",), required=False),
    Column("is_confirmed", ("Сверено", "Подтверждено"), required=False),
)
SERIES_KEYS = ("unit", "source", "source_url", "source_date", "is_confirmed")
YEARS = range(1990, 2101)


@dataclass(frozen=True)
class ReadPoint:
    """A row: a figure of a territory in a period, and where it was published."""

    row: int
    code: str
    owner: str
    territory: str
    span: PeriodSpan
    number: Decimal
    passport: tuple[tuple[str, Any], ...]  # of the series, as the row gives it

    @property
    def series(self) -> tuple[str, str, str]:
        return self.code, self.owner, self.territory


class _Bad(Exception):
    """The cell cannot be taken; says what is expected."""


@dataclass(frozen=True)
class _Known:
    versions: dict[str, IndicatorVersion]
    kinds: dict[str, str]  # of periods, by pack


def read(book: Workbook) -> tuple[list[ReadPoint], list[Finding]]:
    """All rows of a book. After an error nothing may be written."""
    table = read_table(book, COLUMNS)
    findings = [*book.notices, *table.findings]
    if has_errors(table.findings) and not table.rows:
        return [], findings
    known = _known()
    points: list[ReadPoint] = []
    seen: dict[Any, int] = {}
    passports: dict[Any, ReadPoint] = {}
    for row in table.rows:
        values, bad = _values(row, table.sheet)
        findings += bad
        if bad:
            continue
        point = ReadPoint(
            row=row.number,
            code=values["indicator"],
            owner=values["owner"],
            territory=values["territory"],
            span=values["period"],
            number=values["number"],
            passport=tuple((key, values.get(key, _empty(key))) for key in SERIES_KEYS),
        )
        findings += _doubts(point, known, row, table.sheet)
        key = (*point.series, point.span.code)
        if key in seen:
            text = f"этот же показатель, территория и период стоят в строке {seen[key]}."
            findings.append(error("row_repeated", text, sheet=table.sheet, row=row.number, action="Оставьте одну."))
        first = passports.setdefault(point.series, point)
        if first.passport != point.passport:
            text = f"источник ряда назван иначе, чем в строке {first.row}: у ряда один источник."
            findings.append(error("source_differs", text, sheet=table.sheet, row=row.number))
        seen[key] = row.number
        points.append(point)
    return points, findings


def _known() -> _Known:
    measured = IndicatorVersion.objects.current().filter(indicator__in=Indicator.objects.measured())
    versions = {version.indicator.code: version for version in measured.select_related("indicator")}
    return _Known(versions, dict(Pack.objects.values_list("code", "period_kind")))


def _doubts(point: ReadPoint, known: _Known, row: Row, sheet: str) -> list[Finding]:
    """What only the register of indicators can tell."""
    version = known.versions.get(point.code)
    if version is None:
        text = "показателя с таким кодом нет или он выключен."
        place = {"sheet": sheet, "cell": row.address("indicator")}
        return [
            error("unknown_indicator", text, found=point.code, action="Возьмите код из адреса показателя.", **place)
        ]
    found = []
    kind = known.kinds.get(version.indicator.pack)
    if kind and kind != point.span.kind:
        wanted = "календарный год, например 2025" if kind == "calendar_year" else "учебный год, например 2025/26"
        text = "показатель собирается за период другого вида."
        place = {"sheet": sheet, "cell": row.address("period")}
        found.append(error("wrong_period", text, found=point.span.code, expected=wanted, **place))
    bounds = bounds_of(version)
    low = bounds.least is not None and point.number < bounds.least
    if low or (bounds.most is not None and point.number > bounds.most):
        least, most = ("…" if one is None else plain(one) for one in (bounds.least, bounds.most))
        limits = f"от {least} до {most}"
        place = {"sheet": sheet, "cell": row.address("number")}
        found.append(error("beyond", "такого значения не бывает.", found=plain(point.number), expected=limits, **place))
    return found


def _empty(key: str) -> Any:
    return {"source_date": None, "is_confirmed": False}.get(key, "")


def _values(row: Row, sheet: str) -> tuple[dict[str, Any], list[Finding]]:
    values: dict[str, Any] = {}
    findings = []
    for column in COLUMNS:
        if column.key not in row.columns:
            continue
        cell = row[column.key]
        place = {"sheet": sheet, "cell": row.address(column.key)}
        if isinstance(cell, CellProblem):
            findings.append(error(f"cell_{cell.kind}", cell.message, found=cell.found, **place))
        elif cell is None or (isinstance(cell, str) and not clean_text(cell)):
            if column.required:
                findings.append(error("cell_blank", f"не заполнено: «{column.title}».", **place))
        else:
            try:
                values[column.key] = _READERS[column.key](cell)
            except _Bad as bad:
                text = f"значение столбца «{column.title}» не подходит."
                findings.append(error("cell_invalid", text, found=show(cell), expected=str(bad), **place))
    return values, findings


def _text(longest: int) -> Callable[[Cell], str]:
    def read_text(cell: Cell) -> str:
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        text = " ".join(clean_text(str(cell)).split())
        if len(text) > longest:
            raise _Bad(f"не длиннее {longest} знаков")
        return text

    return read_text


def _owner(cell: Cell) -> str:
    word = str(cell).strip().casefold()
    for owner in ReferenceSeries.Owner:
        if word in {owner.value, owner.label.casefold()}:
            return owner.value
    if word in {"россия", "рф", "федерация"}:
        return ReferenceSeries.Owner.FEDERATION
    raise _Bad("«регион» или «Российская Федерация»")


def _period(cell: Cell) -> PeriodSpan:
    text = str(int(cell)) if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell)
    text = re.sub(r"\s*(учебный\s+)?год$|\s*г\.?$", "", text.strip().replace("-", "/"))
    try:
        span = parse_period(text)
    except PeriodError as failure:
        raise _Bad("учебный год (2025/26) или календарный год (2025)") from failure
    if span.starts_on.year not in YEARS:
        raise _Bad(f"год от {YEARS[0]} до {YEARS[-1]}")
    return span


def _number(cell: Cell) -> Decimal:
    number = parse_number(cell)
    if isinstance(number, NumberProblem):
        raise _Bad("число, например 45,3")
    if abs(number) >= LARGEST or number != number.quantize(PLACES):
        raise _Bad("число, не больше шести знаков после запятой")
    return number


def _url(cell: Cell) -> str:
    text = str(cell).strip()
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError as failure:
        raise _Bad("адрес вида https://example.ru/document") from failure
    if len(text) > 500:
        raise _Bad("адрес не длиннее 500 знаков")
    return text


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", str(cell).strip())
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(str(cell).strip())
    except ValueError as failure:
        raise _Bad("дата вида 31.12.2025") from failure


def _yes(cell: Cell) -> bool:
    word = str(cell).strip().casefold()
    if word in {"да", "true", "1"}:
        return True
    if word in {"нет", "false", "0"}:
        return False
    raise _Bad("«да» или «нет»")


_READERS: dict[str, Callable[[Cell], Any]] = {
    "indicator": _text(40),
    "owner": _owner,
    "territory": _text(120),
    "period": _period,
    "number": _number,
    "source": _text(400),
    "unit": _text(100),
    "source_url": _url,
    "source_date": _day,
    "is_confirmed": _yes,
}
