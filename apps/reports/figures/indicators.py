"""Indicators of self-examination: figures of the municipality by annex, with the change since last year."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.core.disclosure import Hidden
from apps.core.figures import points
from apps.core.periods import PeriodSpan
from apps.indicators.models import Aggregate, IndicatorVersion
from apps.indicators.protection import Protected, is_share, protected_figure
from apps.reports.blocks import ChartBlock, Column, NoteBlock, TableBlock
from apps.reports.figures import names
from apps.reports.figures.base import (
    Fact,
    Figures,
    OpenValue,
    Year,
    exact,
    state_of,
    text_of,
)

PACKS = {
    "so_oo": "Общеобразовательные организации",
    "so_doo": "Дошкольное образование",
    "so_dod": "Дополнительное образование",
}
# The first page and chapter 2 show these; those that an installation does not have are passed over.
HEADLINES = (
    ("so_oo.1.1", "учащихся в школах"),
    ("so_oo.1.5%", "учащихся школ успевают на «4» и «5»"),
    ("so_oo.1.10%", "выпускников 9 класса не сдали русский язык"),
    ("so_oo.1.11%", "выпускников 9 класса не сдали математику"),
    ("so_oo.1.19%", "учащихся — победители и призёры олимпиад и конкурсов"),
    ("so_oo.1.29%", "педагогов школ с квалификационной категорией"),
    ("so_doo.1.1", "воспитанников в детских садах и дошкольных группах"),
    ("so_doo.1.8%", "педагогов дошкольного образования с категорией"),
    ("so_dod.1.1", "учащихся в дополнительном образовании"),
    ("so_dod.1.9%", "учащихся — победители и призёры массовых мероприятий"),
)
UNCONFIRMED_MARK = "\u00a0*"
FACTS = ("so_oo.1.1", "so_oo.1.5%", "so_oo.1.29%")


@dataclass(frozen=True)
class Line:
    """A municipal figure of an indicator in two years, protected."""

    version: IndicatorVersion
    now: Protected
    before: Protected
    base: Decimal | None
    reported: int
    expected: int

    @property
    def is_share(self) -> bool:
        return is_share(self.version)

    @property
    def unit(self) -> str:
        return "%" if self.is_share else self.version.unit

    @property
    def decimals(self) -> int:
        return 1 if self.is_share else self.version.decimals

    @property
    def change(self) -> Decimal | None:
        if isinstance(self.now, Hidden) or isinstance(self.before, Hidden) or self.now is None or self.before is None:
            return None
        return Decimal(self.now) - Decimal(self.before)

    @property
    def change_text(self) -> str:
        if self.change is None:
            return "—"
        if self.is_share:
            return points(self.change)
        text = text_of(self.change, self.decimals)
        return f"+{text}" if self.change > 0 else text

    def text(self, value: Protected) -> str:
        return text_of(value, self.decimals, self.unit)


def _municipal(span: PeriodSpan) -> dict[str, Aggregate]:
    """Aggregates of the municipality by indicator code; one query."""
    found = Aggregate.objects.filter(
        period__code=span.code, scope=Aggregate.Scope.MUNICIPALITY, version__indicator__pack__in=PACKS
    ).select_related("version__indicator")
    return {aggregate.version.indicator.code: aggregate for aggregate in found}


def lines(year: Year) -> list[Line]:
    """All municipal figures of the packs, in the order of the act."""
    now, before = _municipal(year.calendar), _municipal(year.calendar_previous)
    rows = []
    for code, aggregate in now.items():
        version = aggregate.version
        rows.append(
            Line(
                version,
                protected_figure(aggregate),
                protected_figure(before.get(code)),
                aggregate.denominator,
                aggregate.reported,
                aggregate.expected,
            )
        )
    return sorted(rows, key=lambda line: (line.version.indicator.pack, line.version.indicator.order))


def _open_values(found: list[Line], year: Year, tree: Mapping[int, names.Place]) -> list[OpenValue]:
    return [
        OpenValue(
            "Самообследование",
            line.version.indicator.code,
            names.full_name(tree, line.version.indicator_id),
            line.unit,
            year.calendar.code,
            "муниципалитет",
            exact(line.now),
            "" if isinstance(line.now, Hidden) or line.base is None or not line.is_share else exact(line.base),
            state_of(line.now),
            line.version.get_source_state_display(),
        )
        for line in found
    ]


def headlines(year: Year) -> Figures:
    """Chapter 2: the chosen indicators with last year's value and the change."""
    by_code = {line.version.indicator.code: line for line in lines(year)}
    chosen = [(by_code[code], label) for code, label in HEADLINES if code in by_code]
    if not chosen:
        return Figures(
            blocks=[NoteBlock(f"Показатели самообследования за {year.calendar.code} год: нет данных.", "warn")]
        )
    same = Counter(line.version.name for line, _ in chosen)
    rows = [
        [_told_apart(line, same), line.text(line.before), line.text(line.now), line.change_text, _polarity(line)]
        for line, _ in chosen
    ]
    columns = [
        Column("Показатель", 19),
        Column(year.calendar_previous.code, 4, True),
        Column(year.calendar.code, 4, True),
        Column("Изменение", 6, True),
        Column("Направленность", 7),
    ]
    table = TableBlock(
        "headlines",
        "Главные показатели",
        columns,
        rows,
        note="Данные самообследования за календарный год. Изменение посчитано до округления. "
        "«Скрыто» — группа так мала, что её не показывают.",
    )
    shares = [(line, label) for line, label in chosen if line.is_share]
    figures = Figures(blocks=[table], data=[])
    if shares:
        figures.blocks.append(_shares_chart(shares, year))
    for line, label in chosen:
        if line.version.indicator.code in FACTS and line.now is not None and not isinstance(line.now, Hidden):
            sentence = _sentence(line, label, year)
            figures.sentences.append(sentence)
            figures.facts.append(Fact(line.text(line.now), label, sentence))
    return figures


def _told_apart(line: Line, same: Counter[str]) -> str:
    """The name; with the annex where another annex has an indicator of this name."""
    name = line.version.name
    if same[name] < 2:
        return name
    annex = PACKS[line.version.indicator.pack]
    return f"{name} ({annex[:1].lower()}{annex[1:]})"


def _polarity(line: Line) -> str:
    return line.version.get_polarity_display()


def _sentence(line: Line, label: str, year: Year) -> str:
    before = line.text(line.before)
    return f"За {year.calendar.code} год {line.text(line.now)} {label} (год назад — {before})."


def _shares_chart(shares: list[tuple[Line, str]], year: Year) -> ChartBlock:
    def number(value: Protected) -> str | None:
        return None if value is None or isinstance(value, Hidden) else exact(value)

    return ChartBlock(
        "headline_shares",
        "bar",
        "Доли: предыдущий и отчётный год",
        "По муниципалитету, в процентах. Больше — лучше, если не сказано иное.",
        [_directed(line, label) for line, label in shares],
        [
            (year.calendar_previous.code, [number(line.before) for line, _ in shares]),
            (year.calendar.code, [number(line.now) for line, _ in shares]),
        ],
        unit="%",
        decimals=1,
        label_title="Показатель",
        tabled=True,
    )


def _directed(line: Line, label: str) -> str:
    return f"{label} (меньше — лучше)" if line.version.polarity == IndicatorVersion.Polarity.LOWER else label


def self_examination(year: Year) -> Figures:
    """Chapter 3: every figure of each annex."""
    found = lines(year)
    if not found:
        return Figures(blocks=[NoteBlock(f"Самообследование за {year.calendar.code} год: нет данных.", "warn")])
    tree = names.places(PACKS)
    codes = {line.version.indicator.code for line in found}
    figures = Figures(data=_open_values(found, year, tree))
    columns = [
        Column("№", 3),
        Column("Показатель", 20),
        Column("Единица", 4),
        Column(year.calendar_previous.code, 4, True),
        Column(year.calendar.code, 4, True),
        Column("Изменение", 5, True),
    ]
    for pack, title in PACKS.items():
        of_pack = [line for line in found if line.version.indicator.pack == pack]
        if not of_pack:
            continue
        rows = [
            [
                _number(line),
                _named(line, tree, codes),
                line.unit,
                line.text(line.before),
                line.text(line.now),
                line.change_text,
            ]
            for line in of_pack
        ]
        reported, expected = max((line.reported, line.expected) for line in of_pack)
        figures.sentences.append(f"{title}: данные сдали {reported} из {expected} организаций.")
        note = (
            f"Сдали данные: {reported} из {expected}. Знак * — показатель не подтверждён официальным текстом. "
            "Изменение посчитано до округления."
        )
        figures.blocks.append(TableBlock(f"self_examination.{pack}", title, columns, rows, note))
    return figures


def _number(line: Line) -> str:
    """The number in the act; a share stands under the number of its count, what the act does not have has none."""
    return "—" if line.version.is_auxiliary else line.version.indicator.number.rstrip("%")


def _named(line: Line, tree: Mapping[int, names.Place], codes: Collection[str]) -> str:
    """The name in the table, after its heading where the heading has no row of its own."""
    over = names.above(tree, line.version.indicator_id)
    alone = over is None or over.code in codes
    name = line.version.name if alone else names.full_name(tree, line.version.indicator_id)
    unconfirmed = line.version.source_state == IndicatorVersion.Source.UNCONFIRMED
    return f"{name}{UNCONFIRMED_MARK}" if unconfirmed else name
