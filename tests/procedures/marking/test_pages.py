"""Internal marks against external results: worked by hand, seen and hidden."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.procedures.marking import selectors
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ProcedureFactory, SubjectFactory
from tests.factories.scored import scored, work_of
from tests.procedures.test_views import text_of

pytestmark = pytest.mark.django_db


def _wrote(work, school, marks, journal):
    scored(work, school, [[1]] * len(marks), marks=marks, journal=journal, digits=f"{work.pk}-{school.pk}")


@pytest.fixture
def maths():
    work = ProcedureFactory(grade=4)
    work_of(work, (1,))
    return work


@pytest.fixture
def scene(maths, school, other_school):
    """School 1 has 14 of 20 lowered, the others 2 of 20 each; a second work of the subject adds to the first."""
    fifth = ProcedureFactory(grade=5, period=maths.period)
    work_of(fifth, (1,))
    _wrote(maths, school, [3] * 7 + [4] * 3, [4] * 10)
    _wrote(fifth, school, [2] * 7 + [4] * 3, [4] * 10)  # seven of them by two marks
    for one in (other_school, SchoolFactory(code="school-03", number=3, name="Школа № 3")):
        _wrote(maths, one, [3] * 2 + [4] * 15 + [5] * 3, [4] * 20)
    return maths


def test_marks_of_all_works_of_a_subject_are_added(scene, school, specialist):
    found = selectors.marking(year=scene.year, reader=specialist)
    own = found.of_organization(school.pk)
    assert (own.lower, own.equal, own.higher, own.gap, own.n) == (14, 6, 0, 7, 20)
    line = next(one for one in found.schools(None) if one.code == school.code)
    assert float(line.difference.value) == pytest.approx(70 - 10)  # to the other schools, without itself
    assert [one.code for one in found.schools(None) if one.calls_for_a_look] == [school.code]


@pytest.mark.capability("S-214")
def test_the_specialist_compares_by_school_and_by_subject(scene, school, client_of):
    russian = ProcedureFactory(subject=SubjectFactory(name="Русский язык"), period=scene.period, grade=4)
    work_of(russian, (1,))
    _wrote(russian, school, [4] * 12, [4] * 12)
    client = client_of(Role.SPECIALIST)
    address = reverse("procedures:marking")
    schools = text_of(client.get(address, {"subject": scene.subject_id}))
    assert "Школа № 1 стоит посмотреть 20 70,0 %" in schools
    assert "стоит посмотреть" in schools
    assert "маркер, а не вывод" in schools
    subjects = text_of(client.get(address, {"school": school.code}))
    assert "Математика стоит посмотреть 20 70,0 %" in subjects
    assert "Русский язык не отличается 12 0,0 %" in subjects
    heat = client.get(address).context["heat_chart"].table()
    assert heat.rows[0][1:] == ["70", "0"]


def test_a_school_reads_its_own_subjects(scene, school, other_school, client_of):
    client = client_of(Role.DIRECTOR)
    page = text_of(client.get(reverse("procedures:marking"), {"school": other_school.code}))
    assert "Математика стоит посмотреть 20 70,0 %" in page
    assert "Школа № 2" not in page
    assert "+60,0 (" in page  # beside the sum of the two others
    assert client_of(Role.EXPERT).get(reverse("procedures:marking")).status_code == 404


def test_beside_one_other_school_nothing_is_told_of_it(maths, school, other_school, client_of):
    _wrote(maths, school, [3] * 10, [4] * 10)
    _wrote(maths, other_school, [4] * 10, [4] * 10)
    page = text_of(client_of(Role.DIRECTOR).get(reverse("procedures:marking")))
    assert "отличие от остальных" not in page


def test_the_year_is_read_in_a_few_statements(scene, specialist, django_assert_num_queries):
    specialist.is_school  # noqa: B018 - the role is read once
    with django_assert_num_queries(3):
        selectors.marking(year=scene.year, reader=specialist)
