"""Chains of replaced results: what an import took the place of comes back when it is taken back."""

import pytest

from apps.organizations.models import ExternalId
from apps.procedures import services
from apps.procedures.models import GroupResult, QuarantinedRow, ReplacedResult, ResultAggregate, ResultBlock
from apps.procedures.readers.neutral import Identity
from tests.factories.procedures import imported
from tests.factories.result_files import TWO_SCHOOLS, f1, pupil, xlsx
from tests.procedures.test_importing import digest

pytestmark = pytest.mark.django_db


def one(*scores):
    """A file of one school with one pupil."""
    return f1({"edu990101": [pupil(40001, scores, 4)]})


def score_of(login="990101"):
    return ResultAggregate.objects.get(school__digits=login).score_sum


def undo(file, by):
    file.refresh_from_db()
    return services.undo_file(file=file, by=by)


def test_results_that_an_import_replaced_come_back_when_it_is_undone(specialist):
    first = imported(f1({**TWO_SCHOOLS, "edu990103": [pupil(40001, (3, 1, 1), 4), pupil(40002, (1, 0, 0), 4)]}))
    before = digest()
    second = imported(f1({"edu990103": [pupil(40001, (1, 1, 1), 4)], "edu990101": [pupil(40009, (1, 2, 1), 5)]}))
    assert not QuarantinedRow.objects.exists()
    assert undo(second, specialist) == 2
    assert digest() == before
    assert set(ResultBlock.objects.values_list("file", flat=True)) == {first.pk}
    assert not ReplacedResult.objects.exists()


def test_what_gave_way_is_told_and_a_draft_of_a_school_over_final_results_is_asked_about(specialist, school):
    ExternalId.objects.create(organization=school, system="fis_oko", value="990101")
    imported(f1(TWO_SCHOOLS), name="Ф1 район.xlsx")
    heads = ["Код участника", "Вариант", "1 (1б)", "2 (2б)", "3 (1б)", "Порядковый номер класса", "Итого баллов"]
    form = xlsx({"Протокол": [heads, [40001, 1, 1, 1, 1, 1, 3]]})
    stated = Identity("vpr", 2026, "Математика", 4)
    file = imported(form, name="Форма.xlsx", stated=stated, organization=school)
    (told,) = [finding for finding in file.findings if finding["code"] == "results_replaced"]
    assert "«Ф1 район.xlsx»: школ 1, участников было 3" in told["message"]
    assert (told["severity"], "в ней нет отметок" in told["message"]) == ("query", True)
    undo(file, specialist)
    assert ResultAggregate.objects.get(school__digits="990101").participants == 3


def test_a_link_in_the_middle_of_a_chain_gives_way(specialist):
    first, second, third = imported(one(1, 0, 0)), imported(one(1, 1, 0)), imported(one(1, 2, 0))
    assert undo(second, specialist) == 0
    assert score_of() == 3
    assert undo(third, specialist) == 1
    assert (score_of(), ResultAggregate.objects.get().file) == (1, first)


def test_the_first_of_a_chain_taken_back_does_not_return(specialist):
    first, second = imported(one(1, 0, 0)), imported(one(1, 1, 0))
    undo(first, specialist)
    assert score_of() == 2
    assert undo(second, specialist) == 0
    assert not ResultAggregate.objects.exists()


def test_the_same_results_stand_while_one_of_two_files_that_brought_them_stands(specialist):
    first, second = imported(one(1, 1, 0)), imported(one(1, 1, 0))
    assert second.unchanged_schools == 1
    undo(first, specialist)
    assert score_of() == 2
    undo(second, specialist)
    assert not ResultAggregate.objects.exists()


def test_the_same_results_go_back_to_the_earlier_file(specialist):
    first, second, third = imported(one(1, 1, 0)), imported(one(1, 1, 0)), imported(one(1, 2, 1))
    undo(second, specialist)
    undo(third, specialist)
    assert (score_of(), ResultAggregate.objects.get().file) == (2, first)


def marks_report(two):
    rows = [
        ["Статистика по отметкам"],
        ["ВПР 2026 Математика 4 класс"],
        ["Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5],
        ["Вся выборка", 35000, 1_700_000, two, 32.9, 44.3, 22.8 - two],
    ]
    return imported(xlsx({"МА 4": rows}))


def test_lines_of_reports_come_back_too(specialist):
    marks_report(5.1)
    later = marks_report(6.1)
    assert GroupResult.objects.get().values["2"] == 6.1
    undo(later, specialist)
    assert GroupResult.objects.get().values["2"] == 5.1


def test_a_decided_row_comes_back_decided(specialist):
    first = imported(f1({"edu990101": [pupil(40001, (3, 1, 1), 4)]}))
    services.decide_rows(rows=list(first.quarantined_rows.all()), release=True, by=specialist)
    second = imported(one(1, 2, 1))
    undo(second, specialist)
    row = QuarantinedRow.objects.get()
    assert (row.state, row.decided_by, score_of()) == ("released", specialist, 5)
