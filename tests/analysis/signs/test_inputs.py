"""Which source a sign reads: imported protocols and olympiads first, self-examination where there are none."""

from decimal import Decimal

import pytest

from apps.analysis.signs import inputs
from apps.analysis.signs.share import Counts
from apps.indicators.models import Value
from apps.procedures.models import Olympiad, OlympiadCount, Procedure
from tests.factories.core import PeriodFactory
from tests.factories.results import ProcedureFactory, ResultAggregateFactory, SubjectFactory
from tests.factories.signs import figure, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools(school):
    return scene(school)


def points_of(*scores):
    spread = [0] * 101
    for score in scores:
        spread[score] += 1
    return {
        "marks": [0, 0, 0, 0], "participants": len(scores), "test_sum": sum(scores), "test_count": len(scores),
        "test_histogram": spread,
    }  # fmt: skip


def exam(login, code, subject, parts, *, kind=Procedure.Kind.EGE, grade=11, minimum=27):
    work = ProcedureFactory(
        kind=kind, period=PeriodFactory(code=code), subject=SubjectFactory(name=subject), grade=grade
    )
    Procedure.objects.filter(pk=work.pk).update(pass_score=minimum)
    ResultAggregateFactory(procedure=work, school=login, **parts)


def test_protocols_of_an_exam_stand_in_place_of_what_the_school_reported(schools, school, period):
    login = school.participations.get()
    exam(login, period.code, "Русский язык", {"marks": [1, 9, 8, 2]}, kind=Procedure.Kind.OGE, grade=9, minimum=None)
    read = inputs.read(period)
    own = read.exam_shares(school.pk)
    assert [(case.counts, case.source) for case in own] == [(Counts(1, 20), "протоколы экзамена")]
    # Another school without protocols keeps its own report, and says so.
    other = read.exam_shares(schools[1].pk)
    assert [(case.counts, case.source) for case in other] == [(Counts(0, 20), "самообследование за 2025")]
    assert [case.source for case in read.means(schools[1].pk)] == ["самообследование за 2025"]
    (mean,) = read.means(school.pk)
    assert (mean.own, mean.n, mean.source) == (Decimal(71) / 20, 20, "протоколы экзамена")


def test_an_exam_in_points_is_below_the_minimum_by_its_own_score_and_without_one_it_is_said(schools, school, period):
    login = school.participations.get()
    exam(login, period.code, "Математика", points_of(*[26] * 3, 27, *[60] * 6))
    exam(login, period.code, "Русский язык", points_of(*[50] * 12), minimum=None)
    read = inputs.read(period)
    cases = {case.title: case for case in read.exam_shares(school.pk)}
    points = next(case for title, case in cases.items() if "Математика, 11" in title)
    assert points.counts == Counts(3, 10)
    unknown = next(case for title, case in cases.items() if "Русский язык, 11" in title)
    assert (unknown.counts, unknown.source) == (Counts(0, 0), inputs.NO_MINIMUM)
    works = read.three_years(school.pk, ["Математика"], [])
    assert [(work.years[0], work.source) for work in works] == [(Counts(3, 10), "протоколы экзамена")]


def test_a_level_of_a_subject_is_of_the_subject(schools, school, period):
    exam(school.participations.get(), period.code, "Математика базовая", {"marks": [4, 3, 3, 0]}, minimum=None)
    works = inputs.read(period).three_years(school.pk, ["Математика"], [])
    assert Counts(4, 10) in [work.years[0] for work in works]
    assert not inputs.is_of("Математический кружок", ["Математика"])


def olympiad(period, schools, taken):
    made = Olympiad.objects.create(period=period, stage="school", subject=SubjectFactory())
    OlympiadCount.objects.bulk_create(
        OlympiadCount(olympiad=made, organization=one, participants=number)
        for one, number in zip(schools, taken, strict=False)
    )


def pupils(schools, number):
    version = figure("so_oo.1.1", "municipality", "", 1, 1).version
    year = PeriodFactory(code="2025")
    for one in schools:
        Value.objects.create(version=version, period=year, organization=one, number=number, breakdown="")


def test_olympiads_of_the_cluster_come_before_the_indicator(schools, school, period):
    pupils(schools, 200)
    olympiad(period, schools, [100, 300, 300, 300, 300])
    contests = inputs.read(period).contests
    found, why = contests.participation(school.pk)
    assert why == ""
    assert (found.own.per_hundred, found.group.per_hundred, found.members, found.once) == (50, 130, 5, False)
    # The sixth school has no counts: absent is not nought, its own report is read.
    last, _ = contests.participation(schools[5].pk)
    assert (last.once, last.source) == (True, "показатель 1.18, самообследование за 2025")


def test_counts_of_too_few_schools_of_the_cluster_leave_the_indicator(schools, school, period):
    pupils(schools, 200)
    olympiad(period, schools, [100, 300, 300, 300])
    found, _ = inputs.read(period).contests.participation(school.pk)
    assert (found.once, found.own.taken, found.own.pupils) == (True, 10, 100)


def test_pupils_of_a_school_without_self_examination_are_those_of_its_social_passport(schools, school, period):
    pupils(schools[1:5], 200)
    olympiad(period, schools, [100, 300, 300, 300, 300])
    assert inputs.read(period).contests.participation(school.pk)[0].once
    passport = figure("social.1.1", "organization", str(school.pk), 400, 1, scale=1)
    passport.period = period  # a passport is of the school year
    passport.save()
    found, _ = inputs.read(period).contests.participation(school.pk)
    assert (found.own.taken, found.own.pupils, found.once) == (100, 400, False)
