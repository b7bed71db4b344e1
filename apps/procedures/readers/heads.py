"""Headers of participants' tables: which columns are items, and which columns nobody has read."""

from dataclasses import dataclass, field

from apps.core.findings import Finding, query
from apps.procedures.readers.neutral import HeadItem
from apps.procedures.readers.text import ITEM, TASK, Row, folded, item_number, level, text, whole

_LOOKED = 200  # rows that tell whether a column holds scores
_HIGHEST = 60
# Columns that stand among items and are none.
_NO_ITEMS = ("пол", "класс", "учебник", "номер", "код", "наименование", "порядковый", "дата", "отметка", "итого")


@dataclass
class HeadItems:
    """Items with their columns, and what there is to say about columns that were passed over."""

    items: list[tuple[int, HeadItem]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def journal_column(heads: list[str], mark: int | None) -> int | None:
    """«Отметка по журналу», «Отметка за предыдущую четверть», «Отметка за предыдущий триместр/ четверть/полугодие»."""
    words = ("журнал", "предыдущ", "четверт", "триместр", "полугоди")
    return next(
        (i for i, head in enumerate(heads) if i != mark and "отметк" in head and any(word in head for word in words)),
        None,
    )


def items_between(
    rows: list[Row], header: int, *, after: int | None = None, before: int | None = None, sheet: str = ""
) -> HeadItems:
    """Items of a header: «4К1 (3б)» anywhere, a bare «4К1» only between the columns `after` and `before`.

    A titled column between them that is no item but holds scores is told: nothing is passed over in silence.
    """
    heads = rows[header]
    levels = rows[header - 1] if header else []
    found = HeadItems()
    left = []
    for index, cell in enumerate(heads):
        written = text(cell)
        among = after is not None and before is not None and after < index < before
        match = ITEM.match(written) or (TASK.match(written) if among else None)
        if match:
            maximum = int(match["maximum"]) if "maximum" in match.groupdict() else None
            own_level = level(levels[index]) if index < len(levels) else ""
            found.items.append((index, HeadItem(item_number(match["number"]), maximum, own_level)))
        elif among and written and not folded(written).startswith(_NO_ITEMS) and _holds_scores(rows, header, index):
            left.append(written[:40])
    if left:
        found.findings.append(
            query(
                "columns_left",
                "Между вариантом и итогом есть столбцы, которые не похожи на задания: они не прочитаны.",
                sheet=sheet,
                row=header + 1,
                found=", ".join(f"«{title}»" for title in left[:10]),
                expected="номер задания и максимум, например «4К1 (3б)»",
                action="Если это задания, исправьте заголовки в файле и загрузите его снова.",
            )
        )
    return found


def _holds_scores(rows: list[Row], header: int, index: int) -> bool:
    numbers = (whole(row[index]) for row in rows[header + 1 : header + 1 + _LOOKED] if index < len(row))
    return any(number is not None and 0 <= number <= _HIGHEST for number in numbers)
