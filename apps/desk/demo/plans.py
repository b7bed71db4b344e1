"""Monitoring of the nine plans: two years accepted, in the year in work a few campaigns in their middle."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from apps.collection import services as collection
from apps.collection.definition import FormDefinition, Given, definition_of
from apps.collection.models import Campaign, Form, Submission
from apps.collection.services.forms import PLANS
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.desk.demo import past
from apps.desk.demo.answers import plans as answers
from apps.desk.demo.campaigns import CONTACTS, accepted_course
from apps.desk.demo.chance import Draw, generator
from apps.desk.demo.courses import Days, date_campaign
from apps.desk.demo.people import HOME_KINDERGARTEN, HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.indicators.models import IndicatorVersion, Rule
from apps.organizations.models import Organization

NOW = ("plan_3", "plan_8")  # collected in the year in work
HANDED_IN = 0.6  # of the organisations in their middle
INSTRUCTIONS = "Впишите численности за учебный год. Имён не нужно: только числа. Доли портал посчитает сам."


@dataclass(frozen=True)
class Asked:
    """The form of a plan: what it asks, which row is a part of which, of which less is better."""

    form: Form
    definition: FormDefinition
    parts: dict[str, str]
    bad: frozenset[str]


def load(world: World) -> None:
    asked = [_asked(form) for form in Form.objects.filter(is_active=True, code__in=PLANS).order_by("code")]
    years = world.timeline.school_years
    _year(world, 1, years[1], asked)
    _year(world, 2, years[2], [one for one in asked if one.form.code in NOW], in_its_middle=True)


def _asked(form: Form) -> Asked:
    rules = Rule.objects.filter(pack=form.pack, code__startswith=f"{form.pack}.part.")
    versions = IndicatorVersion.objects.current().filter(indicator__pack=form.pack, polarity="lower")
    bad = frozenset(versions.values_list("indicator__code", flat=True))
    return Asked(form, definition_of(form), {rule.indicators[0]: rule.indicators[1] for rule in rules}, bad)


def _year(world: World, year: int, span: PeriodSpan, asked: list[Asked], *, in_its_middle: bool = False) -> None:
    """Open a campaign a plan; what is handed in is written at once, as the services would have written it."""
    days = _days(world, span, in_its_middle)
    by_code = {one.form.code: one for one in asked}
    campaigns = [_open(world, span, one.form) for one in asked]
    handed_in = []
    found = Submission.objects.filter(campaign__in=campaigns).select_related(
        "organization", "form", "period", "campaign"
    )
    for submission in found.order_by("pk"):
        if in_its_middle and not _is_quick(world, submission):
            continue
        one = by_code[submission.form.code]
        course = accepted_course(world, submission, days, late_chance=0 if in_its_middle else 0.05)
        signer = director_of(world, submission.organization.code)
        handed_in.append(
            past.HandedIn(submission, one.definition, _given(world, year, submission, one), course, signer)
        )
    past.write(handed_in, days, by=world.people["specialist"])
    today = world.timeline.today
    for campaign in campaigns:
        if in_its_middle:
            shown = Days(days.opens, today + timedelta(days=10), today + timedelta(days=20))
            date_campaign(campaign, shown, [])
        else:
            closed = collection.close_campaign(campaign=campaign, by=world.people["specialist"])
            date_campaign(closed, days, [])


def _days(world: World, span: PeriodSpan, in_its_middle: bool) -> Days:
    if in_its_middle:  # what came in came in before today
        today = world.timeline.today
        return Days(today - timedelta(days=30), today - timedelta(days=10), today + timedelta(days=20))
    year = span.ends_on.year
    return Days(date(year, 5, 12), date(year, 6, 10), date(year, 6, 30))


def _is_quick(world: World, submission: Submission) -> bool:
    code = submission.organization.code
    if code in {HOME_SCHOOL, HOME_KINDERGARTEN}:
        return False
    return bool(generator(world.seed, code, submission.form.code, "quick").random() < HANDED_IN)


def _open(world: World, span: PeriodSpan, form: Form) -> Campaign:
    today = world.timeline.today
    opened = collection.open_campaign(
        title=f"{form.short_title}, {span.code}",
        period=Period.objects.named(span),
        forms=[form],
        organizations=_addressees(world, form),
        opens_on=today,
        due_on=today,
        closes_on=today,
        by=world.people["specialist"],
        instructions=INSTRUCTIONS,
        contacts=CONTACTS,
    )
    return opened.campaign


def _addressees(world: World, form: Form) -> list[Organization]:
    wanted = set(form.programmes)
    return [one for one in world.organizations.values() if not wanted or wanted & set(one.programmes)]


def _given(world: World, year: int, submission: Submission, asked: Asked) -> dict[str, Given]:
    code = submission.organization.code
    draw = Draw(world.portraits[code], year, world.seed)
    keys = [row.key for row in asked.definition.inputs]
    found = answers.answers(draw, keys, asked.parts, asked.bad)
    return {key: Given(number=Decimal(int(number))) for key, number in found.items() if number is not None}
