"""The state of execution as files."""

import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone
from docx.enum.text import WD_ALIGN_PARAGRAPH

from apps.core import attachments
from apps.core.documents import word
from apps.roadmaps.decisions.control import controller_of
from apps.roadmaps.decisions.models import Assignment, AssignmentProof, Decision, DecisionItem
from apps.roadmaps.decisions.querysets import ExecutionQuerySet
from apps.roadmaps.decisions.tables import shortened
from apps.workbooks.writing import Value, export_table

DOCX = attachments.ALLOWED["docx"][0]
HEADERS = (
    "Решение", "Пункт", "Текст пункта", "Вид", "Исполнитель", "Лично", "Срок", "Состояние", "Исполнено",
    "С опозданием", "Отчёт", "Подтверждения", "Перенос срока",
)  # fmt: skip


def proof_words(proof: AssignmentProof) -> str:
    """What shows it, in a phrase."""
    if proof.kind == AssignmentProof.Kind.FILE:
        return f"файл «{proof.file}»"
    if proof.kind == AssignmentProof.Kind.LINK:
        return proof.url
    parts = [f"педагоги ознакомлены {proof.held_on:%d.%m.%Y}"]
    parts += [f"человек: {proof.people}"] if proof.people else []
    parts += ["список приложен"] if proof.names or proof.file_id else []
    return ", ".join(parts)


def _extensions(line: Assignment) -> str:
    moved = [*line.item.extensions.all(), *line.extensions.all()]
    mine = {each.pk: each for each in moved if each.assignment_id in {None, line.pk}}
    return "; ".join(str(each) for each in mine.values())


def _rows(lines: ExecutionQuerySet) -> Iterator[list[Value]]:
    for line in _complete(lines):
        yield [
            line.item.decision.short, line.item.number, line.item.text, str(line.item.get_kind_display()),
            line.executor, line.person.get_short_name() if line.person else None, line.due_on, line.state_text,
            line.closed_on, "да" if line.is_late else None, line.report_text or None,
            "; ".join(proof_words(proof) for proof in line.proofs.all()) or None, _extensions(line) or None,
        ]  # fmt: skip


def _complete(lines: ExecutionQuerySet) -> Any:
    found = lines.with_details().prefetch_related("proofs__file", "extensions", "item__extensions")
    return found.order_by("item__decision", "item__position", "organization__kind", "organization__number", "pk")


def as_xlsx(lines: ExecutionQuerySet) -> bytes:
    """A row a line of execution, all of them."""
    return export_table(HEADERS, _rows(lines), title="Исполнение")


def as_docx(decision: Decision, lines: ExecutionQuerySet) -> bytes:
    """«Состояние исполнения» of one act: its items as they stand, under each a table of executors."""
    today = timezone.localdate()
    book = word.new_book(title=f"Состояние исполнения: {decision.short}", author=settings.AUTHORITY_NAME, ink=None)
    word.line(book, settings.AUTHORITY_NAME, align=WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    word.line(book, "Состояние исполнения", align=WD_ALIGN_PARAGRAPH.CENTER, bold=True, size=15, before=12)
    word.line(book, f"{decision.short[:1].upper()}{decision.short[1:]}", align=WD_ALIGN_PARAGRAPH.CENTER)
    word.line(book, decision.title, align=WD_ALIGN_PARAGRAPH.CENTER)
    word.line(book, f"на {today:%d.%m.%Y}", align=WD_ALIGN_PARAGRAPH.CENTER)
    controller = controller_of(decision)
    word.line(book, f"Контролирует: {controller or 'не назначен'}", before=6)
    if decision.follows:
        word.line(book, f"Во исполнение: {decision.follows}")
    by_item: dict[int, list[Assignment]] = {}
    for line in _complete(lines):
        by_item.setdefault(line.item_id, []).append(line)
    items = list(decision.items.order_by("position"))
    _summary(book, items, by_item)
    for item in items:
        paragraph = word.line(book, f"{item.number} {item.text}".strip(), bold=item.is_heading, before=10)
        paragraph.paragraph_format.keep_with_next = True
        if not item.is_heading:
            _table(book, by_item.get(item.pk, []))
    word.page_number(book.sections[0].footer.paragraphs[0])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _summary(book: Any, items: list[DecisionItem], by_item: dict[int, list[Assignment]]) -> None:
    """How many executors of each item have done it and how many are late, and the same of the whole act."""
    rows: list[tuple[DecisionItem, int, int, int]] = []
    for item in items:
        asked = [line for line in by_item.get(item.pk, []) if line.state != Assignment.State.WITHDRAWN]
        if asked:
            done = sum(line.state == Assignment.State.DONE for line in asked)
            rows.append((item, len(asked), done, sum(line.is_overdue for line in asked)))
    if not rows:
        return
    _, asked_in_all, done_in_all, late_in_all = zip(*rows, strict=True)
    text = f"Исполнено {sum(done_in_all)} из {sum(asked_in_all)}, срок прошёл: {sum(late_in_all)}."
    word.line(book, text, bold=True, before=6)
    headers = ("Пункт", "Срок", "Всего", "Исполнено", "Срок прошёл")
    texts = [
        (
            f"{item.number} {shortened(item.text, 90)}".strip(),
            f"{item.due_on:%d.%m.%Y}" if item.due_on else "без срока",
            *map(str, counts),
        )
        for item, *counts in rows
    ]
    word.add_table(book, headers, texts, widths=(74, 24, 18, 28, 26), size=10)


def _table(book: Any, lines: list[Assignment]) -> None:
    if not lines:
        word.line(book, "Строк исполнения нет.")
        return
    headers = ("Исполнитель", "Срок", "Состояние", "Подтверждение")
    word.add_table(book, headers, [_texts(line) for line in lines], widths=(60, 28, 36, 46), size=10)


def _texts(line: Assignment) -> tuple[str, ...]:
    done = f" {line.closed_on:%d.%m.%Y}" if line.closed_on and line.state == Assignment.State.DONE else ""
    shown = "; ".join(proof_words(proof) for proof in line.proofs.all())
    term = f"{line.due_on:%d.%m.%Y}" if line.due_on else "без срока"
    moved = _extensions(line)
    return (line.executor, f"{term} (перенесён {moved})" if moved else term, f"{line.state_text}{done}", shown)
