"""The invented municipality: who is in the register, who may log in, and that loading is done once."""

import json
import os
import stat
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.desk.demo import catalog
from apps.desk.demo.world import Timeline, World
from apps.organizations.models import ExternalId, Kind, Organization
from tests.desk.conftest import TODAY
from tests.factories.organizations import SchoolFactory


def test_timeline_counts_from_today() -> None:
    timeline = Timeline(date(2031, 2, 3))
    assert [span.code for span in timeline.school_years] == ["2028/29", "2029/30", "2030/31"]
    assert [span.code for span in timeline.calendar_years] == ["2028", "2029", "2030"]


def test_network_has_the_promised_organisations(municipality: World) -> None:
    counts = {kind: Organization.objects.filter(kind=kind).count() for kind in Kind}
    assert counts == {Kind.SCHOOL: 24, Kind.KINDERGARTEN: 18, Kind.ADDITIONAL: 4, Kind.AUTHORITY: 1}
    schools = Organization.objects.filter(kind=Kind.SCHOOL)
    assert schools.filter(programmes__contains=["preschool"]).count() == 2
    assert schools.filter(sites__kind="branch").count() == 1
    assert set(schools.values_list("locality", flat=True)) == {"urban", "rural"}
    merged = schools.get(closed_on__isnull=False)
    assert merged.closed_on == date(TODAY.year - 1, 8, 31)
    assert merged.successor.events.filter(kind="merged", other=merged).exists()


def test_every_school_has_its_own_login_of_region_99(municipality: World) -> None:
    logins = ExternalId.objects.filter(system=ExternalId.System.FIS_OKO)
    values = set(logins.values_list("value", flat=True))
    assert len(values) == 24
    assert all(value.startswith("99") and len(value) == 6 for value in values)
    assert set(logins.values_list("prefix", flat=True)) == {"edu"}


def test_invented_taxpayer_numbers_belong_to_no_region(municipality: World) -> None:
    values = list(ExternalId.objects.filter(system=ExternalId.System.INN).values_list("value", flat=True))
    assert len(set(values)) == 46
    assert all(value.startswith("00") for value in values)


def test_every_role_has_an_account_that_opens(municipality: World, settings: Any) -> None:
    path = settings.VAR_DIR / "demo_accounts.json"
    accounts = json.loads(path.read_text(encoding="utf-8"))
    assert {account["role"] for account in accounts} == set(Role)
    for role in Role:
        account = next(account for account in accounts if account["email"] == f"{role}@demo.invalid")
        user = authenticate(email=account["email"], password=account["password"])
        assert user is not None
        assert user.role == role
        assert account["organization"] == user.organization.name
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_one_person_holds_two_roles(municipality: World) -> None:
    leader = User.objects.get(email="association_leader@demo.invalid")
    assert [membership.role for membership in leader.memberships.all()] == [Role.ASSOCIATION_LEADER, Role.COORDINATOR]


def test_every_open_organisation_has_a_director_with_the_name_of_the_register(municipality: World) -> None:
    for organization in Organization.objects.educational().active(TODAY):
        director = Membership.objects.current().get(organization=organization, role=Role.DIRECTOR).user
        assert director.get_full_name() == organization.head_name


def test_director_of_the_merged_school_is_none_any_more(municipality: World) -> None:
    merged = municipality.organizations[catalog.MERGED]
    assert Membership.objects.filter(organization=merged).exists()
    assert not Membership.objects.current().filter(organization=merged).exists()


def test_same_seed_makes_the_same_people(municipality: World) -> None:
    again = World.begin(today=TODAY)
    other = World.begin(today=TODAY, seed=1)
    assert again.names.next().full == municipality.authority.head_name
    assert other.names.next().full != municipality.authority.head_name


def test_command_refuses_a_database_of_somebody_else(db: None, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    SchoolFactory()
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("load_demo", stdout=out)
    assert stop.value.code == 2
    assert "уже есть организации" in out.getvalue()
    assert Organization.objects.count() == 1
    assert not (tmp_path / "demo_accounts.json").exists()
