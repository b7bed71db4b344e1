"""Definitions in motion: a proposal and a comparison that wait for the second person, a regional indicator with a
link, an approved set. Nothing real becomes «официальный акт» by invented evidence: comparisons are left waiting."""

from dataclasses import replace
from datetime import timedelta

from apps.core.models import Job
from apps.desk.demo.world import World
from apps.indicators.models import Direction, IndicatorVersion
from apps.indicators.services import comparisons, marks, proposals, sets
from apps.indicators.services.aggregates import KIND
from apps.indicators.services.checking import Draft, Place
from apps.indicators.services.definitions import Definition

COMPARED = ("so_oo.1.6", "so_oo.1.7", "so_oo.1.8", "so_oo.1.9")
LINKED = "so_oo.1.5%"
PROPOSED = "so_oo.1.10%"


def load(world: World) -> None:
    before = set(Job.objects.values_list("pk", flat=True))
    _compare(world)
    _propose(world)
    _link(world)
    _approve(world)
    Job.objects.filter(kind=KIND, state=Job.State.QUEUED).exclude(pk__in=before).delete()  # nothing to count


def _current(code: str) -> IndicatorVersion:
    return IndicatorVersion.objects.current().select_related("indicator").get(indicator__code=code)


def _compare(world: World) -> None:
    comparisons.compare(
        outcome="official",
        act="Приказ Минобрнауки России от 10.12.2013 № 1324, приложение № 2",
        evidence="строки 1.6–1.9: пример для демонстрации, откройте акт и проверьте",
        compared_on=world.timeline.today - timedelta(days=3),
        rows=[comparisons.ComparedRow(_current(code).pk) for code in COMPARED],
        by=world.people["specialist"],
    )


def _propose(world: World) -> None:
    version = _current(PROPOSED)
    definition = replace(
        Definition.of(version),
        formula="100 × [so_oo.1.10] ÷ [so_oo.1.1]",
        source_state="proposal",
        note="Доля считается от всех учащихся, а не от выпускников.",
    )
    year = world.timeline.calendar_years[-1]
    draft = Draft("version", definition, year.starts_on, version.indicator)
    reason = "Сравнить с показателем региона, который считается от всех учащихся."
    proposals.propose(draft=draft, reason=reason, by=world.people["specialist"])


def _link(world: World) -> None:
    definition = Definition(
        name="Доля обучающихся, успевающих на «4» и «5»",
        unit="процент",
        value_type="percent",
        decimals=1,
        polarity="higher",
        level="regional",
        object="results",
        aggregation="none",
        act="Показатели выдуманной области (демонстрация)",
        note="Показатель вымышлен. Нужен, чтобы видеть расхождения с показателем организаций.",
    )
    day = world.timeline.calendar_years[0].starts_on
    draft = Draft("new", definition, day, place=Place("region", "1"))
    proposal = proposals.propose(draft=draft, reason="Сопоставить с показателем региона.", by=world.people["head"])
    proposals.accept(proposal=proposal, by=world.people["specialist"])
    marks.link_levels(
        upper="region.1", lower=LINKED, note="Регион просит это число раз в год.", by=world.people["specialist"]
    )


def _approve(world: World) -> None:
    for code in ("1.1", "1.2"):
        sets.approve_set(
            direction=Direction.objects.get(code=code),
            act=f"Приказ управления образования о показателях направления {code} (демонстрация)",
            approved_on=world.timeline.calendar_years[-1].starts_on + timedelta(days=20),
            by=world.people["head"],
        )
