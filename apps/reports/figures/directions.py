"""Chapters of directions: the nine positions of the year and the analysis by indicator, as the cycle reads them."""

from collections.abc import Callable

from apps.core.disclosure import Hidden
from apps.indicators.models import Direction
from apps.reports.blocks import Column, TableBlock
from apps.reports.figures.base import Figures, Year, text_of
from apps.roadmaps.cycle.analysis import AnalysisRow, analysis_of
from apps.roadmaps.cycle.opened import OpenLine, opened
from apps.roadmaps.cycle.reader import Office
from apps.roadmaps.cycle.reading import cycle_of

# Codes of chapters by directions; the names are those of the load, a chapter of a direction that is off is empty.
NAMES = {
    "1.1": "Система оценки качества подготовки обучающихся",
    "1.2": "Работа со школами с низкими результатами и в неблагоприятных социальных условиях",
    "1.3": "Выявление, поддержка и развитие способностей и талантов",
    "1.4": "Самоопределение и профессиональная ориентация",
    "ОБ": "Объективность процедур оценки качества образования и олимпиад",
    "2.1": "Эффективность руководителей образовательных организаций",
    "2.2": "Профессиональное развитие педагогических работников",
    "2.3": "Воспитание и социализация обучающихся",
    "2.4": "Качество дошкольного образования",
    "УС": "Качество условий образовательной деятельности (НОКО)",
}
SLUGS = {code: f"direction_{at}" for at, code in enumerate(NAMES, start=1)}
_POSITIONS = [Column("Позиция", 14), Column("Что есть", 26)]
NOTE = "Состояние на день составления отчёта; перечень документов — предложение портала, не подтверждено."


def of_direction(code: str) -> Callable[[Year], Figures]:
    """The reading of a chapter; nothing while the direction has neither documents nor figures of the year."""

    def read(year: Year) -> Figures:
        direction = Direction.objects.in_use().filter(code=code).first()
        if direction is None:
            return Figures()
        figures = Figures()
        line = _lines(year).get(code)
        if line and line.filled:
            figures.blocks.append(_positions(code, line))
            text = f"По направлению {code} заполнено позиций управленческого цикла: {line.filled_text}."
            figures.sentences.append(text)
        rows = analysis_of(direction, year.span).rows
        if rows:
            figures.blocks.append(_analysis(code, rows))
        return figures

    return read


def _lines(year: Year) -> dict[str, OpenLine]:
    """Read once for all chapters of a report."""
    if "cycle" not in year.once:
        cycle = cycle_of(user=Office(), span=year.span, today=year.today)
        year.once["cycle"] = {line.code: line for line in opened(cycle)}
    lines: dict[str, OpenLine] = year.once["cycle"]
    return lines


def _positions(code: str, line: OpenLine) -> TableBlock:
    rows = [[f"{one.number}. {one.title}", "; ".join(one.titles) or one.told] for one in line.positions]
    return TableBlock(f"cycle.{code}", "Управленческий цикл", _POSITIONS, rows, NOTE)


def _analysis(code: str, rows: list[AnalysisRow]) -> TableBlock:
    columns = [
        Column("Показатель", 11),
        Column("Два года назад", 4, True),
        Column("Год назад", 4, True),
        Column("Отчётный год", 4, True),
        Column("По кластерам", 8),
        Column("Вывод", 9),
    ]
    told = [
        [row.name, *(_text(row, value) for value in row.protected), _clusters(row), _conclusions(row)] for row in rows
    ]
    note = "Отчётный год — учебный год отчёта, для самообследования его календарный год. «Скрыто» — малая группа."
    return TableBlock(f"analysis.{code}", "Анализ по показателям", columns, told, note)


def _text(row: AnalysisRow, value: object) -> str:
    unit = "%" if row.version.unit == "%" else ""
    return text_of(value, 1 if unit else row.version.decimals, unit)  # type: ignore[arg-type]


def _clusters(row: AnalysisRow) -> str:
    known = [(name, value) for name, _, value in row.clusters if not isinstance(value, Hidden) and value is not None]
    return "; ".join(f"{name}: {_text(row, value)}" for name, value in known) or "нет данных"


def _conclusions(row: AnalysisRow) -> str:
    return " ".join(one.text for one in row.conclusions if one.in_report) or "—"
