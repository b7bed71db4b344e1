"""Whole jobs: support of gifted children, a checklist of conditions, additional education, signing and correcting."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection import services
from apps.collection.models import AnswerChange, Campaign, Form, Submission
from apps.collection.selectors.page import SubmissionPage
from apps.collection.services import designing, designing_rows
from apps.collection.states import State
from apps.core.models import Job
from apps.indicators.models import Aggregate, IndicatorVersion, Value
from apps.organizations.models import Organization
from tests.factories.organizations import AdditionalFactory
from tests.packs import packs_loaded

ClientOf = Callable[..., Client]


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def packs(db: None) -> None:
    packs_loaded()


def composed(pack: str, by: User, **values: Any) -> Form:
    """A form of all rows of a pack, in force."""
    basis = {"title": f"Форма {pack}", "legal_basis": "Приказ управления образования № 5", **values}
    form = designing.create_form(values=basis, by=by)
    versions = IndicatorVersion.objects.current().filter(indicator__pack=pack, indicator__is_group=False)
    designing_rows.add_rows(
        form=form, versions=versions.select_related("indicator").order_by("indicator__order"), section="1", by=by
    )
    return designing.publish_form(form=form, by=by)


def asked(form: Form, organization: Organization, by: User) -> Submission:
    today = timezone.localdate()
    opened = services.open_campaign(
        title="Сбор", period=_period(), forms=[form], organizations=[organization], opens_on=today,
        due_on=today + timedelta(days=3), closes_on=today + timedelta(days=9), by=by,
    )  # fmt: skip
    return opened.campaign.submissions.select_related("form", "organization", "period", "campaign").get()


def _period() -> Any:
    from apps.core.models import Period
    from apps.core.periods import calendar_year

    return Period.objects.named(calendar_year(2025))


def fill(client: Client, submission: Submission, answers: dict[str, str], revision: int = 0) -> Any:
    """Type into the first section, by «№ строки», and save."""
    ids = {row.number: row.field_id for row in SubmissionPage(submission).definition.rows}
    data = {f"value-{ids[number]}": text for number, text in answers.items()}
    data |= {f"seen-{ids[number]}": str(revision) for number in answers}
    return client.post(reverse("collection:section", args=[submission.pk, 1]), data)


@pytest.mark.capability("S-054")
def test_support_of_children_is_counted_by_kind_without_names(
    packs: None, client_of: ClientOf, school: Organization, specialist: User
) -> None:
    submission = asked(composed("talents", specialist, kinds=["school"]), school, specialist)
    counts = {"1.1": "30", "2.1": "7", "2.2": "3", "2.3": "12", "2.4": "1", "2.5": "5", "2.6": "20"}
    client = client_of(Role.COORDINATOR)
    page = text_of(client.get(reverse("collection:section", args=[submission.pk, 1])))
    assert "Получили социально-психологическую поддержку" in page
    assert fill(client, submission, counts).status_code == 302
    shown = SubmissionPage(Submission.objects.get(pk=submission.pk))
    values = {item.row.number: item.value for _, rows in shown.sections for item in rows}
    assert {number: values[number] for number in counts} == counts
    assert values["2.7"].replace("\u00a0", " ") == "66,7 %"
    assert all(row.value_type in {"int", "bool", "percent"} for row in shown.definition.rows)


@pytest.mark.capability("S-159")
def test_a_checklist_of_conditions_counts_its_share(
    packs: None, client_of: ClientOf, school: Organization, kindergarten: Organization, specialist: User
) -> None:
    form = composed("conditions", specialist, kinds=["school"])
    submission = asked(form, school, specialist)
    client = client_of(Role.COORDINATOR)
    page = SubmissionPage(submission)
    items = list(page.definition.inputs)
    assert {row.value_type for row in items} == {"bool"}
    answers = {row.number: "нет" if row.number in {"1.1", "6.2"} else "да" for row in items}
    assert fill(client, submission, answers).status_code == 302
    shown = SubmissionPage(Submission.objects.get(pk=submission.pk))
    values = {item.row.number: item.value.replace("\u00a0", " ") for _, rows in shown.sections for item in rows}
    assert (values["1.9"], values["5.9"], values["6.9"]) == ("66,7 %", "100,0 %", "50,0 %")
    assert values["7.1"] == "88,2 %"  # 15 of 17
    addressed = services.addressees_of(forms=[form], period=submission.period, organizations=[kindergarten])
    assert not addressed.asked


@pytest.mark.capability("S-136")
@pytest.mark.capability("S-137")
def test_additional_education_goes_the_whole_way_with_annex_5_and_a_form_of_its_own(
    packs: None, client_of: ClientOf, user_of: Callable[..., User], specialist: User, school: Organization,
    run_jobs: Callable[[], list[Job]],
) -> None:  # fmt: skip
    services.refresh_forms()
    house = AdditionalFactory(code="house", name="Дом творчества")
    coverage = composed("coverage", specialist, kinds=["additional"], short_title="Охват")
    annex = Form.objects.get(code="so_dod", is_active=True)
    today = timezone.localdate()
    data = {
        "title": "Дополнительное образование", "form_set": [annex.pk, coverage.pk], "year": "2025", "open": "1",
        "opens_on": today.isoformat(), "due_on": (today + timedelta(days=5)).isoformat(),
        "closes_on": (today + timedelta(days=9)).isoformat(), "whom": "kinds", "kinds": ["additional"],
    }  # fmt: skip
    office = client_of(Role.SPECIALIST)
    office.post(reverse("collection:campaign_create"), data)
    campaign = Campaign.objects.get()
    assert set(campaign.submissions.values_list("organization__code", "form__code")) == {
        ("house", "so_dod"), ("house", coverage.code)
    }  # fmt: skip
    coordinator, director = client_of(Role.COORDINATOR, house), client_of(Role.DIRECTOR, house)
    for submission in campaign.submissions.select_related("form", "organization", "period", "campaign"):
        page = SubmissionPage(submission)
        for number, (_, rows) in enumerate(page.definition.sections, start=1):
            typed = {}
            for row in rows:
                if not row.is_given:
                    typed[f"value-{row.field_id}"] = "да" if row.is_yes_no else "0"
                    typed[f"seen-{row.field_id}"] = "99"
            url = reverse("collection:section", args=[submission.pk, number])
            assert coordinator.post(url, typed).status_code == 302
        submission.refresh_from_db()
        sent = {"confirmed": "1", "revision": str(submission.revision)}
        director.post(reverse("collection:submit", args=[submission.pk]), sent)
        submission.refresh_from_db()
        assert submission.state == State.SUBMITTED
        office.post(reverse("collection:accept", args=[submission.pk]), {"revision": str(submission.revision)})
    assert set(campaign.submissions.values_list("state", flat=True)) == {State.ACCEPTED}
    run_jobs()
    assert Value.objects.filter(organization=house, version__indicator__pack="so_dod").exists()
    own = Aggregate.objects.filter(scope="organization", scope_key=str(house.pk), version__indicator__code="so_dod.1.1")
    assert own.get().value == 0
    assert Value.objects.filter(organization=house, version__indicator__code="coverage.1.1").exists()
    stranger = client_of(Role.COORDINATOR).get(campaign.submissions.first().get_absolute_url())
    assert stranger.status_code == 404


@pytest.mark.capability("S-092")
@pytest.mark.capability("S-156")
def test_a_signed_form_is_changed_only_after_a_return_and_every_change_is_kept(
    client_of: ClientOf, confirmed: Submission, coordinator: User, director: User
) -> None:
    own, head = client_of(Role.COORDINATOR), client_of(Role.DIRECTOR)
    sent = {"confirmed": "1", "revision": str(confirmed.revision)}
    own.post(reverse("collection:submit", args=[confirmed.pk]), sent)
    confirmed.refresh_from_db()
    assert confirmed.state == State.DRAFT  # only the director signs
    head.post(reverse("collection:submit", args=[confirmed.pk]), sent)
    confirmed.refresh_from_db()
    assert confirmed.submitted_by == director
    receipt = text_of(head.get(reverse("collection:receipt", args=[confirmed.pk])))
    assert director.get_short_name() in receipt
    assert f"{timezone.localtime(confirmed.submitted_at):%d.%m.%Y %H:%M}" in receipt
    assert fill(own, confirmed, {"1": "101"}, confirmed.revision).status_code == 422  # signed: closed for changes
    office = client_of(Role.SPECIALIST)
    office.post(reverse("collection:return", args=[confirmed.pk]), {"comment": "Проверьте строку 1"})
    confirmed.refresh_from_db()
    assert fill(own, confirmed, {"1": "101"}, confirmed.revision).status_code == 302
    confirmed.refresh_from_db()
    head.post(reverse("collection:submit", args=[confirmed.pk]), {"confirmed": "1", "revision": confirmed.revision})
    confirmed.refresh_from_db()
    assert confirmed.state == State.SUBMITTED
    change = AnswerChange.objects.filter(submission=confirmed).order_by("-pk").first()
    assert change is not None
    assert (change.old_number, change.new_number, change.changed_by) == (100, 101, coordinator)
    review = text_of(office.get(reverse("collection:review", args=[confirmed.pk])))
    for words in ("100", "101", coordinator.get_short_name(), "страница портала"):
        assert words in review


@pytest.mark.capability("S-157")
def test_a_director_sees_errors_and_warnings_before_sending(
    client_of: ClientOf, confirmed: Submission, coordinator: User
) -> None:
    from apps.collection.definition import Given
    from tests.factories.indicators import ValueFactory

    before = {"trial.1": 20}
    for code, number in before.items():
        version = confirmed.form.fields.get(version__indicator__code=code).version
        ValueFactory(organization=confirmed.organization, version=version, period__code="2024", number=number)
    services.save_answers(submission=confirmed, answers={"trial.2": Given(number=Decimal(140))}, by=coordinator)
    head = client_of(Role.DIRECTOR)
    page = text_of(head.get(reverse("collection:check", args=[confirmed.pk])))
    assert "Отличников больше, чем учащихся" in page  # an error
    assert "резкое изменение к прошлому году" in page  # a question
    confirmed.refresh_from_db()
    head.post(
        reverse("collection:submit", args=[confirmed.pk]), {"confirmed": "1", "revision": str(confirmed.revision)}
    )
    confirmed.refresh_from_db()
    assert confirmed.state == State.DRAFT
    services.save_answers(submission=confirmed, answers={"trial.2": Given(number=Decimal(40))}, by=coordinator)
    services.explain(submission=confirmed, texts={"trial.1": "Открыли новые классы"}, by=coordinator)
    confirmed.refresh_from_db()
    head.post(
        reverse("collection:submit", args=[confirmed.pk]), {"confirmed": "1", "revision": str(confirmed.revision)}
    )
    confirmed.refresh_from_db()
    assert confirmed.state == State.SUBMITTED


@pytest.mark.capability("S-117")
def test_returns_and_their_comments_stand_in_the_history(
    client_of: ClientOf, submitted: Submission, director: User
) -> None:
    office, head = client_of(Role.SPECIALIST), client_of(Role.DIRECTOR)
    review = reverse("collection:review", args=[submitted.pk])
    empty = office.post(reverse("collection:return", args=[submitted.pk]), {"comment": " "})
    submitted.refresh_from_db()
    assert (empty.status_code, submitted.state) != (302, State.RETURNED)
    for comment in ("Нет строки 3", "Теперь проверьте строку 1"):
        office.post(reverse("collection:return", args=[submitted.pk]), {"comment": comment})
        submitted.refresh_from_db()
        assert submitted.state == State.RETURNED
        assert comment in text_of(head.get(submitted.get_absolute_url()))
        services.submit_submission(submission=submitted, by=director)
    page = text_of(office.get(review))
    assert page.index("Теперь проверьте строку 1") < page.index("Нет строки 3")
    assert page.count("Возвращена на доработку") >= 2
