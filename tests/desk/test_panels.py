"""Panels: what they show, whom, and what is plainly absent; the figures of the system itself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.collection import services as collection
from apps.collection.models import Form, Submission
from apps.core import events, periods
from apps.core.findings import Refused
from apps.core.models import Period
from apps.desk.panels.catalog import BY_SLUG, PANELS
from apps.desk.panels.system import measure_system
from apps.indicators.models import Aggregate, IndicatorVersion, Value
from apps.indicators.services import NewValue, Origin, compute_aggregates, load_packs, record_values
from tests.factories.collection import CampaignFactory, FormFactory, SubmissionFactory
from tests.factories.core import PeriodFactory
from tests.factories.organizations import AdditionalFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def record(year, rows, by):
    """`record("2025/26", {school: {"plan_8.1.1": 100}}, by)`: values, counted at once."""
    period = PeriodFactory(code=year)
    values = [
        NewValue(organization.pk, code, Decimal(number))
        for organization, numbers in rows.items()
        for code, number in numbers.items()
    ]
    record_values(period=period, source="collection", values=values, by=by, origin=Origin("tests", year))
    compute_aggregates(period=period)
    return period


@pytest.fixture
def packs(db):
    load_packs()


def see(client_of, slug, **query):
    return text(client_of(Role.SPECIALIST).get(reverse("desk:panel", args=[slug]), query))


def test_every_indicator_of_every_panel_is_in_the_packs(packs):
    codes = {code for panel in PANELS for block in panel.blocks for code in block.codes}
    known = set(IndicatorVersion.objects.current().values_list("indicator__code", flat=True))
    assert codes - known == set()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COORDINATOR, Role.OBSERVER])
def test_panels_are_the_authoritys(client_of, packs, role):
    for slug in BY_SLUG:
        assert client_of(role).get(reverse("desk:panel", args=[slug])).status_code == 404
    assert client_of(role).post(reverse("desk:panel_measure"), {"year": "2025-26"}).status_code == 404
    assert reverse("desk:panel", args=["staff"]) in text(client_of(Role.METHODOLOGIST).get(reverse("desk:directions")))


def test_an_empty_panel_says_so(client_of, packs):
    assert "Данных для этого обзора ещё нет" in see(client_of, "staff")
    assert client_of(Role.HEAD).get(reverse("desk:panel", args=["no-such"])).status_code == 404


@pytest.mark.capability("S-024")
def test_staff_by_municipality_and_organisation(client_of, packs, school, other_school, specialist):
    places = (school, other_school)
    record("2025", {one: {"so_oo.1.24": 50, "so_oo.1.29": 20 + 10 * n, "so_oo.1.29.1": 10, "so_oo.1.29.2": 5,
                          "so_oo.1.30.1": 8, "so_oo.1.30.2": 12, "so_oo.1.31": 9, "so_oo.1.32": 21}
                    for n, one in enumerate(places)}, specialist)  # fmt: skip
    record("2025/26", {one: {"plan_7.1.1": 60, "plan_7.1.2": 3, "plan_7.2.1": 4 + n, "plan_7.1.3": 50, "plan_7.1.6": 10,
                             "plan_7.2.2": 5}
                       for n, one in enumerate(places)}, specialist)  # fmt: skip
    seen = see(client_of, "staff")
    for words in (
        "50,0 %",
        "40,0 %",
        "60,0 %",
        "16,0 %",
        "24,0 %",
        "18,0 %",
        "42,0 %",
        "5,0 %",
        "Школа № 1",
        "Школа № 2",
    ):
        assert words in seen  # categories together and apart, experience, age, vacancies
    assert "Пар «наставник — молодой педагог»" in seen
    assert "9" in seen
    assert "Нет данных: " in seen  # kindergartens have reported nothing


@pytest.mark.capability("S-026")
def test_graduates_objectivity_and_career_on_one_page(client_of, packs, school, specialist):
    record("2025", {school: {"so_oo.A.9": 40, "so_oo.A.11": 20, "so_oo.1.6": 4, "so_oo.1.10": 2, "so_oo.1.17": 5,
                             "so_oo.1.8": 70}}, specialist)  # fmt: skip
    record("2025/26", {school: {"plan_5.1.5": 100, "plan_5.1.6": 7, "plan_5.1.7": 4, "plan_5.1.8": 1, "plan_4.3.1": 40,
                                "plan_4.3.2": 30}}, specialist)  # fmt: skip
    seen = see(client_of, "graduates")
    for words in ("5,0 %", "25,0 %", "7,0 %", "75,0 %", "Доля медалистов, не подтвердивших результат"):
        assert words in seen


@pytest.mark.capability("S-027")
def test_who_lacks_an_item(client_of, packs, school, other_school, specialist):
    third = SchoolFactory(number=3, name="Молчаливая школа")
    record(
        "2025", {school: {"so_oo.2.3": 1, "so_oo.2.4": 0}, other_school: {"so_oo.2.3": 1, "so_oo.2.4": 1}}, specialist
    )
    seen = see(client_of, "infrastructure")
    row = seen.split("Наличие читального зала библиотеки")[1].split("</tr>")[0]
    assert "Школа № 1" in row
    assert "Школа № 2" not in row
    assert "не ответили: 1" in row
    assert third.name not in row  # silence is not a lack
    assert "у всех, кто ответил, есть" in seen


@pytest.mark.capability("S-049")
def test_coverage_by_place_and_family(client_of, packs, school, specialist):
    village = SchoolFactory(number=7, locality="rural")
    rows = {"plan_3.1.1": 100, "plan_3.1.6": 20}
    record("2025/26", {school: {**rows, "plan_3.1.2": 80, "plan_3.1.7": 15},
                       village: {**rows, "plan_3.1.2": 50, "plan_3.1.7": 5}}, specialist)  # fmt: skip
    seen = see(client_of, "talents")
    assert "Город" in seen
    assert "Село" in seen
    for words in ("80,0 %", "50,0 %", "65,0 %", "75,0 %", "25,0 %"):  # place; then children in difficult situations
        assert words in seen
    assert "других разрезов по семье источники не дают" in seen


@pytest.mark.capability("S-051")
def test_children_of_schools_and_of_additional_education_are_counted_once(client_of, packs, school, specialist):
    club = AdditionalFactory()
    record("2025/26", {school: {"plan_3.1.1": 500, "plan_3.1.2": 300},
                       club: {"plan_3.1.1": 200, "plan_3.1.2": 200, "plan_3.1.3": 150}}, specialist)  # fmt: skip
    figure = Aggregate.objects.get(version__indicator__code="plan_3.1.4", scope="municipality")
    assert figure.value == 350
    assert "350" in see(client_of, "talents")


UPBRINGING = {
    "plan_8.1.1": 400, "plan_8.1.2": 340, "plan_8.1.3": 12, "plan_8.1.4": 6, "plan_8.2.2": 9, "plan_8.2.3": 500,
    "plan_8.2.4": 210, "plan_8.3.2": 11, "plan_8.3.3": 180, "plan_8.4.1": 2, "plan_8.4.3": 260, "plan_8.4.4": 17,
}  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("85,0 %", "Партнёров из других ведомств"), marks=pytest.mark.capability("S-076")),
        pytest.param(("45,0 %", "Творческих объединений"), marks=pytest.mark.capability("S-078")),
        pytest.param(
            ("200", "65,0 %", "17", "Обучающихся на одного педагога-психолога", "ни имён, ни обстоятельств"),
            marks=pytest.mark.capability("S-080"),
        ),
    ],
    ids=["patriotic", "creative", "psychology"],
)
def test_upbringing_as_counts_and_coverage(client_of, packs, school, specialist, words):
    record("2025/26", {school: UPBRINGING}, specialist)
    seen = see(client_of, "upbringing")
    for word in words:
        assert word in seen


@pytest.mark.parametrize(
    ("pack", "row", "coverage"),
    [
        pytest.param("plan_8", "2.2", "2.4", marks=pytest.mark.capability("S-077"), id="work with parents"),
        pytest.param(
            "plan_4", "2.1", "1.2", marks=pytest.mark.capability("S-055"), id="guidance and coverage by class"
        ),
    ],
)
def test_a_coordinator_records_actions_and_coverage(
    client_of, packs, school, specialist, coordinator, pack, row, coverage
):
    collection.refresh_forms()
    today = timezone.localdate()
    form = Form.objects.get(code=pack, is_active=True)
    collection.open_campaign(
        title="Сбор", period=PeriodFactory(code="2025/26"), forms=[form], organizations=[school], opens_on=today,
        due_on=today, closes_on=today, by=specialist,
    )  # fmt: skip
    submission = Submission.objects.get(organization=school)
    client = client_of(Role.COORDINATOR)
    whole = {"2.4": "2.3", "1.2": "1.1"}[coverage]
    fields = {f.version.indicator.number: f for f in form.fields.select_related("version__indicator")}
    page = text(client.get(submission.get_absolute_url()))
    assert form.short_title in page
    for number, value in ((row, "12"), (whole, "90"), (coverage, "60")):
        pk = fields[number].pk
        sent = {f"value-{pk}": value, f"note-{pk}": "", f"seen-{pk}": str(submission.revision)}
        address = reverse("collection:field", args=[submission.pk, pk])
        assert client.post(address, sent, headers={"HX-Request": "true"}).status_code == 200
        submission.refresh_from_db()
    stored = dict(submission.answers.values_list("field__version__indicator__number", "number"))
    assert stored == {row: 12, whole: 90, coverage: 60}
    if pack == "plan_4":
        names = [field.version.name for field in fields.values()]
        for grade in range(6, 12):
            assert f"Из них охвачены профориентационными мероприятиями, {grade} класс" in names


# --- the system itself


@pytest.fixture
def year(db):
    """The school year before the present one: all its terms are over."""
    span = periods.previous(periods.school_year_of(timezone.localdate()))
    return Period.objects.named(span)


def handed(campaign, form, organization, **fields):
    return SubmissionFactory(campaign=campaign, form=form, organization=organization, **fields)


@pytest.mark.capability("S-085")
def test_the_system_is_measured_by_terms_returns_and_decisions(client_of, packs, year, specialist, director, authority):
    """Four forms due: one on time, one late, one returned and sent again on time, one never sent."""
    form = FormFactory()
    inside = date(year.ends_on.year, 4, 20)
    campaign = CampaignFactory(opens_on=inside - timedelta(days=30), due_on=inside, closes_on=inside)
    sent = {"submitted_at": timezone.now(), "submitted_by": director, "state": "submitted", "number": ""}
    schools = [SchoolFactory(number=40 + n) for n in range(4)]
    handed(campaign, form, schools[0], **sent | {"number": "1"})
    handed(campaign, form, schools[1], **sent | {"number": "2", "submitted_late": True})
    again = handed(campaign, form, schools[2], **sent | {"number": "3"})
    events.record(kind="submission.returned", subject=again, by=specialist, text="Возвращена")
    handed(campaign, form, schools[3])
    outside = CampaignFactory(
        opens_on=year.ends_on, due_on=year.ends_on + timedelta(days=9), closes_on=date(2099, 1, 1)
    )
    handed(outside, form, SchoolFactory(number=50), **sent | {"number": "4"})

    client = client_of(Role.SPECIALIST)
    assert client.post(reverse("desk:panel_measure"), {"year": year.slug}).status_code == 302
    stored = dict(Value.objects.filter(organization=authority).values_list("version__indicator__code", "number"))
    assert [stored[f"system.1.{n}"] for n in (1, 2, 3, 4)] == [4, 2, 3, 1]
    assert (stored["system.2.1"], stored["system.2.2"]) == (0, 0)
    seen = see(client_of, "system")
    assert "50,0 %" in seen
    assert "33,3 %" in seen
    assert measure_system(period=year, by=specialist) == 0  # a second time changes nothing


def test_decisions_done_are_counted_by_their_term(packs, year, specialist, authority, school, other_school):
    from tests.factories.roadmaps import AddresseeFactory

    inside = year.ends_on - timedelta(days=30)
    done = {"received_at": timezone.now(), "received_by": specialist, "reported_at": timezone.now(),
            "reported_by": specialist, "report_text": "Сделано", "reviewed_at": timezone.now(),
            "reviewed_by": specialist, "state": "done"}  # fmt: skip
    AddresseeFactory(recommendation__due_on=inside, organization=school, **done)
    AddresseeFactory(recommendation__due_on=inside, organization=other_school)
    AddresseeFactory(recommendation__due_on=date(2099, 1, 1), organization=school, **done)
    measure_system(period=year, by=None)
    share = Aggregate.objects.get(version__indicator__code="system.2.2%", scope="municipality")
    assert (share.numerator, share.denominator, share.value) == (1, 2, 50)


def test_what_cannot_be_measured_is_refused(packs, year, director, calendar_year):
    with pytest.raises(Refused) as refusal:
        measure_system(period=year, by=director)
    assert refusal.value.findings[0].code == "no_right"
    with pytest.raises(Refused) as refusal:
        measure_system(period=calendar_year, by=None)
    assert refusal.value.findings[0].code == "not_a_school_year"


# --- additional education apart


@pytest.mark.capability("S-138")
def test_analysis_and_recommendations_of_additional_education_alone(client_of, packs, school, specialist):
    from tests.factories.roadmaps import AddresseeFactory

    club = AdditionalFactory(name="Дом творчества «Радуга»")
    AddresseeFactory(organization=club, recommendation__title="Открыть кружок робототехники")
    AddresseeFactory(organization=school, recommendation__title="Разобрать ошибки по русскому языку")
    client = client_of(Role.SPECIALIST)
    board = text(client.get(reverse("roadmaps:recommendations"), {"kind": "additional"}))
    assert "Открыть кружок робототехники" in board
    assert "Разобрать ошибки" not in board
    record("2025", {club: {"so_dod.1.1": 640}, school: {"so_oo.1.1": 777}}, specialist)
    listed = text(client.get(reverse("indicators:list"), {"pack": "so_dod", "scope": "kind-additional"}))
    assert "640" in listed
    assert "777" not in listed
