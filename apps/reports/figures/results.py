"""Results of ВПР for the municipality. Results of single schools are never public: Rosobrnadzor's rule."""

from dataclasses import dataclass, field
from decimal import Decimal

from apps.core.disclosure import HIDDEN, Hidden, protect_row
from apps.core.figures import percent
from apps.core.periods import PeriodSpan
from apps.procedures.models import Item, Procedure, ResultAggregate
from apps.reports.blocks import ChartBlock, Column, NoteBlock, TableBlock
from apps.reports.figures.base import (
    Fact,
    Figures,
    OpenValue,
    Protected,
    Year,
    exact,
    limits,
    shown_count,
    shown_mean,
    shown_share,
    state_of,
    text_of,
)

MARKS = ("«2»", "«3»", "«4»", "«5»")
HARDEST = 3  # items of a work that are named as the least done


@dataclass
class Total:
    """A work summed over our schools."""

    procedure: Procedure
    schools: int = 0
    participants: int = 0
    marks: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    item_counts: list[int] = field(default_factory=list)
    item_sums: list[int] = field(default_factory=list)

    def add(self, row: ResultAggregate) -> None:
        self.schools += 1
        self.participants += row.participants
        self.marks = [a + b for a, b in zip(self.marks, row.marks, strict=True)]
        self.item_counts = _added(self.item_counts, row.item_counts)
        self.item_sums = _added(self.item_sums, row.item_sums)

    @property
    def marked(self) -> int:
        return sum(self.marks)

    @property
    def success(self) -> Protected:
        """Успеваемость: share of marks 3, 4 and 5."""
        return shown_share(sum(self.marks[1:]), self.marked)

    @property
    def quality(self) -> Protected:
        """Качество: share of marks 4 and 5."""
        return shown_share(sum(self.marks[2:]), self.marked)

    @property
    def distribution(self) -> list[Protected]:
        """Shares of the marks in percent; a small count hides its share and one more."""
        protected = protect_row(self.marks, limits())
        if self.marked < limits().minimum_base:
            return [HIDDEN if self.marked else None] * len(MARKS)
        return [HIDDEN if isinstance(count, Hidden) else Decimal(100 * count) / self.marked for count in protected]


def _added(first: list[int], second: list[int]) -> list[int]:
    if not first:
        return list(second)
    return [a + b for a, b in zip(first, second, strict=True)]


Key = tuple[int, int]


def totals(span: PeriodSpan) -> dict[Key, Total]:
    """Works of ВПР of a school year by subject and grade, summed over our schools; one query."""
    rows = (
        ResultAggregate.objects.ours()  # type: ignore[attr-defined]
        .filter(procedure__period__code=span.code, procedure__kind=Procedure.Kind.VPR)
        .select_related("procedure__subject")
        .defer("histogram", "item_full", "item_zero", "item_skipped")
        .order_by("procedure__grade", "procedure__subject__name")
    )
    found: dict[Key, Total] = {}
    for row in rows:
        key = (row.procedure.subject_id, row.procedure.grade)
        found.setdefault(key, Total(row.procedure)).add(row)
    return found


def _name(total: Total) -> str:
    return f"{total.procedure.subject}, {total.procedure.grade} класс"


def results(year: Year) -> Figures:
    """Chapter 4: participants, distribution of marks, успеваемость and качество, the hardest items."""
    now, before = totals(year.span), totals(year.previous)
    if not now:
        return Figures(blocks=[NoteBlock(f"Результаты ВПР за {year.span.code} учебный год: нет данных.", "warn")])
    figures = Figures(data=_open_values(now, year))
    figures.blocks += [_table(now, before, year), _chart(now), _items(now)]
    figures.blocks.append(
        NoteBlock(
            "Результаты ВПР публикуются только по муниципалитету. Они не используются для оценки учителей и школ "
            "и не складываются в рейтинг. Участники разных лет — разные ученики."
        )
    )
    works, participants = len(now), sum(total.participants for total in now.values())
    sentence = f"В {year.span.code} учебном году проведено работ ВПР: {works}, участий в них: {text_of(participants)}."
    figures.sentences.append(sentence)
    overall = shown_share(
        sum(sum(total.marks[1:]) for total in now.values()), sum(total.marked for total in now.values())
    )
    if overall is not None and not isinstance(overall, Hidden):
        text = f"С отметкой не ниже «3» выполнено {percent(overall)} работ ВПР {year.span.code} учебного года."
        figures.sentences.append(text)
        figures.facts.append(Fact(percent(overall), "работ ВПР выполнено на «3» и выше", text))
    return figures


def _table(now: dict[Key, Total], before: dict[Key, Total], year: Year) -> TableBlock:
    rows = []
    for key, total in now.items():
        marks = [text_of(share, 1) for share in total.distribution]
        last = before[key].success if key in before else None
        figures = [text_of(total.success, 1), text_of(total.quality, 1), text_of(last, 1)]
        rows.append([_name(total), text_of(shown_count(total.marked)), *marks, *figures])
    columns = [
        Column("Работа", 8),
        Column("Участников", 5, True),
        *(Column(f"{mark}, %", 3, True) for mark in MARKS),
        Column("Успеваемость, %", 6, True),
        Column("Качество, %", 4, True),
        Column(f"Год назад ({year.previous.code}), %", 5, True),
    ]
    note = (
        "Участники — с отметкой. Успеваемость — доля отметок «3», «4», «5»; качество — доля «4» и «5»; "
        "«год назад» — успеваемость прошлого года. Показаны итоги муниципалитета: "
        "сначала складываются числа участников по школам, затем один раз делится."
    )
    return TableBlock("results", "Итоги ВПР по муниципалитету", columns, rows, note)


def _chart(now: dict[Key, Total]) -> ChartBlock:
    whole = [total for total in now.values() if not any(isinstance(share, Hidden) for share in total.distribution)]
    columns = [[total.distribution[n] for total in whole] for n in range(len(MARKS))]
    return ChartBlock(
        "distribution",
        "stacked",
        "Распределение отметок",
        "Доли участников с каждой отметкой, в процентах; работы с малым числом участников не показаны.",
        [_name(total) for total in whole],
        [
            (mark, [exact(share) if share is not None else None for share in shares])
            for mark, shares in zip(MARKS, columns, strict=True)
        ],
        unit="%",
        decimals=1,
        label_title="Работа",
        tabled=True,
    )


def _items(now: dict[Key, Total]) -> TableBlock:
    """For each work the items done worst, with the skill they check."""
    of_work: dict[int, list[Item]] = {}
    for item in Item.objects.filter(procedure__in=[total.procedure for total in now.values()]):
        of_work.setdefault(item.procedure_id, []).append(item)
    rows = []
    for total in now.values():
        done = []
        for item in of_work.get(total.procedure.pk, []):
            if item.maximum and item.position < len(total.item_counts):
                possible = total.item_counts[item.position] * item.maximum
                mean = shown_mean(total.item_sums[item.position], total.item_counts[item.position])
                if mean is not None and not isinstance(mean, Hidden):
                    done.append((Decimal(100 * total.item_sums[item.position]) / possible, item))
        done.sort(key=lambda pair: (pair[0], pair[1].position))
        rows += [
            [_name(total), item.number, item.skill or "нет в перечне", percent(share)] for share, item in done[:HARDEST]
        ]
    columns = [
        Column("Работа", 10),
        Column("Задание", 4),
        Column("Проверяемое умение", 20),
        Column("Выполнение", 6, True),
    ]
    note = "Выполнение — набранные баллы в процентах от возможных, по всем участникам муниципалитета."
    return TableBlock("items", "Задания, с которыми справились хуже всего", columns, rows, note)


def _open_values(now: dict[Key, Total], year: Year) -> list[OpenValue]:
    rows = []
    for total in now.values():
        code = f"vpr.{total.procedure.subject_id}.{total.procedure.grade}"
        values: list[tuple[str, str, str, Protected]] = [
            ("marked", "участников с отметкой", "человек", shown_count(total.marked)),
            *(
                (f"mark{n}", f"доля отметок {mark}", "%", share)
                for n, (mark, share) in enumerate(zip(MARKS, total.distribution, strict=True), start=2)
            ),
            ("success", "успеваемость", "%", total.success),
            ("quality", "качество", "%", total.quality),
        ]
        for part, name, unit, value in values:
            base = exact(shown_count(total.marked)) if unit == "%" and not isinstance(value, Hidden) else ""
            rows.append(
                OpenValue(
                    "ВПР",
                    f"{code}.{part}",
                    f"{_name(total)}: {name}",
                    unit,
                    year.span.code,
                    "муниципалитет",
                    exact(value),
                    base,
                    state_of(value),
                    "файлы ФИС ОКО",
                )
            )
    return rows
