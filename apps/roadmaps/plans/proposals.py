"""Measures that the portal proposes for the parts of a plan which the Concept names. The Concept names parts only:
titles, results and terms are the portal's own proposal, to be changed. No Django here but the names of parts."""

from dataclasses import dataclass
from datetime import date, timedelta

from apps.roadmaps.plans.models.parts import Part, parts_of


@dataclass(frozen=True)
class Proposal:
    """A measure with its place in the span of the plan: twelfths from its beginning."""

    part: Part
    title: str
    expected: str
    begins: int
    ends: int

    def days(self, first: date, last: date) -> tuple[date, date]:
        whole = (last - first).days
        return tuple(first + timedelta(days=whole * part // 12) for part in (self.begins, self.ends))  # type: ignore[return-value]


_OF_PARTS: dict[Part, tuple[Proposal, ...]] = {
    Part.INDICATORS: (
        Proposal(Part.INDICATORS, "Пересмотреть и утвердить набор показателей плана с целями по годам",
                 "Набор утверждён: у каждого показателя формула, источник и цель", 0, 2),
    ),
    Part.METHOD: (
        Proposal(Part.METHOD, "Обновить методику с учётом специфики организаций",
                 "Методика опубликована; различия по виду и особенностям организаций названы", 0, 3),
    ),
    Part.SPECIFICS: (
        Proposal(Part.SPECIFICS, "Провести мероприятия для сельских и малокомплектных организаций",
                 "Участвовали все сельские и малокомплектные организации", 2, 8),
        Proposal(Part.SPECIFICS, "Провести мероприятия для городских организаций",
                 "Участвовали все городские организации", 2, 8),
    ),
    Part.ATTITUDE: (
        Proposal(Part.ATTITUDE, "Провести разъяснительные встречи о смысле объективной оценки",
                 "Охвачены учителя и родители всех школ, охват записан", 1, 5),
        Proposal(Part.ATTITUDE, "Провести опрос об отношении к объективной оценке",
                 "Отношение измерено и сравнено с прошлым годом", 7, 9),
    ),
    Part.MONITORING: (
        Proposal(Part.MONITORING, "Провести мониторинг показателей плана",
                 "Данные сданы всеми организациями и проверены", 6, 9),
    ),
    Part.ANALYSIS: (
        Proposal(Part.ANALYSIS, "Проанализировать результаты мониторинга по показателям и группам организаций",
                 "Выводы записаны по каждому показателю", 8, 10),
    ),
    Part.RECOMMENDATIONS: (
        Proposal(Part.RECOMMENDATIONS, "Направить адресные рекомендации по результатам анализа",
                 "Рекомендации получены каждым адресатом", 9, 11),
    ),
    Part.DECISIONS: (
        Proposal(Part.DECISIONS, "Подготовить управленческие решения по школам плана",
                 "Решения приняты, у каждого пункта срок и исполнитель", 9, 12),
    ),
    Part.HEADS: (
        Proposal(Part.HEADS, "Подобрать меры повышения эффективности руководителям по результатам мониторинга",
                 "У каждого руководителя с низким результатом есть мера и срок", 9, 12),
    ),
    Part.SUPPORT: (
        Proposal(Part.SUPPORT, "Выделить школам финансовую поддержку", "Средства доведены до школ", 0, 6),
        Proposal(Part.SUPPORT, "Оказать школам кадровую поддержку", "Вакансии закрыты, наставники назначены", 0, 9),
        Proposal(Part.SUPPORT, "Оказать школам методическую поддержку", "План посещений и занятий выполнен", 1, 11),
    ),
}  # fmt: skip


def proposals_for(kind: str, direction_code: str) -> list[Proposal]:
    """In the order of the parts; a programme of support has those of support."""
    parts = (Part.SUPPORT, Part.MONITORING) if kind == "support" else parts_of(direction_code)
    return [one for part in parts for one in _OF_PARTS[part]]
