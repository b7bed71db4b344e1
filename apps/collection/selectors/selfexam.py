"""Pages of the report on self-examination: the organisation's own, one section, the authority's board."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.collection.models import SelfExamination, SelfExamPrint, SelfExamSection, SelfExamStep, Submission
from apps.collection.selectors.page import PageRow, SubmissionPage
from apps.collection.selectors.tasks import days
from apps.collection.selfexam.content import PACKS, assemble, due_on, forms_of
from apps.collection.selfexam.sections import SectionKind, sections_for
from apps.collection.selfexam.steps import STEPS, Step, StepKind, next_step
from apps.collection.services.selfexam.steps import unfilled, unwritten
from apps.collection.services.selfexam.texts import last_year_texts
from apps.collection.states import State
from apps.core import personal
from apps.core.documents.frozen import digest_of
from apps.core.findings import Finding
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.workbooks.writing import export_table


def term_words(due_on: date, today: date) -> str:
    """«осталось 12 дней» up to the day of sending, «просрочено на 3 дня» after it."""
    left = (due_on - today).days
    if left == 0:
        return "последний день"
    return f"осталось {days(left)}" if left > 0 else f"просрочено на {days(-left)}"


@dataclass(frozen=True)
class SectionState:
    """A section in the list: what it is and how far it is."""

    kind: SectionKind
    number: int
    stored: SelfExamSection | None

    @property
    def text(self) -> str:
        if self.stored is None or not self.stored.text:
            return "не написан"
        if self.stored.is_copied:
            return "текст прошлого года"
        return "проверьте личные данные" if self.traces else "написан"

    @property
    def traces(self) -> list[personal.Kind]:
        """What resembles personal data and was not cleared by a person."""
        if self.stored is None or self.stored.is_cleared:
            return []
        return personal.kinds(self.stored.text)

    @property
    def tone(self) -> str:
        return {"написан": "good", "не написан": "neutral"}.get(self.text, "warn")


@dataclass(frozen=True)
class StepState:
    """A step in the line of steps: taken, the next one, or ahead."""

    kind: StepKind
    taken: SelfExamStep | None
    is_next: bool

    @property
    def text(self) -> str:
        return "сделано" if self.taken else "сейчас" if self.is_next else "впереди"

    @property
    def tone(self) -> str:
        return "good" if self.taken else "info" if self.is_next else "neutral"


@dataclass(frozen=True)
class Figure:
    """A row beside a section, its share in the same line."""

    number: str
    name: str
    value: str
    previous: str


@dataclass(frozen=True)
class Beside:
    """Rows of a form shown beside a section."""

    page: SubmissionPage
    rows: list[PageRow]

    @property
    def figures(self) -> list[Figure]:
        """A count and the share made of it are one line: «202 (33,2 %)»."""
        shares = {item.row.number.rstrip("%"): item for item in self.rows if item.row.number.endswith("%")}
        counts = [item for item in self.rows if not item.row.number.endswith("%")]
        return [_figure(item, shares.get(item.row.number)) for item in counts]

    @property
    def is_accepted(self) -> bool:
        return self.page.submission.state == State.ACCEPTED


@dataclass
class ExaminationPage:
    """The report of an organisation for a year; it need not exist yet."""

    organization: Organization
    period: Period
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def examination(self) -> SelfExamination:
        """The stored report, or one in memory that is written with its first text."""
        found = SelfExamination.objects.filter(organization=self.organization, period=self.period)
        stored = found.select_related("organization", "period").first()
        return stored or SelfExamination(
            organization=self.organization, period=self.period, due_on=due_on(self.forms, self.period)
        )

    @cached_property
    def forms(self) -> list[Submission]:
        return forms_of(self.organization, self.period)

    @cached_property
    def form_pages(self) -> list[SubmissionPage]:
        return [SubmissionPage(form) for form in self.forms]

    @cached_property
    def _stored(self) -> dict[str, SelfExamSection]:
        if not self.examination.pk:
            return {}
        return {row.code: row for row in self.examination.sections.select_related("changed_by")}

    @cached_property
    def sections(self) -> list[SectionState]:
        kinds = sections_for(self.organization.programmes)
        return [SectionState(kind, number, self._stored.get(kind.code)) for number, kind in enumerate(kinds, start=1)]

    @property
    def written(self) -> int:
        return sum(1 for section in self.sections if section.stored and section.stored.text)

    @cached_property
    def steps(self) -> list[StepState]:
        taken = {}
        if self.examination.pk:
            standing = self.examination.steps.filter(undone_at__isnull=True).select_related("taken_by")
            taken = {row.step: row for row in standing}
        awaited = next_step(self.examination.step)
        return [StepState(kind, taken.get(kind.step), kind == awaited) for kind in STEPS]

    @property
    def next(self) -> StepKind | None:
        return next_step(self.examination.step)

    @property
    def last(self) -> StepState | None:
        """The step that may be undone."""
        return next((state for state in reversed(self.steps) if state.taken), None)

    @property
    def term(self) -> str:
        return "" if self.examination.is_sent else term_words(self.examination.due_on, self.today)

    @property
    def is_late(self) -> bool:
        return self.examination.is_late(self.today)

    @cached_property
    def obstacles(self) -> list[Finding]:
        """What stands between the report and its next step."""
        if self.next is None:
            return []
        if self.next.step == Step.DISCUSSED:
            return unwritten(self.examination)
        return unfilled(self.examination) if self.next.step == Step.APPROVED else []

    @cached_property
    def last_year(self) -> dict[str, str]:
        return last_year_texts(self.organization, self.period)

    @property
    def copyable(self) -> int:
        """Empty sections for which last year's text is there."""
        if self.examination.is_approved:
            return 0
        return sum(1 for state in self.sections if state.text == "не написан" and state.kind.code in self.last_year)

    @cached_property
    def attachments(self) -> list[Any]:
        return list(self.examination.attachments.select_related("file")) if self.examination.pk else []

    @cached_property
    def current_digest(self) -> str:
        return digest_of(assemble(self.examination, self.form_pages))

    @property
    def is_changed_since_approval(self) -> bool:
        """Whether figures of the forms differ from what the head approved."""
        if not self.examination.is_approved or self.examination.document is None:
            return False
        now = assemble(self.examination, self.form_pages)
        return bool(now["tables"] != self.examination.document["tables"])

    @cached_property
    def copy(self) -> SelfExamPrint | None:
        """The printed copy of the present content, or the last one of all."""
        if not self.examination.pk:
            return None
        wanted = self.examination.digest or self.current_digest
        prints = self.examination.prints.select_related("pdf", "docx", "job").defer("document")
        return prints.filter(digest=wanted).first() or prints.filter(pdf__isnull=False).first()

    @property
    def is_copy_current(self) -> bool:
        return self.copy is not None and self.copy.digest == (self.examination.digest or self.current_digest)

    def section(self, code: str) -> SectionState | None:
        return next((state for state in self.sections if state.kind.code == code), None)

    def after(self, code: str) -> SectionState | None:
        """The section that follows."""
        place = next(number for number, state in enumerate(self.sections) if state.kind.code == code)
        return self.sections[place + 1] if place + 1 < len(self.sections) else None

    def beside(self, kind: SectionKind) -> list[Beside]:
        """Rows of the forms that belong to the section, with last year's."""
        found = []
        for page in self.form_pages:
            pack = page.submission.form.pack
            rows = [item for _, rows in page.sections for item in rows if kind.has(pack, item.row.number)]
            if rows:
                found.append(Beside(page, rows))
        return found


def _figure(item: PageRow, share: PageRow | None) -> Figure:
    def both(count: str, part: str) -> str:
        return f"{count} ({part})" if count and part else count or "—"

    return Figure(
        item.row.number,
        item.row.name,
        both(item.value, share.value if share else ""),
        both(item.previous, share.previous if share else ""),
    )


# --- the years of an organisation, and the board of the authority


def years_of(organization: Organization) -> list[Period]:
    """Years of the organisation's reports, and the newest for which it was asked, the newest first."""
    asked = Submission.objects.filter(organization=organization)
    return _years(asked, SelfExamination.objects.filter(organization=organization))


def all_years() -> list[Period]:
    """Years of which anybody has a report, and the newest that was asked. Years before the portal are not overdue."""
    return _years(Submission.objects.all(), SelfExamination.objects.all())


def _years(forms: QuerySet[Submission], examinations: QuerySet[SelfExamination]) -> list[Period]:
    calendar = Period.objects.filter(kind=Period.Kind.CALENDAR_YEAR).order_by("-starts_on")
    newest = calendar.filter(pk__in=forms.filter(form__pack__in=PACKS).values("period")).first()
    years = calendar.filter(Q(pk__in=examinations.values("period")) | Q(pk=newest.pk if newest else None))
    return list(years)


@dataclass(frozen=True)
class BoardRow:
    """An organisation on the board: where its report is."""

    organization: Organization
    examination: SelfExamination | None
    written: int
    needed: int
    taken: dict[str, SelfExamStep]
    due_on: date
    today: date

    @property
    def step(self) -> Step:
        return Step(self.examination.step) if self.examination else Step.DRAFT

    @property
    def text(self) -> str:
        if self.step == Step.DRAFT and not self.written:
            return "не начат"
        return str(self.step.label)

    @property
    def tone(self) -> str:
        return "neutral" if self.examination is None else self.examination.tone

    @property
    def sent_on(self) -> date | None:
        return self.examination.sent_on if self.examination else None

    @property
    def is_late(self) -> bool:
        return (self.sent_on or self.today) > self.due_on

    @property
    def term(self) -> str:
        if self.sent_on:
            return "после срока" if self.is_late else "в срок"
        return term_words(self.due_on, self.today)

    @property
    def url(self) -> str:
        """Where the organisation has published it."""
        published = self.taken.get(Step.PUBLISHED)
        return published.url if published else ""

    @property
    def marks(self) -> list[StepState]:
        awaited = next_step(self.step)
        return [StepState(kind, self.taken.get(kind.step), kind == awaited) for kind in STEPS]


def board(period: Period, today: date | None = None) -> list[BoardRow]:
    """Every organisation that is asked for the year's indicators; five queries."""
    day = today or timezone.localdate()
    forms: dict[int, list[Submission]] = {}
    for form in Submission.objects.filter(period=period, form__pack__in=PACKS).select_related("campaign"):
        forms.setdefault(form.organization_id, []).append(form)
    organizations = Organization.objects.filter(pk__in=forms).order_by("-kind", "number", "name_key")
    examinations = {row.organization_id: row for row in SelfExamination.objects.filter(period=period).defer("document")}
    taken: dict[int, dict[str, SelfExamStep]] = {}
    for step in SelfExamStep.objects.filter(examination__period=period, undone_at__isnull=True):
        taken.setdefault(step.examination_id, {})[step.step] = step
    written: dict[int, int] = {}
    texts = SelfExamSection.objects.filter(examination__period=period).exclude(text="")
    for examination_id in texts.values_list("examination_id", flat=True):
        written[examination_id] = written.get(examination_id, 0) + 1
    rows = []
    for organization in organizations:
        found = examinations.get(organization.pk)
        pk = found.pk if found else 0
        rows.append(
            BoardRow(
                organization, found, written.get(pk, 0), len(sections_for(organization.programmes)), taken.get(pk, {}),
                found.due_on if found else due_on(forms[organization.pk], period), day,
            )
        )  # fmt: skip
    return rows


@dataclass(frozen=True)
class BoardCounts:
    total: int
    not_started: int
    draft: int
    discussed: int
    approved: int
    published: int
    sent: int
    late: int


def counts_of(rows: Iterable[BoardRow]) -> BoardCounts:
    rows = list(rows)
    at = {step: sum(1 for row in rows if row.step == step) for step in Step}
    not_started = sum(1 for row in rows if row.text == "не начат")
    return BoardCounts(
        total=len(rows), not_started=not_started, draft=at[Step.DRAFT] - not_started, discussed=at[Step.DISCUSSED],
        approved=at[Step.APPROVED], published=at[Step.PUBLISHED], sent=at[Step.SENT],
        late=sum(1 for row in rows if row.is_late and not row.sent_on),
    )  # fmt: skip


def narrowed(
    rows: Iterable[BoardRow], *, step: str = "", kind: str = "", late: bool = False, query: str = ""
) -> list[BoardRow]:
    """Rows of the board by state, kind of organisation, lateness and a part of the name."""
    words = query.lower().replace("ё", "е").strip()
    return [
        row
        for row in rows
        if (not step or _at(row) == step)
        and (not kind or row.organization.kind == kind)
        and (not late or (row.is_late and not row.sent_on))
        and (not words or words in row.organization.name.lower().replace("ё", "е") or words in row.organization.code)
    ]


def _at(row: BoardRow) -> str:
    return "not_started" if row.text == "не начат" else str(row.step.value)


HEADERS = ("Организация", "Код", "Вид", "Состояние", "Разделов написано", "Разделов всего", "Обсуждён", "Протокол",
           "Утверждён", "Приказ", "Опубликован", "Ссылка", "Направлен", "Направить до", "Просрочено")  # fmt: skip


def board_workbook(rows: Iterable[BoardRow]) -> bytes:
    """The board as an xlsx."""
    return export_table(HEADERS, (_cells(row) for row in rows), title="Самообследование")


def _cells(row: BoardRow) -> tuple[Any, ...]:
    def day(step: Step) -> date | None:
        taken = row.taken.get(step)
        return taken.happened_on if taken else None

    def number(step: Step) -> str:
        taken = row.taken.get(step)
        return taken.number if taken else ""

    return (
        row.organization.name, row.organization.code, row.organization.get_kind_display(), row.text, row.written,
        row.needed, day(Step.DISCUSSED), number(Step.DISCUSSED), day(Step.APPROVED), number(Step.APPROVED),
        day(Step.PUBLISHED), row.url, row.sent_on, row.due_on, "да" if row.is_late else "нет",
    )  # fmt: skip


def visible_prints(user: Any) -> QuerySet[SelfExamPrint]:
    """Copies that the person may open: a school its own, the authority those of reports sent to it and drafts too."""
    return SelfExamPrint.objects.filter(examination__in=SelfExamination.objects.visible_to(user))
