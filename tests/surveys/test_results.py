"""What is shown of answers, and what is hidden, to whom."""

from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.surveys import services
from apps.surveys.models import DeviceMark, FreeText
from apps.surveys.selectors.results import own_results, results
from tests.factories.organizations import SchoolFactory
from tests.factories.surveys import FreeTextFactory, PlaceFactory, answer

pytestmark = pytest.mark.django_db


def outcome(group, question):
    return next(each for each in group.outcomes if each.question.id == question.pk)


@pytest.fixture
def filled(asked: SimpleNamespace) -> SimpleNamespace:
    """School 1: 6 yes of 10; school 2: 9 yes of 12; a third school 8 of 8."""
    third = PlaceFactory(survey=asked.survey, organization=SchoolFactory(number=3))
    for place, yes, no in ((asked.place, 6, 4), (asked.other, 9, 3), (third, 8, 0)):
        answer(place, {asked.used: 1, asked.pleased: 1, asked.several: [1], asked.scale: 5}, yes)
        answer(place, {asked.used: 2, asked.several: [1, 2], asked.scale: 2, asked.number: "4"}, no)
    asked.third = third
    return asked


def test_shares_are_counted_by_question_and_organisation(filled) -> None:
    found = results(filled.survey)
    assert found.total.n == 30
    used = outcome(found.total, filled.used)
    assert (used.n, used.shares[0].count) == (30, 23)
    assert used.shares[0].share == Decimal(2300) / 30
    assert outcome(found.total, filled.pleased).n == 23  # only those who were asked
    several = outcome(found.total, filled.several)
    assert [share.count for share in several.shares] == [30, 7, 0]
    assert outcome(found.total, filled.scale).mean == Decimal(23 * 5 + 7 * 2) / 30
    assert [group.n for group in found.groups] == [10, 12, 8]
    assert outcome(found.groups[1], filled.used).shares[0].share == Decimal(75)


def test_a_small_group_is_hidden_with_another_so_that_it_cannot_be_subtracted(filled) -> None:
    tiny = PlaceFactory(survey=filled.survey, organization=SchoolFactory(number=4))
    answer(tiny, {filled.used: 1, filled.several: [1], filled.scale: 1}, 4)
    found = results(filled.survey)
    hidden = {group.name for group in found.groups if group.is_hidden}
    assert hidden == {str(tiny.organization), str(filled.third.organization)}  # and the smallest of the others
    assert all(
        each.is_hidden and not each.shares for group in found.groups if group.is_hidden for each in group.outcomes
    )
    assert [group.n for group in found.groups] == [10, 12, 8, 4]  # how many answered is no secret


def test_a_question_with_a_small_base_is_hidden(filled) -> None:
    found = results(filled.survey)
    assert outcome(found.groups[0], filled.number).is_hidden  # 4 answered it
    assert not outcome(found.total, filled.number).is_hidden


def test_a_small_base_behind_a_filter_hides_another_organisation_with_it(filled) -> None:
    fourth = PlaceFactory(survey=filled.survey, organization=SchoolFactory(number=4))
    answer(fourth, {filled.used: 2, filled.several: [1], filled.scale: 3}, 8)
    answer(fourth, {filled.used: 1, filled.pleased: 2, filled.several: [1], filled.scale: 3}, 2)
    found = results(filled.survey)
    bases = [(outcome(group, filled.pleased).n, outcome(group, filled.pleased).is_hidden) for group in found.groups]
    # 2 is small; alone it would be all together minus the others, so the next smallest goes with it.
    assert bases == [(6, True), (9, False), (8, False), (2, True)]
    assert not any(group.is_hidden for group in found.groups)
    assert outcome(found.total, filled.pleased).n == 25


def test_a_school_does_not_find_the_few_others_behind_a_filter(filled, school) -> None:
    """All together minus its own must not be a small group, question by question."""
    for place in (filled.other, filled.third):
        place.responses.all().delete()
        answer(place, {filled.used: 2, filled.several: [1], filled.scale: 3}, 8)
        answer(place, {filled.used: 1, filled.pleased: 1, filled.several: [1], filled.scale: 3}, 2)
    found = own_results(filled.survey, school)
    assert outcome(found.total, filled.pleased).is_hidden  # 10 all together, 6 its own: 4 others
    assert not outcome(found.total, filled.used).is_hidden


def test_a_survey_of_four_answers_shows_nothing(asked) -> None:
    answer(asked.place, {asked.used: 1}, 4)
    assert results(asked.survey).total.is_hidden


def test_a_school_sees_all_together_only_if_the_others_cannot_be_found(filled, asked, school) -> None:
    assert not own_results(filled.survey, school).total.is_hidden
    filled.third.responses.all().delete()
    two = own_results(filled.survey, school)
    assert two.total.is_hidden  # all together minus its own would be the other school
    assert not two.groups[0].is_hidden
    assert [group.name for group in two.groups] == [str(school)]


# --- pages


@pytest.mark.capability("S-115")
def test_a_specialist_runs_a_survey_and_reads_it_by_school(client_of, filled, specialist) -> None:
    client = client_of(specialist)
    page = client.get(reverse("surveys:survey", args=[filled.survey.pk])).content.decode()
    assert f"/s/{filled.place.token}/" in page
    assert ">10<" in page
    html = client.get(reverse("surveys:results", args=[filled.survey.pk])).content.decode()
    for text in ("Школа № 1", "60\u00a0%", "75\u00a0%", "100\u00a0%"):
        assert text in html
    book = load_workbook(BytesIO(client.get(reverse("surveys:results_file", args=[filled.survey.pk])).content))
    rows = list(book.active.values)
    assert ("Школа № 2", 12, None, "Пользовались сайтом?", "Да", 12, 9, 75) in rows


def test_a_school_sees_its_own_after_the_end_and_never_another(client_of, filled, over, director) -> None:
    client = client_of(director)
    url = reverse("surveys:own_survey", args=[filled.survey.pk])
    running = client.get(url).content.decode()
    assert f"/s/{filled.place.token}/" in running
    assert filled.other.token not in running
    assert "Пользовались сайтом?" not in running
    over()
    html = client.get(url).content.decode()
    assert "да: 60" in html
    assert "Школа № 2" not in html
    for name in ("survey", "results", "results_file", "texts"):
        assert client.get(reverse(f"surveys:{name}", args=[filled.survey.pk])).status_code == 404
    assert client.get(reverse("surveys:poster", args=[filled.place.pk])).status_code == 200
    assert client.get(reverse("surveys:poster", args=[filled.other.pk])).status_code == 404
    assert client.get(reverse("surveys:qr", args=[filled.other.pk])).status_code == 404


def test_a_school_that_is_not_asked_sees_no_survey(client_of, filled) -> None:
    stranger = SchoolFactory(number=9)
    client = client_of(Role.DIRECTOR, stranger)
    assert client.get(reverse("surveys:own_survey", args=[filled.survey.pk])).status_code == 404
    assert filled.survey.title not in client.get(reverse("surveys:own_surveys")).content.decode()


def test_free_answers_are_for_the_authority_alone(client, client_of, filled, director, specialist, over) -> None:
    FreeTextFactory(place=filled.place, question=filled.words, text="Приметное слово")
    over()
    services.publish_results(survey=filled.survey, by=specialist)
    inside = client_of(specialist).get(reverse("surveys:texts", args=[filled.survey.pk])).content.decode()
    assert "Приметное слово" in inside
    school = client_of(director).get(reverse("surveys:own_survey", args=[filled.survey.pk])).content.decode()
    assert "Приметное слово" not in school
    outside = client.get(reverse("surveys:published_survey", args=[filled.survey.pk])).content.decode()
    assert "Приметное слово" not in outside
    text = FreeText.objects.get()
    client_of(specialist).post(reverse("surveys:text_judge", args=[text.pk]), {"hide": "1"})
    text.refresh_from_db()
    assert "Приметное" not in text.text


def test_results_are_public_only_when_published_and_never_by_organisation(client, filled, specialist, over) -> None:
    url = reverse("surveys:published_survey", args=[filled.survey.pk])
    assert client.get(url).status_code == 404
    with pytest.raises(Refused):
        services.publish_results(survey=filled.survey, by=specialist)  # it goes on
    over()
    assert client.get(url).status_code == 404
    services.publish_results(survey=filled.survey, by=specialist)
    page = client.get(url)
    html = page.content.decode()
    assert page.status_code == 200
    assert "Школа № 1" not in html
    assert "30 ответов" in html
    assert not page.cookies
    services.withdraw_results(survey=filled.survey, reason="Ошибка в анкете", by=specialist)
    assert client.get(url).status_code == 404


def test_a_cell_of_few_people_is_hidden_in_public_with_another(client, asked, specialist, over) -> None:
    answer(asked.place, {asked.used: 1, asked.several: [1], asked.scale: 5}, 20)
    answer(asked.place, {asked.used: 2, asked.several: [1], asked.scale: 4}, 2)
    over()
    services.publish_results(survey=asked.survey, by=specialist)
    html = client.get(reverse("surveys:published_survey", args=[asked.survey.pk])).content.decode()
    block = html[html.index("Пользовались сайтом?") :]
    assert "скрыто" in block[: block.index("</div>")]
    assert "91" not in block[: block.index("</div>")]
    assert "9,1" not in html


def test_closing_early_needs_a_reason_and_forgets_devices(client, client_of, asked, good, send, specialist) -> None:
    send(client, asked.place.token, good)
    assert DeviceMark.objects.count() == 1
    url = reverse("surveys:close", args=[asked.survey.pk])
    staff = client_of(specialist)
    assert "Напишите причину" in staff.post(url, {"reason": " "}).content.decode()
    staff.post(url, {"reason": "Ошибка в анкете"})
    asked.survey.refresh_from_db()
    assert asked.survey.is_over()
    assert (DeviceMark.objects.count(), asked.survey.salt) == (0, "")
    assert client.get(f"/s/{asked.place.token}/").status_code == 410


def test_the_night_forgets_devices_of_finished_surveys_only(client, asked, good, send, over) -> None:
    send(client, asked.place.token, good)
    assert services.forget_devices() == 0
    over()
    assert services.forget_devices() == 1
    assert not DeviceMark.objects.exists()
    assert services.forget_devices() == 0
