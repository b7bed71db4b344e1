"""The authority's board of reports on self-examination, and the years of which there are reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.collection.models import SelfExamination, SelfExamSection, SelfExamStep, Submission
from apps.collection.selectors.selfexam import StepState, term_words
from apps.collection.selfexam.content import PACKS, due_on
from apps.collection.selfexam.sections import sections_for
from apps.collection.selfexam.steps import STEPS, Step, next_step
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.workbooks.writing import export_table


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
