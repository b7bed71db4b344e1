"""Counting again from stored matrices gives what the import gave."""

import json

import pytest
from django.core.management import call_command

from apps.core.models import Event
from apps.procedures.models import Procedure, ResultAggregate
from tests.factories.procedures import imported

pytestmark = pytest.mark.django_db


def _parts():
    rows = ResultAggregate.objects.order_by("school__digits").values("item_sums", "item_details", "marks", "histogram")
    return [{**row, "item_details": bytes(row["item_details"])} for row in rows]


def test_only_what_lacks_finer_parts_is_counted_again(capsys):
    imported()
    before = _parts()
    assert all(row["item_details"] for row in before)
    call_command("recount_results", "--json")
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["procedures"] == 0
    ResultAggregate.objects.update(item_details=b"")
    call_command("recount_results", "--json")
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["procedures"], told["schools"]) == (1, 2)
    assert _parts() == before
    assert Event.objects.filter(kind="procedures.recounted").count() == Procedure.objects.count() == 1


def test_a_dry_run_counts_and_writes_nothing():
    imported()
    ResultAggregate.objects.update(item_details=b"")
    call_command("recount_results", "--dry-run")
    assert not any(row["item_details"] for row in _parts())


def test_all_is_counted_on_demand(capsys):
    imported()
    ResultAggregate.objects.update(item_sums=[0, 0, 0])
    call_command("recount_results", "--all", "--json")
    assert any(sum(row["item_sums"]) for row in _parts())
