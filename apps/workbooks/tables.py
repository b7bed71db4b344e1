"""A table read by the words of its header: columns may stand in any order, and nothing is ever shifted.

    COLUMNS = [Column("code", ("Код", "Код организации")), Column("site", ("Сайт",), required=False)]
    table = read_table(read_workbook(upload, limits=REGISTER), COLUMNS)
    for row in table.rows:
        row["code"], row.number, row.address("code")

Nothing is raised: `table.findings` tell what is missing, doubled or left aside; with an error among them `rows` is
empty or not to be trusted, so check `has_errors(table.findings)` first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from apps.core.findings import Finding, error, notice
from apps.workbooks.cells import Cell, CellProblem, address, normalise_header, show
from apps.workbooks.reading import Sheet, Workbook

_HEADER_WITHIN = 30  # rows from the top in which a header is looked for


@dataclass(frozen=True)
class Column:
    """A column by its header words; the first title is the one that messages name."""

    key: str
    titles: tuple[str, ...]
    required: bool = True

    @property
    def title(self) -> str:
        return self.titles[0]

    def answers_to(self, header: str) -> bool:
        return header in {normalise_header(title) for title in self.titles}


@dataclass
class Row:
    """One row that has something in it; `number` is its number in the file."""

    number: int
    cells: dict[str, Cell]
    columns: dict[str, int]

    def __getitem__(self, key: str) -> Cell:
        """The value of a column; None also where the file has no such column."""
        return self.cells.get(key)

    def address(self, key: str) -> str:
        return address(self.number, self.columns[key]) if key in self.columns else ""


@dataclass
class Table:
    """Rows of one sheet under a header found by its words; `columns` maps keys to column numbers from 1."""

    sheet: str = ""
    header_row: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_table(book: Workbook, columns: Sequence[Column]) -> Table:
    """The table on the visible sheet whose header knows most of the columns."""
    best: tuple[int, Sheet, int] | None = None
    for sheet in book.visible:
        for number, row in enumerate(sheet.rows[:_HEADER_WITHIN], start=1):
            score = len(_known(row, columns))
            if score and (best is None or score > best[0]):
                best = (score, sheet, number)
    if best is None or best[0] < min(2, len(columns)):
        return Table(findings=[_no_header(columns)])
    return _read_under(best[1], best[2], columns)


def _known(row: Sequence[Cell], columns: Sequence[Column]) -> set[str]:
    headers = {normalise_header(cell) for cell in row if isinstance(cell, str)}
    return {column.key for column in columns if any(column.answers_to(header) for header in headers)}


def _no_header(columns: Sequence[Column]) -> Finding:
    expected = ", ".join(f"«{column.title}»" for column in columns if column.required)
    return error(
        "header_missing",
        "В файле не найдена строка с названиями столбцов.",
        expected=expected,
        action=f"Проверьте, что названия стоят в одной из первых {_HEADER_WITHIN} строк и не объединены с другими.",
    )


def _read_under(sheet: Sheet, header_row: int, columns: Sequence[Column]) -> Table:
    table = Table(sheet.name, header_row)
    table.findings.extend(_place_columns(sheet, table, columns))
    for number in range(header_row + 1, len(sheet.rows) + 1):
        cells = {key: sheet.cell(number, column) for key, column in table.columns.items()}
        if any(cell is not None for cell in cells.values()):
            row = Row(number, cells, table.columns)
            table.findings.extend(_cell_findings(sheet, row))
            table.rows.append(row)
    if not table.rows:
        table.findings.append(error("table_empty", "Под названиями столбцов нет ни одной строки.", sheet=sheet.name))
    return table


def _place_columns(sheet: Sheet, table: Table, columns: Sequence[Column]) -> Iterator[Finding]:
    unknown = []
    for number, cell in enumerate(sheet.rows[table.header_row - 1], start=1):
        header = normalise_header(cell) if isinstance(cell, str) else ""
        column = next((column for column in columns if header and column.answers_to(header)), None)
        if column is None:
            if header:
                unknown.append(show(cell))
        elif column.key in table.columns:
            yield error(
                "column_repeated",
                f"столбец «{column.title}» встречается дважды.",
                sheet=sheet.name,
                cell=address(table.header_row, number),
                found=f"{address(table.header_row, table.columns[column.key])} и {address(table.header_row, number)}",
                action="Оставьте один из них.",
            )
        else:
            table.columns[column.key] = number
    for column in columns:
        if column.required and column.key not in table.columns:
            yield error(
                "column_missing",
                f"нет столбца «{column.title}».",
                sheet=sheet.name,
                row=table.header_row,
                expected=" или ".join(f"«{title}»" for title in column.titles),
                action="Добавьте столбец или исправьте его название.",
            )
    if unknown:
        yield notice(
            "column_unknown",
            "столбцы, которые портал не знает, пропущены.",
            sheet=sheet.name,
            row=table.header_row,
            found=", ".join(f"«{title}»" for title in unknown[:20]),
        )


def _cell_findings(sheet: Sheet, row: Row) -> Iterator[Finding]:
    for key, cell in row.cells.items():
        place = row.address(key)
        if isinstance(cell, CellProblem):
            yield error(
                f"cell_{cell.kind}", cell.message, sheet=sheet.name, cell=place, found=cell.found, action=cell.action
            )
        elif cell is None and (merged := sheet.merged_at(row.number, row.columns[key])):
            yield error(
                "cell_merged",
                "ячейка объединена с другими, её значение неизвестно.",
                sheet=sheet.name,
                cell=place,
                found=f"объединение {merged}",
                action="Отмените объединение и заполните каждую ячейку.",
            )
