"""Rules as data: composed on a page, tried on what was collected, judged alike on the page and in the workbook."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection import services
from apps.collection.definition import Given
from apps.collection.models import Form, FormRule, Submission, SubmissionUpload
from apps.collection.selectors.page import SubmissionPage
from apps.collection.selectors.trial import try_rule
from apps.collection.services import designing, designing_rules
from apps.core.findings import Refused
from apps.core.models import Period
from apps.core.periods import parse_period
from apps.indicators.models import Value
from tests.collection.conftest import GOOD, filled
from tests.factories.indicators import ValueFactory, VersionFactory

ClientOf = Callable[..., Client]


@pytest.fixture
def next_version(form: Form, specialist: User) -> Form:
    return designing.start_version(form=form, by=specialist)


def put(form: Form, rule: str, severity: str = "query", place: str = "", message: str = "Проверьте") -> FormRule:
    """A rule of a published form, as if it had been composed with it."""
    last = form.rules.count()
    return FormRule.objects.create(
        form=form, order=last + 1, rule=rule, severity=severity, message=message, place=place
    )


def said(submission: Submission) -> list[tuple[str, str]]:
    page = SubmissionPage(Submission.objects.get(pk=submission.pk))
    return [(item.key, item.finding.message) for item in page.remarks if item.finding.code == "rule"]


@pytest.mark.capability("S-117")
def test_a_rule_is_composed_tried_and_saved(
    client_of: ClientOf, next_version: Form, confirmed: Submission, other_submission: Submission, other_director: User
) -> None:
    answers = {"trial.1": Given(number=Decimal(50)), "trial.2": Given(number=Decimal(5))}
    services.save_answers(submission=other_submission, answers=answers, by=other_director)
    client = client_of(Role.SPECIALIST)
    url = reverse("collection:form_rule_add", args=[next_version.code])
    data = {"rule": "[trial.2] <= 0.3 * [trial.1]", "severity": "query", "message": "Отличников необычно много"}
    tried = client.post(url, {**data, "try": "1"}).content.decode()
    assert "Сработает у 1 из 2 организаций" in tried
    assert "Школа № 1" in tried
    assert "0.3 * [trial.1]" in tried  # what was typed is kept
    assert next_version.rules.count() == 1
    client.post(url, {**data, "save": "1", "place": "trial.2"})
    assert next_version.rules.get(order=2).place == "trial.2"
    rule = next_version.rules.get(order=2)
    edit = reverse("collection:form_rule", args=[next_version.code, rule.pk])
    client.post(edit, {**data, "message": "Много отличников", "save": "1"})
    rule.refresh_from_db()
    assert rule.message == "Много отличников"
    client.post(reverse("collection:form_rule_remove", args=[next_version.code, rule.pk]))
    assert next_version.rules.count() == 1


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("[trial.2] <=", "Знак"),
        ("[trial.2] + 1", "Правило: "),
        ("[trial.2] <= [no.such]", "таких показателей на портале нет: no.such"),
        ("[far.1] <= 5", "ни одной строки этой формы"),
        ("[trial.2] <= previous([far.1])", "прошлого года есть только у строк формы"),
        ("__import__('os')", "Знак"),
    ],
)
def test_a_rule_that_cannot_be_judged_is_refused_with_the_reason(
    client_of: ClientOf, next_version: Form, rule: str, words: str
) -> None:
    VersionFactory(indicator__pack="far", indicator__number="1")
    url = reverse("collection:form_rule_add", args=[next_version.code])
    page = client_of(Role.SPECIALIST).post(url, {"rule": rule, "severity": "error", "message": "Текст", "save": "1"})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert next_version.rules.count() == 1


def test_rules_of_a_published_version_stay(form: Form, specialist: User) -> None:
    with pytest.raises(Refused, match="не меняется"):
        designing_rules.add_rule(form=form, values={"rule": "[trial.1] > 0"}, by=specialist)


def test_a_jump_beyond_its_own_limit_needs_an_explanation(
    form: Form, confirmed: Submission, coordinator: User, director: User
) -> None:
    """The usual limit is a half; this rule asks from a tenth on."""
    before = Period.objects.named(parse_period("2024"))
    version = form.fields.get(version__indicator__code="trial.1").version
    ValueFactory(organization=confirmed.organization, version=version, period=before, number=Decimal(80))
    put(form, "abs([trial.1] - previous([trial.1])) <= 0.1 * previous([trial.1])", place="trial.1", message="Скачок")
    assert said(confirmed) == [("trial.1", "Скачок.")]
    with pytest.raises(Refused, match="Скачок"):
        services.submit_submission(submission=confirmed, by=director)
    services.explain(submission=confirmed, texts={"trial.1": "Открыли корпус"}, by=coordinator)
    assert services.submit_submission(submission=confirmed, by=director).number


def test_without_last_years_number_such_a_rule_is_silent(form: Form, confirmed: Submission) -> None:
    put(form, "abs([trial.1] - previous([trial.1])) <= 0.1 * previous([trial.1])")
    assert said(confirmed) == []


def test_a_rule_reads_another_source_of_the_portal(
    form: Form, confirmed: Submission, upload: Callable[..., SubmissionUpload], coordinator: User
) -> None:
    """Participants of a procedure, as the portal has them, against the head count of the form: page and workbook."""
    participants = VersionFactory(indicator__pack="work", indicator__number="1", name="Участники работы")
    put(form, "[work.1] <= [trial.1]", place="trial.1", message="Участников больше, чем учащихся")
    assert said(confirmed) == []
    ValueFactory(
        organization=confirmed.organization, version=participants, period=confirmed.period,
        source=Value.Source.PROCEDURES, number=Decimal(130),
    )  # fmt: skip
    assert said(confirmed) == [("trial.1", "Участников больше, чем учащихся.")]
    made = upload(confirmed, filled(confirmed, {**GOOD, "1": 101}), coordinator)
    assert "Участников больше, чем учащихся." in [item["message"] for item in made.findings]


def test_a_number_of_another_source_that_differs_is_a_question(
    form: Form, confirmed: Submission, upload: Callable[..., SubmissionUpload], coordinator: User
) -> None:
    version = form.fields.get(version__indicator__code="trial.1").version
    ValueFactory(
        organization=confirmed.organization, version=version, period=confirmed.period,
        source=Value.Source.PROCEDURES, number=Decimal(90),
    )  # fmt: skip
    page = SubmissionPage(Submission.objects.get(pk=confirmed.pk))
    found = [(item.key, item.finding.expected) for item in page.remarks if item.finding.code == "differs"]
    assert [key for key, _ in found] == ["trial.1"]
    assert found[0][1].startswith("90 (оценочная процедура, ")
    made = upload(confirmed, filled(confirmed, {**GOOD, "1": 101}), coordinator)
    assert "differs" in [item["code"] for item in made.findings]
    same = upload(confirmed, filled(confirmed, {**GOOD, "1": 90}), coordinator)
    assert "differs" not in [item["code"] for item in same.findings]


def test_a_trial_on_a_form_that_nobody_filled_says_so(next_version: Form) -> None:
    trial = try_rule(next_version, "[trial.2] <= [trial.1]")
    assert trial.period is None
    assert trial.judged == 0


def test_a_trial_judges_last_year_and_computed_rows(next_version: Form, confirmed: Submission) -> None:
    before = Period.objects.named(parse_period("2024"))
    version = confirmed.form.fields.get(version__indicator__code="trial.1").version
    ValueFactory(organization=confirmed.organization, version=version, period=before, number=Decimal(80))
    assert try_rule(next_version, "[trial.2%] <= 30").fired == ["Школа № 1"]  # 40 of 100
    assert try_rule(next_version, "[trial.1] <= previous([trial.1])").fired == ["Школа № 1"]
    assert try_rule(next_version, "[trial.2] <= previous([trial.2])").unknown == 1
