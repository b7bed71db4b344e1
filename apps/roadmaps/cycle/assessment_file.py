"""The self-assessment as DOCX."""

from io import BytesIO

from apps.core.documents import word
from apps.core.documents.frozen import without_control_characters as clean
from apps.roadmaps.cycle.assessment import Assessment

HEADS = ("Позиция", "Уровень", "Предложено порталом", "Пояснение")


def written(found: Assessment, *, author: str) -> bytes:
    """A table a direction, the total, and the criteria with their state."""
    title = f"Самооценка управленческого цикла за {found.cycle.title}"
    book = word.new_book(title=title, author=author)
    word.page_number(book.sections[0].footer.paragraphs[0])
    book.add_heading(title, level=1)
    book.add_paragraph(f"{author}. Итог: {found.total_text} баллов; отмечено человеком позиций: {found.marked}.")
    book.add_paragraph(
        "0 — не представлено, 1 — представлено частично, 2 — представлено полностью. Шкала и критерии — предложение "
        f"портала; не подтверждено официальным текстом критериев: {found.unconfirmed}. Где человек уровень не отметил, "
        "стоит предложенный порталом по документам года."
    )
    for part in found.parts:
        book.add_heading(clean(f"{part.direction.code}. {part.direction}: {part.total} из {part.most}"), level=2)
        rows = []
        for row in part.rows:
            mark, position = row.mark, row.cell.position
            own = f"{mark.words} ({mark.author}, {mark.marked_at:%d.%m.%Y})".strip() if mark else "не отмечено"
            texts = (
                f"{position.number}. {position.title}",
                f"{row.level} — {row.level_text}",
                f"{row.proposal.level} — {row.proposal.words}",
                own,
            )
            rows.append([clean(text) for text in texts])
        word.add_table(book, HEADS, rows, widths=(42, 42, 50, 36), size=9)
    book.add_heading("Критерии", level=2)
    for position, criteria in found.criteria:
        for one in criteria:
            act = f": {one.act}" if one.act else ""
            text = f"{position.number}. {one.text} ({one.get_source_state_display()}{act})"
            book.add_paragraph(clean(text), style="List Bullet")
    out = BytesIO()
    book.save(out)
    return out.getvalue()
