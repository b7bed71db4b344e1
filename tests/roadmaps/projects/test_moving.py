"""An organisation merged in mid-project: its membership goes to the successor with history."""

import pytest
from django.utils import timezone

from apps.core import events
from apps.core.models import Notice
from apps.organizations.services import merge_organizations
from apps.roadmaps.projects.models import Member
from tests.factories.projects import MemberFactory, ProductFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def test_memberships_move_and_what_is_over_stays(school, other_school, specialist, other_director):
    running, over = MemberFactory(organization=school), MemberFactory(
        organization=school, project=ProjectFactory(state="done")
    )  # fmt: skip
    product = ProductFactory(member=running)
    merge_organizations(organization=school, into=other_school, on=timezone.localdate(), by=specialist)
    assert Member.objects.get(pk=running.pk).organization == other_school
    assert Member.objects.get(pk=over.pk).organization == school
    assert product.member.project == running.project
    assert [event.kind for event in events.history(running)] == ["roadmaps.project_member_moved"]
    assert Notice.objects.get(user=other_director, key__startswith="roadmaps.project").url == running.get_absolute_url()


def test_a_successor_that_takes_part_already_gets_the_products(school, other_school, specialist):
    old = MemberFactory(organization=school)
    new = MemberFactory(organization=other_school, project=old.project)
    ProductFactory(member=old)
    merge_organizations(organization=school, into=other_school, on=timezone.localdate(), by=specialist)
    old.refresh_from_db()
    assert (old.state, old.organization, old.products.count(), new.products.count()) == ("left", school, 0, 1)
    assert "присоединена" in old.reason
    assert events.history(new).count() == 1
