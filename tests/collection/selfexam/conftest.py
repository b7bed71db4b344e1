"""A school with a filled form of indicators for 2025, and its report."""

from decimal import Decimal
from typing import Any

import pytest

from apps.accounts.models import User
from apps.collection import services
from apps.collection.definition import Given
from apps.collection.models import Form, SelfExamination, Submission
from apps.core.models import Period
from apps.organizations.models import Organization
from tests.factories.collection import CampaignFactory, SubmissionFactory, trial_form
from tests.factories.selfexam import write_all


@pytest.fixture
def form(db: None) -> Form:
    """The trial form in the place of the school's form of self-examination."""
    made = trial_form()
    Form.objects.filter(pk=made.pk).update(pack="so_oo")
    made.refresh_from_db()
    return made


@pytest.fixture
def submission(form: Form, school: Organization) -> Submission:
    campaign = CampaignFactory()
    campaign.forms.add(form)
    return SubmissionFactory(campaign=campaign, form=form, organization=school)


@pytest.fixture
def other_submission(submission: Submission, other_school: Organization) -> Submission:
    return SubmissionFactory(campaign=submission.campaign, form=submission.form, organization=other_school)


@pytest.fixture
def year(submission: Submission) -> Period:
    return submission.period


@pytest.fixture
def filled(submission: Submission, coordinator: User) -> Submission:
    numbers = {"1": 100, "2": 40, "3": "4.2", "4": 1, "5": 12}
    answers = {f"trial.{key}": Given(number=Decimal(value)) for key, value in numbers.items()}
    services.save_answers(submission=submission, answers=answers, by=coordinator)
    submission.refresh_from_db()
    return submission


@pytest.fixture
def written(filled: Submission, coordinator: User) -> SelfExamination:
    """All sections written, all indicators filled."""
    return write_all(filled.organization, filled.period, coordinator)


def codes_of(refusal: Any) -> list[str]:
    return [finding.code for finding in refusal.value.findings]
