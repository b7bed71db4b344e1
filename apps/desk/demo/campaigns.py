"""Campaigns of самообследование: two years accepted, the present one in its middle, through the room's own services.

Kindergartens are past their term (one late, one returned), schools have three days left, additional education is not
asked yet: that campaign is left to the newcomer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from apps.collection import services as collection
from apps.collection.checks import check
from apps.collection.definition import FormDefinition, Given, definition_of
from apps.collection.models import Campaign, Form, Submission
from apps.collection.selectors.values import previous_numbers
from apps.collection.states import State
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.core.planning import refresh_statistics
from apps.desk.demo import answers, catalog, dating, past
from apps.desk.demo.chance import Draw, generator
from apps.desk.demo.courses import Course, Days, date_campaign
from apps.desk.demo.people import HOME_KINDERGARTEN, HOME_SCHOOL, SECOND_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.indicators.services import load_packs
from apps.organizations.models import Organization

CONTACTS = "Отдел оценки качества образования, 8 (00000) 2-00-05, specialist@demo.invalid"
INSTRUCTIONS = (
    "Заполните показатели за календарный год по данным на 31 декабря. Ответить можно на странице или в книге Excel: "
    "скачайте её, заполните и загрузите обратно. Строки, которых нет в приказе, помечены."
)
NO_GRADE_ELEVEN = "в школе нет 11 класса"
QUERY_EXPLANATION = "Проверено по первичным документам: изменение связано с составом контингента."
DAYS_TO_DO = 3  # schools' term from today
DAYS_LATE = 5  # since the kindergartens' term

LATE = "kindergarten-07"
SUBMITTED_LATE = "kindergarten-09"
SCHOOL_STATES = {
    HOME_SCHOOL: State.NOT_STARTED,
    "school-17": State.NOT_STARTED,
    "school-22": State.NOT_STARTED,
    SECOND_SCHOOL: State.DRAFT,
    "school-11": State.DRAFT,
    "school-15": State.DRAFT,
    "school-20": State.DRAFT,
    "school-01": State.SUBMITTED,
    "school-07": State.SUBMITTED,
    "school-13": State.SUBMITTED,
    "school-16": State.SUBMITTED,
    "school-21": State.SUBMITTED,
    "school-12": State.RETURNED,
    "school-19": State.RETURNED,
}
KINDERGARTEN_STATES = {LATE: State.DRAFT, SUBMITTED_LATE: State.SUBMITTED, HOME_KINDERGARTEN: State.RETURNED}
COMMENTS = {
    "so_oo": (
        "Проверьте строку 1.33: повышение квалификации за пять лет прошли меньше работников, чем в прошлом году, "
        "хотя штат не изменился. Если число верное, напишите пояснение к строке."
    ),
    "so_doo": (
        "Проверьте строки 1.5 и 1.5.1: детей с ОВЗ больше, чем в сведениях за декабрь. "
        "Уточните по заключениям ПМПК и отправьте форму снова."
    ),
}


@dataclass(frozen=True)
class FormSet:
    """The forms of the three packs and what they ask."""

    forms: dict[str, Form]
    definitions: dict[str, FormDefinition]

    @classmethod
    def read(cls) -> "FormSet":
        forms = {form.pack: form for form in Form.objects.filter(is_active=True, pack__in=answers.FORMS)}
        return cls(forms, {pack: definition_of(form) for pack, form in forms.items()})


@dataclass
class Filled:
    """A submission with the way it goes."""

    submission: Submission
    course: Course


def load(world: World) -> None:
    """Load the packs and forms, then live through the three years."""
    load_packs()
    collection.refresh_forms()
    asked = FormSet.read()
    for year in (0, 1):
        _past_year(world, year, asked)
    _present_kindergartens(world, asked)
    _present_schools(world, asked)


def _open(
    world: World, title: str, span: PeriodSpan, forms: list[Form], organizations: Iterable[Organization]
) -> Campaign:
    """Open it as of today; `dating` then moves it to its own days."""
    today = world.timeline.today
    opened = collection.open_campaign(
        title=title,
        period=Period.objects.named(span),
        forms=forms,
        organizations=organizations,
        opens_on=today,
        due_on=today,
        closes_on=today,
        by=world.people["specialist"],
        instructions=INSTRUCTIONS,
        contacts=CONTACTS,
    )
    return opened.campaign


def _past_year(world: World, year: int, asked: FormSet) -> None:
    """A finished campaign. Its hundred forms are written at once, as the services would have written them."""
    span = world.timeline.calendar_years[year]
    after = int(span.code) + 1
    title = f"Самообследование за {span.code} год"
    campaign = _open(world, title, span, list(asked.forms.values()), world.organizations.values())
    days = Days(opens=date(after, 3, 1), due=date(after, 4, 20), closes=date(after, 5, 15))
    handed_in = []
    for submission in _submissions(campaign):
        definition = asked.definitions[submission.form.pack]
        given = _answers(world, year, submission, definition)
        course = accepted_course(world, submission, days, late_chance=0.06)
        signer = director_of(world, submission.organization.code)
        handed_in.append(past.HandedIn(submission, definition, given, course, signer))
    past.write(handed_in, days, by=world.people["specialist"])
    refresh_statistics()
    campaign = collection.close_campaign(campaign=campaign, by=world.people["specialist"])
    date_campaign(campaign, days, [])


def _present_kindergartens(world: World, asked: FormSet) -> None:
    today = world.timeline.today
    due = today - timedelta(days=DAYS_LATE)
    days = Days(opens=due - timedelta(days=20), due=due, closes=due + timedelta(days=14))
    states = {code: KINDERGARTEN_STATES.get(code, State.ACCEPTED) for code in _codes(catalog.KINDERGARTENS)}
    narrowed = replace(asked, forms={"so_doo": asked.forms["so_doo"]})
    _present(world, "Самообследование детских садов", days, narrowed, states)


def _present_schools(world: World, asked: FormSet) -> None:
    today = world.timeline.today
    due = today + timedelta(days=DAYS_TO_DO)
    days = Days(opens=due - timedelta(days=21), due=due, closes=due + timedelta(days=14))
    codes = [code for code in _codes(catalog.SCHOOLS) if code != catalog.MERGED]
    states = {code: SCHOOL_STATES.get(code, State.ACCEPTED) for code in codes}
    narrowed = replace(asked, forms={pack: asked.forms[pack] for pack in ("so_oo", "so_doo")})
    _present(world, "Самообследование школ", days, narrowed, states)


def _codes(portraits: Iterable[catalog.Portrait]) -> list[str]:
    return [portrait.code for portrait in portraits]


def _present(world: World, title: str, days: Days, asked: FormSet, states: dict[str, State]) -> None:
    span = world.timeline.calendar_years[2]
    addressees = [world.organizations[code] for code in states]
    campaign = _open(world, f"{title} за {span.code} год", span, list(asked.forms.values()), addressees)
    filled = []
    for submission in _submissions(campaign):
        course = _present_course(world, submission, days, State(states[submission.organization.code]))
        filled.append(_go(world, 2, submission, asked, course))
    _accept(world, [one for one in filled if one.course.state == State.ACCEPTED])
    date_campaign(campaign, days, [(one.submission, one.course) for one in filled])


def _submissions(campaign: Campaign) -> list[Submission]:
    found = Submission.objects.filter(campaign=campaign).select_related("organization", "form", "campaign__period")
    return list(found.order_by("organization__code", "form__code"))


# --- one form of one organisation


def accepted_course(world: World, submission: Submission, days: Days, *, late_chance: float) -> Course:
    """Handed in some days before the term (a few after it) and accepted within a week."""
    lots = generator(world.timeline.today.year, submission.organization.code, submission.form.pack, days.due)
    late = lots.random() < late_chance
    before = -int(lots.integers(1, 6)) if late else int(lots.integers(0, min(18, (days.due - days.opens).days - 1)))
    submitted = dating.working_hour(days.due - timedelta(days=before), lots)
    filled = min(submitted - timedelta(hours=2), submitted - timedelta(days=int(lots.integers(0, 3))))
    decided = dating.working_hour(submitted.date() + timedelta(days=int(lots.integers(1, 6))), lots)
    return Course(
        State.ACCEPTED, filled=filled, submitted=submitted, decided=max(decided, submitted + timedelta(hours=2))
    )


def _present_course(world: World, submission: Submission, days: Days, state: State) -> Course:
    """Like a past one, but nothing happens later than this morning."""
    now = dating.this_morning(world.timeline.today)
    course = accepted_course(world, submission, _shifted(days, world.timeline.today), late_chance=0)
    if submission.organization.code == SUBMITTED_LATE:
        submitted = dating.at(world.timeline.today - timedelta(days=3), 16)
        course = Course(state, filled=submitted - timedelta(hours=3), submitted=submitted)
    decided = min(course.decided, now) if course.decided else None
    if state == State.NOT_STARTED:
        return Course(state)
    if state == State.DRAFT:
        return Course(state, filled=course.filled)
    if state == State.SUBMITTED:
        return replace(course, state=state, decided=None)
    comment = COMMENTS[submission.form.pack] if state == State.RETURNED else ""
    return replace(course, state=state, decided=decided, comment=comment)


def _shifted(days: Days, today: date) -> Days:
    """The term as far as it has come: what is handed in was handed in before today."""
    return replace(days, due=min(days.due, today - timedelta(days=2)))


def _go(world: World, year: int, submission: Submission, asked: FormSet, course: Course) -> Filled:
    """Take the form as far as its course says; acceptance comes later, for all at once."""
    if course.state == State.NOT_STARTED:
        return Filled(submission, course)
    director = director_of(world, submission.organization.code)
    given = given_answers(world, year, submission, asked.definitions[submission.form.pack])
    if course.state == State.DRAFT:
        given = dict(list(given.items())[: round(0.6 * len(given))])
    collection.save_answers(submission=submission, answers=given, by=director)
    if course.state == State.DRAFT:
        return Filled(submission, course)
    collection.submit_submission(submission=submission, by=director)
    if course.state == State.RETURNED:
        collection.return_submission(submission=submission, comment=course.comment, by=world.people["specialist"])
    return Filled(submission, course)


def _accept(world: World, filled: list[Filled]) -> None:
    accepted, problems = collection.accept_submissions(
        submissions=[one.submission for one in filled], by=world.people["specialist"]
    )
    if accepted != len(filled):
        raise RuntimeError(f"demonstration: {len(filled) - accepted} forms were not accepted: {problems[:3]}")


def _answers(world: World, year: int, submission: Submission, definition: FormDefinition) -> dict[str, Given]:
    """What the organisation answers, by the key of the row."""
    pack, code = submission.form.pack, submission.organization.code
    draw = Draw(world.portraits[code], year, world.seed)
    given = {f"{pack}.{number}": _given(answer) for number, answer in answers.FORMS[pack](draw).items()}
    return {row.key: given[row.key] for row in definition.inputs if row.key in given}


def given_answers(world: World, year: int, submission: Submission, definition: FormDefinition) -> dict[str, Given]:
    """The same with an explanation where the checks ask for one."""
    given = _answers(world, year, submission, definition)
    for remark in check(definition, given, previous_numbers(submission)):
        if remark.is_query:
            given[remark.key] = replace(given[remark.key], explanation=QUERY_EXPLANATION)
    return given


def _given(answer: answers.Answer) -> Given:
    if answer is None:
        return Given(absence_reason=NO_GRADE_ELEVEN)
    return Given(number=Decimal(int(answer)) if isinstance(answer, bool | int) else answer)
