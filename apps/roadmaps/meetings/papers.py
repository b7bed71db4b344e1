"""The papers of a meeting as DOCX: announcement with agenda, protocol, the counted task sheet."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import timezone
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from apps.core.documents.word import line, new_book, page_number
from apps.core.figures import plural
from apps.roadmaps.meetings.models import Meeting
from apps.roadmaps.meetings.selectors.agenda import Agenda
from apps.roadmaps.meetings.selectors.people import People
from apps.roadmaps.meetings.selectors.sheets import CellSummary, Summary

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def _begin(meeting: Meeting, title: str) -> Any:
    book = new_book(title=title, author=settings.AUTHORITY_NAME, ink=None)
    foot = book.sections[0].footer.paragraphs[0]
    foot.alignment = CENTRE
    page_number(foot)
    line(book, f"{settings.AUTHORITY_NAME}, {settings.MUNICIPALITY_NAME}", align=CENTRE)
    return book


def _bytes(book: Any) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _many(book: Any, text: str) -> None:
    """Lines of a free text as paragraphs."""
    for part in text.split("\n"):
        if part.strip():
            book.add_paragraph(part.strip())


def programme(meeting: Meeting, agenda: Agenda) -> bytes:
    """What is sent to the invited: theme, day, hours of the subgroups, place, agenda with speakers and minutes."""
    book = _begin(meeting, meeting.title)
    heading = meeting.get_kind_display().capitalize()
    line(book, f"{heading} для: {meeting.audience}" if meeting.audience else heading, align=CENTRE, bold=True, size=14)
    _fact(book, "Тема", meeting.theme)
    _fact(book, "Дата", f"{meeting.day:%d.%m.%Y}")
    if agenda.is_split:
        hours = ", ".join(f"{begin} – {group.number} подгруппа" for group, begin, _ in agenda.hours)
    else:
        hours = ", ".join(f"{begin}–{end}" for _, begin, end in agenda.hours)
    _fact(book, "Время", hours)
    _fact(book, "Место проведения", meeting.place)
    for group in agenda.subgroups:
        if group.place:
            _fact(book, f"Место {group.number} подгруппы", group.place)
    if meeting.base_organization:
        _fact(book, "На базе", str(meeting.base_organization))
    line(book, "Повестка дня", align=CENTRE, bold=True, before=12)
    for one in agenda.lines:
        book.add_paragraph(f"{one.number} {one.item.text}".strip())
        who = ", ".join(part for part in (one.item.who, f"{one.item.minutes} мин") if part)
        line(book, f"{' / '.join(one.starts)} · {who}", left=Mm(10))
    line(book, f"Всего: {agenda.total}", before=8)
    return _bytes(book)


def _fact(book: Any, name: str, text: str) -> None:
    paragraph = book.add_paragraph()
    paragraph.add_run(f"{name}: ").bold = True
    paragraph.add_run(text)


def protocol(meeting: Meeting, agenda: Agenda, people: People) -> bytes:
    """Who was there, what was heard, how was voted, what was resolved and approved."""
    book = _begin(meeting, "Протокол")
    number = f" № {meeting.protocol_number}" if meeting.protocol_number else " (проект)"
    line(book, f"ПРОТОКОЛ{number}", align=CENTRE, bold=True, size=14, before=6)
    line(book, f"{meeting.get_kind_display()} от {meeting.day:%d.%m.%Y}", align=CENTRE)
    line(book, meeting.theme, align=CENTRE, bold=True)
    _fact(book, "Место", meeting.place)
    for name, person, post in (
        ("Председатель", meeting.chairman_name, meeting.chairman_post),
        ("Секретарь", meeting.secretary_name, meeting.secretary_post),
    ):
        if person:
            _fact(book, name, ", ".join(part for part in (person, post) if part))
    _present(book, people)
    line(book, "ПОВЕСТКА ДНЯ", bold=True, before=10)
    for one in agenda.lines:
        who = f" ({one.item.who})" if one.item.who else ""
        book.add_paragraph(f"{one.number} {one.item.text}{who}".strip())
    for one in agenda.lines:
        _item(book, one)
    loose = [vote for vote in meeting.votes.prefetch_related("documents") if vote.item_id is None]
    for vote in loose:
        _vote(book, vote)
    said = any(one.item.resolved for one in agenda.lines)  # the decision as it was read out
    if meeting.decision and not said:
        line(book, "РЕШЕНИЕ", bold=True, before=10)
        for item in meeting.decision.items.all():
            _many(book, str(item))
    line(book, f"Председатель ____________________ {meeting.chairman_name}", before=24)
    line(book, f"Секретарь ____________________ {meeting.secretary_name}", before=6)
    return _bytes(book)


def _present(book: Any, people: People) -> None:
    if not people.total:
        return
    _fact(book, "Присутствовали", f"{people.present} из {people.total} приглашённых")
    for part in people.parts:
        came = [f"{one} ({one.came})" if one.came else str(one) for one in part.people if one.attendance == "present"]
        if came:
            name = f"{part.group.number} подгруппа" if len(people.parts) > 1 else "Участники"
            _fact(book, name, "; ".join(came))


def _item(book: Any, one: Any) -> None:
    votes = list(one.item.votes.all())
    talks = list(one.item.talks.all())
    if not (one.item.heard or one.item.resolved or votes or talks):
        return
    line(book, f"{one.number} {one.item.text}".strip(), bold=True, before=10)
    if one.item.heard or talks:
        who = f" {one.item.who}." if one.item.who else ""
        book.add_paragraph(f"СЛУШАЛИ:{who}")
        _many(book, one.item.heard)
        for talk in talks:
            book.add_paragraph(f"{talk.organization}: {talk.theme} ({talk.who})", style="List Bullet")
    for vote in votes:
        _vote(book, vote)
    if one.item.resolved:
        book.add_paragraph("РЕШИЛИ:")
        _many(book, one.item.resolved)


def _vote(book: Any, vote: Any) -> None:
    outcome = "принято" if vote.is_adopted else "не принято"
    book.add_paragraph(f"ГОЛОСОВАЛИ: {vote.question} — {vote.counted}. {outcome.capitalize()}.")
    for document in vote.documents.all():
        book.add_paragraph(f"Утвердить: {document.title}", style="List Bullet")


def sheet(meeting: Meeting, summary: Summary) -> bytes:
    """The counted sheet across a page, then every cell with groups and answers."""
    book = _begin(meeting, summary.sheet.title)
    page = book.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    line(book, summary.sheet.title, align=CENTRE, bold=True, size=14)
    line(book, f"{meeting.title}. {meeting.theme}", align=CENTRE)
    words = plural(summary.expected, "приглашённой", "приглашённых", "приглашённых")
    line(book, f"Ответили организации: {summary.answered} из {summary.expected} {words}.")
    table = book.add_table(rows=1, cols=len(summary.sheet.columns) + 1, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ["Направление", *summary.sheet.columns], strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for title, cells in summary.rows:
        row = table.add_row().cells
        row[0].paragraphs[0].add_run(title).bold = True
        for place, cell in enumerate(cells, start=1):
            _write_cell(row[place], cell)
    for cell in summary.cells:
        _answers(book, cell)
    stamp = timezone.localtime().strftime("%d.%m.%Y %H:%M")
    line(book, f"Составлено порталом {stamp}.", align=RIGHT, before=12)
    return _bytes(book)


def _write_cell(target: Any, cell: CellSummary) -> None:
    target.paragraphs[0].add_run(f"Ответов: {cell.count}")
    for counted in cell.groups:
        target.add_paragraph(f"{counted.group.title} — {counted.count}")
    if cell.loose:
        target.add_paragraph(f"Вне групп: {len(cell.loose)}")


def _answers(book: Any, cell: CellSummary) -> None:
    if not cell.answers:
        return
    line(book, cell.title, bold=True, before=10)
    for counted in cell.groups:
        line(book, f"{counted.group.title}: организаций — {counted.count}", bold=True)
        for answer in counted.answers:
            book.add_paragraph(f"{answer.text} ({'; '.join(answer.organizations)})", style="List Bullet")
    for answer in cell.loose:
        book.add_paragraph(f"{answer.text} ({'; '.join(answer.organizations)})", style="List Bullet")
