"""Which conditions of assessment a direction has: documents, people, instruments, systems, and what is lacking."""

from dataclasses import dataclass, field

from django.urls import reverse

from apps.collection.models import Form
from apps.indicators.models import DataSource, Direction, IndicatorVersion
from apps.procedures.models import Condition

SHOWN = 6
_NAMED = {
    Condition.Kind.DOCUMENTS: "Нет ни одного документа, на котором держится направление.",
    Condition.Kind.PEOPLE: "Никто не назначен ответственным.",
    Condition.Kind.INSTRUMENTS: "Нет формы или другого инструмента, которым собираются данные.",
    Condition.Kind.SYSTEMS: "Не указано ни одной информационной системы, откуда берутся данные.",
}


@dataclass(frozen=True)
class Line:
    """A condition that is there; `pk` of one that people named."""

    text: str
    url: str = ""
    note: str = ""
    pk: int | None = None


@dataclass
class Part:
    """One of the four kinds of conditions."""

    kind: str
    title: str
    lines: list[Line] = field(default_factory=list)

    @property
    def exists(self) -> bool:
        return bool(self.lines)

    @property
    def lacking(self) -> str:
        return _NAMED[Condition.Kind(self.kind)]

    @property
    def shown(self) -> list[Line]:
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.lines) - SHOWN)


def conditions_of(direction: Direction, forms: list[Form]) -> list[Part]:
    """The four parts; what people named stands first."""
    parts = {kind: Part(kind, Condition.Kind(kind).label.capitalize()) for kind in Condition.Kind.values}
    for one in direction.conditions.all():
        parts[one.kind].lines.append(Line(one.title, one.url, "внесено сотрудником", one.pk))
    parts["documents"].lines += _acts(direction)
    for duty in direction.duties.current().select_related("user"):
        note = f"{duty.get_part_display()}, {duty.user.post}" if duty.user.post else duty.get_part_display()
        parts["people"].lines.append(Line(str(duty.user), reverse("procedures:duties"), note))
    parts["instruments"].lines += [Line(f"Форма «{form.short_title}»", "", "собирает показатели") for form in forms]
    sources = DataSource.objects.filter(is_active=True, links__indicator__direction=direction).distinct()
    parts["systems"].lines += [Line(one.name, one.get_absolute_url(), one.owner) for one in sources]
    return list(parts.values())


def _acts(direction: Direction) -> list[Line]:
    """Official and municipal acts that indicators of the direction name."""
    states = (IndicatorVersion.Source.OFFICIAL, IndicatorVersion.Source.MUNICIPAL)
    found = (
        IndicatorVersion.objects.filter(indicator__direction=direction, valid_to__isnull=True, source_state__in=states)
        .exclude(act="")
        .values_list("act", flat=True)
        .distinct()
        .order_by("act")
    )
    return [Line(act, "", "назван в паспортах показателей") for act in found]
