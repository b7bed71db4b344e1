"""Charts of results: distribution of marks, primary scores, marks against the journal."""

from collections.abc import Sequence

from apps.core.charts import Chart, Histogram, ShareChart
from apps.procedures.selectors import Analysis

MARKS = ("«2»", "«3»", "«4»", "«5»")


def of_work(analysis: Analysis) -> dict[str, Chart | None]:
    """Charts of a group's result by their names on the page and on paper; None where there is nothing to draw."""
    main = analysis.main
    return {
        "marks_chart": marks(analysis) if analysis.has_marks else None,
        "primary_chart": primary(analysis) if main.parts.participants and any(main.parts.histogram) else None,
        "journal_chart": journal(analysis) if main.journal.participants else None,
    }


def marks(analysis: Analysis) -> Chart:
    """Shares of marks in every group, as parts of the whole."""
    groups = [group for group in analysis.groups if group.parts.marked]
    return ShareChart(
        title="Распределение отметок",
        description="Доли участников с отметками «2», «3», «4», «5». В скобках — число участников с отметкой.",
        labels=[group.name for group in groups],
        parts=MARKS,
        counts=[list(group.parts.marks) for group in groups],
    )


def journal(analysis: Analysis) -> Chart:
    """Mark of the work against the journal in every group."""
    groups = [group for group in analysis.groups if group.journal.participants]
    return ShareChart(
        title="Отметка за работу и отметка в журнале",
        description="Доли тех, чья отметка за работу ниже журнальной, совпала с ней или выше. В скобках — участники, "
        "у которых есть обе отметки.",
        labels=[group.name for group in groups],
        parts=("понизили", "подтвердили", "повысили"),
        counts=[[group.parts.journal_lower, group.parts.journal_equal, group.parts.journal_higher] for group in groups],
    )


def primary(analysis: Analysis, *, from_marks: Sequence[int] = ()) -> Chart:
    """How many have each primary score, with the bounds of marks; `from_marks` where the work has no scale."""
    main, procedure = analysis.main, analysis.procedure
    bounds = [(bound, f"«{mark}»") for mark, bound in enumerate(procedure.bounds or from_marks, start=3)]
    advice = " Линии — с каких баллов начинается отметка." if bounds else ""
    if bounds and not procedure.bounds:
        advice = " Линии — наименьший балл каждой отметки в загруженных результатах: шкала работы не указана."
    size = ""
    if main.n < 50:
        rough = "приблизительна" if main.n >= 20 else "условна"
        size = f" Участников меньше {50 if main.n >= 20 else 20}: форма распределения {rough}."
    return Histogram(
        title=f"Первичные баллы: {main.name}",
        description=f"Сколько участников набрали каждый балл.{advice}{size}",
        values=list(main.parts.histogram),
        bounds=bounds,
        x_title="Первичный балл",
        y_title="Участников",
    )
