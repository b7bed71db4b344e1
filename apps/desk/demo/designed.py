"""Forms composed on the portal: gifted children (a campaign in its middle), a checklist of conditions, and a draft.

The draft asks what самообследование asks already, so its page shows the refusal with the name of that form.
"""

from datetime import timedelta
from decimal import Decimal

from apps.collection import services as collection
from apps.collection.definition import Given
from apps.collection.models import Form, FormField, Submission
from apps.collection.selectors.values import definition_for, previous_numbers
from apps.collection.services import designing, designing_rows, designing_rules
from apps.core.models import Period
from apps.desk.demo.chance import generator
from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.indicators.models import IndicatorVersion, Rule
from apps.organizations.models import Feature, Kind, Organization

EXPERTS = (
    "Методист по работе с одарёнными детьми Абрамцева М. А., 8 (00000) 2-00-07\n"
    "Педагог-психолог центра сопровождения, вторник и четверг с 10 до 12"
)
BASIS = "Приказ управления образования Заречного муниципального округа от 01.09.2025 № 214"
FEATURES = {
    "school-15": [Feature.SMALL, Feature.BOARDING],
    "school-20": [Feature.SMALL],
    "school-01": [Feature.LARGE, Feature.PROFILE, Feature.SECOND_SHIFT],
    "school-07": [Feature.OVZ_CLASSES],
    "school-13": [Feature.OVZ_INCLUSION],
}
ANSWERED, ACCEPTED = 9, 5  # of the gifted children's campaign


def load(world: World) -> None:
    for code, features in FEATURES.items():
        organization = world.organizations[code]
        organization.features = [str(feature) for feature in features]
        organization.save(update_fields=["features"])
    _conditions(world)
    _gifted(world)
    _draft(world)


def _versions(pack: str) -> list[IndicatorVersion]:
    rows = IndicatorVersion.objects.current().filter(indicator__pack=pack, indicator__is_group=False)
    return list(rows.select_related("indicator").order_by("indicator__order"))


def _add_sections(world: World, form: Form, pack: str, names: dict[str, str]) -> None:
    """Rows of a pack, a section for each of its groups."""
    versions = _versions(pack)
    for number, name in names.items():
        rows = [version for version in versions if version.indicator.number.split(".")[0] == number]
        designing_rows.add_rows(form=form, versions=rows, section=f"{number}. {name}", by=world.people["methodologist"])


def _conditions(world: World) -> None:
    by = world.people["methodologist"]
    values = {
        "title": "Условия реализации программ по требованиям ФГОС: проверочный лист",
        "short_title": "Условия по ФГОС",
        "legal_basis": "Приказы Минпросвещения России от 31.05.2021 № 286 и № 287 (ФГОС НОО и ООО)",
        "basis_point": "требования к условиям реализации программ",
        "source_state": "unconfirmed",
        "prepared_by": "deputy",
        "kinds": ["school"],
        "instructions": "Отвечайте «да» или «нет» по состоянию на 31 декабря. Доли портал вычислит сам.",
    }
    form = designing.create_form(values=values, by=by)
    names = {
        "1": "Общесистемные требования", "2": "Материально-технические условия", "3": "Учебно-методические условия",
        "4": "Психолого-педагогические условия", "5": "Кадровые условия", "6": "Финансовые условия", "7": "Итог",
    }  # fmt: skip
    _add_sections(world, form, "conditions", names)
    designing.publish_form(form=form, by=by)


def _gifted(world: World) -> None:
    by = world.people["methodologist"]
    values = {
        "title": "Одарённые и мотивированные дети: выявление и поддержка",
        "short_title": "Одарённые дети",
        "legal_basis": BASIS,
        "basis_point": "пункт 4",
        "source_state": "municipal",
        "prepared_by": "psychologist",
        "kinds": ["school", "additional"],
        "instructions": "Указывайте только численность: имена детей на портал не передаются.",
    }
    form = designing.create_form(values=values, by=by)
    whole = IndicatorVersion.objects.current().filter(indicator__code__in=("so_oo.1.1", "so_dod.1.1"))
    rows = list(whole.select_related("indicator"))
    designing_rows.add_rows(form=form, versions=rows, section="Численность обучающихся", by=by)
    for field in form.fields.select_related("version__indicator"):
        kind = "school" if field.version.indicator.pack == "so_oo" else "additional"
        taken = {"reuse": FormField.Reuse.TAKE, "kinds": [kind]}
        designing_rows.edit_row(form=form, pk=field.pk, values=taken, by=by)
    _add_sections(world, form, "talents", {"1": "Выявление", "2": "Поддержка по видам", "3": "Условия"})
    for rule in Rule.objects.filter(pack="talents", is_active=True).order_by("order"):
        put = {"rule": rule.condition, "severity": rule.severity, "message": rule.message, "place": rule.indicators[0]}
        designing_rules.add_rule(form=form, values=put, by=by)
    form = designing.publish_form(form=form, by=by)
    _ask(world, form)


def _ask(world: World, form: Form) -> None:
    """Nine of the organisations have answered, five are accepted; the newcomer's school is not asked."""
    today = world.timeline.today
    asked = Organization.objects.filter(kind__in=(Kind.SCHOOL, Kind.ADDITIONAL)).exclude(code=HOME_SCHOOL)
    opened = collection.open_campaign(
        title=f"Одарённые дети за {world.timeline.calendar_years[2].code} год",
        period=Period.objects.named(world.timeline.calendar_years[2]),
        forms=[form],
        organizations=asked,
        opens_on=today,
        due_on=today + timedelta(days=12),
        closes_on=today + timedelta(days=20),
        by=world.people["methodologist"],
        instructions="Ответьте по данным на 31 декабря. Общая численность уже известна из самообследования.",
        contacts="Отдел методической работы, 8 (00000) 2-00-07, methodologist@demo.invalid",
        experts=EXPERTS,
    )
    found = opened.campaign.submissions.select_related("organization", "form", "campaign__period", "period")
    answered = list(found.exclude(organization__kind=Kind.KINDERGARTEN).order_by("organization__code"))[:ANSWERED]
    for submission in answered:
        director = director_of(world, submission.organization.code)
        collection.save_answers(submission=submission, answers=_answers(world, submission), by=director)
        collection.submit_submission(submission=submission, by=director)
    collection.accept_submissions(submissions=answered[:ACCEPTED], by=world.people["specialist"])


def _answers(world: World, submission: Submission) -> dict[str, Given]:
    lots = generator(world.seed, submission.organization.code, "talents")
    found = int(lots.integers(12, 60))
    supported = int(lots.integers(6, found))
    numbers = {"1.1": found, "2.6": supported, "3.1": int(lots.random() < 0.8), "3.2": int(lots.integers(0, 9))}
    numbers["1.2"] = int(lots.integers(20, 160))
    numbers["1.3"] = int(lots.integers(0, numbers["1.2"] // 4))
    numbers |= {f"2.{place}": int(lots.integers(0, supported + 1)) for place in range(1, 6)}
    given = {f"talents.{row}": Given(number=Decimal(number)) for row, number in numbers.items()}
    before = previous_numbers(submission)
    pupils = {key: before.get(key, Decimal(300)) + int(lots.integers(-9, 10)) for key in ("so_oo.1.1", "so_dod.1.1")}
    asked = {row.key for row in definition_for(submission).inputs}  # what was collected already is not asked
    return {key: item for key, item in given.items() if key in asked} | {
        key: Given(number=number) for key, number in pupils.items() if key in asked
    }


def _draft(world: World) -> None:
    by = world.people["specialist"]
    values = {
        "title": "Кадры к августовскому совещанию",
        "short_title": "Кадры к августовскому совещанию",
        "legal_basis": BASIS,
        "basis_point": "пункт 7",
        "source_state": "municipal",
        "prepared_by": "personnel",
        "kinds": ["school"],
    }
    form = designing.create_form(values=values, by=by)
    codes = ("so_oo.1.24", "so_oo.1.25", "conditions.5.1")
    rows = IndicatorVersion.objects.current().filter(indicator__code__in=codes).select_related("indicator")
    designing_rows.add_rows(form=form, versions=list(rows), section="1. Педагоги", by=by)
