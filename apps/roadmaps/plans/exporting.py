"""A roadmap as a table, a document and a calendar."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import timezone
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from apps.core.documents.word import add_table, line, new_book, page_number
from apps.core.figures import figure, percent
from apps.procedures.schedule.ics import Day, feed
from apps.roadmaps.plans.models import Measure, Roadmap, RoadmapVersion
from apps.roadmaps.plans.selectors.means import Kind, Means
from apps.roadmaps.plans.selectors.reading import Group, Progress
from apps.workbooks.cells import clean_text
from apps.workbooks.writing import Value, export_table

HEADERS = (
    "№", "План", "Этап или часть", "Мероприятие", "Что делается", "Где", "Начало", "Срок", "Первоначальный срок",
    "Ответственный", "Исполнители", "Ожидаемый результат", "Показатель", "Финансовая поддержка, ₽",
    "Кадровая поддержка, ₽", "Методическая поддержка, ₽", "Состояние", "Готовность, %", "Выполнено", "Результат",
    "Охват, человек", "Подтверждений",
)  # fmt: skip
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = (
    ("№", 10),
    ("Мероприятие", 80),
    ("Где", 45),
    ("Сроки", 28),
    ("Ответственный, исполнители", 50),
    ("Состояние, результат", 44),
)


def _sum(measure: Measure, kind: str) -> Any:
    amounts = [one.amount for one in measure.resources.all() if one.kind == kind and one.amount is not None]
    return sum(amounts) if amounts else None


def rows(measures: Iterable[Measure], *, names_places: bool = True) -> Iterable[Sequence[Value]]:
    for number, one in enumerate(measures, start=1):
        yield (
            number, one.roadmap.title, str(one.stage or one.get_part_display()), one.title, one.details,
            one.where_text if names_places else "", one.starts_on, one.due_on, one.moved_from, one.responsible,
            one.executors, one.expected, one.indicator.code if one.indicator else "",
            *(_sum(one, kind) for kind in ("financial", "staff", "methodical")),
            one.state_text, one.percent, one.done_on, one.result, one.covered, len(one.proofs.all()),
        )  # fmt: skip


def workbook(measures: Iterable[Measure], *, title: str, names_places: bool = True) -> bytes:
    return export_table(HEADERS, rows(measures, names_places=names_places), title=title)


def calendar(roadmap: Roadmap, measures: Iterable[Measure]) -> bytes:
    """Terms of measures and ends of stages; an entry moves when its day moves."""
    days = [
        Day(f"measure-{one.pk}", f"Срок: {one.title}", one.due_on, one.due_on, f"Отвечает: {one.responsible}")
        for one in measures
        if not one.dropped_on
    ]
    days += [
        Day(f"stage-{one.pk}", f"Конец этапа: {one.title}", one.ends_on, one.ends_on) for one in roadmap.stages.all()
    ]
    return feed(roadmap.title, days, today=timezone.localdate())


def document(
    roadmap: Roadmap,
    groups: Sequence[Group],
    progress: Progress,
    approved: RoadmapVersion | None,
    *,
    changed: int,
    means: Means,
    names_places: bool = True,
) -> bytes:
    """The plan with its state as DOCX, a table for each stage or part. `changed` is the number of changes that came
    after the approval: the document says that it holds them."""
    book = new_book(title=roadmap.title, author=settings.AUTHORITY_NAME, ink=None)
    page = book.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin, page.right_margin = Mm(20), Mm(15)
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page_number(foot)
    _head(book, roadmap, progress, approved)
    if changed:
        line(book, f"Содержит изменения, внесённые после утверждения: {changed}.", bold=True)
    number = 0
    for group in groups:
        book.add_heading(clean_text(group.title), level=2)
        if not group.measures:
            line(book, "Мероприятий ещё нет.")
            continue
        number = _table(book, group.measures, number, names_places=names_places)
        if group.stage and group.stage.report_text:
            line(book, f"Отчёт об этапе ({group.stage.reported_at:%d.%m.%Y}):", bold=True, before=6)
            for part in clean_text(group.stage.report_text).split("\n"):
                line(book, part)
    if means.lines:
        _means(book, means)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head(book: Any, roadmap: Roadmap, progress: Progress, approved: RoadmapVersion | None) -> None:
    if approved:
        right = WD_ALIGN_PARAGRAPH.RIGHT
        line(book, f"УТВЕРЖДЕНА\n{approved.act}\nверсия {approved.number}", align=right)
    else:
        line(book, "ПРОЕКТ. Не утверждена.", align=WD_ALIGN_PARAGRAPH.RIGHT, bold=True)
    line(book, clean_text(roadmap.title), align=WD_ALIGN_PARAGRAPH.CENTER, bold=True, size=15, before=6)
    line(book, f"{roadmap.get_kind_display().capitalize()}, {roadmap.span_text}", align=WD_ALIGN_PARAGRAPH.CENTER)
    if roadmap.organization:
        line(book, str(roadmap.organization), align=WD_ALIGN_PARAGRAPH.CENTER)
    if roadmap.aim:
        line(book, f"Цель: {clean_text(roadmap.aim)}", before=6)
    today = timezone.localdate()
    said = f"Состояние на {today:%d.%m.%Y}: выполнено {progress.done} из {progress.total} ({percent(progress.share)}), "
    line(book, f"{said}просрочено {progress.late}, перенесено {progress.moved}.", before=6)


def _table(book: Any, measures: Sequence[Measure], before: int, *, names_places: bool) -> int:
    texts = [_cells(one, number, names_places=names_places) for number, one in enumerate(measures, start=before + 1)]
    add_table(book, [title for title, _ in COLUMNS], texts, widths=[room for _, room in COLUMNS], size=10)
    return before + len(measures)


def _means(book: Any, means: Means) -> None:
    """Sums of support by organisation."""
    book.add_heading("Поддержка по организациям, ₽", level=2)
    heads = ("Организация", *(str(kind.label).capitalize() for kind in Kind), "Всего")
    texts = [
        [
            clean_text(str(one.organization or "без распределения")),
            *("—" if amount is None else figure(amount, 2) for _, amount in one.by_kind),
            figure(one.total, 2),
        ]
        for one in means.lines
    ]
    add_table(book, heads, texts, widths=(97, *(40 for _ in Kind), 40), size=10)


def _cells(one: Measure, number: int, *, names_places: bool) -> list[str]:
    expected = f"\nОжидаемый результат: {one.expected}" if one.expected else ""
    means = "".join(
        f"\n{one_.get_kind_display().capitalize()} поддержка: "
        + (f"{figure(one_.amount, 2)} ₽" if one_.amount is not None else one_.note)
        for one_ in one.resources.all()
        if one_.organization_id is None
    )
    executors = f"\nИсполнители: {one.executors}" if one.executors else ""
    result = f"\n{one.result}" if one.result else ""
    texts = [
        str(number),
        f"{one.title}{expected}{means}",
        one.where_text if names_places else "",
        f"{one.starts_on:%d.%m.%Y} – {one.due_on:%d.%m.%Y}",
        f"{one.responsible or 'не назначен'}{executors}",
        f"{one.state_text}{result}",
    ]
    return [clean_text(text) for text in texts]
