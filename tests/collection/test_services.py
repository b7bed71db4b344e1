"""Campaigns, uploads and the way of a submission, by the services that pages and commands call."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection import services
from apps.collection.models import AnswerChange, Campaign, Form, Submission, SubmissionUpload
from apps.collection.services.forms import SELF_EXAMINATION, active_forms
from apps.collection.states import Action, State, after
from apps.core.findings import Refused
from apps.core.models import Event, Job, Period
from apps.indicators.models import Value
from apps.organizations.models import Organization
from tests.collection.conftest import GOOD, filled
from tests.factories.indicators import ValueFactory
from tests.factories.organizations import AdditionalFactory, SchoolFactory
from tests.packs import packs_loaded

Upload = Callable[..., SubmissionUpload]


def codes_of(refused: Any) -> list[str]:
    return [finding.code for finding in refused.value.findings]


# --- forms out of packs

FORMS = 13  # three of самообследование, nine of the monitoring of plans, the social passport


def self_examination() -> list[Form]:
    return [form for form in active_forms() if form.code in SELF_EXAMINATION]


def test_packs_become_forms_once(db: None) -> None:
    packs_loaded()
    assert services.refresh_forms().created == FORMS
    again = services.refresh_forms()
    assert (again.created, again.new_versions, again.unchanged) == (0, 0, FORMS)
    school = Form.objects.get(code="so_oo")
    assert school.fields.filter(version__is_derived=False).count() == 54  # 92 rows, 3 headings, 35 shares
    assert school.fields.filter(is_required=True).count() == 48  # without 6 auxiliary ones
    assert school.rules.exists()
    assert not school.is_confirmed


def test_a_changed_passport_makes_a_new_version(db: None) -> None:
    packs_loaded()
    services.refresh_forms()
    version = Form.objects.get(code="so_oo").fields.get(version__indicator__number="1.1").version
    version.valid_to = timezone.localdate()
    version.save()
    version.pk, version.number, version.valid_to, version.name = None, 2, None, "Всего учащихся"
    version.save()
    assert services.refresh_forms().new_versions == 1
    assert [form.version for form in Form.objects.filter(code="so_oo")] == [2, 1]
    assert Form.objects.get(code="so_oo", is_active=True).version == 2


# --- campaigns


def days() -> dict[str, Any]:
    today = timezone.localdate()
    return {"opens_on": today, "due_on": today + timedelta(days=7), "closes_on": today + timedelta(days=14)}


def test_forms_go_by_programmes(specialist: User, calendar_year: Period, kindergarten: Organization) -> None:
    packs_loaded()
    services.refresh_forms()
    both = SchoolFactory(code="school-07", number=7, programmes=["preschool", "primary", "additional"])
    club = AdditionalFactory()
    closed = SchoolFactory(code="school-08", number=8, closed_on=timezone.localdate(), successor=both)
    opened = services.open_campaign(
        title="Сбор", period=calendar_year, forms=self_examination(), organizations=Organization.objects.educational(),
        by=specialist, **days(),
    )  # fmt: skip
    asked = set(opened.campaign.submissions.values_list("organization__code", "form__code"))
    assert asked == {
        ("school-01", "so_oo"),
        ("school-07", "so_oo"),
        ("school-07", "so_doo"),
        (kindergarten.code, "so_doo"),
        (club.code, "so_dod"),
    }
    assert [finding.code for finding in opened.addressees.skipped] == ["closed"]
    assert closed.name in opened.addressees.skipped[0].message


def test_nobody_is_asked_twice_for_the_same(
    submission: Submission, form: Form, school: Organization, specialist: User
) -> None:
    with pytest.raises(Refused) as refused:
        services.open_campaign(
            title="Ещё раз", period=submission.period, forms=[form], organizations=[school], by=specialist, **days()
        )
    assert codes_of(refused) == ["nobody", "asked_already"]
    assert submission.campaign.title in str(refused.value)
    assert Campaign.objects.count() == 1


def test_days_out_of_order_are_refused(
    form: Form, school: Organization, calendar_year: Period, specialist: User
) -> None:
    wrong = {**days(), "due_on": timezone.localdate() - timedelta(days=1)}
    with pytest.raises(Refused, match="Срок сдачи"):
        services.open_campaign(
            title="Сбор", period=calendar_year, forms=[form], organizations=[school], by=specialist, **wrong
        )
    assert not Campaign.objects.exists()


# --- workbooks


@pytest.mark.fault("U35")
def test_confirming_writes_exactly_what_was_shown(submission: Submission, coordinator: User, upload: Upload) -> None:
    made = upload(submission, filled(submission, GOOD), coordinator)
    assert made.state == "previewed"
    assert submission.answers.count() == 0
    assert services.confirm_upload(upload=made, digest=made.digest, by=coordinator) == 5
    answers = {a.field.version.indicator.number: a.number for a in submission.answers.all()}
    assert answers == {"1": 100, "2": 40, "3": Decimal("4.2"), "4": 1, "5": 12}
    submission.refresh_from_db()
    assert (submission.state, submission.revision) == (State.DRAFT, 1)
    assert services.confirm_upload(upload=made, digest=made.digest, by=coordinator) == 0
    assert AnswerChange.objects.count() == 5


def test_another_digest_is_refused(submission: Submission, coordinator: User, upload: Upload) -> None:
    made = upload(submission, filled(submission, GOOD), coordinator)
    with pytest.raises(Refused) as refused:
        services.confirm_upload(upload=made, digest="0" * 64, by=coordinator)
    assert codes_of(refused) == ["other_preview"]
    assert submission.answers.count() == 0


def test_the_second_of_two_editors_is_told(
    submission: Submission, coordinator: User, director: User, upload: Upload
) -> None:
    first = upload(submission, filled(submission, GOOD), coordinator)
    second = upload(submission, filled(submission, {**GOOD, "1": 200}), director)
    services.confirm_upload(upload=first, digest=first.digest, by=coordinator)
    with pytest.raises(Refused) as refused:
        services.confirm_upload(upload=second, digest=second.digest, by=director)
    assert codes_of(refused)[0] == "changed_meanwhile"
    assert coordinator.get_short_name() in str(refused.value)
    assert submission.answers.get(field__version__indicator__number="1").number == 100


def test_the_same_file_twice_is_one_upload(submission: Submission, coordinator: User, upload: Upload) -> None:
    content = filled(submission, GOOD)
    assert upload(submission, content, coordinator).pk == upload(submission, content, coordinator).pk
    assert SubmissionUpload.objects.count() == 1


def test_a_workbook_with_errors_is_not_written(submission: Submission, coordinator: User, upload: Upload) -> None:
    made = upload(submission, filled(submission, {**GOOD, "2": 101}), coordinator)
    assert made.state == "refused"
    with pytest.raises(Refused) as refused:
        services.confirm_upload(upload=made, digest=made.digest, by=coordinator)
    assert codes_of(refused) == ["has_errors"]
    assert submission.answers.count() == 0


def test_a_change_keeps_the_old_value(confirmed: Submission, director: User, upload: Upload) -> None:
    made = upload(confirmed, filled(confirmed, {"1": 90}), director)
    assert services.confirm_upload(upload=made, digest=made.digest, by=director) == 1
    change = AnswerChange.objects.filter(changed_by=director).get()
    assert (change.old_number, change.new_number, change.origin) == (100, 90, "workbook")
    assert change.cell.startswith("D")


@pytest.mark.fault("U32")
def test_eleven_workbooks_a_minute_are_too_many(submission: Submission, coordinator: User, upload: Upload) -> None:
    made = upload(submission, filled(submission, GOOD), coordinator)
    for _ in range(9):
        made.pk = None
        made.save()
    with pytest.raises(Refused) as refused:
        upload(submission, filled(submission, {**GOOD, "1": 101}), coordinator)
    assert codes_of(refused) == ["too_many"]


# --- the way to acceptance


@pytest.mark.capability("S-092")
def test_the_director_hands_in_and_gets_a_number(confirmed: Submission, director: User, coordinator: User) -> None:
    with pytest.raises(Refused) as refused:
        services.submit_submission(submission=confirmed, by=coordinator)
    assert codes_of(refused) == ["director_only"]
    done = services.submit_submission(submission=confirmed, by=director)
    assert (done.state, done.number, done.submitted_late) == (State.SUBMITTED, "СО-2025-0001", False)


def test_numbers_never_repeat(
    submitted: Submission, other_submission: Submission, other_director: User, upload: Upload
) -> None:
    made = upload(other_submission, filled(other_submission, GOOD), other_director)
    services.confirm_upload(upload=made, digest=made.digest, by=other_director)
    assert services.submit_submission(submission=other_submission, by=other_director).number == "СО-2025-0002"


def test_empty_rows_and_open_queries_block(
    submission: Submission, coordinator: User, director: User, upload: Upload, form: Form
) -> None:
    version = form.fields.get(version__indicator__number="1").version
    ValueFactory(organization=submission.organization, version=version, period=Period.objects.named("2024"), number=10)
    made = upload(submission, filled(submission, {"1": 100, "2": 40, "3": 4.2}), coordinator)
    services.confirm_upload(upload=made, digest=made.digest, by=coordinator)
    with pytest.raises(Refused) as refused:
        services.submit_submission(submission=submission, by=director)
    assert codes_of(refused) == ["missing", "jump"]
    made = upload(submission, filled(submission, {"4": "нет"}), coordinator)
    services.confirm_upload(upload=made, digest=made.digest, by=coordinator)
    services.explain(submission=submission, texts={"trial.1": "открыт новый корпус"}, by=coordinator)
    assert services.submit_submission(submission=submission, by=director).state == State.SUBMITTED


def test_who_saw_an_older_revision_is_told(confirmed: Submission, director: User) -> None:
    with pytest.raises(Refused) as refused:
        services.submit_submission(submission=confirmed, by=director, revision=confirmed.revision - 1)
    assert codes_of(refused) == ["changed_meanwhile"]


def test_returned_with_a_comment_and_handed_in_again(submitted: Submission, specialist: User, director: User) -> None:
    with pytest.raises(Refused) as refused:
        services.return_submission(submission=submitted, comment="  ", by=specialist)
    assert codes_of(refused) == ["no_comment"]
    back = services.return_submission(submission=submitted, comment="Проверьте строку 1.", by=specialist)
    assert (back.state, back.return_comment) == (State.RETURNED, "Проверьте строку 1.")
    again = services.submit_submission(submission=back, by=director)
    assert (again.state, again.number) == (State.SUBMITTED, submitted.number)


def test_acceptance_records_values_and_recounts(accepted: Submission) -> None:
    values = {value.version.indicator.number: value.number for value in Value.objects.all()}
    assert values == {"1": 100, "2": 40, "3": Decimal("4.2"), "4": 1, "5": 12}
    assert set(Value.objects.values_list("origin", "origin_id")) == {("collection.Submission", str(accepted.pk))}
    assert Job.objects.count() == 1


def test_reopened_keeps_the_values_until_accepted_anew(accepted: Submission, specialist: User) -> None:
    again = services.reopen_submission(submission=accepted, reason="Ошибка в строке 2", by=specialist)
    assert again.state == State.RETURNED
    assert (again.accepted_at, again.accepted_by) == (None, None)
    assert Value.objects.count() == 5


def test_bulk_acceptance_leaves_what_cannot_be_accepted(
    submitted: Submission, other_submission: Submission, specialist: User
) -> None:
    accepted, problems = services.accept_submissions(submissions=[submitted, other_submission], by=specialist)
    assert accepted == 1
    assert [finding.code for finding in problems] == ["state"]
    assert str(other_submission) in problems[0].message
    other_submission.refresh_from_db()
    assert other_submission.state == State.NOT_STARTED


# --- the term


@pytest.mark.parametrize(("due", "closes", "late"), [(0, 5, False), (-1, 5, True)], ids=["last day", "the day after"])
def test_late_is_decided_at_the_moment_of_handing_in(
    confirmed: Submission, director: User, due: int, closes: int, late: bool
) -> None:
    today = timezone.localdate()
    Campaign.objects.update(due_on=today + timedelta(days=due), closes_on=today + timedelta(days=closes))
    assert services.submit_submission(submission=confirmed, by=director).submitted_late is late


def test_after_the_closing_day_nothing_comes_in(confirmed: Submission, director: User, upload: Upload) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Campaign.objects.update(due_on=yesterday, closes_on=yesterday)
    with pytest.raises(Refused) as refused:
        services.submit_submission(submission=confirmed, by=director)
    assert codes_of(refused) == ["term"]
    with pytest.raises(Refused) as refused:
        upload(confirmed, filled(confirmed, GOOD), director)
    assert codes_of(refused) == ["term"]


def test_a_closed_campaign_takes_nothing(confirmed: Submission, director: User, specialist: User) -> None:
    services.close_campaign(campaign=confirmed.campaign, by=specialist)
    with pytest.raises(Refused) as refused:
        services.submit_submission(submission=confirmed, by=director)
    assert codes_of(refused) == ["term"]


# --- every step from every state, by everybody

STEPS: dict[Action, Callable[[Submission, User], Any]] = {
    Action.FILL: lambda s, by: services.save_answers(submission=s, answers={}, by=by),
    Action.SUBMIT: lambda s, by: services.submit_submission(submission=s, by=by),
    Action.RETURN: lambda s, by: services.return_submission(submission=s, comment="Исправьте", by=by),
    Action.ACCEPT: lambda s, by: services.accept_submission(submission=s, by=by),
    Action.REOPEN: lambda s, by: services.reopen_submission(submission=s, reason="Ошибка", by=by),
}
ROLE = {Action.FILL: Role.COORDINATOR, Action.SUBMIT: Role.DIRECTOR}


def put(submission: Submission, state: State, by: User) -> None:
    now = timezone.now()
    Submission.objects.filter(pk=submission.pk).update(
        state=state, number="СО-2025-0009", submitted_at=now, submitted_by=by, returned_at=now, returned_by=by,
        return_comment="Было", accepted_at=now, accepted_by=by,
    )  # fmt: skip


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(Action))
def test_steps_that_do_not_exist_are_refused_by_the_service(
    confirmed: Submission, user_of: Callable[..., User], action: Action, state: State
) -> None:
    by = user_of(ROLE.get(action, Role.SPECIALIST))
    put(confirmed, state, by)
    if after(action, state) is None:
        with pytest.raises(Refused) as refused:
            STEPS[action](confirmed, by)
        assert codes_of(refused) == ["state"]
        confirmed.refresh_from_db()
        assert confirmed.state == state
    else:
        STEPS[action](confirmed, by)
        confirmed.refresh_from_db()
        assert confirmed.state == (state if action == Action.FILL else after(action, state))


@pytest.mark.parametrize("action", list(Action))
def test_steps_of_others_are_refused_by_the_service(
    confirmed: Submission, user_of: Callable[..., User], action: Action
) -> None:
    start = {Action.FILL: State.DRAFT, Action.SUBMIT: State.DRAFT, Action.REOPEN: State.ACCEPTED}
    put(confirmed, start.get(action, State.SUBMITTED), user_of(Role.SPECIALIST))
    allowed = {
        Action.FILL: [Role.DIRECTOR, Role.COORDINATOR],
        Action.SUBMIT: [Role.DIRECTOR],
    }.get(action, [Role.HEAD, Role.SPECIALIST])
    for role in set(Role) - set(allowed):
        with pytest.raises(Refused) as refused:
            STEPS[action](confirmed, user_of(role))
        assert codes_of(refused)[0] in {"no_right", "director_only"}, role
    STEPS[action](confirmed, user_of(allowed[-1]))


def test_a_stranger_writes_nothing(submission: Submission, other_director: User, upload: Upload) -> None:
    with pytest.raises(Refused) as refused:
        upload(submission, filled(submission, GOOD), other_director)
    assert codes_of(refused) == ["no_right"]
    assert not SubmissionUpload.objects.exists()


def test_a_refused_file_leaves_a_line_in_the_history(submission: Submission, coordinator: User, upload: Upload) -> None:
    with pytest.raises(Refused):
        upload(submission, b"not a workbook", coordinator)
    event = Event.objects.get(kind="submission.upload_refused")
    assert event.actor == coordinator
    assert not SubmissionUpload.objects.exists()
