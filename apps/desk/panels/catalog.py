"""The panels. A new one is a row here: its blocks name indicators and how they are shown.

Codes that an installation does not have, or that have no figures yet, are said plainly on the page.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    FIGURES = "figures"  # municipality with the change, and by organisation
    PLACES = "places"  # town and village side by side
    KINDS = "kinds"  # kinds of organisations side by side
    LACKING = "lacking"  # yes or no: who answered «нет»


@dataclass(frozen=True)
class Block:
    title: str
    kind: Kind
    codes: tuple[str, ...]
    note: str = ""
    chart: bool = False  # of shares: one bar each


@dataclass(frozen=True)
class Panel:
    slug: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    direction: str = ""  # its code, where the panel belongs to one


def _codes(pack: str, numbers: str) -> tuple[str, ...]:
    return tuple(f"{pack}.{number}" for number in numbers.split())


PANELS = (
    Panel(
        "staff",
        "Кадры",
        "Категории, вакансии, возраст и стаж, наставничество: по муниципалитету и по организациям.",
        (
            Block("Школы: категории", Kind.FIGURES, _codes("so_oo", "1.29% 1.29.1% 1.29.2%"), chart=True),
            Block(
                "Школы: стаж и возраст", Kind.FIGURES, _codes("so_oo", "1.30.1% 1.30.2% 1.31% 1.32%"),
                "Соотношение опытных и молодых: стаж до 5 и свыше 30 лет, возраст до 30 и от 55 лет.", chart=True,
            ),
            Block("Детские сады: категории", Kind.FIGURES, _codes("so_doo", "1.8% 1.8.1% 1.8.2%"), chart=True),
            Block(
                "Детские сады: стаж и возраст", Kind.FIGURES, _codes("so_doo", "1.9.1% 1.9.2% 1.10% 1.11%"), chart=True,
            ),
            Block("Вакансии и структура", Kind.FIGURES, _codes("plan_7", "1.2 1.2% 1.4% 1.5% 1.6% 1.7% 1.8%")),
            Block("Наставничество", Kind.FIGURES, _codes("plan_7", "2.1 2.2 2.2% 2.3")),
        ),
        "2.2",
    ),
    Panel(
        "graduates",
        "Выпускники",
        "Государственная итоговая аттестация, медали, объективность и выбор профессии на одной странице.",
        (
            Block("Девятый класс", Kind.FIGURES, _codes("so_oo", "1.6 1.7 1.10% 1.11% 1.14% 1.16%")),
            Block("Одиннадцатый класс и медали", Kind.FIGURES, _codes("so_oo", "1.8 1.9 1.12% 1.13% 1.15% 1.17%")),
            Block(
                "Объективность результатов", Kind.FIGURES, _codes("plan_5", "1.2% 1.4% 1.6% 1.8%"),
                "Признак — повод проверить, а не вывод о школе.",
            ),
            Block("Выбор профессии", Kind.FIGURES, _codes("plan_4", "1.13 3.2% 3.4%")),
        ),
    ),
    Panel(
        "infrastructure",
        "Инфраструктура",
        "Чего не хватает и кому; оснащённость в расчёте на ученика.",
        (
            Block("Школы: чего нет", Kind.LACKING, _codes("so_oo", "2.3 2.4 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5")),
            Block("Детские сады: чего нет", Kind.LACKING, _codes("so_doo", "2.3 2.4 2.5")),
            Block(
                "Дополнительное образование: чего нет", Kind.LACKING, _codes("so_dod", "2.4 2.5 2.6 2.6.1 2.6.2 2.6.4"),
            ),
            Block("Школы: оснащённость", Kind.FIGURES, _codes("so_oo", "2.1 2.2 2.5% 2.6")),
        ),
    ),
    Panel(
        "talents",
        "Таланты: охват",
        "Охват дополнительным образованием по месту жительства и положению семьи, без двойного счёта.",
        (
            Block(
                "Город и село", Kind.PLACES, _codes("plan_3", "1.2% 1.7% 2.3%"),
                "Положение семьи видно по доле охваченных детей в трудной жизненной ситуации; других разрезов по семье "
                "источники не дают.",
            ),
            Block(
                "Школы и дополнительное образование", Kind.KINDS, _codes("plan_3", "1.2 1.3 1.4"),
                "Ученик школы, который ходит и в организацию дополнительного образования, отмечен ею в строке 1.3 и "
                "вычтен: в итоге 1.4 он один. Ребёнка двух организаций дополнительного образования источник не "
                "различает.",
            ),
            Block("Олимпиады и поддержка", Kind.FIGURES, _codes("plan_3", "2.1 2.2 2.3% 3.1 3.2 3.3")),
        ),
        "1.3",
    ),
    Panel(
        "upbringing",
        "Воспитание",
        "Патриотическое и духовно-нравственное воспитание, родители, творчество, психологическое здоровье.",
        (
            Block("Патриотическое воспитание и партнёры", Kind.FIGURES, _codes("plan_8", "1.2 1.2% 1.3 1.4")),
            Block("Традиции и родители", Kind.FIGURES, _codes("plan_8", "2.1% 2.2 2.4 2.4%")),
            Block("Здоровый образ жизни", Kind.FIGURES, _codes("plan_8", "3.1%")),
            Block("Творчество и объединения", Kind.FIGURES, _codes("plan_8", "3.2 3.3 3.3% 3.4% 3.5%")),
            Block(
                "Психологическое здоровье", Kind.FIGURES, _codes("plan_8", "4.1 4.2 4.3 4.3% 4.4 4.5% 4.6%"),
                "Только численности и число случаев: ни имён, ни обстоятельств портал не хранит.",
            ),
        ),
        "2.3",
    ),
    Panel(
        "system",
        "Работа самой системы",
        "Сроки сдачи, возвраты и исполнение решений: портал считает их сам.",
        (
            Block("Формы", Kind.FIGURES, _codes("system", "1.1 1.2% 1.3 1.4%")),
            Block("Решения", Kind.FIGURES, _codes("system", "2.1 2.2%")),
        ),
    ),
)  # fmt: skip
BY_SLUG = {panel.slug: panel for panel in PANELS}
