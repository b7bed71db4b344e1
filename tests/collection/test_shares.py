"""Ten rows of the act's annexes against a table worked by hand, the whole way: page or workbook, acceptance, figures.

The fractions are written from the text of order № 1324 («удельный вес … в общей численности …», «в расчёте на одного
учащегося», «на одного воспитанника»), not from the formulas of the packs. All numbers are invented.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection import services
from apps.collection.definition import definition_of
from apps.collection.models import Campaign, Form, Submission
from apps.core.models import Job, Period
from apps.indicators.models import Aggregate
from apps.organizations.models import Organization
from tests.collection.conftest import filled
from tests.collection.test_filling import section_url, sent, stored
from tests.factories.accounts import MembershipFactory
from tests.factories.collection import CampaignFactory, SubmissionFactory
from tests.factories.organizations import AdditionalFactory, KindergartenFactory, SchoolFactory
from tests.packs import packs_loaded

pytestmark = pytest.mark.django_db

# What each organisation has; a row that is not here is absent with a reason.
FIRST = {"1.1": 320, "1.5": 96, "A.9": 40, "1.10": 2, "1.12": 5, "A.comp": 80}  # no 11th form: A.11 is absent
SECOND = {"1.1": 180, "1.5": 45, "A.9": 0, "1.10": 0, "1.12": 3, "A.11": 24, "A.comp": 60}
NURSERY = {"1.1": 120, "1.4": 90, "A.sick": 1500, "1.7": 15}
GARDEN = {"1.1": 80, "1.4": 80, "1.7": 9}  # days of illness are not counted there
STUDIO = {"1.1": 400, "1.3": 150, "1.12": 30, "1.13": 21, "1.21": 4, "A.ped_ahr": 50}
CIRCLE = {"1.1": 100, "1.3": 0, "1.12": 0, "1.13": 0, "1.21": 1, "A.ped_ahr": 6}
ABSENT, ZERO = "нет данных", "деление на ноль"

# Row → what the first (by the page), its twin and the second (by workbook) have, and all of them together.
SHARES: dict[str, tuple[Fraction | str, ...]] = {
    # учащиеся, успевающие на «4» и «5», от общей численности учащихся, %
    "so_oo.1.5%": (Fraction(100 * 96, 320), Fraction(100 * 45, 180), Fraction(100 * (96 + 96 + 45), 320 + 320 + 180)),
    # выпускники 9 класса с неудовлетворительными результатами от общей численности выпускников 9 класса, %
    "so_oo.1.10%": (Fraction(100 * 2, 40), ZERO, Fraction(100 * (2 + 2 + 0), 40 + 40 + 0)),
    # то же 11 класса: у первой школы знаменателя нет, она не входит
    "so_oo.1.12%": (ABSENT, Fraction(100 * 3, 24), Fraction(100 * 3, 24)),
    # компьютеров в расчёте на одного учащегося
    "so_oo.2.1": (Fraction(80, 320), Fraction(60, 180), Fraction(80 + 80 + 60, 320 + 320 + 180)),
    # воспитанники, получающие услуги присмотра и ухода, от общей численности, %
    "so_doo.1.4%": (Fraction(100 * 90, 120), Fraction(100), Fraction(100 * (90 + 80), 120 + 80)),
    # пропущено дней по болезни на одного воспитанника
    "so_doo.1.6": (Fraction(1500, 120), ABSENT, Fraction(1500, 120)),
    # соотношение «педагогический работник / воспитанник»
    "so_doo.1.14": (Fraction(15, 120), Fraction(9, 80), Fraction(15 + 9, 120 + 80)),
    # учащиеся, занимающиеся в двух и более объединениях, от общей численности, %
    "so_dod.1.3%": (Fraction(100 * 150, 400), Fraction(0), Fraction(100 * (150 + 0), 400 + 100)),
    # педагоги с высшим образованием от общей численности педагогов, %
    "so_dod.1.13%": (Fraction(100 * 21, 30), ZERO, Fraction(100 * 21, 30)),
    # работники, повысившие квалификацию, от общей численности педагогических и административных, %
    "so_dod.1.21%": (Fraction(100 * 4, 50), Fraction(100 * 1, 6), Fraction(100 * (4 + 1), 50 + 6)),
}

Numbers = dict[str, int]


def rows_of(form: Form, numbers: Numbers) -> tuple[dict[str, Any], dict[str, str]]:
    """Every input: the number as it is typed, or nothing and why; by «№ строки»."""
    inputs = [row.number for row in definition_of(form).inputs]
    assert not numbers.keys() - set(inputs), numbers.keys() - set(inputs)
    values = {number: numbers.get(number) for number in inputs}
    return values, {number: "Учёт не ведётся" for number in inputs if number not in numbers}


def by_page(submission: Submission, director: User, numbers: Numbers) -> None:
    client = Client()
    client.force_login(director)
    values, notes = rows_of(submission.form, numbers)
    texts = {number: "" if value is None else str(value) for number, value in values.items()}
    for place, _ in enumerate(definition_of(submission.form).sections, start=1):
        answer = client.post(section_url(submission, place), sent(submission, texts, notes))
        assert answer.status_code == 302, answer.content.decode()


def by_workbook(submission: Submission, director: User, numbers: Numbers) -> None:
    from io import BytesIO

    content = filled(submission, *rows_of(submission.form, numbers))
    made = services.preview_upload(submission=submission, stream=BytesIO(content), name="книга.xlsx", by=director)
    assert made.state == "previewed", made.findings
    services.confirm_upload(upload=made, digest=made.digest, by=director)


@pytest.fixture
def campaign(calendar_year: Period) -> Campaign:
    packs_loaded()
    services.refresh_forms(by=None)
    return CampaignFactory(period=calendar_year)


@pytest.fixture
def hand_in(campaign: Campaign) -> Callable[..., tuple[Submission, Organization]]:
    def work(pack: str, factory: Any, fill: Callable[..., None], numbers: Numbers) -> tuple[Submission, Organization]:
        form = Form.objects.filter(pack=pack).latest("version")
        campaign.forms.add(form)
        place = factory()
        director = MembershipFactory(role=Role.DIRECTOR, organization=place).user
        submission = SubmissionFactory(campaign=campaign, form=form, organization=place)
        fill(submission, director, numbers)
        submission.refresh_from_db()
        services.submit_submission(submission=submission, by=director)
        return submission, place

    return work


def assert_figure(code: str, expected: Fraction | str, scope: str, key: object = "") -> None:
    found = Aggregate.objects.get(version__indicator__code=code, scope=scope, scope_key=str(key))
    if isinstance(expected, str):
        assert (found.value, found.absence_reason) == (None, expected), code
    else:
        exact = Decimal(expected.numerator) / Decimal(expected.denominator)
        assert found.value == exact.quantize(Decimal(1).scaleb(-12), ROUND_HALF_UP), code


def test_ten_rows_of_the_act_agree_with_the_table(
    hand_in: Callable[..., tuple[Submission, Organization]], specialist: User, run_jobs: Callable[[], list[Job]]
) -> None:
    school, first = hand_in("so_oo", SchoolFactory, by_page, FIRST)
    twin, copy = hand_in("so_oo", SchoolFactory, by_workbook, FIRST)
    other, second = hand_in("so_oo", SchoolFactory, by_workbook, SECOND)
    nursery, gardens = hand_in("so_doo", KindergartenFactory, by_page, NURSERY)
    garden, last_garden = hand_in("so_doo", KindergartenFactory, by_workbook, GARDEN)
    studio, art = hand_in("so_dod", AdditionalFactory, by_page, STUDIO)
    circle, last_art = hand_in("so_dod", AdditionalFactory, by_workbook, CIRCLE)
    assert stored(school) == {number: row for number, row in stored(twin).items() if row != (None, "", "", "")}

    everybody = [Submission.objects.get(pk=one.pk) for one in (school, twin, other, nursery, garden, studio, circle)]
    accepted, problems = services.accept_submissions(submissions=everybody, by=specialist)
    assert (accepted, problems) == (7, [])
    assert {job.state for job in run_jobs()} == {"done"}

    pairs = {
        "so_oo": ("school", first, second), "so_doo": ("kindergarten", gardens, last_garden),
        "so_dod": ("additional", art, last_art),
    }  # fmt: skip
    for code, (one, two, together) in SHARES.items():
        kind, own, another = pairs[code.split(".")[0]]
        assert_figure(code, one, "organization", own.pk)
        assert_figure(code, two, "organization", another.pk)
        assert_figure(code, together, "kind", kind)
        assert_figure(code, together, "municipality")
    for code in [code for code in SHARES if code.startswith("so_oo")]:
        assert_figure(code, SHARES[code][0], "organization", copy.pk)
    share = Aggregate.objects.get(version__indicator__code="so_oo.1.12%", scope="municipality")
    assert (share.reported, share.expected) == (1, 4)  # the school of the cast has not handed in
    divided = Aggregate.objects.get(version__indicator__code="so_oo.1.10%", scope="municipality")
    assert (divided.reported, divided.numerator, divided.denominator) == (3, 4, 80)
