"""The task sheet: on a phone, on the screen of the meeting, grouped and counted."""

from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO

import segno
from django.conf import settings
from django.urls import reverse

from apps.roadmaps.meetings.models import AnswerGroup, Invitee, Sheet, SheetCell, SheetFill
from apps.workbooks.cells import normalise_header

Place = tuple[int, int]


def address(sheet: Sheet) -> str:
    """The whole address, as the code and the screen show it."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('roadmaps:sheet', args=[sheet.token])}"


def code_svg(sheet: Sheet) -> bytes:
    """The QR code of the address as an SVG with its quiet zone."""
    stream = BytesIO()
    found = segno.make(address(sheet), error="m", micro=False)
    found.save(stream, kind="svg", border=4, scale=8, xmldecl=True, svgns=True)
    return stream.getvalue()


def find_sheet(token: str) -> Sheet | None:
    """The sheet of a token, if it takes answers now. One that is closed is as good as unknown."""
    found = Sheet.objects.filter(token=token).select_related("meeting").first()
    return found if found and found.is_open() else None


def invited(sheet: Sheet) -> list[Invitee]:
    """Organisations; an association has none of its own to speak of."""
    found = Invitee.objects.filter(meeting=sheet.meeting_id, organization__isnull=False)
    return list(found.select_related("organization", "subgroup").by_register())


# --- counted


@dataclass
class Answer:
    """A text of a cell with the organisations that gave it; the same text of two phones of one counts once."""

    text: str
    cells: list[SheetCell] = field(default_factory=list)

    @property
    def organizations(self) -> list[str]:
        return list(dict.fromkeys(str(cell.fill.invitee) for cell in self.cells))

    @property
    def count(self) -> int:
        return len({cell.fill.invitee_id for cell in self.cells})

    @property
    def key(self) -> str:
        return "-".join(str(cell.pk) for cell in self.cells)

    @property
    def groups(self) -> list[AnswerGroup]:
        return list({group.pk: group for cell in self.cells for group in cell.groups.all()}.values())


@dataclass
class Counted:
    """A group with the number of organisations whose answers are in it."""

    group: AnswerGroup
    answers: list[Answer]
    share: int = 0

    @property
    def count(self) -> int:
        return len({cell.fill.invitee_id for answer in self.answers for cell in answer.cells})


@dataclass
class CellSummary:
    """All answers of a cell: how many organisations answered, groups by size, answers in no group."""

    row: int
    column: int
    row_title: str
    column_title: str
    answers: list[Answer]
    groups: list[Counted]

    @property
    def title(self) -> str:
        return f"{self.row_title} — {self.column_title}"

    @property
    def count(self) -> int:
        return len({cell.fill.invitee_id for answer in self.answers for cell in answer.cells})

    @property
    def loose(self) -> list[Answer]:
        return [answer for answer in self.answers if not answer.groups]


@dataclass
class Summary:
    """The sheet counted: rows of cells."""

    sheet: Sheet
    rows: list[tuple[str, list[CellSummary]]]
    fills: list[SheetFill]
    expected: int

    @property
    def cells(self) -> list[CellSummary]:
        return [cell for _, row in self.rows for cell in row]

    @property
    def answered(self) -> int:
        """Organisations with at least one answer that is counted."""
        return len({fill.invitee_id for fill in self.fills if not fill.left_out and fill.cells.all()})

    @property
    def silent(self) -> int:
        return self.expected - self.answered


def summary_of(sheet: Sheet) -> Summary:
    """Four queries, however many answers. The same words, however written, stand as one answer."""
    fills = list(
        sheet.fills.select_related("invitee__organization")
        .prefetch_related("cells")
        .order_by("invitee__organization__number")
    )
    counted = {fill.pk: fill for fill in fills if not fill.left_out}
    found: dict[Place, dict[str, Answer]] = defaultdict(dict)
    cells = SheetCell.objects.filter(fill__in=counted).exclude(text="").prefetch_related("groups")
    for cell in cells.order_by("pk"):
        cell.fill = counted[cell.fill_id]
        same = normalise_header(cell.text)
        found[cell.row, cell.column].setdefault(same, Answer(cell.text)).cells.append(cell)
    groups: dict[Place, list[AnswerGroup]] = defaultdict(list)
    for group in sheet.groups.all():
        groups[group.row, group.column].append(group)
    rows = [
        (title, [_cell(sheet, (row, column), found, groups) for column in range(len(sheet.columns))])
        for row, title in enumerate(sheet.rows)
    ]
    return Summary(sheet, rows, fills, sheet.meeting.invitees.filter(organization__isnull=False).count())


def _cell(
    sheet: Sheet, place: Place, found: dict[Place, dict[str, Answer]], groups: dict[Place, list[AnswerGroup]]
) -> CellSummary:
    answers = sorted(found[place].values(), key=lambda answer: (-answer.count, answer.text))
    counted = [
        Counted(group, [answer for answer in answers if group.pk in {one.pk for one in answer.groups}])
        for group in groups[place]
    ]
    counted.sort(key=lambda one: (-one.count, one.group.title))
    summary = CellSummary(*place, sheet.rows[place[0]], sheet.columns[place[1]], answers, counted)
    for one in counted:
        one.share = round(100 * one.count / summary.count) if summary.count else 0
    return summary
