"""Directions: goals, figures by organisation, the monitoring of each plan from the campaign to the municipal total."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.collection import services as collection
from apps.collection.definition import Given, definition_of
from apps.collection.models import Campaign, Form, Submission
from apps.core import events
from apps.core.findings import Refused
from apps.indicators.models import Direction, Goal, IndicatorVersion
from apps.indicators.selectors.causes import causes_of
from apps.indicators.services import NewValue, Origin, compute_aggregates, record_values
from apps.indicators.services import directions as services
from apps.reports.figures.base import Year
from apps.reports.figures.causes import causes as reported_causes
from apps.roadmaps.models import Measure
from apps.roadmaps.plans.services.directions import plan_in_direction
from apps.roadmaps.plans.services.measures import Plan
from tests.factories.core import PeriodFactory
from tests.factories.indicators import PackFactory, VersionFactory
from tests.factories.organizations import AdditionalFactory, KindergartenFactory, SchoolFactory
from tests.factories.series import CauseFactory, DirectionFactory, GoalFactory, TargetFactory, report, share_version
from tests.packs import packs_loaded

pytestmark = pytest.mark.django_db

PLANS = [
    ("S-173", "1.1", "plan_1"),
    ("S-177", "1.2", "plan_2"),
    ("S-182", "1.3", "plan_3"),
    ("S-187", "1.4", "plan_4"),
    ("S-192", "ОБ", "plan_5"),
    ("S-197", "2.1", "plan_6"),
    ("S-202", "2.2", "plan_7"),
    ("S-206", "2.3", "plan_8"),
    ("", "2.4", "plan_9"),
]


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def collect(client, code, form, **fields):
    today = timezone.localdate()
    typed = {
        "form": form.pk, "year": "2025/26", "opens_on": today, "due_on": today + timedelta(days=10),
        "closes_on": today + timedelta(days=20), **fields,
    }  # fmt: skip
    return client.post(reverse("desk:direction_collect", args=[code]), typed)


@pytest.mark.parametrize(
    ("code", "pack"),
    [
        pytest.param(code, pack, marks=[pytest.mark.capability(number)] if number else [], id=pack)
        for number, code, pack in PLANS
    ],
)
def test_the_monitoring_of_a_plan_from_the_campaign_to_the_total(client_of, user_of, specialist, school, code, pack):
    """Three organisations hand in 117, 238 and 356: each stands with its number, the total is 711."""
    packs_loaded()
    collection.refresh_forms()
    preschool = pack == "plan_9"
    more = KindergartenFactory if preschool else SchoolFactory
    places = [more(number=31) if preschool else school, more(number=32), more(number=33)]
    form = Form.objects.get(code=pack, is_active=True)
    client = client_of(Role.SPECIALIST)
    page = reverse("desk:direction", args=[code])
    assert reverse("desk:direction_collect", args=[code]) in text(client.get(page))
    answer = collect(client, code, form)
    assert answer.status_code == 302, answer.content.decode()
    campaign = Campaign.objects.get()
    assert answer.url == campaign.get_absolute_url()
    definition = definition_of(form)
    first = next(row for row in definition.inputs if row.value_type == "int")
    for place, number in zip(places, (117, 238, 356), strict=True):
        submission = Submission.objects.get(campaign=campaign, organization=place)
        given = {row.key: Given(number=Decimal(0)) for row in definition.inputs}
        given |= {row.key: Given(number=Decimal(number)) for row in definition.inputs if row.key == first.key}
        director = user_of(Role.DIRECTOR, place)
        collection.save_answers(submission=submission, answers=given, by=director)
        collection.submit_submission(submission=submission, by=director)
    collection.accept_submissions(submissions=list(campaign.submissions.all()), by=specialist)
    compute_aggregates(period=campaign.period)

    seen = text(client.get(page, {"pack": pack, "counts": "1"}))
    for words in ("117", "238", "356", "711", "3 из 3", "Сдано 3 из 3, принято 3", campaign.get_absolute_url()):
        assert words in seen
    own = text(client_of(Role.DIRECTOR, places[0]).get(page, {"pack": pack, "counts": "1"}))
    assert "117" in own
    assert "711" in own
    assert "238" not in own
    assert campaign.get_absolute_url() not in own


def test_a_campaign_is_not_opened_twice_or_backwards(client_of, school):
    packs_loaded()
    collection.refresh_forms()
    form = Form.objects.get(code="plan_1", is_active=True)
    client = client_of(Role.SPECIALIST)
    wrong = collect(client, "1.1", form, due_on=timezone.localdate() - timedelta(days=1), contacts="Отдел, тел. 1-23")
    assert "срок сдачи" in text(wrong)
    assert "Отдел, тел. 1-23" in text(wrong)
    assert collect(client, "1.1", form).status_code == 302
    assert "уже запрошена" in text(collect(client, "1.1", form))
    assert Campaign.objects.count() == 1


# --- goals


@pytest.fixture
def talents(school, specialist):
    """The direction with a share of 40 % in 2024 and 44 % in 2025 in three schools."""
    direction = DirectionFactory()
    PackFactory()
    version = share_version()
    for one in ("trial.1", "trial.2", "trial.2%"):
        version.indicator.__class__.objects.filter(code=one).update(direction=direction)
    places = [school, SchoolFactory(code="school-12", number=12, name="Школа № 12"), SchoolFactory(number=13)]
    for year, part in (("2024", 40), ("2025", 44)):
        report(year, specialist, dict.fromkeys(places, (100, part)))
    version.refresh_from_db()
    return direction, version.indicator


@pytest.mark.capability("S-013")
def test_goals_with_rationale_indicator_target_by_year_and_state(client_of, talents, specialist):
    direction, indicator = talents
    client = client_of(Role.SPECIALIST)
    typed = {
        "level": "municipal", "title": "Охватить половину детей", "rationale": "Ниже, чем в области.",
        "indicator": indicator.pk,
    }  # fmt: skip
    page = text(client.post(reverse("desk:goal_create", args=["1.3"]), typed | {"rationale": ""}))
    assert "Напишите обоснование" in page
    assert "Охватить половину детей" in page
    assert client.post(reverse("desk:goal_create", args=["1.3"]), typed).status_code == 302
    for year, number in (("2025", 44), ("2026", 46), ("2027", 50)):
        TargetFactory(indicator=indicator, author=specialist, period=PeriodFactory(code=year), number=number)
    seen = text(client.get(direction.get_absolute_url()))
    for words in (
        "Охватить половину детей",
        "Ниже, чем в области.",
        "44,0 % за 2025",
        "2025 год: <b",
        "46,0 %",
        "50,0 %",
    ):
        assert words in seen
    assert "достигнута" in seen
    assert "на пути" in seen


@pytest.mark.capability("S-095")
def test_a_school_goal_serves_a_municipal_and_a_regional_one_and_loose_are_listed(client_of, talents, school, head):
    direction, _ = talents
    region = GoalFactory(direction=direction, level="regional", title="Цель области", author=head)
    ours = GoalFactory(direction=direction, title="Наша цель", author=head, parent=region)
    mine = GoalFactory(direction=direction, level="organization", organization=school, title="Цель школы", author=head)
    client = client_of(Role.SPECIALIST)
    page = text(client.get(direction.get_absolute_url()))
    assert "Без связи с уровнем выше: 1." in page
    address = reverse("desk:goal", args=["1.3", mine.pk])
    typed = {
        "level": "organization", "organization": school.pk, "title": mine.title, "rationale": mine.rationale,
        "parent": region.pk,
    }  # fmt: skip
    assert "может служить только цели «муниципальная цель»" in text(client.post(address, typed))
    assert client.post(address, typed | {"parent": ours.pk}).status_code == 302
    page = text(client.get(direction.get_absolute_url()))
    assert "Служит цели: Наша цель → Цель области" in page
    assert "Без связи с уровнем выше" not in page


def test_a_school_keeps_its_own_goals_and_sees_no_strangers(client_of, talents, school, other_school, head, director):
    direction, _ = talents
    GoalFactory(direction=direction, level="organization", organization=other_school, title="Чужая цель", author=head)
    ours = GoalFactory(direction=direction, title="Наша цель", author=head)
    client = client_of(Role.DIRECTOR)
    assert client.post(
        reverse("desk:goal_create", args=["1.3"]), {"title": "Своя цель", "rationale": "Опрос.", "parent": ours.pk}
    ).status_code == 302  # fmt: skip
    mine = Goal.objects.get(title="Своя цель")
    assert (mine.organization, mine.level, mine.parent) == (school, "organization", None)
    page = text(client.get(direction.get_absolute_url()))
    assert "Своя цель" in page
    assert "Наша цель" in page
    assert "Чужая цель" not in page
    stranger = Goal.objects.get(title="Чужая цель")
    for goal in (stranger, ours):
        assert client.get(reverse("desk:goal", args=["1.3", goal.pk])).status_code == 404
        assert client.post(reverse("desk:goal_end", args=["1.3", goal.pk]), {"reason": "—"}).status_code == 404
    with pytest.raises(Refused):
        services.end_goal(goal=ours, reason="Просто так", by=director)


def test_a_goal_that_others_serve_is_not_taken_away(talents, school, head):
    direction, _ = talents
    ours = GoalFactory(direction=direction, author=head)
    mine = GoalFactory(direction=direction, level="organization", organization=school, author=head, parent=ours)
    with pytest.raises(Refused):
        services.end_goal(goal=ours, reason="Достигнута", by=head)
    services.end_goal(goal=mine, reason="Достигнута", by=head)
    services.end_goal(goal=ours, reason="Достигнута", by=head)
    assert not Goal.objects.current().exists()
    assert Goal.objects.count() == 2


# --- switching


def test_a_direction_is_switched_off_for_a_reason_and_its_history_remains(client_of, school, specialist):
    packs_loaded()
    collection.refresh_forms()
    direction = Direction.objects.get(code="1.3")
    form = Form.objects.get(code="plan_3", is_active=True)
    client, director = client_of(Role.HEAD), client_of(Role.DIRECTOR)
    page, switch = direction.get_absolute_url(), reverse("desk:direction_switch", args=["1.3"])
    client.post(switch, {"on": "0", "reason": ""})
    assert Direction.objects.get(code="1.3").is_active
    client.post(switch, {"on": "0", "reason": "Передано в область"})
    assert not Direction.objects.get(code="1.3").is_active
    # gone from the menus of schools, from forms and targets to come
    assert director.get(page).status_code == 404
    assert page not in text(director.get(reverse("desk:directions")))
    assert client.get(reverse("desk:direction_collect", args=["1.3"])).status_code == 404
    assert "1.3 Система" not in text(client.get(reverse("indicators:targets")))
    with pytest.raises(Refused) as refusal:
        collection.open_campaign(
            title="Сбор", period=PeriodFactory(code="2025/26"), forms=[form], organizations=[school],
            opens_on=timezone.localdate(), due_on=timezone.localdate(), closes_on=timezone.localdate(), by=specialist,
        )  # fmt: skip
    assert refusal.value.findings[0].code == "direction_off"
    # the authority still reads what was
    seen = text(client.get(page))
    assert "Передано в область" in seen
    assert "выключено" in text(client.get(reverse("desk:directions")))
    assert events.history(direction).filter(kind="indicators.direction_switched").count() == 1
    client.post(switch, {"on": "1", "reason": "Вернули"})
    assert director.get(page).status_code == 200


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.METHODOLOGIST, Role.ADMIN, Role.OBSERVER])
def test_others_neither_switch_nor_collect(client_of, user_of, talents, role):
    direction, _ = talents
    client = client_of(role)
    for name in ("direction_switch", "direction_purpose", "direction_collect"):
        assert client.post(reverse(f"desk:{name}", args=["1.3"]), {"on": "0", "reason": "—"}).status_code == 404
    with pytest.raises(Refused):
        services.switch_direction(direction=direction, on=False, reason="—", by=user_of(role))
    expected = 404 if role == Role.OBSERVER else 200
    assert client.get(direction.get_absolute_url()).status_code == expected


# --- order and causes


def test_only_the_authority_orders_organisations(client_of, talents, specialist):
    direction, indicator = talents
    late = SchoolFactory(code="school-15", number=15, name="Последняя школа")
    report("2025", specialist, {late: (100, 90)})
    asked = {"sort": f"-{indicator.pk}"}
    seen = text(client_of(Role.SPECIALIST).get(direction.get_absolute_url(), asked))
    assert seen.index("Последняя школа") < seen.index("Школа № 12")
    plain = text(client_of(Role.SPECIALIST).get(direction.get_absolute_url()))
    assert plain.index("Школа № 12") < plain.index("Последняя школа")
    own = text(client_of(Role.DIRECTOR).get(direction.get_absolute_url(), asked))
    assert "Последняя школа" not in own
    assert "по убыванию" not in own


def test_causes_of_a_year_stand_in_the_report_and_not_those_of_idle_directions(talents, specialist):
    direction, indicator = talents
    year = PeriodFactory(code="2025")
    CauseFactory(indicator=indicator, period=year, author=specialist, text="Открыт технопарк.")
    other = VersionFactory(indicator__number="9").indicator
    CauseFactory(indicator=other, period=PeriodFactory(code="2023"), author=specialist)
    school_year = PeriodFactory(code="2025/26")
    assert [cause.text for cause in causes_of(school_year.span)] == ["Открыт технопарк."]
    figures = reported_causes(Year(school_year.span, timezone.localdate()))
    (table,) = figures.blocks
    assert table.rows[0][-1] == "Открыт технопарк."
    services.switch_direction(direction=direction, on=False, reason="Передано", by=specialist)
    assert causes_of(school_year.span) == []
    assert reported_causes(Year(school_year.span, timezone.localdate())).blocks == []


def test_additional_education_is_asked_for_its_directions_only(school):
    packs_loaded()
    collection.refresh_forms()
    place = AdditionalFactory()
    asked = collection.addressees_of(
        forms=Form.objects.filter(is_active=True), period=PeriodFactory(code="2025/26"), organizations=[place]
    ).asked
    assert {form.code for _, form in asked} == {"so_dod", "plan_3", "plan_6", "plan_7", "plan_8"}


# --- measures


@pytest.fixture
def loaded(db):
    packs_loaded()


def plan(client, code, **fields):
    typed = {"title": "Муниципальный слёт", "responsible": "отдел воспитания", "due_on": "2099-05-01", **fields}
    return client.post(reverse("desk:measure", args=[code]), typed)


@pytest.mark.capability("S-048")
def test_talents_with_indicators_measures_and_who_answers_across_organisations(
    client_of, loaded, school, other_school, specialist
):
    client = client_of(Role.SPECIALIST)
    assert "Укажите, кто отвечает" in text(plan(client, "1.3", responsible=""))
    assert plan(client, "1.3", organizations=[other_school.pk], title="Школа олимпиадника").status_code == 302
    assert plan(client, "1.3", title="Муниципальный слёт").status_code == 302
    report_values = {"plan_3.1.1": 100, "plan_3.1.2": 60}
    values = [NewValue(school.pk, key, Decimal(number)) for key, number in report_values.items()]
    period = PeriodFactory(code="2025/26")
    record_values(period=period, source="collection", values=values, by=specialist, origin=Origin("tests", "1"))
    compute_aggregates(period=period)
    page = Direction.objects.get(code="1.3").get_absolute_url()
    seen = text(client.get(page))
    for words in ("Школа олимпиадника", "Отвечает: отдел воспитания", "Школа № 2", "во всех организациях", "60,0 %"):
        assert words in seen
    own = text(client_of(Role.DIRECTOR).get(page))
    assert "Муниципальный слёт" in own
    assert "Школа олимпиадника" not in own  # it names another school
    assert "Школа олимпиадника" in text(client_of(Role.DIRECTOR, other_school).get(page))


@pytest.mark.capability("S-075")
def test_upbringing_with_its_three_lines_indicators_and_measures(client_of, loaded, specialist):
    client = client_of(Role.SPECIALIST)
    form = text(client.get(reverse("desk:measure", args=["2.3"])))
    lines = ("здоровый образ жизни", "организация и родительское сообщество", "традиционные ценности")
    for n, line in enumerate(lines):
        assert line in form
        assert plan(client, "2.3", line=line, title=f"Дело {n}").status_code == 302
    assert "Линия" not in text(client.get(reverse("desk:measure", args=["1.3"])))
    first = Measure.objects.get(title="Дело 0")
    done = reverse("desk:measure_done", args=["2.3", first.pk])
    client.post(done, {"done_on": "2026-05-01", "result": ""})
    assert Measure.objects.get(pk=first.pk).done_on is None
    client.post(done, {"done_on": "2026-05-01", "result": "Участвовали 9 школ"})
    seen = text(client.get(Direction.objects.get(code="2.3").get_absolute_url()))
    for words in (*lines, "выполнено 01.05.2026", "Участвовали 9 школ", "План 8: воспитание"):
        assert words in seen
    sections = {"Здоровый образ жизни и творчество", "Духовно-нравственные традиции и родители"}
    names = IndicatorVersion.objects.filter(indicator__pack="plan_8", indicator__is_group=True)
    assert sections <= set(names.values_list("name", flat=True))


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.METHODOLOGIST, Role.OBSERVER])
def test_others_plan_no_measures(client_of, user_of, loaded, role):
    assert plan(client_of(role), "1.3").status_code == 404
    new = Plan("Дело", timezone.localdate(), responsible="отдел")
    with pytest.raises(Refused):
        plan_in_direction(direction=Direction.objects.get(code="1.3"), plan=new, by=user_of(role))
