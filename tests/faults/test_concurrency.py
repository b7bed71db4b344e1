"""Rows C of the list of faults, on connections of their own: closed meanwhile, a role that ended, storms, numbers."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.collection import services
from apps.collection.definition import Given
from apps.collection.models import Answer, Campaign, Submission
from apps.core.findings import Refused
from apps.core.models import Event, Job, Period
from apps.indicators.models import Aggregate, Value
from apps.indicators.services import NewValue, Origin, compute_aggregates, record_values
from apps.organizations.models import Organization
from apps.procedures import services as results
from apps.procedures.intake import Incoming
from apps.procedures.models import Procedure, ResultBlock
from apps.reports import services as reports
from apps.reports.models import Release
from tests.collection.conftest import GOOD, filled
from tests.collection.test_concurrency import at_once
from tests.factories.accounts import MembershipFactory
from tests.factories.collection import SubmissionFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.result_files import TWO_SCHOOLS, f1
from tests.factories.results import ProcedureFactory, ResultAggregateFactory

NUMBERS = {"1": 100, "2": 40, "3": "4.2", "4": 1, "5": 12}


def handed_in(campaign: Campaign, count: int) -> list[Submission]:
    """As many forms filled and handed in by the directors of new schools."""
    made = []
    for _ in range(count):
        school = SchoolFactory()
        director = MembershipFactory(role="director", organization=school).user
        one = SubmissionFactory(campaign=campaign, form=campaign.forms.get(), organization=school)
        answers = {f"trial.{key}": Given(number=Decimal(value)) for key, value in NUMBERS.items()}
        services.save_answers(submission=one, answers=answers, by=director)
        made.append(services.submit_submission(submission=Submission.objects.get(pk=one.pk), by=director))
    return made


# --- C4: the moment of receipt decides


@pytest.mark.django_db
@pytest.mark.fault("C04")
def test_a_campaign_that_closes_between_preview_and_confirmation_takes_nothing(
    submission: Submission,
    coordinator: User,
    specialist: User,
    upload: Callable[..., Any],
) -> None:
    shown = upload(submission, filled(submission, GOOD), coordinator)
    services.close_campaign(campaign=submission.campaign, by=specialist)
    with pytest.raises(Refused):
        services.confirm_upload(upload=shown, digest=shown.digest, by=coordinator)
    assert not Answer.objects.exists()


@pytest.mark.django_db
@pytest.mark.fault("C04")
def test_what_came_in_on_the_last_day_is_accepted_after_it(
    campaign: Campaign,
    specialist: User,
) -> None:
    (one,) = handed_in(campaign, 1)
    yesterday = timezone.localdate() - timedelta(days=1)
    Campaign.objects.update(due_on=yesterday, closes_on=yesterday)
    services.close_campaign(campaign=Campaign.objects.get(), by=specialist)
    services.accept_submission(submission=Submission.objects.get(pk=one.pk), by=specialist)
    assert Value.objects.count() == len(NUMBERS)


# --- C5: publications


@pytest.mark.django_db(transaction=True)
@pytest.mark.fault("C05")
def test_two_publications_at_once_are_one_and_a_recount_beside_them_moves_no_frozen_figure(
    period: Period, school: Organization, specialist: User, head: User
) -> None:
    work = ProcedureFactory(period=period)
    ResultAggregateFactory(procedure=work, school__organization=school, marks=[10, 20, 30, 40])
    report = reports.open_report(period=period, by=specialist)
    prepared = reports.prepare_release(report=report, by=specialist, draft=False)
    approved = reports.approve_release(release=prepared, digest=prepared.digest, by=head, publish=False)

    def publish() -> Any:
        return reports.publish_release(release=Release.objects.get(pk=approved.pk), number=1, pdf=b"%PDF-1.7")

    done = at_once(publish, publish, lambda: compute_aggregates(period=period))
    assert {one.pk for one in done[:2]} == {approved.pk}
    released = Release.objects.get(state=Release.State.PUBLISHED)
    assert (released.number, released.digest) == (1, prepared.digest)
    assert Event.objects.filter(kind="reports.published").count() == 1


# --- C6: a role that ended


@pytest.mark.django_db
@pytest.mark.fault("C06")
@pytest.mark.parametrize("leaves", [True, False], ids=["has left", "its twin who stays"])
def test_who_has_left_before_the_job_began_changes_nothing(
    specialist: User, run_jobs: Callable[[], list[Job]], leaves: bool
) -> None:
    results.upload(incoming=[Incoming("Ф1.xlsx", f1(TWO_SCHOOLS))], by=specialist)
    if leaves:
        specialist.memberships.update(ended_at=timezone.now())
    (job,) = run_jobs()
    assert job.state == ("refused" if leaves else "done")
    assert Procedure.objects.exists() is not leaves
    assert ResultBlock.objects.exists() is not leaves
    if leaves:
        assert "больше нет" in job.findings[0]["message"]


@pytest.mark.django_db
@pytest.mark.fault("C06")
def test_what_was_accepted_is_counted_though_the_specialist_has_left(
    campaign: Campaign,
    specialist: User,
    run_jobs: Callable[[], list[Job]],
) -> None:
    (one,) = handed_in(campaign, 1)
    services.accept_submission(submission=one, by=specialist)
    specialist.memberships.update(ended_at=timezone.now())
    (job,) = run_jobs()
    assert job.state == "done"
    assert Aggregate.objects.get(version__indicator__code="trial.1", scope="municipality").value == 100


# --- C7, C8: storms


@pytest.mark.django_db(transaction=True)
@pytest.mark.fault("C07")
def test_forms_accepted_by_four_in_opposite_orders_are_accepted_once(
    campaign: Campaign,
    user_of: Callable[..., User],
) -> None:
    forms = handed_in(campaign, 8)
    people = [
        MembershipFactory(role="specialist", organization=user_of("specialist").organization).user for _ in "1234"
    ]

    def accept(number: int) -> Any:
        ordered = forms if number % 2 else forms[::-1]
        return services.accept_submissions(submissions=ordered, by=people[number])

    done = at_once(*(lambda number=number: accept(number) for number in range(4)))
    assert sum(accepted for accepted, _ in done) == len(forms)
    assert Event.objects.filter(kind="submission.accepted").count() == len(forms)
    assert Value.objects.count() == len(forms) * len(NUMBERS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.fault("C07")
def test_recounts_and_values_of_two_years_in_opposite_orders_do_not_deadlock(
    campaign: Campaign,
) -> None:
    places = [one.organization_id for one in handed_in(campaign, 2)]
    years = [Period.objects.named("2024"), Period.objects.named("2025")]
    for year in years:
        compute_aggregates(period=year)

    def storm(number: int) -> None:
        for round_ in range(4):
            for year in years if number % 2 else years[::-1]:
                values = [NewValue(place, "trial.1", Decimal(number * 10 + round_)) for place in places]
                origin = Origin("storm", str(number))
                record_values(period=year, source="collection", values=values, by=None, origin=origin)
                compute_aggregates(period=year, only_changed=True)

    errors: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            storm(number)
        except BaseException as failure:  # noqa: BLE001 (a thread must hand it over)
            errors.append(failure)
        finally:
            with suppress(Exception):
                connection.close()

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert errors == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.fault("C08")
def test_receipts_of_twenty_at_once_are_twenty_numbers_without_a_gap(campaign: Campaign) -> None:
    ready = []
    for _ in range(20):
        school = SchoolFactory()
        director = MembershipFactory(role="director", organization=school).user
        one = SubmissionFactory(campaign=campaign, form=campaign.forms.get(), organization=school)
        answers = {f"trial.{key}": Given(number=Decimal(value)) for key, value in NUMBERS.items()}
        services.save_answers(submission=one, answers=answers, by=director)
        ready.append((one, director))
    done = at_once(
        *(
            lambda one=one, by=by: services.submit_submission(submission=Submission.objects.get(pk=one.pk), by=by)
            for one, by in ready
        )
    )
    numbers = sorted(one.number for one in done)
    assert len(set(numbers)) == 20
    assert [int(number.rsplit("-", 1)[1]) for number in numbers] == list(range(1, 21))
