"""Charts of state exams."""

from apps.core.charts import Chart, LineChart, ShareChart
from apps.procedures.exams.selectors import ExamFigures, SubjectRow
from apps.procedures.item_analysis.charts import series

BANDS = ("ниже минимального", "до 60", "61–80", "81–100")
MARKS = ("«2»", "«3»", "«4»", "«5»")


def subjects(rows: list[SubjectRow], *, has_tests: bool) -> Chart | None:
    """Marks, or conventional bands of test scores, by subject."""
    shown = [row for row in rows if row.own.has_tests == has_tests and row.own.n]
    if not shown:
        return None
    if has_tests:
        title, parts = "Тестовые баллы по предметам", BANDS
        counts = [row.own.bands for row in shown]
        lead = "Доли участников по полосам тестового балла. Полосы условные, не подтверждены. В скобках — участники."
    else:
        title, parts = "Отметки по предметам", MARKS
        counts = [list(row.own.measured.parts.marks) for row in shown]
        lead = "Доли участников с каждой отметкой. В скобках — участники с отметкой."
    return ShareChart(
        title=title, description=lead, labels=[str(row.subject) for row in shown], parts=parts, counts=counts,
        label_title="Предмет",
    )  # fmt: skip


def years(found: list[tuple[int, ExamFigures]], subject: str) -> Chart | None:
    if len(found) < 2:
        return None
    has_tests = found[-1][1].has_tests
    return LineChart(
        title=f"{subject}: {'средний тестовый балл' if has_tests else 'средняя отметка'} по годам",
        description="Полоса — интервал 95 %. Больше — лучше. Экзамены разных лет различаются по трудности: это "
        "направление, а не точная величина.",
        labels=[str(year) for year, _ in found],
        series=[series("Средний балл", [one.mean for _, one in found])],
        decimals=1 if has_tests else 2,
    )
