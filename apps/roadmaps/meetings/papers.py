"""The papers of a meeting as DOCX: announcement with agenda, protocol, the counted task sheet."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import timezone
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from apps.core.documents.word import add_table, line, new_book, page_number
from apps.core.figures import plural
from apps.roadmaps.meetings.models import Invitee, Meeting
from apps.roadmaps.meetings.selectors.agenda import Agenda
from apps.roadmaps.meetings.selectors.people import Part, People
from apps.roadmaps.meetings.selectors.sheets import CellSummary, Summary

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FEW = 12  # participants that are named in the text; more of them stand in an annex
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


def _heading(book: Any, text: str, *, before: int = 10) -> None:
    """Never left alone at the end of a page."""
    line(book, text, bold=True, before=before).paragraph_format.keep_with_next = True


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
    if people.present > FEW:
        _annex(book, people)
    return _bytes(book)


def _present(book: Any, people: People) -> None:
    if not people.total:
        return
    _fact(book, "Присутствовали", f"{people.present} из {people.total} приглашённых")
    if people.present > FEW:
        book.add_paragraph("Список присутствовавших прилагается.")
        return
    for part in people.parts:
        came = [f"{one} ({one.came})" if one.came else str(one) for one in _came(part)]
        if came:
            _fact(book, _name_of(part, people), "; ".join(came))


def _came(part: Part) -> list[Invitee]:
    return [one for one in part.people if one.attendance == "present"]


def _name_of(part: Part, people: People) -> str:
    return f"{part.group.number} подгруппа" if len(people.parts) > 1 else "Участники"


def _annex(book: Any, people: People) -> None:
    """Who was there, on pages of their own."""
    book.add_page_break()
    line(book, "Приложение к протоколу", align=RIGHT)
    line(book, "Список присутствовавших", align=CENTRE, bold=True)
    for part in people.parts:
        came = _came(part)
        if came:
            _heading(book, f"{_name_of(part, people)}: {len(came)}")
            rows = [(str(number), str(one), one.came) for number, one in enumerate(came, start=1)]
            add_table(book, ("№", "Организация", "Кто участвовал"), rows, widths=(12, 83, 75))


def _item(book: Any, one: Any) -> None:
    votes = list(one.item.votes.all())
    talks = list(one.item.talks.all())
    if not (one.item.heard or one.item.resolved or votes or talks):
        return
    _heading(book, f"{one.number} {one.item.text}".strip())
    if one.item.heard or talks:
        who = f" {one.item.who}." if one.item.who else ""
        book.add_paragraph(f"СЛУШАЛИ:{who}")
        _many(book, one.item.heard)
        for talk in talks:
            book.add_paragraph(f"{talk.organization}: {talk.theme} ({talk.who})", style="List Bullet")
    for vote in votes:
        _vote(book, vote)
    if one.item.resolved:
        book.add_paragraph("РЕШИЛИ:").paragraph_format.keep_with_next = True
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
    columns = summary.sheet.columns
    rows = [[title, *map(_told, cells)] for title, cells in summary.rows]
    add_table(book, ["Направление", *columns], rows, widths=[47, *[210 // len(columns)] * len(columns)])
    for cell in summary.cells:
        _answers(book, cell)
    stamp = timezone.localtime().strftime("%d.%m.%Y %H:%M")
    line(book, f"Составлено порталом {stamp}.", align=RIGHT, before=12)
    return _bytes(book)


def _told(cell: CellSummary) -> str:
    lines = [f"Ответов: {cell.count}", *(f"{counted.group.title} — {counted.count}" for counted in cell.groups)]
    return "\n".join([*lines, f"Вне групп: {len(cell.loose)}"] if cell.loose else lines)


def _answers(book: Any, cell: CellSummary) -> None:
    if not cell.answers:
        return
    _heading(book, cell.title)
    for counted in cell.groups:
        _heading(book, f"{counted.group.title}: организаций — {counted.count}", before=2)
        for answer in counted.answers:
            book.add_paragraph(f"{answer.text} ({'; '.join(answer.organizations)})", style="List Bullet")
    for answer in cell.loose:
        book.add_paragraph(f"{answer.text} ({'; '.join(answer.organizations)})", style="List Bullet")
