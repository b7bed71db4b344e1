"""Sections of the analytical part and the rows of the form that stand beside each.

Composition after practice of published reports (orders № 462 and № 1324 name the areas and no exact headings), so it is
a proposal. Preschool and additional education have their own sets; a school with preschool groups has both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from apps.organizations.models import Programme

GENERAL_EDUCATION = frozenset({Programme.PRIMARY, Programme.BASIC, Programme.SECONDARY})
PRESCHOOL = frozenset({Programme.PRESCHOOL})
ADDITIONAL = frozenset({Programme.ADDITIONAL})


def _run(first: int, last: int, chapter: int = 1) -> tuple[str, ...]:
    return tuple(f"{chapter}.{number}" for number in range(first, last + 1))


@dataclass(frozen=True)
class SectionKind:
    """A section: heading, what to write, and by pack the numbers of rows shown beside (with what is under them)."""

    code: str
    title: str
    hint: str
    rows: dict[str, Sequence[str]] = field(default_factory=dict)
    programmes: frozenset[str] = frozenset()  # only for organisations with one of them; empty is everybody

    def has(self, pack: str, number: str) -> bool:
        """Whether the row of the pack stands beside this section."""
        base = number.rstrip("%")
        return any(base == prefix or base.startswith(f"{prefix}.") for prefix in self.rows.get(pack, ()))


SECTIONS = (
    SectionKind(
        "general",
        "Общие сведения об организации",
        "Полное название, учредитель, лицензия и аккредитация, режим работы, здания. Коротко: то, что нужно читателю, "
        "чтобы понять остальное.",
    ),
    SectionKind(
        "management",
        "Система управления организацией",
        "Кто принимает решения: руководитель, коллегиальные органы, методические объединения. Что изменилось за год и "
        "что это дало.",
    ),
    SectionKind(
        "education",
        "Образовательная деятельность",
        "Какие программы реализуются, сколько детей учится, как изменился контингент и почему. Назовите рабочие "
        "программы, внеурочную деятельность, воспитательную работу.",
        {
            "so_oo": ("1.1", "1.2", "1.3", "1.4", *_run(20, 23)),
            "so_doo": ("1.1", "1.2", "1.3", "1.4", "1.5"),
            "so_dod": _run(1, 7),
        },
    ),
    SectionKind(
        "quality",
        "Содержание и качество подготовки",
        "Успеваемость, результаты государственной итоговой аттестации и проверочных работ, олимпиады и конкурсы. "
        "Сравните с прошлым годом и назовите причины. Фамилии детей не указывайте.",
        {"so_oo": (*_run(5, 19), "A.9", "A.11"), "so_dod": _run(8, 11)},
    ),
    SectionKind(
        "process",
        "Организация учебного процесса",
        "Учебный план, календарный график, сменность, продолжительность недели и уроков, дистанционные технологии.",
    ),
    SectionKind(
        "graduates",
        "Востребованность выпускников",
        "Сколько выпускников 9 и 11 классов продолжили обучение и где, сколько работают. Только числа.",
        {"so_oo": ("A.9", "A.11", *_run(14, 17))},
        GENERAL_EDUCATION,
    ),
    SectionKind(
        "staff",
        "Кадровое обеспечение",
        "Сколько работников, их образование, категории, стаж и возраст, повышение квалификации. Каких специалистов "
        "не хватает и что для этого делается.",
        {"so_oo": (*_run(24, 34), "A.staff"), "so_doo": (*_run(7, 15), "A.staff"),
         "so_dod": (*_run(12, 24), "A.staff", "A.ped_ahr")},
    ),
    SectionKind(
        "library",
        "Учебно-методическое и библиотечно-информационное обеспечение",
        "Учебники и пособия, фонд библиотеки, электронные ресурсы, сайт организации. Чего недостаёт.",
        {"so_oo": ("A.books", "2.2", "2.4"), "so_dod": ("2.6",)},
    ),
    SectionKind(
        "facilities",
        "Материально-техническая база",
        "Здания и помещения, оборудование, компьютеры и интернет, ремонт, доступная среда. Что обновили за год.",
        {"so_oo": ("A.comp", "2.1", "2.3", "2.5", "A.area", "2.6"), "so_doo": ("A.area", *_run(1, 5, 2)),
         "so_dod": ("A.comp", *_run(1, 5, 2), "2.7")},
    ),
    SectionKind(
        "health",
        "Медицинское обеспечение",
        "Медицинский кабинет и кто в нём работает, осмотры, заболеваемость, оздоровительная работа. Без сведений о "
        "здоровье отдельных детей.",
        {"so_doo": ("A.sick", "1.6")},
        PRESCHOOL,
    ),
    SectionKind(
        "food",
        "Организация питания",
        "Кто готовит, сколько раз в день, как учитываются особенности детей, как проверяется качество.",
        {},
        PRESCHOOL,
    ),
    SectionKind(
        "family",
        "Взаимодействие с родителями и партнёрами",
        "Формы работы с семьями, результаты опросов родителей, с какими организациями есть договорённости и что они "
        "дают детям.",
        {},
        PRESCHOOL,
    ),
    SectionKind(
        "safety",
        "Безопасность",
        "Охрана, пожарная и антитеррористическая безопасность, тренировки, охрана труда.",
        {},
        PRESCHOOL,
    ),
    SectionKind(
        "vsoko",
        "Функционирование внутренней системы оценки качества образования",
        "Положение и план-график ВСОКО, что оценивали за год, что обнаружили и какие решения приняли. Результаты "
        "опросов родителей и учащихся.",
    ),
    SectionKind(
        "indicators",
        "Анализ показателей деятельности",
        "Выводы по таблице показателей: что выросло, что снизилось, что будете делать. Сама таблица попадёт в отчёт "
        "после этого раздела без вашего участия.",
    ),
)  # fmt: skip
BY_CODE = {section.code: section for section in SECTIONS}


def sections_for(programmes: Iterable[str]) -> list[SectionKind]:
    """The sections of an organisation that delivers these programmes, in order."""
    delivered = frozenset(programmes)
    return [section for section in SECTIONS if not section.programmes or section.programmes & delivered]
