from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.digests import send_digests
from apps.accounts.roles import Role
from apps.indicators.uses import uses_by_code
from apps.roadmaps import services
from apps.roadmaps.models import Recommendation, RecommendationAddressee
from apps.roadmaps.todo import todo_for
from tests.factories.indicators import VersionFactory
from tests.factories.results import ProcedureFactory, ResultAggregateFactory
from tests.factories.roadmaps import AddresseeFactory

pytestmark = pytest.mark.django_db
State = RecommendationAddressee.State


@pytest.fixture
def addressee(school):
    return AddresseeFactory(organization=school)


@pytest.fixture
def foreign(other_school):
    return AddresseeFactory(organization=other_school, recommendation__title="Чужая рекомендация")


@pytest.fixture
def marked(period, school):
    """A work in which four of ten of our school got «2»."""
    work = ProcedureFactory(period=period)
    return ResultAggregateFactory(procedure=work, school__organization=school, marks=[4, 3, 2, 1])


@pytest.mark.capability("S-134")
def test_one_step_from_the_sign_to_the_recommendation(client_of, marked, director, mailoutbox, commit):
    school, period = marked.school.organization, marked.procedure.period
    client = client_of(Role.SPECIALIST)
    address = f"{reverse('roadmaps:create')}?organization=school-01&period=2025%2F26"
    form = client.get(address).context["form"]
    assert form.initial["organizations"] == [school.pk]
    assert form.initial["due_on"] == timezone.localdate() + timedelta(days=30)
    assert "4 из 10" in form.initial["basis_text"]
    data = {**form.initial, "period": period.pk, "due_on": form.initial["due_on"].isoformat()}
    with commit():
        response = client.post(address, data)
        send_digests()
    issued = Recommendation.objects.get()
    assert response.url == issued.get_absolute_url()
    assert [(row["low"], row["marked"], row["organization"]) for row in issued.basis] == [(4, 10, "school-01")]
    assert issued.rule is not None
    assert [row.organization for row in issued.addressees.all()] == [school]
    assert [letter.to for letter in mailoutbox] == [[director.email]]
    assert "4 из 10" in client.get(response.url).content.decode()


def test_figures_are_never_taken_from_the_address(client_of, school, period):
    client = client_of(Role.SPECIALIST)
    address = f"{reverse('roadmaps:create')}?organization=school-01&period=2025/26&basis_text=INVENTED"
    assert "INVENTED" not in client.get(address).content.decode()
    assert client.get(f"{reverse('roadmaps:create')}?organization=none&period=%00").status_code == 200


def test_all_faults_of_the_form_at_once_and_nothing_sent(client_of, school, period):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    data = {"period": period.pk, "title": "", "text": "Сделать", "due_on": yesterday}
    page = client_of(Role.SPECIALIST).post(reverse("roadmaps:create"), data).content.decode()
    for words in ("Отметьте хотя бы одну организацию", "Срок исполнения уже прошёл", "Обязательное поле", "Сделать"):
        assert words in page
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize("button", ["accept", "return"])
def test_a_remark_that_is_too_long_decides_nothing_and_is_kept(client_of, addressee, director, button):
    services.report(addressee=addressee, text="Сделано.", by=director)
    remark = "Ы" * 2001
    url = reverse("roadmaps:review", args=[addressee.pk])
    page = client_of(Role.SPECIALIST).post(url, {f"{addressee.pk}-text": remark, button: "1"}).content.decode()
    assert remark in page
    assert "Есть ошибки" in page
    addressee.refresh_from_db()
    assert addressee.state == State.REPORTED


def test_the_board_and_its_filters(client_of, addressee, foreign):
    client = client_of(Role.METHODOLOGIST)
    board = reverse("roadmaps:recommendations")
    assert "Чужая рекомендация" in client.get(board).content.decode()
    assert set(client.get(board, {"organization": "school-01"}).context["table"].data) == {addressee}
    assert set(client.get(board, {"state": "done"}).context["table"].data) == set()
    Recommendation.objects.filter(pk=foreign.recommendation_id).update(due_on=timezone.localdate() - timedelta(days=1))
    assert set(client.get(board, {"overdue": "on"}).context["table"].data) == {foreign}
    assert client.get(board, {"state": "odd", "organization": "' or 1", "page": "x"}).status_code == 200


def test_what_is_open_and_overdue_stands_first_and_what_is_done_last(client_of, director):
    today = timezone.localdate()
    moment = timezone.now()
    seen = {"received_at": moment, "received_by": director, "report_text": "Сделано."}
    done = {**seen, "state": State.DONE, "reported_at": moment, "reported_by": director, "reviewed_at": moment}
    rows = {}
    for name, days, fields in (
        ("исполнена", -90, {**done, "reviewed_by": director}),
        ("впереди", 20, {}),
        ("просрочена", -3, {}),
        ("на проверке", -30, {**seen, "state": State.REPORTED, "reported_at": moment, "reported_by": director}),
    ):
        rows[name] = AddresseeFactory(recommendation__title=name, **fields)
        Recommendation.objects.filter(title=name).update(due_on=today + timedelta(days=days))
    table = client_of(Role.SPECIALIST).get(reverse("roadmaps:recommendations")).context["table"]
    assert [row.recommendation.title for row in table.data] == ["просрочена", "впереди", "на проверке", "исполнена"]


def test_the_indicators_of_a_recommendation_know_it(client_of, period, school):
    version = VersionFactory(indicator__number="1")
    data = {
        "organizations": [school.pk], "period": period.pk, "title": "Математика", "text": "Разберите задания",
        "due_on": (timezone.localdate() + timedelta(days=9)).isoformat(), "indicators": ["trial.1"],
    }  # fmt: skip
    client = client_of(Role.SPECIALIST)
    assert client.post(reverse("roadmaps:create"), data).status_code == 302
    assert [use.kind for use in uses_by_code()["trial.1"]] == ["decision"]
    assert "Рекомендация, решение" in client.get(f"/indicators/{version.indicator.code}/").content.decode()


def test_the_board_asks_the_database_as_often_for_many_rows(client_of, addressee, django_assert_max_num_queries):
    client = client_of(Role.HEAD)
    client.get(reverse("roadmaps:recommendations"))
    for _ in range(5):
        AddresseeFactory()
    with django_assert_max_num_queries(14):
        client.get(reverse("roadmaps:recommendations"))


def test_a_school_sees_its_own_and_nothing_else(client_of, addressee, foreign):
    client = client_of(Role.COORDINATOR)
    page = client.get(reverse("roadmaps:own")).content.decode()
    assert addressee.recommendation.title in page
    assert "Чужая рекомендация" not in page
    assert client.get(reverse("roadmaps:own_detail", args=[addressee.pk])).status_code == 200
    for name, row in (("own_detail", foreign), ("proof", foreign)):
        assert client.get(reverse(f"roadmaps:{name}", args=[row.pk])).status_code == 404
    assert client.get(reverse("roadmaps:detail", args=[addressee.recommendation_id])).status_code == 404
    assert client.get(reverse("roadmaps:recommendations")).status_code == 404


def test_a_school_cannot_write_to_a_foreign_one(client_of, foreign):
    client = client_of(Role.DIRECTOR)
    assert client.post(reverse("roadmaps:receive", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("roadmaps:own_detail", args=[foreign.pk]), {"text": "Сделано"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == State.SENT


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE])
def test_others_find_nothing(client_of, addressee, role):
    client = client_of(role)
    for name in ("recommendations", "create", "own"):
        assert client.get(reverse(f"roadmaps:{name}")).status_code == 404
    assert client.get(reverse("roadmaps:own_detail", args=[addressee.pk])).status_code == 404
    assert client.get(reverse("roadmaps:proof", args=[addressee.pk])).status_code == 404


def test_receive_report_with_a_file_return_and_accept(client_of, addressee):
    school = client_of(Role.DIRECTOR)
    own = reverse("roadmaps:own_detail", args=[addressee.pk])
    assert school.post(reverse("roadmaps:receive", args=[addressee.pk])).url == own
    proof = BytesIO(b"%PDF-1.7")
    proof.name = "Приказ.pdf"
    assert school.post(own, {"text": "Провели консультации.", "proof": proof}).status_code == 302
    office = client_of(Role.SPECIALIST)
    page = office.get(reverse("roadmaps:detail", args=[addressee.recommendation_id])).content.decode()
    assert "Провели консультации." in page
    download = office.get(reverse("roadmaps:proof", args=[addressee.pk]))
    assert b"".join(download.streaming_content) == b"%PDF-1.7"
    assert download["Cache-Control"] == "private, no-store"
    review = reverse("roadmaps:review", args=[addressee.pk])
    office.post(review, {f"{addressee.pk}-text": "Добавьте даты.", "return": "1"})
    assert "Добавьте даты." in school.get(own).content.decode()
    school.post(own, {"text": "Провели 5 марта."})
    office.post(review, {f"{addressee.pk}-text": "", "accept": "1"})
    addressee.refresh_from_db()
    assert addressee.state == State.DONE
    assert school.post(own, {"text": "Ещё раз"}).status_code == 200  # said, not written
    addressee.refresh_from_db()
    assert addressee.report_text == "Провели 5 марта."


def test_a_wrong_file_keeps_the_typed_text(client_of, addressee):
    fake = BytesIO(b"MZ")
    fake.name = "отчёт.pdf"
    own = reverse("roadmaps:own_detail", args=[addressee.pk])
    page = client_of(Role.DIRECTOR).post(own, {"text": "Провели консультации.", "proof": fake}).content.decode()
    assert "Провели консультации." in page
    assert "не соответствует окончанию" in page


def test_a_get_changes_nothing(client_of, addressee):
    client = client_of(Role.DIRECTOR)
    assert client.get(reverse("roadmaps:receive", args=[addressee.pk])).status_code == 405
    client.get(reverse("roadmaps:own_detail", args=[addressee.pk]))
    addressee.refresh_from_db()
    assert addressee.state == State.SENT


def test_todo_of_both_sides(addressee, director, other_director, specialist, methodologist):
    assert [(todo.title, todo.count) for todo in todo_for(director)] == [("Подтвердить получение рекомендаций", 1)]
    assert todo_for(other_director) == []
    assert todo_for(specialist) == []
    services.report(addressee=addressee, text="Провели.", by=director)
    assert todo_for(director) == []
    assert [todo.count for todo in todo_for(specialist)] == [1]
    assert todo_for(methodologist) == []
    late = AddresseeFactory(organization=director.organization)
    Recommendation.objects.filter(pk=late.recommendation_id).update(due_on=timezone.localdate() - timedelta(days=1))
    assert [todo.tone for todo in todo_for(director)] == ["bad"]
    assert [todo.count for todo in todo_for(specialist)] == [1, 1]
