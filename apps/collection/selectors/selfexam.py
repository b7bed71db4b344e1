"""Pages of the report on self-examination: the organisation's own and one section."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.collection.models import SelfExamination, SelfExamPrint, SelfExamSection, SelfExamStep, Submission
from apps.collection.selectors.page import PageRow, SubmissionPage
from apps.collection.selectors.tasks import days
from apps.collection.selfexam.content import assemble, due_on, forms_of
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
    def _document(self) -> dict[str, Any]:
        return assemble(self.examination, self.form_pages)

    @cached_property
    def current_digest(self) -> str:
        return digest_of(self._document)

    @property
    def is_changed_since_approval(self) -> bool:
        """Whether figures of the forms differ from what the head approved."""
        if not self.examination.is_approved or self.examination.document is None:
            return False
        return bool(self._document["tables"] != self.examination.document["tables"])

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


def visible_prints(user: Any) -> QuerySet[SelfExamPrint]:
    """Copies that the person may open: a school its own, the authority those of reports sent to it and drafts too."""
    return SelfExamPrint.objects.filter(examination__in=SelfExamination.objects.visible_to(user))
