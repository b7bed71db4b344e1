"""The browser form: the same values as by workbook, saved field by field and by section, by two people at once."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection import services
from apps.collection.definition import Given
from apps.collection.models import Answer, AnswerChange, Campaign, Form, Submission, SubmissionUpload
from apps.collection.states import State
from apps.core.models import Event
from apps.indicators.models import Value
from apps.organizations.models import Organization
from tests.collection.conftest import filled
from tests.factories.collection import CampaignFactory, SubmissionFactory
from tests.factories.core import PeriodFactory
from tests.factories.indicators import ValueFactory

ClientOf = Callable[..., Client]
OTHER_SOURCE = next(source for source in Value.Source if source != Value.Source.COLLECTION)
HTMX = {"HX-Request": "true"}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def ids(form: Form) -> dict[str, int]:
    """The field's id by «№ строки»."""
    return {field.version.indicator.number: field.pk for field in form.fields.all()}


def section_url(submission: Submission, number: int = 1) -> str:
    return reverse("collection:section", args=[submission.pk, number])


def sent(submission: Submission, values: dict[str, str], notes: dict[str, str] | None = None) -> dict[str, Any]:
    """What the browser sends for a section that was opened just now."""
    submission.refresh_from_db()
    places = ids(submission.form)
    data: dict[str, Any] = {}
    for number, value in values.items():
        data[f"value-{places[number]}"] = value
        data[f"note-{places[number]}"] = (notes or {}).get(number, "")
        data[f"seen-{places[number]}"] = str(submission.revision)
    return data


def leave_field(client: Client, submission: Submission, number: str, value: str, **more: Any) -> Any:
    field_pk = ids(submission.form)[number]
    data = {**sent(submission, {number: value}), **{f"{name}-{field_pk}": text for name, text in more.items()}}
    url = reverse("collection:field", args=[submission.pk, field_pk])
    return client.post(url, data, headers=HTMX)


def stored(submission: Submission) -> dict[str, tuple[Any, ...]]:
    rows = submission.answers.values_list(
        "field__version__indicator__number", "number", "text", "absence_reason", "explanation"
    )
    return {row[0]: row[1:] for row in rows}


TYPED = [
    pytest.param({"1": 100, "2": 40, "3": 4.2, "4": "да", "5": 12}, {}, id="plain"),
    pytest.param({"1": 1250, "2": 0, "3": "4,25", "4": "нет"}, {"3": "Новая методика"}, id="zero, comma, explanation"),
    pytest.param({"1": "1 250", "2": None, "4": "Да"}, {"2": "Журнал передан в архив"}, id="spaces and a reason"),
]


@pytest.mark.capability("S-096")
@pytest.mark.parametrize(("values", "notes"), TYPED)
def test_by_form_and_by_workbook_the_answers_are_equal(
    client_of: ClientOf, submission: Submission, other_submission: Submission, coordinator: User,
    other_director: User, upload: Callable[..., SubmissionUpload], values: dict[str, Any], notes: dict[str, str],
) -> None:  # fmt: skip
    made = upload(other_submission, filled(other_submission, values, notes), other_director)
    services.confirm_upload(upload=made, digest=made.digest, by=other_director)
    texts = {number: "" if value is None else str(value).replace(".", ",") for number, value in values.items()}
    answer = client_of(coordinator).post(section_url(submission), sent(submission, texts, notes))
    assert answer.status_code == 302
    answered = {number: row for number, row in stored(other_submission).items() if row != (None, "", "", "")}
    assert stored(submission) == answered
    assert len(answered) == len(values)
    assert set(submission.answers.values_list("origin", "cell")) == {("web", "")}


def test_a_field_is_saved_as_it_is_left_and_the_share_follows(client_of: ClientOf, submission: Submission) -> None:
    client = client_of(Role.COORDINATOR)
    leave_field(client, submission, "1", "200")
    page = text_of(leave_field(client, submission, "2", "50"))
    assert "Записано: 50" in page
    share = ids(submission.form)["2%"]
    assert re.search(rf'<output id="derived-{share}" hx-swap-oob="innerHTML">25,0\u00a0%</output>', page)
    assert "Заполнено 2 из 4" in page
    third = ids(submission.form)["3"]
    assert f'<a href="#value-{third}">К строке 3, первой незаполненной</a>' in page
    assert f'<a href="#value-{third}">строка 3, первая незаполненная</a>' in text_of(
        client.get(reverse("collection:section", args=[submission.pk, 1]))
    )
    submission.refresh_from_db()
    assert (submission.state, submission.revision) == (State.DRAFT, 2)
    assert AnswerChange.objects.count() == 2
    assert Event.objects.filter(kind="submission.filled").count() == 1  # a day's work is one line of history


def test_what_is_not_a_number_stays_typed_and_unwritten(client_of: ClientOf, submission: Submission) -> None:
    client = client_of(Role.COORDINATOR)
    said = text_of(leave_field(client, submission, "1", "сто <b>"))
    assert "Не записано: это не число" in said
    assert "сто &lt;b&gt;" in said
    answer = client.post(section_url(submission), sent(submission, {"1": "12 чел.", "2": "7", "3": "4,256789123"}))
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'value="12 чел."' in page
    assert f'href="#value-{ids(submission.form)["1"]}"' in page
    assert "слишком много знаков" in page
    assert {number: row[0] for number, row in stored(submission).items()} == {"2": Decimal(7)}


def test_a_rule_between_rows_is_said_at_once_at_its_row(client_of: ClientOf, submission: Submission) -> None:
    client = client_of(Role.COORDINATOR)
    leave_field(client, submission, "2", "50")
    page = text_of(leave_field(client, submission, "1", "40"))
    second = ids(submission.form)["2"]
    assert re.search(rf'id="remarks-{second}" hx-swap-oob="innerHTML">.*Отличников больше', page, re.DOTALL)
    assert f'href="#value-{second}"' in page
    mended = text_of(leave_field(client, submission, "1", "60"))
    assert "Отличников больше" not in mended


def test_absent_is_not_zero(client_of: ClientOf, submission: Submission) -> None:
    client = client_of(Role.COORDINATOR)
    client.post(section_url(submission), sent(submission, {"1": "0", "2": "", "3": ""}, {"3": "Не считали"}))
    assert stored(submission) == {"1": (Decimal(0), "", "", ""), "3": (None, "", "Не считали", "")}
    said = text_of(leave_field(client, submission, "2", "н/д"))
    assert "не сказано почему" in said


# --- two editors


@pytest.mark.capability("S-096")
@pytest.mark.fault("C01")
def test_the_second_editor_is_told_and_loses_nothing(
    client_of: ClientOf, submission: Submission, coordinator: User, director: User
) -> None:
    second, first = client_of(coordinator), client_of(director)
    typed = sent(submission, {"1": "12", "2": "3"})  # opened before the other began
    leave_field(first, submission, "1", "15")
    answer = second.post(section_url(submission), typed)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "15" in page
    assert 'value="12"' in page  # both values are seen
    assert f"{director.get_short_name()}, {timezone.localtime():%d.%m.%Y}" in page
    assert {number: row[0] for number, row in stored(submission).items()} == {"1": 15, "2": 3}

    one = ids(submission.form)["1"]
    seen = re.search(rf'name="seen-{one}" value="(\d+)"', page)
    against = re.search(rf'name="against-{one}" value="(\d+)"', page)
    assert seen
    assert against
    settled = {f"value-{one}": "12", f"seen-{one}": seen[1], f"against-{one}": against[1]}
    assert second.post(section_url(submission), settled).status_code == 422  # pressing again does not overwrite
    theirs = second.post(section_url(submission), {**settled, f"choose-{one}": "theirs"})
    assert theirs.status_code == 302
    assert stored(submission)["1"][0] == 15
    second.post(section_url(submission), {**settled, f"choose-{one}": "mine"})
    assert stored(submission)["1"][0] == 12


def test_a_choice_is_outdated_by_a_third_change(
    client_of: ClientOf, submission: Submission, coordinator: User, director: User
) -> None:
    client = client_of(coordinator)
    one = ids(submission.form)["1"]
    services.save_answers(submission=submission, answers={"trial.1": Given(number=Decimal(15))}, by=director)
    services.save_answers(submission=submission, answers={"trial.1": Given(number=Decimal(16))}, by=director)
    data = {f"value-{one}": "12", f"seen-{one}": "0", f"against-{one}": "1", f"choose-{one}": "mine"}
    assert client.post(section_url(submission), data).status_code == 422
    assert stored(submission)["1"][0] == 16


def test_rows_left_as_they_were_do_not_overwrite(
    client_of: ClientOf, submission: Submission, coordinator: User, director: User
) -> None:
    """The whole section is sent; only what this person changed is meant."""
    services.save_answers(submission=submission, answers={"trial.1": Given(number=Decimal(10))}, by=coordinator)
    typed = sent(submission, {"1": "10", "2": "3"})
    leave_field(client_of(director), submission, "1", "15")
    assert client_of(coordinator).post(section_url(submission), typed).status_code == 302
    assert {number: row[0] for number, row in stored(submission).items()} == {"1": 15, "2": 3}


def test_the_same_value_by_two_is_no_conflict(client_of: ClientOf, submission: Submission, director: User) -> None:
    typed = sent(submission, {"1": "15"})
    leave_field(client_of(director), submission, "1", "15")
    assert client_of(Role.COORDINATOR).post(section_url(submission), typed).status_code == 302
    assert AnswerChange.objects.count() == 1


def test_a_forged_stamp_is_no_error(client_of: ClientOf, submission: Submission) -> None:
    one = ids(submission.form)["1"]
    for seen in ("", "-1", "²", "9" * 40, "x"):
        answer = client_of(Role.COORDINATOR).post(
            section_url(submission), {f"value-{one}": "5", f"seen-{one}": seen, "value-999999": "7", "value-": "1"}
        )
        assert answer.status_code == 302
    assert stored(submission) == {"1": (Decimal(5), "", "", "")}


# --- what is refused


def test_nothing_is_written_after_the_term_and_nothing_typed_is_lost(
    client_of: ClientOf, submission: Submission
) -> None:
    client = client_of(Role.COORDINATOR)
    typed = sent(submission, {"1": "321", "2": "пять"})
    Campaign.objects.update(state="closed", closed_at=timezone.now())
    answer = client.post(section_url(submission), typed)
    assert answer.status_code == 422
    assert "Приём данных завершён" in text_of(answer)
    assert 'value="321"' in text_of(answer)
    assert 'value="пять"' in text_of(answer)
    assert "Приём данных завершён" in text_of(leave_field(client, submission, "1", "321"))
    assert not Answer.objects.exists()
    assert client.get(section_url(submission)).status_code == 302


def test_a_submitted_form_is_not_changed(client_of: ClientOf, submitted: Submission) -> None:
    said = text_of(leave_field(client_of(Role.COORDINATOR), submitted, "1", "7"))
    assert "на проверке" in said
    assert stored(submitted)["1"][0] == 100


@pytest.mark.parametrize("number", [0, 2, 99])
def test_unknown_sections_and_fields_are_not_found(client_of: ClientOf, submission: Submission, number: int) -> None:
    client = client_of(Role.COORDINATOR)
    assert client.get(section_url(submission, number)).status_code == 404
    derived = ids(submission.form)["2%"]
    for field_pk in (derived, 999_999):
        url = reverse("collection:field", args=[submission.pk, field_pk])
        assert client.post(url, {f"value-{field_pk}": "1"}, headers=HTMX).status_code == 404


# --- the pages


def test_sections_are_a_list_of_tasks(client_of: ClientOf, submission: Submission) -> None:
    client = client_of(Role.COORDINATOR)

    def state() -> str:
        return str(client.get(submission.get_absolute_url()).context["section_states"][0].text)

    assert state() == "не начат"
    leave_field(client, submission, "1", "10")
    assert state() == "заполняется"
    leave_field(client, submission, "2", "20")
    assert state() == "есть ошибки"
    client.post(section_url(submission), sent(submission, {"1": "30", "3": "4", "4": "да"}))
    assert state() == "готов"


def test_the_check_page_links_to_what_is_missing_and_shows_the_differences(
    client_of: ClientOf, submission: Submission
) -> None:
    client = client_of(Role.COORDINATOR)
    version = submission.form.fields.get(version__indicator__number="1").version
    ValueFactory(organization=submission.organization, version=version, period__code="2024", number=80)
    leave_field(client, submission, "1", "100")
    page = text_of(client.get(reverse("collection:check", args=[submission.pk])))
    assert f"{section_url(submission)}#value-{ids(submission.form)['2']}" in page
    assert "+20" in page
    assert "изменить" in page
    assert "Отправить на проверку" not in page


@pytest.mark.capability("S-089")
def test_a_number_known_elsewhere_is_taken_by_one_press(client_of: ClientOf, submission: Submission) -> None:
    version = submission.form.fields.get(version__indicator__number="1").version
    ValueFactory(
        organization=submission.organization, version=version, period=submission.period, number=432, source=OTHER_SOURCE
    )
    client = client_of(Role.COORDINATOR)
    assert "Взять 432" in text_of(client.get(section_url(submission)))
    one = ids(submission.form)["1"]
    answer = client.post(section_url(submission), {**sent(submission, {"1": "", "2": "30"}), "take": str(one)})
    assert answer.status_code == 302
    assert {number: row[0] for number, row in stored(submission).items()} == {"1": 432, "2": 30}
    assert submission.answers.get(number=432).origin == Answer.Origin.SOURCE
    assert "Взять" not in text_of(client.get(section_url(submission)))


def test_saving_a_field_asks_few_questions(
    client_of: ClientOf, confirmed: Submission, django_assert_max_num_queries: Any
) -> None:
    client = client_of(Role.COORDINATOR)
    field_pk = ids(confirmed.form)["5"]
    url = reverse("collection:field", args=[confirmed.pk, field_pk])
    data = {f"value-{field_pk}": "14", f"seen-{field_pk}": str(confirmed.revision)}
    client.post(url, {**data, f"value-{field_pk}": "12"}, headers=HTMX)
    with django_assert_max_num_queries(25):
        assert "Записано: 14" in text_of(client.post(url, data, headers=HTMX))


# --- explanations of last year


@pytest.fixture
def jump(submission: Submission, coordinator: User, director: User, specialist: User) -> Submission:
    """Row 1 is more than half higher than last year's 40; a year ago such a jump was explained and accepted."""
    year = PeriodFactory(code="2024")
    campaign = CampaignFactory(title="Прошлый год", period=year)
    last = SubmissionFactory(campaign=campaign, form=submission.form, organization=submission.organization)
    numbers = {"1": 40, "2": 4, "3": 4, "4": 1}
    answers = {f"trial.{key}": Given(number=Decimal(value)) for key, value in numbers.items()}
    answers["trial.1"] = Given(number=Decimal(40), explanation="Открыли новый корпус")
    services.save_answers(submission=last, answers=answers, by=coordinator)
    services.submit_submission(submission=last, by=director)
    services.accept_submission(submission=last, by=specialist)
    services.save_answers(submission=submission, answers={"trial.1": Given(number=Decimal(100))}, by=coordinator)
    return Submission.objects.get(pk=submission.pk)


def test_an_explanation_accepted_last_year_is_offered_and_taken_by_one_press(
    client_of: ClientOf, jump: Submission
) -> None:
    client = client_of(Role.COORDINATOR)
    check = reverse("collection:check", args=[jump.pk])
    for address in (check, section_url(jump)):
        assert "Открыли новый корпус" in text_of(client.get(address))
    client.post(reverse("collection:explain", args=[jump.pk]), {"same": "trial.1", "explain-trial.1": ""})
    assert stored(jump)["1"] == (Decimal(100), "", "", "Открыли новый корпус")
    change = AnswerChange.objects.filter(submission=jump).first()
    assert change is not None
    assert (change.old_words, change.new_words) == ("100", "100 (Открыли новый корпус)")
    assert Event.objects.filter(kind="submission.explanation_repeated").count() == 1
    assert "То же пояснение" not in text_of(client.get(check))


def test_it_is_offered_at_the_row_as_the_question_comes_up(client_of: ClientOf, jump: Submission) -> None:
    client = client_of(Role.COORDINATOR)
    assert "То же пояснение" in text_of(leave_field(client, jump, "1", "120"))
    one = ids(jump.form)["1"]
    client.post(section_url(jump), {**sent(jump, {"1": "130", "2": "9"}), "same": str(one)})
    assert stored(jump)["1"] == (Decimal(130), "", "", "Открыли новый корпус")
    assert stored(jump)["2"][0] == 9


def test_what_was_not_accepted_or_is_anothers_is_not_offered(
    client_of: ClientOf, jump: Submission, other_school: Organization
) -> None:
    client = client_of(Role.COORDINATOR)
    check = reverse("collection:check", args=[jump.pk])
    last = Submission.objects.exclude(pk=jump.pk)
    last.update(organization=other_school)
    assert "Открыли новый корпус" not in text_of(client.get(check))
    said = client.post(reverse("collection:explain", args=[jump.pk]), {"same": "trial.1"}, follow=True)
    assert "Напишите пояснение сами" in text_of(said)
    last.update(organization=jump.organization, state=State.SUBMITTED)
    assert "Открыли новый корпус" not in text_of(client.get(check))
