"""The whole demonstration, loaded once for all tests of this file."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection.definition import definition_of
from apps.collection.models import Campaign, Form, Submission
from apps.collection.selectors.readiness import faults_of
from apps.collection.services.answers import current_answers
from apps.collection.services.submissions import blockers
from apps.collection.states import State
from apps.core.models import Event, Job
from apps.desk.demo import people
from apps.desk.demo.campaigns import LATE, SUBMITTED_LATE
from apps.desk.demo.loading import Loading, load_demo
from apps.indicators.models import Aggregate, Value
from apps.organizations.models import Kind, Organization
from apps.procedures.models import Procedure, ResultAggregate, ResultFile
from apps.reports.models import AnnualReport, Release
from tests.desk.conftest import TODAY

YEARS = [str(TODAY.year - back) for back in (3, 2, 1)]
SCHOOL_YEARS = [f"{TODAY.year - back}/{(TODAY.year - back + 1) % 100:02d}" for back in (3, 2, 1)]


@pytest.fixture(scope="module")
def loading(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Loading]:
    folder = override_settings(VAR_DIR=tmp_path_factory.mktemp("var"), DEMO=True)
    with django_db_blocker.unblock(), folder, transaction.atomic():
        loading = load_demo(today=TODAY)
        connection.check_constraints()  # once here, not after every test
        yield loading
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _loaded(loading: Loading, db: None) -> None:
    """Each test sees the demonstration and takes its own changes back."""


@pytest.fixture
def page_of(settings: Any) -> Any:
    settings.DEMO = True

    def get(login: str) -> str:
        client = Client()
        client.force_login(User.objects.get(email=f"{login}@demo.invalid"))
        response = client.get("/today/")
        assert response.status_code == 200
        return response.content.decode()

    return get


def _rows() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.managed and model.__module__.startswith("apps.")]
    return {model._meta.label: model._base_manager.count() for model in models}


def test_it_takes_less_than_a_minute(loading: Loading) -> None:
    """Of work, so that a busy machine does not fail it; the command says the seconds on the clock."""
    assert not loading.was_loaded
    assert loading.work_seconds < 60, loading.seconds


def test_second_run_changes_nothing() -> None:
    people.accounts_file().parent.mkdir(parents=True, exist_ok=True)
    people.accounts_file().touch()
    before = _rows()
    assert load_demo(today=TODAY).was_loaded
    assert _rows() == before


def test_lost_file_of_accounts_is_made_anew_with_a_new_password(django_capture_on_commit_callbacks: Any) -> None:
    people.accounts_file().unlink(missing_ok=True)
    before = User.objects.get(email="head@demo.invalid").password
    with django_capture_on_commit_callbacks(execute=True):
        load_demo(today=TODAY)
    assert people.accounts_file().exists()
    assert User.objects.get(email="head@demo.invalid").password != before


def test_three_years_of_forms_two_of_them_complete() -> None:
    asked = {
        code: Counter(Submission.objects.filter(period__code=code, form__is_own=False).values_list("state", flat=True))
        for code in YEARS
    }
    assert asked[YEARS[0]] == asked[YEARS[1]] == {State.ACCEPTED: 24 + 2 + 18 + 4}  # two schools fill two forms
    assert set(asked[YEARS[2]]) == set(State)
    assert asked[YEARS[2]].total() == 23 + 2 + 18


def test_present_campaigns_stand_as_promised() -> None:
    schools, kindergartens = (
        Campaign.objects.get(period__code=YEARS[2], title__contains=word) for word in ("школ", "детских садов")
    )
    assert (schools.due_on - TODAY).days == 3
    assert (TODAY - kindergartens.due_on).days == 5
    late = kindergartens.submissions.late()
    assert [row.organization.code for row in late.filter(state=State.DRAFT)] == [LATE]
    sent_late = kindergartens.submissions.get(submitted_late=True)
    assert sent_late.organization.code == SUBMITTED_LATE
    returned = kindergartens.submissions.get(state=State.RETURNED)
    assert returned.organization.code == people.HOME_KINDERGARTEN
    assert returned.return_comment
    states = Counter(schools.submissions.values_list("state", flat=True))
    assert min(states[state] for state in State) >= 2


def test_additional_education_is_left_to_the_newcomer() -> None:
    asked = Submission.objects.filter(period__code=YEARS[2], organization__kind=Kind.ADDITIONAL, form__code="so_dod")
    assert not asked.exists()
    assert Organization.objects.active().filter(kind=Kind.ADDITIONAL).count() == 4


def test_forms_of_the_authority_stand_beside_the_official_ones() -> None:
    gifted = Campaign.objects.get(forms__short_title="Одарённые дети")
    states = Counter(gifted.submissions.values_list("state", flat=True))
    assert (states[State.ACCEPTED], states[State.SUBMITTED]) == (5, 4)
    assert gifted.created_by is not None
    assert gifted.created_by.role == "methodologist"
    draft = Form.objects.get(published_at__isnull=True)
    assert [fault.code for fault in faults_of(draft)] == ["duplicate", "duplicate", "duplicate"]


def test_school_of_the_newcomer_has_its_form_before_it() -> None:
    form = Submission.objects.get(period__code=YEARS[2], organization__code=people.HOME_SCHOOL)
    assert form.state == State.NOT_STARTED
    assert form.is_open


def test_nothing_happens_before_what_led_to_it_or_after_now() -> None:
    now = timezone.now()
    for row in Submission.objects.exclude(submitted_at=None).select_related("campaign"):
        moments = [moment for moment in (row.submitted_at, row.accepted_at or row.returned_at) if moment]
        assert moments == sorted(moments)
        assert moments[-1] <= now
        assert timezone.localdate(row.submitted_at) >= row.campaign.opens_on
        assert row.submitted_late == (timezone.localdate(row.submitted_at) > row.campaign.due_on)
    assert not Event.objects.filter(at__gt=timezone.now()).exists()


def test_accepted_forms_of_past_years_would_pass_the_checks() -> None:
    """They are written at once; what is in them is what the services would have taken."""
    rows = Submission.objects.filter(state=State.ACCEPTED).exclude(period__code=YEARS[2]).order_by("pk")
    for row in list(rows.select_related("form", "campaign", "period"))[::9]:
        assert blockers(row, definition_of(row.form), current_answers(row)) == []


def test_past_forms_leave_the_same_traces_as_present_ones() -> None:
    def traces(code: str) -> dict[str, Any]:
        row = Submission.objects.filter(state=State.ACCEPTED, period__code=code, form__pack="so_oo").first()
        events = Event.objects.filter(subject="collection.Submission", subject_id=str(row.pk))
        return {
            "events": sorted((event.kind, event.text.split(",")[0], sorted(event.data)) for event in events),
            "answers": row.answers.count() == row.changes.count() > 50,
            "values": Value.objects.filter(origin="collection.Submission", origin_id=str(row.pk)).count(),
            "receipt": row.number.rsplit("-", 1)[0] == f"СО-{code}",
            "revision": row.revision,
        }

    assert traces(YEARS[0]) == traces(YEARS[2])


def test_receipts_are_numbered_without_gaps() -> None:
    numbers = Submission.objects.filter(period__code=YEARS[0]).values_list("number", flat=True)
    assert sorted(numbers) == [f"СО-{YEARS[0]}-{number:04d}" for number in range(1, 49)]


def test_aggregates_are_counted_for_all_years() -> None:
    found = Aggregate.objects.filter(scope="municipality", version__indicator__code="so_oo.1.1", value__isnull=False)
    assert {row.period.code for row in found} == set(YEARS)
    assert found.get(period__code=YEARS[0]).reported == 24
    assert not Job.objects.filter(state=Job.State.QUEUED, kind="indicators.compute_aggregates").exists()


def test_results_of_three_seasons_but_for_the_file_of_the_newcomer() -> None:
    works = Procedure.objects.filter(kind="vpr")
    counts = Counter(works.values_list("period__code", flat=True))
    assert [counts[code] for code in SCHOOL_YEARS] == [10, 10, 9]
    assert not works.filter(period__code=SCHOOL_YEARS[2], grade=4, subject__name="Русский язык").exists()
    assert set(ResultFile.objects.values_list("state", flat=True)) == {ResultFile.State.DONE}
    assert ResultAggregate.objects.ours().filter(procedure__in=works).count() == 20 * 24 + 9 * 23


def test_signs_name_two_to_four_schools() -> None:
    marked = set()
    for row in ResultAggregate.objects.filter(procedure__period__code=SCHOOL_YEARS[2]):
        participants = sum(row.marks)
        if participants >= 10 and 100 * row.marks[0] >= 30 * participants:
            marked.add(row.school_id)
    assert 2 <= len(marked) <= 4


def test_two_annual_reports_are_published_in_two_names_and_the_third_is_begun() -> None:
    reports = {report.period.code: report for report in AnnualReport.objects.all()}
    assert set(reports) == set(SCHOOL_YEARS)
    for code in SCHOOL_YEARS[:2]:
        release = reports[code].releases.get()
        assert release.state == Release.State.PUBLISHED
        assert (release.prepared_by.email, release.approved_by.email) == (
            "specialist@demo.invalid",
            "head@demo.invalid",
        )
        assert release.prepared_at <= release.approved_at <= release.published_at <= timezone.now()
        assert release.pdf.size > 50_000
    assert not reports[SCHOOL_YEARS[2]].releases.exists()
    assert all(chapter.text for chapter in reports[SCHOOL_YEARS[2]].chapters.all() if chapter.drafted)


def test_anonymous_can_download_what_is_published_and_nothing_else(client: Client) -> None:
    slugs = [code.replace("/", "-") for code in SCHOOL_YEARS]
    assert client.get(f"/reports/{slugs[1]}/1/report.pdf").status_code == 200
    assert client.get(f"/reports/{slugs[2]}/").status_code == 404


# --- the first page of the people of the demonstration


def test_specialist_sees_what_waits_for_the_department(page_of: Any) -> None:
    page = page_of("specialist")
    assert "Посмотрите на примере" in page
    assert "Проверить формы" in page
    assert "Рассмотреть отчёты по рекомендациям" in page
    assert "школы с признаками проблем" in page
    assert "15 из 18" in page
    assert "9 из 25" in page
    assert "Опубликовать годовой отчёт" in page


def test_observer_finds_the_published_reports(page_of: Any) -> None:
    page = page_of("observer")
    assert "Опубликованные отчёты" in page
    assert f"за {SCHOOL_YEARS[1]}" in page
    assert f"за {SCHOOL_YEARS[2]}" not in page


def test_director_sees_the_own_form_and_recommendation_only(page_of: Any) -> None:
    page = page_of("director")
    assert "Заполнить: Самообследование: школа" in page
    assert "осталось 3 дня" in page
    assert "Снижение доли отметок «2»" in page
    assert "Порядок проверки работ ВПР" not in page
    assert "Посмотрите на примере" not in page


def test_head_of_the_kindergarten_sees_the_comment(page_of: Any) -> None:
    page = page_of("kindergarten")
    assert "Исправить и отправить снова" in page
    assert "Проверьте строки 1.5 и 1.5.1" in page


@pytest.mark.parametrize("role", list(Role))
def test_every_role_of_the_demonstration_has_its_page(page_of: Any, role: str) -> None:
    assert "Ближайшие работы" in page_of(str(role))
