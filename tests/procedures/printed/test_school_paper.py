"""The paper of a school's work: what it says, by whom it is read, what the worker does."""

import re

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.procedures.item_analysis.rows import table_rows
from apps.procedures.models import ResultBlock
from apps.procedures.printed.content import paper_of
from apps.procedures.printed.typesetting import source_of
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ProcedureFactory
from tests.factories.scored import scored, work_of

pytestmark = pytest.mark.django_db

POOR = [[0, 0, 0, 1]] * 8 + [[1, 1, 0, 1]] * 4
GOOD = [[1, 2, 1, 1]] * 9 + [[0, 1, 1, 0]] * 3


def plain(source):
    body = re.sub(r"<svg.*?</svg>", " ", source, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ").replace("\u2060", "")


@pytest.fixture
def work(school, other_school):
    found = ProcedureFactory(grade=4)
    work_of(found, (1, 2, 1, 1), "ББПП", ("Чтение", "Чтение", "Письмо", "Счёт"))
    scored(found, school, POOR, marks=[2] * 8 + [3] * 4, journal=[3] * 12)
    scored(found, other_school, GOOD, marks=[5] * 9 + [3] * 3, journal=[5] * 12)
    scored(found, SchoolFactory(code="school-03", number=3, name="Школа № 3"), GOOD, marks=[4] * 12)
    return found


def test_the_paper_says_what_the_pages_say(work, school, director):
    paper = paper_of(procedure=work, organization=school, reader=director)
    source = source_of(paper)
    said = plain(source)
    assert "Качество — 0,0 % (0,0–24,2) при 58,3 % по муниципалитету: ниже." in said  # 0 of 12; 21 of 36
    assert "Ниже границы своего уровня 3 из 4 заданий: 1, 2, 3." in said
    assert "Чем в остальных школах муниципалитета, хуже выполнены задания 1, 2, 3." in said
    assert "Системный дефицит: Чтение" in said
    assert "выполнение 22,2 % (n = 12)" in said  # 8 of 36 points
    assert "С отметкой в журнале совпали 33,3 %" in said
    assert "n3 + n4 + n5" in said  # methods with their formulas
    assert "Полосы тестового балла" not in said  # of state exams only
    assert source.count("<svg") == 4  # marks, scores, journal, items: the charts of the pages
    assert "style=" not in source
    assert "D = " not in said  # no matrices are stored here
    assert [row.own for row in paper.item_rows] == [row.own for row in table_rows(paper.items)]


def test_the_paper_has_d_of_the_municipality_for_a_school_of_few(work, school, director):
    row = work.aggregates.get(school__organization=school)
    rows = [[0, 0, 0, 1]] * 15 + [[1, 2, 1, 1]] * 15  # the first item parts the halves, the last nobody
    ResultBlock.objects.create(
        procedure=work, school=row.school, file=row.file, class_label="1", size=30, variants=bytes(30),
        matrix=bytes(point for scores in rows for point in scores), codes=list(range(30)), marks=bytes(30),
        journal=bytes(30), primary=[sum(scores) for scores in rows],
    )  # fmt: skip
    paper = paper_of(procedure=work, organization=school, reader=director)
    assert paper.extremes == {"1": "1,00", "2": "1,00", "3": "1,00", "4": "0,00"}
    assert "D = 1,00" in plain(source_of(paper))


def test_few_pupils_are_not_summed_up_in_words(work, director, other_school):
    small = SchoolFactory(code="school-09", number=9, name="Школа № 9")
    scored(work, small, POOR[:1], marks=[2])
    paper = paper_of(procedure=work, organization=small, reader=director)
    assert paper.main_points == []
    assert "у одного разброса нет" in plain(source_of(paper))


def test_a_school_orders_and_reads_its_own_paper(work, school, other_school, client_of, run_jobs):
    director = client_of(Role.DIRECTOR)
    own, foreign = (reverse("procedures:school_pdf", args=[work.pk, one.code]) for one in (school, other_school))
    assert director.post(foreign).status_code == 404
    director.post(own)
    (job,) = run_jobs()
    assert job.state == "done"
    assert b"".join(director.get(job.url).streaming_content)[:5] == b"%PDF-"
    assert client_of(Role.SPECIALIST).get(job.url).status_code == 404
    assert (
        client_of(Role.OBSERVER).post(reverse("procedures:school_pdf", args=[work.pk, school.code])).status_code == 404
    )


def test_who_writes_a_conclusion_sees_the_main_things_at_hand(work, school, client_of):
    address = f"{reverse('analysis:conclude')}?procedure={work.pk}&organization={school.code}"
    page = plain(client_of(Role.SPECIALIST).get(address).content.decode())
    assert "Системный дефицит: Чтение" in page
    assert "Ниже границы своего уровня 3 из 4 заданий: 1, 2, 3." in page
