"""The operator's file: one sheet with a row an organisation, one with shortcomings. What is wrong comes as findings.

Columns are found by their words: the number of the indicator («1.1.1») alone or with its name after a point. Totals
(K1…K5, S) may be there; they are only compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from apps.core.figures import figure
from apps.core.findings import Finding, Severity, error, has_errors, notice, query
from apps.noko.calculation import CRITERIA, TOTALS, Method, Row
from apps.organizations.models import Organization
from apps.workbooks.cells import Cell, NumberProblem, parse_number
from apps.workbooks.reading import Workbook
from apps.workbooks.tables import Column, read_table
from apps.workbooks.tables import Row as FileRow

CODE, NAME, LINK = "code", "name", "link"
_YES, _NO = {"да", "есть", "+", "1", "имеется"}, {"нет", "-", "0", "отсутствует", "−", "–"}
TOTAL_TITLES = {
    **{number: (f"К{number[1]}", number, f"Критерий {number[1]}") for number in CRITERIA},
    "S": ("Итог", "S", "Итоговый балл", "Показатель оценки качества"),
}


@dataclass
class OrganizationRow:
    """One organisation of the file; numbers are by the number of the indicator."""

    organization_id: int
    code: str
    name: str
    row: int
    given: dict[str, Decimal] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    stated: dict[str, Decimal] = field(default_factory=dict)
    figures: dict[str, Decimal | None] = field(default_factory=dict)
    link: str = ""

    def as_dict(self) -> dict[str, Any]:
        def texts(numbers: Mapping[str, Decimal | None]) -> dict[str, str | None]:
            return {key: None if value is None else format(value, "f") for key, value in numbers.items()}

        return {
            "organization": self.organization_id,
            "code": self.code,
            "name": self.name,
            "row": self.row,
            "given": texts(self.given),
            "places": self.places,
            "stated": texts(self.stated),
            "figures": texts(self.figures),
            "link": self.link,
        }


@dataclass
class Content:
    rows: list[OrganizationRow] = field(default_factory=list)
    shortcomings: list[dict[str, str]] = field(default_factory=list)  # code, indicator, text
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return has_errors(self.findings)


def column_title(row: Row) -> str:
    """The header of an indicator in our template."""
    return f"{row.number}. {row.name[:120]}"


def columns_of(method: Method) -> list[Column]:
    found = [
        Column(CODE, ("Код организации", "Код")),
        Column(NAME, ("Организация", "Название"), required=False),
        Column(LINK, ("Страница на bus.gov.ru", "bus.gov.ru"), required=False),
    ]
    found += [Column(row.number, (column_title(row), row.number), required=False) for row in method.inputs]
    return found + [Column(number, TOTAL_TITLES[number], required=False) for number in TOTALS]


SHORTCOMINGS = (
    Column(CODE, ("Код организации", "Код")),
    Column("indicator", ("Показатель", "Номер показателя"), required=False),
    Column("text", ("Недостаток", "Выявленный недостаток")),
)


def read_report(book: Workbook, method: Method, organizations: Mapping[str, Organization]) -> Content:
    """Everything in the file with everything wrong in it. `organizations` are ours by code."""
    content = Content(findings=list(book.notices))
    table = read_table(book, columns_of(method))
    content.findings += table.findings
    if has_errors(table.findings):
        return content
    missing = [row.number for row in method.inputs if row.number not in table.columns]
    if missing:
        text = "в файле нет столбцов с первичными данными, их показатели не посчитаны."
        content.findings.append(query("noko.columns", text, sheet=table.sheet, found=", ".join(missing)))
    seen: dict[str, int] = {}
    for row in table.rows:
        read = _Reader(table.sheet, row, method, content.findings).read(organizations, seen)
        if read is not None:
            content.rows.append(read)
    _read_shortcomings(book, content, {row.code for row in content.rows})
    return content


@dataclass
class _Reader:
    sheet: str
    row: FileRow
    method: Method
    findings: list[Finding]

    def _say(self, finding: Any, code: str, message: str, key: str = CODE, **more: str) -> None:
        self.findings.append(finding(code, message, sheet=self.sheet, cell=self.row.address(key), **more))

    def read(self, organizations: Mapping[str, Organization], seen: dict[str, int]) -> OrganizationRow | None:
        code = str(self.row[CODE] or "").strip().lower()
        organization = organizations.get(code)
        if organization is None:
            action = "Укажите код из реестра организаций: он стоит в первом столбце образца."
            self._say(error, "noko.unknown", "такой организации в реестре нет.", found=code or "пусто", action=action)
            return None
        if code in seen:
            text = f"организация «{organization}» уже есть в строке {seen[code]}."
            self._say(error, "noko.twice", text, action="Оставьте одну строку.")
            return None
        seen[code] = self.row.number
        read = OrganizationRow(organization.pk, code, str(organization), self.row.number)
        read.link = self._link()
        for input_row in self.method.inputs:
            self._input(input_row, read)
        for number in TOTALS:
            value = self._number(number, f"итог {number}")
            if value is not None:
                read.stated[number] = value
        self._check(read)
        return read

    def _link(self) -> str:
        link = str(self.row[LINK] or "").strip()
        if link and not (link.startswith(("https://bus.gov.ru/", "http://bus.gov.ru/")) and len(link) <= 200):
            action = "Вставьте адрес страницы организации целиком, он начинается с https://bus.gov.ru/."
            self._say(query, "noko.link", "это не страница сайта bus.gov.ru, ссылка пропущена.", LINK, action=action)
            return ""
        return link

    def _input(self, row: Row, read: OrganizationRow) -> None:
        cell = self.row[row.number]
        value = self._yes_no(row, cell) if row.is_yes_no else self._number(row.number, f"показатель {row.number}")
        if value is None:
            return
        if value < 0 or (not row.is_yes_no and value != value.to_integral_value()):
            text = f"показатель {row.number}: нужно целое число от нуля."
            self._say(error, "noko.whole", text, row.number, found=str(cell))
            return
        read.given[row.number] = value
        read.places[row.number] = f"лист «{self.sheet}», ячейка {self.row.address(row.number)}"

    def _yes_no(self, row: Row, cell: Cell) -> Decimal | None:
        if cell is None:
            return None
        if isinstance(cell, bool):
            return Decimal(int(cell))
        text = str(cell).strip().casefold()
        if text in _YES | _NO:
            return Decimal(1 if text in _YES else 0)
        self._say(error, "noko.yes_no", f"показатель {row.number}: нужно «да» или «нет».", row.number, found=str(cell))
        return None

    def _number(self, key: str, name: str) -> Decimal | None:
        cell = self.row[key]
        if cell is None:
            return None
        number = parse_number(cell)
        if isinstance(number, NumberProblem):
            if number.kind not in {"blank", "no_data"}:
                self._say(error, "noko.number", f"{name}: {number.message}", key, found=str(cell)[:60])
            return None
        return number

    def _check(self, read: OrganizationRow) -> None:
        """Rules of the pack, figures by the formula, and the file's own totals beside them."""
        for rule in self.method.broken_rules(read.given):
            finding = error if rule.severity == Severity.ERROR else query
            key = rule.indicators[0].removeprefix("noko.") if rule.indicators else CODE
            self._say(finding, rule.code, f"{read.name}: {rule.message}", key)
        outcomes = self.method.compute(read.given)
        read.figures = {number: outcome.number for number, outcome in outcomes.items()}
        for number in TOTALS:
            self._compare(read, number)
        self._explain_missing(read, outcomes)

    def _compare(self, read: OrganizationRow, number: str) -> None:
        stated, counted = read.stated.get(number), read.figures.get(number)
        name = "итоговый балл" if number == "S" else f"критерий {number[1]}"
        if stated is None or (counted is not None and agrees(stated, counted)):
            return
        if counted is None:
            text = f"{read.name}: {name} в файле есть, а по первичным данным его посчитать нельзя."
            self._say(query, "noko.total_only", text, number, found=figure(stated, 2))
            return
        text = f"{read.name}: {name} в файле не совпадает с посчитанным по формуле."
        action = "Будет принят посчитанный балл. Спросите оператора, чем вызвано различие."
        shown = {"found": figure(stated, 2), "expected": figure(counted, 2)}
        self._say(query, "noko.total", text, number, action=action, **shown)

    def _explain_missing(self, read: OrganizationRow, outcomes: Mapping[str, Any]) -> None:
        absent = [number for number in CRITERIA if read.figures.get(number) is None]
        if not absent:
            return
        why = {code.removeprefix("noko.") for number in absent for code in _roots(outcomes, number)}
        text = (
            f"{read.name}: {'не посчитаны критерии' if len(absent) > 1 else 'не посчитан критерий'} "
            f"{', '.join(number[1] for number in absent)}, а с ним и итог: нет данных или нет опрошенных."
        )
        action = "Правило замены муниципалитет закрепляет своей методикой; портал нулём не заменяет."
        self._say(notice, "noko.absent", text, found=", ".join(sorted(why)), action=action)


def _roots(outcomes: Mapping[str, Any], number: str) -> Iterator[str]:
    """The rows that a missing figure lacks in the end."""
    outcome = outcomes.get(number)
    if outcome is None or not outcome.missing:
        yield number
        return
    for code in outcome.missing:
        yield from _roots(outcomes, code.removeprefix("noko."))


def agrees(stated: Decimal, counted: Decimal) -> bool:
    """Whether the file's total is the counted one at the places that the file gives, one or two."""
    exponent = stated.normalize().as_tuple().exponent
    places = min(2, max(1, -int(exponent)))
    candidates = {counted.quantize(Decimal(1).scaleb(-shown), rounding=ROUND_HALF_UP) for shown in range(places, 3)}
    return stated.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) in {
        candidate.quantize(Decimal("0.01")) for candidate in candidates
    }


def _read_shortcomings(book: Workbook, content: Content, known: set[str]) -> None:
    """The second sheet may be absent; then only the checklist speaks."""
    table = read_table(book, SHORTCOMINGS)
    if not {CODE, "text"} <= table.columns.keys():
        return
    content.findings += [finding for finding in table.findings if finding.code.startswith("cell_")]
    for row in table.rows:
        code, text = str(row[CODE] or "").strip().lower(), str(row["text"] or "").strip()
        if not code and not text:
            continue
        if code not in known:
            content.findings.append(
                query(
                    "noko.shortcoming",
                    "недостаток организации, которой нет на листе с данными, пропущен.",
                    sheet=table.sheet,
                    cell=row.address(CODE),
                    found=code or "пусто",
                )
            )
            continue
        if text:
            indicator = str(row["indicator"] or "").strip()[:20]
            content.shortcomings.append({"code": code, "indicator": indicator, "text": text[:500]})
