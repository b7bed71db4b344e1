"""Agreements that end, in the calendar."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.roles import Role
from apps.registers.deadlines import deadlines_for
from tests.factories.registers import AgreementFactory

pytestmark = pytest.mark.django_db


def test_an_agreement_ends_for_the_schools_that_work_by_it(
    director, other_director, school, other_school, specialist, user_of
):
    today = timezone.localdate()
    ours = AgreementFactory(organization=other_school, partner="Колледж связи", ends_on=today, schools=[school])
    AgreementFactory(
        organization=other_school, ends_on=today, archived_at=timezone.now(), archive_reason="внесено дважды"
    )
    AgreementFactory(organization=other_school, ends_on=today + timedelta(days=1))
    for user in (director, specialist):
        [line] = deadlines_for(user, today, today)
        assert line.title == "Заканчивается соглашение: Колледж связи"
        assert str(ours.pk) in line.url
    assert len(deadlines_for(other_director, today, today + timedelta(days=1))) == 2
    assert deadlines_for(director, today + timedelta(days=1), today + timedelta(days=1)) == []
    assert deadlines_for(user_of(Role.OBSERVER), today, today) == []
