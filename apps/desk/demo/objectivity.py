"""Objectivity on the demonstration: a school whose totals pile up at the bounds, and one that honestly rose.

The region's line of «Распределение первичных баллов» is invented, so that the sign of an overstated mean has with
whom to compare: it marks the strong schools and the one that rose, which own tests do not.
"""

from datetime import timedelta
from io import BytesIO

import numpy as np

from apps.analysis.objectivity import running, services
from apps.analysis.objectivity.models import Explanation, ObjectivityRun, PreventiveCase
from apps.core import files
from apps.core.models import Period
from apps.desk.demo import dating, responses
from apps.desk.demo.people import director_of
from apps.desk.demo.world import World
from apps.procedures.markers.models import ExternalMarker, MarkerList
from apps.procedures.models import Batch, GroupResult, Procedure, ResultAggregate, ResultFile

REGION = "Примерная область"
PARTICIPANTS = 11_640


def load(world: World) -> None:
    *_, before, now = [Period.objects.named(span) for span in world.timeline.school_years]
    batch = Batch.objects.create(created_by=world.people["specialist"])
    for period in (before, now):
        _region(world, batch, period)
        run = ObjectivityRun.objects.create(
            period=period, rule=services.current_rule(), started_by=world.people["specialist"]
        )
        running.perform(run)
    _preventive_work(world, before, now)
    _explanation(world, now)
    _explained_rise(world, now)
    _published_list(world, before)


def _region(world: World, batch: Batch, period: Period) -> None:
    """The region writes as the municipality does, a little worse."""
    works = Procedure.objects.with_results().filter(period=period, kind="vpr", grade__in=(4, 5))
    kept = files.store(
        stream=BytesIO(REGION.encode()), name="Распределение первичных баллов.csv", content_type=files.CSV,
        by=batch.created_by,
    )  # fmt: skip
    file = ResultFile.objects.create(
        batch=batch, file=kept, name=kept.name, sha256=kept.sha256, state=ResultFile.State.DONE, family="groups",
        finished_at=dating.at(world.timeline.today - timedelta(days=40), 12),
    )  # fmt: skip
    lines = []
    for work in works:
        histograms = [row.histogram for row in ResultAggregate.objects.filter(procedure=work).only("histogram")]
        whole = np.zeros(max(map(len, histograms)))
        for row in histograms:
            whole[: len(row)] += row
        lower = 0.93 * whole + 0.07 * np.append(whole[1:], 0)
        shares = 100 * lower / lower.sum()
        values = {str(score): round(float(share), 2) for score, share in enumerate(shares)}
        lines.append(
            GroupResult(
                procedure=work, file=file, report="primary", level="region", name=REGION, schools=302,
                participants=PARTICIPANTS, values=values,
            )
        )  # fmt: skip
    GroupResult.objects.bulk_create(lines)
    file.procedures.set([line.procedure for line in lines])


def _preventive_work(world: World, before: Period, now: Period) -> None:
    """Last year's case ended with help; this year the marks are there again, and a new one is open."""
    school, specialist = world.organizations[responses.LIFTED], world.people["specialist"]
    today = world.timeline.today
    runs = {run.period_id: run for run in ObjectivityRun.objects.all()}
    first = services.open_case(
        organization=school,
        period=before,
        run=runs[before.pk],
        reason="Во всех работах участники собраны ровно на границах отметок, у других школ этого нет.",
        plan="Перепроверить по десять работ 4 и 5 классов с муниципальной комиссией, разобрать критерии проверки.",
        due_on=today,
        by=specialist,
    )
    result = (
        "Перепроверено 20 работ, в семи балл снижен на один–два. С проверяющими проведён семинар о критериях; "
        "с осени работы проверяются перекрёстно."
    )
    _close(world, first, PreventiveCase.Outcome.HELPED, result, opened=400, closed=330)
    services.open_case(
        organization=school,
        period=now,
        run=runs[now.pk],
        reason="Отметки повторились второй год подряд, хотя прошлогодний семинар проведён.",
        plan="Наблюдатели на весенних работах, перекрёстная проверка с соседней школой.",
        due_on=today + timedelta(days=45),
        by=specialist,
    )


def _explanation(world: World, now: Period) -> None:
    said = services.explain(
        organization=world.organizations[responses.RISEN],
        period=now,
        text="Рост ждали: два года школа работала по программе помощи, пришли учителя математики и русского языка, в "
        "4 и 5 классах добавлены часы. Работы проверяли вместе с соседней школой.",
        by=director_of(world, responses.RISEN),
    )
    Explanation.objects.filter(pk=said.pk).update(written_at=dating.at(world.timeline.today - timedelta(days=20), 14))


def _explained_rise(world: World, now: Period) -> None:
    """The honest rise was asked about, rechecked and closed as explained."""
    today, specialist = world.timeline.today, world.people["specialist"]
    made = services.open_case(
        organization=world.organizations[responses.RISEN],
        period=now,
        run=ObjectivityRun.objects.filter(period=now).latest("pk"),
        reason="Средние баллы 4 и 5 классов заметно выше региона, а год назад были обычными. Собственные "
        "проверки ничего не отметили.",
        plan="Попросить пояснение школы, перепроверить по десять работ в каждой параллели.",
        due_on=today,
        by=specialist,
    )
    result = (
        "Рост объясняют два года программы помощи и новые учителя. Перепроверено 20 работ комиссией соседней "
        "школы: расхождений в баллах нет. Опыт школы предложен другим."
    )
    _close(world, made, PreventiveCase.Outcome.EXPLAINED, result, opened=26, closed=9)


def _close(world: World, case: PreventiveCase, outcome: str, result: str, *, opened: int, closed: int) -> None:
    """Close a case on the day `closed` days ago that was opened `opened` days ago."""
    services.close_case(case=case, outcome=outcome, result=result, by=world.people["specialist"])
    today = world.timeline.today
    began, ended = dating.at(today - timedelta(days=opened), 11), dating.at(today - timedelta(days=closed), 15)
    PreventiveCase.objects.filter(pk=case.pk).update(opened_at=began, closed_at=ended, due_on=ended.date())
    dating.date_events(case, {"analysis.preventive_opened": began, "analysis.preventive_closed": ended})


def _published_list(world: World, before: Period) -> None:
    """Somebody else's list of the year before names one of ours and one that is not."""
    name = "Список школ с маркерами.xlsx"
    kept = files.store(stream=BytesIO(name.encode()), name=name, content_type=files.XLSX, by=world.people["specialist"])
    source = MarkerList.objects.create(
        file=kept, name=name, sha256=kept.sha256, source=f"{REGION}: открытый список, вымышленный",
        loaded_by=world.people["specialist"],
    )  # fmt: skip
    own = world.organizations[responses.LIFTED].participations.earliest("pk")
    year = before.span.ends_on.year
    ExternalMarker.objects.bulk_create(
        [
            ExternalMarker(year=year, digits=own.digits, prefix=own.prefix, columns=["4 МА", "5 РУ"], source=source),
            ExternalMarker(year=year, digits="999901", prefix="edu", columns=["4 РУ"], source=source),
        ]
    )
