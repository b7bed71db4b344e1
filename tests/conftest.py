"""The cast that all tests share, and the ground they stand on.

One municipality: the authority, two schools (`school` is ours, `other_school` is the stranger), a kindergarten; a
person in each role. Permission tests ask both: what is seen and what is hidden.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings
from hypothesis import settings as hypothesis_settings

from apps.accounts.models import User
from apps.accounts.roles import AUTHORITY, Role
from apps.core import jobs
from apps.core.models import Job, Period
from apps.organizations.models import Organization
from tests.factories.accounts import MembershipFactory
from tests.factories.core import PeriodFactory
from tests.factories.organizations import AuthorityFactory, KindergartenFactory, SchoolFactory

# A busy machine is no fault of the code: times are asked of `make bench`, as ratios.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")


@pytest.fixture(scope="session", autouse=True)
def _test_ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes outside its temporary folder, sends to a real queue, or waits for a slow password hash."""
    from msoko.celery import app

    media = tmp_path_factory.mktemp("media")
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without it
    app.conf.broker_url = "memory://"
    with override_settings(
        DEMO=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        MEDIA_ROOT=media,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": media}},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield


# --- organisations


@pytest.fixture
def authority(db: None) -> Organization:
    return AuthorityFactory()


@pytest.fixture
def school(db: None) -> Organization:
    return SchoolFactory(code="school-01", number=1, name="Школа № 1")


@pytest.fixture
def other_school(db: None) -> Organization:
    return SchoolFactory(code="school-02", number=2, name="Школа № 2")


@pytest.fixture
def kindergarten(db: None) -> Organization:
    return KindergartenFactory(code="kindergarten-01", number=1, name="Детский сад № 1")


# --- people


@pytest.fixture
def user_of(authority: Organization, school: Organization) -> Callable[..., User]:
    """`user_of(Role.DIRECTOR)`: the person in a role, the same one each time.

    Roles of the authority work there, the others at `school` unless an organisation is given.
    """
    people: dict[tuple[str, int], User] = {}

    def get(role: str, organization: Organization | None = None) -> User:
        place = organization or (authority if role in AUTHORITY else school)
        key = (str(role), place.pk)
        if key not in people:
            email = f"{role}@{place.code}.test.invalid"
            people[key] = MembershipFactory(role=role, organization=place, user__email=email).user
        return people[key]

    return get


@pytest.fixture
def administrator(user_of: Callable[..., User]) -> User:
    return user_of(Role.ADMIN)


@pytest.fixture
def head(user_of: Callable[..., User]) -> User:
    return user_of(Role.HEAD)


@pytest.fixture
def specialist(user_of: Callable[..., User]) -> User:
    return user_of(Role.SPECIALIST)


@pytest.fixture
def methodologist(user_of: Callable[..., User]) -> User:
    return user_of(Role.METHODOLOGIST)


@pytest.fixture
def director(user_of: Callable[..., User]) -> User:
    return user_of(Role.DIRECTOR)


@pytest.fixture
def coordinator(user_of: Callable[..., User]) -> User:
    return user_of(Role.COORDINATOR)


@pytest.fixture
def other_director(user_of: Callable[..., User], other_school: Organization) -> User:
    return user_of(Role.DIRECTOR, other_school)


@pytest.fixture
def other_coordinator(user_of: Callable[..., User], other_school: Organization) -> User:
    return user_of(Role.COORDINATOR, other_school)


@pytest.fixture
def client_of(user_of: Callable[..., User]) -> Callable[..., Client]:
    """`client_of(Role.HEAD)`, `client_of(Role.DIRECTOR, other_school)` or `client_of(user)`: a browser logged in."""

    def get(who: User | str, organization: Organization | None = None) -> Client:
        client = Client()
        client.force_login(who if isinstance(who, User) else user_of(who, organization))
        return client

    return get


# --- time


@pytest.fixture
def period(db: None) -> Period:
    """The school year in work."""
    return PeriodFactory(code="2025/26")


@pytest.fixture
def calendar_year(db: None) -> Period:
    """The year of self-examination that belongs to `period`."""
    return PeriodFactory(code="2025")


# --- what happens after a commit


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Callable[[], AbstractContextManager[Any]]:
    """`with commit(): service(...)` runs what the service leaves for after the commit."""

    def run() -> AbstractContextManager[Any]:
        return django_capture_on_commit_callbacks(execute=True)

    return run


@pytest.fixture
def run_jobs(db: None) -> Callable[[], list[Job]]:
    """Do every queued job here and now, as a worker would; returns them as they ended."""

    def run() -> list[Job]:
        waiting = list(Job.objects.filter(state=Job.State.QUEUED).order_by("created_at").values_list("pk", flat=True))
        for pk in waiting:
            jobs.run(pk)
        return list(Job.objects.filter(pk__in=waiting).order_by("created_at"))

    return run


# --- real files


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real sample files beside the project; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("SHARED_DIR", django_settings.BASE_DIR.parent / "shared"))
    if not (folder / "samples").is_dir():
        pytest.skip(f"нет папки с настоящими файлами: {folder}")
    return folder


# --- nothing important is skipped in silence


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """In CI a skipped browser or queue test is a failure: its reason may well be a missing browser."""
    report = yield
    must_run = item.get_closest_marker("browser") or item.get_closest_marker("queue")
    if report.skipped and must_run and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
