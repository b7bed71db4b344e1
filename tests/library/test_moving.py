"""An organisation joins another in mid-work: open things go along with history, finished ones keep their name."""

import pytest

from apps.core import events
from apps.core.models import Notice
from apps.library.dispatches.services import send
from apps.library.models import Inspection, Practice, PracticeAdvice, Receipt, Trial
from apps.library.practices import services as practices
from apps.organizations.signals import merged
from tests.factories.library import InspectionFactory, PracticeFactory, RemarkFactory, document_of

pytestmark = pytest.mark.django_db


def test_open_things_go_along(specialist, director, other_director, school, other_school):
    open_event = RemarkFactory(inspection__organization=school).inspection
    finished = InspectionFactory(organization=school)
    new = practices.NewPractice("analysis", "Своя", "Проблема", "Сделано", "Эффект")
    proposed = practices.propose(new=new, organization=school, by=director)
    published = PracticeFactory(organization=school)
    foreign = PracticeFactory()
    practices.advise(practice=foreign, organizations=[school], text="Подойдёт", by=specialist)
    dispatch = send(version=document_of(specialist), organizations=[school], letter="", by=specialist)
    both = send(version=dispatch.version, organizations=[school, other_school], letter="", by=specialist)
    trial = Trial.objects.create(
        title="Т", description="О", starts_on="2026-09-01", ends_on="2027-09-01", author=specialist
    )
    trial.organizations.add(school)
    merged.send(sender=type(school), old=school, new=other_school, by=specialist)
    assert set(Inspection.objects.filter(organization=other_school)) == {open_event}
    assert Inspection.objects.get(pk=finished.pk).organization == school
    assert Practice.objects.get(pk=proposed.pk).organization == other_school
    assert Practice.objects.get(pk=published.pk).organization == school
    assert PracticeAdvice.objects.get().organization == other_school
    assert Receipt.objects.get(dispatch=dispatch).organization == other_school
    assert Receipt.objects.filter(dispatch=both).count() == 2
    assert list(trial.organizations.all()) == [other_school]
    assert "осталась в истории" in events.history(both).first().text
    notices = Notice.objects.filter(user=other_director, key__startswith="library.")
    assert {notice.key for notice in notices} == {
        f"library.remark:{open_event.remarks.get().pk}",
        f"library.dispatch:{dispatch.pk}", f"library.dispatch:{both.pk}", f"library.advice:{foreign.pk}"
    }  # fmt: skip
    for moved in (open_event, proposed, foreign, dispatch, trial):
        assert "Перешло" in events.history(moved).first().text
    assert open_event in Inspection.objects.visible_to(other_director)
    assert open_event not in Inspection.objects.visible_to(director)
