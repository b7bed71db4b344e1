"""The chapters of the annual report, in order, and what each draws its figures from.

Composition after practice of municipal reports: no official list of chapters was found, so it is a proposal.
"""

from collections.abc import Callable
from dataclasses import dataclass

from apps.reports.figures.actions import actions
from apps.reports.figures.base import Figures, Year
from apps.reports.figures.campaigns import campaigns
from apps.reports.figures.causes import causes
from apps.reports.figures.directions import NAMES, SLUGS, of_direction
from apps.reports.figures.indicators import headlines, self_examination
from apps.reports.figures.interpretation import about_indicators, about_works
from apps.reports.figures.methods import methods
from apps.reports.figures.network import network, organization_list
from apps.reports.figures.results import results

BASIS = (
    "Отчёт описывает работу муниципальной системы оценки качества образования за учебный год. Источники: формы "
    "самообследования организаций, результаты всероссийских проверочных работ, реестр организаций, адресные "
    "рекомендации управления. Состав отчёта — предложение: официального перечня глав нет."
)


@dataclass(frozen=True)
class ChapterKind:
    """A chapter: its code, title, the readings that make its figures, and sentences that always begin its draft."""

    code: str
    title: str
    readings: tuple[Callable[[Year], Figures], ...] = ()
    opening: str = ""

    def figures(self, year: Year) -> Figures:
        """All readings of the chapter as one."""
        whole = Figures()
        for reading in self.readings:
            part = reading(year)
            whole.blocks += part.blocks
            whole.sentences += part.sentences
            whole.data += part.data
            whole.facts += part.facts
        return whole

    def draft(self, figures: Figures) -> str:
        """The text that the portal proposes from the figures."""
        return "\n\n".join(part for part in (self.opening, *figures.sentences) if part)


CHAPTERS = (
    ChapterKind("introduction", "Введение", (network, campaigns), BASIS),
    ChapterKind("state", "Состояние системы", (headlines, causes, about_indicators)),
    ChapterKind("self_examination", "Результаты самообследования", (self_examination,)),
    ChapterKind("results", "Результаты всероссийских проверочных работ", (results, about_works)),
    ChapterKind("actions", "Признаки и адресные рекомендации", (actions,)),
    *(ChapterKind(SLUGS[code], f"{code}. {name}", (of_direction(code),)) for code, name in NAMES.items()),
    ChapterKind(
        "conclusions",
        "Выводы и задачи",
        (),
        "Задачи на следующий год:\n\n"
        "- довести до конца исполнение адресных рекомендаций и сравнить результаты через год;\n"
        "- добиться сдачи форм самообследования в срок всеми организациями;\n"
        "- разобрать с методическими объединениями задания, с которыми справились хуже всего.",
    ),
    ChapterKind("appendices", "Приложения", (organization_list, methods)),
)

TITLES = {chapter.code: chapter.title for chapter in CHAPTERS}
