"""The cycle read from stored objects: an honest one has no breaks, planted ones are found; schools see their own."""

from datetime import date

import pytest

from apps.accounts.roles import Role
from apps.analysis.models import Conclusion
from apps.core.periods import school_year
from apps.indicators.models import Goal
from apps.library.models import Act, ActUse
from apps.roadmaps.cycle import services
from apps.roadmaps.cycle.models import PositionTerm, Track
from apps.roadmaps.cycle.reading import cycle_of, span_of
from apps.roadmaps.effect.models import Measurement
from apps.roadmaps.links.models import Link
from apps.roadmaps.models import Decision, Measure, Recommendation
from tests.factories.cycle import TODAY, moment, whole_cycle
from tests.factories.organizations import SchoolFactory
from tests.factories.series import DirectionFactory, GoalFactory

pytestmark = pytest.mark.django_db
SPAN = school_year(2025)


@pytest.fixture
def scene(specialist, head, school, other_school):
    return whole_cycle(by=specialist, head=head, schools=[school, other_school])


def read(user, organization=None, today=TODAY):
    return cycle_of(user=user, span=SPAN, organization=organization, today=today)


def told(cycle):
    return {(one.code, one.key[0].split(".")[1] if one.key else "") for line in cycle.lines for one in line.breaks}


@pytest.mark.capability("S-208")
def test_a_whole_honest_cycle_fills_nine_positions_and_has_no_breaks(scene, specialist):
    cycle = read(specialist)
    line = cycle.line("1.3")
    assert [cell.state for cell in line.cells] == ["filled"] * 9
    assert cycle.counts == {"positions": 9, "filled": 9, "late": 0, "breaks": 0, "objects": 10}
    assert {item.kind for item in line.cells[6].ready} == {"дорожная карта", "мероприятие"}


def plant(scene):
    """Eleven breaks in the stored rows, each of another kind."""
    label = Measure._meta.label
    Link.objects.filter(subject=Recommendation._meta.label).delete()
    Link.objects.filter(subject=Decision._meta.label).delete()
    Goal.objects.filter(pk=scene.goal.pk).update(indicator=None)
    scene.campaign.submissions.update(state="draft")
    Measure.objects.filter(pk=scene.measure.pk).update(done_on=None, result="", percent=50, starts_on=date(2025, 11, 1))
    Measurement.objects.update(measured_at=moment(date(2026, 2, 1)))
    scene.effect.addressed.filter(organization=scene.schools[0]).delete()
    scene.recommendation.addressees.update(state="received", reported_at=None, reported_by=None)
    scene.roadmap.__class__.objects.filter(pk=scene.roadmap.pk).update(version=0)
    act = Act.objects.create(
        level="municipal", kind="order", number="12", on=date(2024, 1, 1), title="О показателях", state="void",
        checked_on=date(2026, 1, 1), checked_by=scene.by,
    )  # fmt: skip
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(scene.approved)
    ActUse.objects.create(act=act, content_type=kind, object_id=scene.approved.pk, by=scene.by)
    return label


def test_breaks_in_stored_rows_are_found(scene, specialist):
    plant(scene)
    assert told(read(specialist)) == {
        ("goal_without_indicator", "Goal"),
        ("act_void", "ApprovedSet"),
        ("monitoring_incomplete", "Campaign"),
        ("no_conclusion", "Recommendation"),
        ("not_answered", "Recommendation"),
        ("older_than_basis", "Measure"),
        ("no_result", "Measure"),
        ("unsigned", "Roadmap"),
        ("no_basis", "Decision"),
        ("effect_organizations", "Expectation"),
        ("effect_too_early", "Expectation"),
    }


def test_void_and_deleted_bases_are_found(scene, specialist):
    Conclusion.objects.filter(pk=scene.conclusion.pk).update(
        withdrawn_at=moment(date(2026, 1, 1)), withdrawn_by=specialist, withdrawn_reason="ошибка"
    )
    scene.recommendation.addressees.all().delete()
    Recommendation.objects.filter(pk=scene.recommendation.pk).delete()
    assert {
        ("void_basis", "Decision"), ("lost_basis", "Measure"), ("void", "Conclusion")
    } <= told(read(specialist))  # fmt: skip


def test_an_empty_position_names_who_fills_it_and_by_when(specialist, head, school):
    DirectionFactory(code="2.1")
    line = read(specialist, today=date(2025, 9, 3)).line("2.1")
    assert [cell.state for cell in line.cells] == ["empty"] * 9
    assert "руководитель управления" in line.cells[0].asks
    assert "05.09.2025" in line.cells[0].asks
    late = read(specialist, today=date(2025, 9, 20)).line("2.1")
    assert [cell.state for cell in late.cells][:3] == ["late", "late", "empty"]
    term = services.NewTerm("office", None, 1, 10, 1, "начальник отдела", specialist)
    services.set_term(new=term, by=head)
    cell = read(specialist, today=date(2025, 9, 20)).line("2.1").cells[0]
    assert cell.state == "empty"
    assert str(specialist) in cell.asks
    assert "01.10.2025" in cell.asks
    assert PositionTerm.objects.count() == 1


def test_objects_of_other_years_do_not_fill_a_position(scene, specialist):
    later = cycle_of(user=specialist, span=school_year(2026), today=date(2026, 10, 1)).line("1.3")
    states = [cell.state for cell in later.cells]
    assert states[3] == states[4] == states[8] == "outside"
    assert ("outside_year", "") in {(one.code, "") for one in later.breaks}


def test_a_direction_that_is_switched_off_is_not_in_the_cycle(scene, specialist):
    scene.direction.is_active = False
    scene.direction.save()
    assert read(specialist).line("1.3") is None


def test_a_school_reads_its_own_cycle_and_no_details_of_others(scene, specialist, director, other_director, school):
    own = GoalFactory(
        direction=scene.direction, level="organization", organization=school, title="Открыть три кружка",
        author=director, created_at=moment(date(2025, 10, 1)),
    )  # fmt: skip
    mine = read(director, school).line("1.3")
    titles = {item.title for item in mine.items}
    assert own.title in titles
    assert scene.recommendation.title in titles
    assert scene.goal.title not in titles
    shared = next(item for item in mine.items if item.title == scene.recommendation.title)
    assert shared.words == ""
    assert shared.state == ""
    office = read(specialist, school).line("1.3")
    assert {item.title for item in office.items} >= titles
    assert own.title not in {item.title for item in read(specialist).line("1.3").items}
    others = read(other_director, other_director.organization).line("1.3")
    assert own.title not in {item.title for item in others.items}


def test_files_of_others_are_not_given_to_a_school(scene, specialist, director):
    cycle = read(director, director.organization)
    item = next(one for one in cycle.line("1.3").items if one.kind == "мероприятие")
    assert cycle.gathered.files(item) == []
    whole = read(specialist)
    assert len(whole.gathered.files(next(one for one in whole.line("1.3").items if one.kind == "мероприятие"))) == 1


def test_a_partial_track_asks_for_three_positions(scene, specialist):
    track = services.set_track(new=services.NewTrack(scene.direction, "Одарённые дети", is_full=False), by=specialist)
    services.put_into_track(track=track, keys=[(Measure._meta.label, str(scene.measure.pk))], by=specialist)
    line = read(specialist).tracks["1.3"][0]
    assert [cell.position.number for cell in line.asked] == [7, 8, 9]
    assert [cell.state for cell in line.asked] == ["filled", "late", "empty"]
    services.end_track(track=track, reason="Объединён", by=specialist)
    assert read(specialist).tracks == {}
    assert Track.objects.count() == 1


def test_reading_takes_a_constant_number_of_queries(scene, specialist, head, school, django_assert_max_num_queries):
    others = [SchoolFactory(number=40), SchoolFactory(number=41)]
    for code in ("1.1", "1.2"):
        whole_cycle(by=specialist, head=head, schools=others, code=code)
    with django_assert_max_num_queries(45):
        assert read(specialist).counts["filled"] == 27


@pytest.mark.parametrize("text", ["", "2025", "x", "2025-27", "9999-00", "2025/26\x00", "🙂"])
def test_any_address_of_a_year_is_answered(text):
    assert span_of(text, date(2026, 2, 1)).code == "2025/26"


def test_the_roles_that_keep_tracks_and_terms(scene, specialist, head, director, school, methodologist):
    from apps.core.findings import Refused

    new = services.NewTrack(scene.direction, "Трек", is_full=True)
    for person in (director, methodologist):
        with pytest.raises(Refused):
            services.set_track(new=new, by=person)
    mine = services.NewTrack(scene.direction, "Наш трек", is_full=True, organization=school)
    assert services.set_track(new=mine, by=director).organization == school
    with pytest.raises(Refused):
        services.set_term(new=services.NewTerm("office", None, 1, 10, 1, "кто-то"), by=specialist)
    with pytest.raises(Refused):
        services.set_term(new=services.NewTerm("office", None, 1, 6, 31, "кто-то"), by=head)
    assert head.role == Role.HEAD


def test_a_proposal_of_the_portal_is_never_late_for_a_school(director, head, school):
    DirectionFactory(code="2.1")
    autumn = date(2025, 9, 20)
    cell = read(director, organization=school, today=autumn).line("2.1").cells[0]
    assert (cell.state, cell.word) == ("empty", "нет")
    assert "Предложение портала" in cell.asks
    services.set_term(new=services.NewTerm("school", None, 1, 9, 10, "руководитель организации"), by=head)
    cell = read(director, organization=school, today=autumn).line("2.1").cells[0]
    assert (cell.state, cell.word) == ("late", "нет, срок прошёл")
