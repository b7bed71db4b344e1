"""Reports on self-examination: those of the year before all sent, those of the year in work at different steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from apps.accounts.models import User
from apps.collection.definition import FormDefinition
from apps.collection.models import SelfExamination, SelfExamPrint, SelfExamSection, SelfExamStep, Submission
from apps.collection.selectors.page import SubmissionPage
from apps.collection.selfexam.content import assemble, due_on, forms_of
from apps.collection.selfexam.sections import sections_for
from apps.collection.selfexam.steps import ORDER, STEPS, Step
from apps.collection.services import selfexam as services
from apps.core.documents.frozen import digest_of
from apps.core.figures import NO_DATA
from apps.core.models import Event, Period
from apps.desk.demo import dating, papers
from apps.desk.demo.chance import generator
from apps.desk.demo.people import HOME_KINDERGARTEN, HOME_SCHOOL, SECOND_SCHOOL, director_of
from apps.desk.demo.selfexam_texts import text_of
from apps.desk.demo.world import World
from apps.organizations.models import Organization

# Where organisations are in the year in work; those that are not named have not begun, and neither have those
# whose form of indicators is not filled.
PRESENT = {
    "school-01": Step.SENT,
    "school-02": Step.SENT,
    "school-03": Step.PUBLISHED,
    "school-04": Step.PUBLISHED,
    "school-05": Step.APPROVED,
    "school-07": Step.APPROVED,
    "school-08": Step.DISCUSSED,
    "school-10": Step.DISCUSSED,
    "kindergarten-01": Step.SENT,
    "kindergarten-02": Step.SENT,
    "kindergarten-03": Step.SENT,
    "kindergarten-04": Step.PUBLISHED,
    "kindergarten-06": Step.APPROVED,
}
PRESENT |= {f"kindergarten-{number:02d}": Step.SENT for number in (8, 9, 10, 11, 12, 13, 14, 16, 18)}
BEGUN = {HOME_SCHOOL: 5, SECOND_SCHOOL: 8, HOME_KINDERGARTEN: 6}  # sections written by hand
SENT_LATE = ("school-19", "kindergarten-07")  # of the year before


_Definitions = dict[int, FormDefinition]  # by form: read once for all organisations


@dataclass(frozen=True)
class _Days:
    """When the steps were taken."""

    discussed: date
    approved: date
    published: date
    sent: date

    def of(self, step: Step) -> date:
        day: date = getattr(self, step.value)
        return day


def load(world: World) -> None:
    definitions: _Definitions = {}
    _past_year(world, definitions)
    _present_year(world, definitions)


def _past_year(world: World, definitions: _Definitions) -> None:
    span = world.timeline.calendar_years[1]
    period = Period.objects.named(span)
    asked = Submission.objects.filter(period=period).values("organization")
    after = int(span.code) + 1
    for organization in Organization.objects.filter(pk__in=asked):
        lots = generator(world.seed, organization.code, "selfexam", span.code)
        sent = date(after, 4, 20) - timedelta(days=int(lots.integers(0, 9)))
        if organization.code in SENT_LATE:
            sent = date(after, 4, 20) + timedelta(days=6)
        days = _Days(sent - timedelta(days=16), sent - timedelta(days=11), sent - timedelta(days=1), sent)
        made = _write(world, definitions, organization, period=period, step=Step.SENT, days=days)
        if organization.code == HOME_SCHOOL:
            _print(world, made)


def _present_year(world: World, definitions: _Definitions) -> None:
    today = world.timeline.today
    period = Period.objects.named(world.timeline.calendar_years[2])
    for code, step in PRESENT.items():
        # Kindergartens' term was five days ago, schools' is in three days.
        earlier = 7 if code.startswith("kindergarten") else 0
        days = _Days(*(today - timedelta(days=back + earlier) for back in (9, 6, 4, 2)))
        _write(world, definitions, world.organizations[code], period=period, step=step, days=days)
    for code, count in BEGUN.items():
        _begin(world, definitions, world.organizations[code], period, count)


def _pages(definitions: _Definitions, forms: list[Submission]) -> list[SubmissionPage]:
    """The forms; a definition is read once for all organisations, and what stands beside values not at all."""
    pages = []
    for form in forms:
        page = SubmissionPage(form)
        page.remarks, page.previous = [], {}
        if form.form_id in definitions:
            page.definition = definitions[form.form_id]
        definitions[form.form_id] = page.definition
        pages.append(page)
    return pages


def _values(pages: list[SubmissionPage]) -> dict[str, str]:
    return {item.row.key: item.value for page in pages for _, rows in page.sections for item in rows if item.value}


def _texts(organization: Organization, period: Period, pages: list[SubmissionPage]) -> dict[str, str]:
    facts = {
        "name": organization.full_name or organization.name,
        "founder": "управление образования",
        "year": period.code,
        "post": "заведующий" if organization.kind == "kindergarten" else "директор",
    }
    values = _values(pages)
    return {
        kind.code: text_of(kind.code, organization.kind, values, facts)
        for kind in sections_for(organization.programmes)
    }


def _write(
    world: World, definitions: _Definitions, organization: Organization, *, period: Period, step: Step, days: _Days
) -> SelfExamination:
    """A report that has gone up to the step, written at once as the services would have written it."""
    director = director_of(world, organization.code)
    forms = forms_of(organization, period)
    pages = _pages(definitions, forms)
    due = due_on(forms, period)
    made = SelfExamination.objects.create(
        organization=organization, period=period, due_on=due, created_at=dating.at(days.discussed, 9)
    )
    _sections(made, _texts(organization, period, pages), director, dating.at(days.discussed, 10))
    for kind in STEPS[: ORDER[step]]:
        _step(made, kind.step, days, director)
        if kind.step == Step.APPROVED:
            made.document = assemble(made, pages)
            made.digest = digest_of(made.document)
    made.step = step
    made.sent_on = days.sent if step == Step.SENT else None
    made.save()
    _history(made, step, days, director)
    return made


def _sections(made: SelfExamination, texts: Mapping[str, str], by: User, at: datetime) -> None:
    SelfExamSection.objects.bulk_create(
        SelfExamSection(
            examination=made, code=code, text=text, revision=1, is_cleared=True, changed_by=by, changed_at=at
        )
        for code, text in texts.items()
    )


def _step(made: SelfExamination, step: Step, days: _Days, by: User) -> None:
    day, code = days.of(step), made.organization.code
    papers = {
        Step.DISCUSSED: {"body": "педагогический совет", "number": "4"},
        Step.APPROVED: {"number": f"{day.month}{day.day:02d}-о"},
        Step.PUBLISHED: {"url": f"https://{code}.demo.invalid/sveden/document/self-examination-{made.period.code}.pdf"},
    }
    SelfExamStep.objects.create(
        examination=made, step=step, happened_on=day, taken_by=by, taken_at=dating.at(day, 15), **papers.get(step, {})
    )


def _history(made: SelfExamination, step: Step, days: _Days, by: User) -> None:
    Event.objects.bulk_create(
        Event(
            kind=f"selfexam.{kind.code}",
            subject=SelfExamination._meta.label,
            subject_id=str(made.pk),
            actor=by,
            at=dating.at(days.of(kind.step), 15),
            text=f"{kind.title}: {days.of(kind.step):%d.%m.%Y}",
        )
        for kind in STEPS[: ORDER[step]]
    )


def _begin(world: World, definitions: _Definitions, organization: Organization, period: Period, count: int) -> None:
    """Some sections written by the organisation's people, the next ones copied from last year."""
    director = director_of(world, organization.code)
    pages = _pages(definitions, forms_of(organization, period))
    texts = _texts(organization, period, pages)
    own = [code for code, text in texts.items() if NO_DATA not in text][:count]
    for code in own:
        services.save_section(
            organization=organization, period=period, code=code, text=texts[code], revision=0, by=director,
            is_cleared=True,
        )  # fmt: skip
    for code in [code for code in texts if code not in own][:2]:
        services.copy_last_year(organization=organization, period=period, by=director, code=code)
    made = SelfExamination.objects.get(organization=organization, period=period)
    moment = dating.at(world.timeline.today - timedelta(days=1), 14)
    made.sections.update(changed_at=moment)
    Event.objects.filter(subject=SelfExamination._meta.label, subject_id=str(made.pk)).update(at=moment)


def _print(world: World, made: SelfExamination) -> None:
    """The papers of one report, as a worker would have made them."""
    from apps.collection.selfexam import paper, word

    assert made.document is not None
    sent = made.sent_on or world.timeline.today
    copy = SelfExamPrint.objects.create(
        examination=made, document=made.document, digest=made.digest, is_draft=False,
        asked_by=director_of(world, made.organization.code), asked_at=dating.at(sent, 11),
    )  # fmt: skip
    docx = word.render(made.document, made.digest, is_draft=False)
    papers.order(
        world,
        source=paper.written(made.document, made.digest, is_draft=False),
        identifier=made.digest,
        then=lambda pdf: services.keep_print(copy=copy, pdf=pdf, docx=docx),
    )
