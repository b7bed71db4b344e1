"""To whom recommendations go: organisations, groups, associations; what each sees, and from what they follow."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.analysis.interpretation import services as conclusions
from apps.analysis.interpretation.figures import Target
from apps.core.findings import Refused
from apps.core.models import Notice
from apps.indicators.models import Direction
from apps.organizations.models import Group
from apps.procedures.models import Duty
from apps.roadmaps import services
from apps.roadmaps.links.selectors import bases_of
from apps.roadmaps.models import Recommendation, RecommendationAddressee
from apps.roadmaps.todo import todo_for
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.people import AssociationFactory
from tests.factories.results import ParticipatingSchoolFactory, ProcedureFactory, ResultAggregateFactory
from tests.factories.roadmaps import AddresseeFactory
from tests.factories.scored import scored, work_of
from tests.factories.signs import counted_list, figure, scene

pytestmark = pytest.mark.django_db
PLANS = {
    "S-174": "1.1", "S-178": "1.2", "S-184": "1.3", "S-189": "1.4", "S-194": "ОБ", "S-198": "2.1", "S-203": "2.2",
    "S-207": "2.3",
}  # fmt: skip


def direction(code):
    return Direction.objects.get_or_create(code=code, defaults={"name": f"Направление {code}"})[0]


def words(period, **changes):
    data = {
        "period": period.pk, "title": "О чём", "text": "Сделайте.",
        "due_on": (timezone.localdate() + timedelta(days=20)).isoformat(),
    }  # fmt: skip
    return data | changes


def new(period, **changes):
    values = {"period": period, "title": "О чём", "text": "Сделайте.", "due_on": timezone.localdate()}
    return services.NewRecommendation(**values | changes)


@pytest.fixture
def leader(user_of):
    return user_of(Role.ASSOCIATION_LEADER)


@pytest.fixture
def association(leader):
    return AssociationFactory(name="Объединение математиков", leader=leader)


# --- by direction


@pytest.mark.capability("S-134")
@pytest.mark.parametrize(
    ("row", "code"), [pytest.param(row, code, marks=pytest.mark.capability(row)) for row, code in PLANS.items()]
)
def test_recommendations_of_a_plan_follow_a_conclusion_and_are_followed_to_the_end(
    client_of, specialist, school, other_school, period, row, code
):
    named = direction(code)
    version = VersionFactory(indicator__number=row, indicator__direction=named)
    mine = figure(version.indicator.code, "municipality", "", 30, 100)
    new_one = conclusions.NewConclusion("risk", "Охват мал.")
    found = conclusions.conclude(
        target=Target(mine.period, None, indicator=version.indicator), new=new_one, by=specialist
    )
    office, head_teacher = client_of(Role.SPECIALIST), client_of(Role.DIRECTOR)
    address = f"{reverse('roadmaps:create')}?conclusion={found.pk}"
    assert address in office.get(found.get_absolute_url()).content.decode()
    initial = office.get(address).context["form"].initial
    assert initial["direction"] == named
    to = [school.pk, other_school.pk]
    office.post(address, words(period, direction=named.pk, organizations=to, basis_text=initial["basis_text"]))
    made = Recommendation.objects.get()
    assert [one.found for one in bases_of(made, user=specialist)] == [found]
    assert "Охват мал." in office.get(made.get_absolute_url()).content.decode()
    own = made.addressees.get(organization=school)
    head_teacher.post(reverse("roadmaps:receive", args=[own.pk]))
    head_teacher.post(own.get_absolute_url(), {"text": "Сделано."})
    office.post(reverse("roadmaps:review", args=[own.pk]), {f"{own.pk}-text": "", "accept": "1"})
    board = office.get(reverse("roadmaps:recommendations"), {"direction": code})
    (line,) = board.context["directions"]
    assert (line.code, line.total, line.received, line.done) == (code, 2, 1, 1)
    assert {each.state for each in board.context["table"].data} == {"done", "sent"}


def test_the_board_is_narrowed_and_begins_with_own_directions(client_of, specialist, head):
    ours, others = direction("1.1"), direction("1.2")
    first = AddresseeFactory(recommendation__direction=ours, recommendation__author=specialist)
    second = AddresseeFactory(recommendation__direction=others)
    third = AddresseeFactory()
    client, board = client_of(Role.SPECIALIST), reverse("roadmaps:recommendations")

    def shown(**asked):
        return set(client.get(board, asked).context["table"].data)

    assert shown() == {first, second, third}
    Duty.objects.create(user=specialist, direction=ours, assigned_by=head)
    assert shown() == {first}
    assert shown(direction="") == {first, second, third}
    assert shown(direction="none") == {third}
    assert shown(direction="", author=str(specialist.pk)) == {first}
    assert shown(direction="\x00", author="x") == {first, second, third}
    assert client.get(second.recommendation.get_absolute_url()).status_code == 200  # all may be opened


# --- to whom


@pytest.mark.capability("S-100")
def test_addressed_to_a_group_an_association_and_teachers_and_nobody_else_sees(
    client_of, period, school, other_school, association, leader, user_of
):
    cluster = Group.objects.create(kind=Group.Kind.CLUSTER, code="alike", name="Похожие")
    closed = SchoolFactory(closed_on=date(2020, 9, 1))
    cluster.organizations.set([school, closed])
    office = client_of(Role.SPECIALIST)
    data = words(period, groups=[cluster.pk], associations=[association.pk], teachers="учителя математики 5–6 классов")
    assert office.post(reverse("roadmaps:create"), data).status_code == 302
    made = Recommendation.objects.get()
    assert {row.receiver for row in made.addressees.all()} == {school, association}
    assert set(Notice.objects.filter(user=leader).values_list("title", flat=True)) == {"Адресная рекомендация: О чём"}
    mine, led = (made.addressees.get(organization=school), made.addressees.get(association=association))
    page = client_of(Role.DIRECTOR).get(mine.get_absolute_url()).content.decode()
    assert "учителя математики 5–6 классов" in page
    assert association.name not in page
    client = client_of(leader)
    assert [todo.title for todo in todo_for(leader)] == ["Подтвердить получение рекомендаций"]
    assert "О чём" in client.get(reverse("roadmaps:own")).content.decode()
    assert client.get(mine.get_absolute_url()).status_code == 404
    client.post(reverse("roadmaps:receive", args=[led.pk]))
    client.post(led.get_absolute_url(), {"text": "Рассмотрели на заседании."})
    led.refresh_from_db()
    assert (led.state, led.reported_by) == ("reported", leader)
    for stranger in (client_of(Role.DIRECTOR, other_school), client_of(Role.EXPERT), client_of(Role.OBSERVER)):
        for row in (mine, led):
            assert stranger.get(row.get_absolute_url()).status_code == 404
    assert client_of(Role.DIRECTOR).post(led.get_absolute_url(), {"text": "Чужое"}).status_code == 404


def test_faults_are_said_all_at_once_and_nothing_is_sent(specialist, period, school):
    headless = AssociationFactory(leader=None)
    closed = SchoolFactory(closed_on=date(2020, 9, 1))
    bad = new(
        period, text="а" * 20_000, teachers="Иванова Мария Петровна", basis_text="{значение}",
        due_on=timezone.localdate() - timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(Refused) as error:
        services.issue_recommendation(new=bad, addressees=[school, closed], associations=[headless], by=specialist)
    codes = {finding.code for finding in error.value.findings}
    assert codes == {"not_filled", "due_in_past", "too_long", "personal", "closed", "no_leader"}
    assert not Recommendation.objects.exists()


def test_markup_and_emoji_are_words(client_of, period, school):
    text = "<script>alert(1)</script> 😀 &amp;"
    client_of(Role.SPECIALIST).post(reverse("roadmaps:create"), words(period, text=text, organizations=[school.pk]))
    row = RecommendationAddressee.objects.get()
    page = client_of(Role.DIRECTOR).get(row.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 😀 &amp;amp;" in page


@pytest.mark.parametrize("length", [20_000])
def test_a_long_report_is_refused_politely_and_kept(client_of, school, length):
    row = AddresseeFactory(organization=school)
    response = client_of(Role.DIRECTOR).post(row.get_absolute_url(), {"text": "я" * length})
    assert response.status_code == 200
    assert "я" * length in response.content.decode()
    row.refresh_from_db()
    assert row.state == "sent"


def test_the_second_of_two_reviewers_is_told(client_of, school, director, head):
    row = services.report(addressee=AddresseeFactory(organization=school), text="Сделано.", by=director)
    review = reverse("roadmaps:review", args=[row.pk])
    client_of(Role.SPECIALIST).post(review, {f"{row.pk}-text": "", "accept": "1"})
    page = client_of(head).post(review, {f"{row.pk}-text": "Дополните.", "return": "1"}, follow=True).content.decode()
    assert "Состояние рекомендации изменилось: исполнена" in page
    row.refresh_from_db()
    assert (row.state, row.review_text) == ("done", "")


@pytest.mark.parametrize(("clock", "late"), [("23:59:59", False), ("00:00:00", True)])
def test_the_term_ends_with_the_day_of_the_municipality(monkeypatch, school, clock, late):
    row = AddresseeFactory(organization=school)
    due = row.recommendation.due_on
    hour, minute, second = map(int, clock.split(":"))
    zone = ZoneInfo(settings.MUNICIPALITY_TIME_ZONE)
    moment = datetime(due.year, due.month, due.day, hour, minute, second, tzinfo=zone) + timedelta(days=late)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert row.is_overdue is late
    assert RecommendationAddressee.objects.overdue().exists() is late


# --- from what


def test_one_step_from_a_sign(client_of, specialist, school, period):
    scene(school, others=1)
    sign = counted_list(specialist, period).signs.get(organization=school, code="failing_share")
    client = client_of(Role.SPECIALIST)
    address = f"{reverse('roadmaps:create')}?sign={sign.pk}"
    assert address in client.get(sign.get_absolute_url()).content.decode()
    initial = client.get(address).context["form"].initial
    assert initial["organizations"] == [school.pk]
    assert sign.written in initial["basis_text"]
    data = words(period, text=initial["text"], basis_text=initial["basis_text"], organizations=[school.pk])
    client.post(address, data)
    made = Recommendation.objects.get()
    assert [one.kind.key for one in bases_of(made, user=specialist)] == ["rule", "sign"]
    assert made.basis[0]["written"] == sign.written


def test_one_step_from_a_difficulty_in_items(client_of, specialist, school, association):
    work = ProcedureFactory(grade=4)
    work_of(work, (1, 2, 1, 1), "ББПП", ("Чтение", "Чтение", "Письмо", "Счёт"))
    scored(work, school, [[0, 0, 0, 1]] * 8 + [[1, 1, 0, 1]] * 4, marks=[2] * 8 + [3] * 4, journal=[3] * 12)
    client = client_of(Role.SPECIALIST)
    page = client.get(reverse("procedures:school_items", args=[work.pk, school.code])).content.decode()
    address = f"{reverse('roadmaps:create')}?work={work.pk}&deficit=Чтение&organization={school.code}"
    assert f"?work={work.pk}&amp;deficit=%D0%A7%D1%82%D0%B5%D0%BD%D0%B8%D0%B5&amp;organization=school-01" in page
    start = client.get(address).context["start"]
    assert start.initial["organizations"] == [school.pk]
    assert "«Чтение» — системный дефицит" in start.initial["basis_text"]
    assert (start.bases, start.own[0]["items"]) == ((work,), ["1", "2"])
    association.subjects.set([work.subject])
    whole = client.get(f"{reverse('roadmaps:create')}?work={work.pk}&deficit=Чтение").context["start"]
    assert whole.initial["associations"] == [association.pk]
    for bad in (f"work={work.pk}&deficit=INVENTED", "work=%D9%A1", "sign=999999", "conclusion=x", f"work={work.pk}"):
        page = client.get(f"{reverse('roadmaps:create')}?{bad}")
        assert page.status_code == 200
        assert "INVENTED" not in page.content.decode()


# --- who sees what of the system


@pytest.mark.capability("S-099")
@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (Role.DIRECTOR, ["own", "profile"], ["foreign", "foreign_profile", "foreign_work", "board"]),
        (Role.COORDINATOR, ["own", "profile"], ["foreign", "foreign_profile", "foreign_work", "board"]),
        (Role.ASSOCIATION_LEADER, ["led", "work"], ["own", "other_subject", "board"]),
        (Role.PUBLIC_REPRESENTATIVE, ["public"], ["own", "profile", "work", "board"]),
        (Role.EXPERT, ["public"], ["own", "profile", "work", "board"]),
        (Role.SPECIALIST, ["board", "profile", "foreign_profile", "work", "other_subject"], []),
    ],
)
def test_each_sees_only_their_own_part_and_a_foreign_address_says_no_access(
    client_of, school, other_school, association, role, seen, hidden
):
    work, other = ProcedureFactory(period=PeriodFactory(code="2024/25")), ProcedureFactory(subject__name="Химия")
    for made, place in ((work, school), (other, other_school)):
        ResultAggregateFactory(procedure=made, school=ParticipatingSchoolFactory(organization=place))
    association.subjects.set([work.subject])
    led = AddresseeFactory(organization=None, association=association)
    addresses = {
        "own": AddresseeFactory(organization=school).get_absolute_url(),
        "foreign": AddresseeFactory(organization=other_school).get_absolute_url(),
        "led": led.get_absolute_url(),
        "profile": reverse("desk:profile", args=[school.code]),
        "foreign_profile": reverse("desk:profile", args=[other_school.code]),
        "work": reverse("procedures:detail", args=[work.pk]),
        "foreign_work": reverse("procedures:school", args=[other.pk, other_school.code]),
        "other_subject": reverse("procedures:detail", args=[other.pk]),
        "board": reverse("roadmaps:recommendations"),
        "public": reverse("portal:home"),
    }
    client = client_of(role)
    for name in seen:
        assert client.get(addresses[name], follow=True).status_code == 200, name
    for name in hidden:
        response = client.get(addresses[name])
        assert response.status_code == 404, name
        assert "нет доступа" in response.content.decode()
