"""From a file to stored results: counts, replacement by school, quarantine, undo, names, the command."""

import hashlib
import json
import zipfile
from io import BytesIO, StringIO

import numpy as np
import pytest
from django.core.management import call_command

from apps.core.models import Job, PrivateFile
from apps.organizations.models import ExternalId, Organization
from apps.procedures import schools, services
from apps.procedures.intake import Incoming, may_hold_names
from apps.procedures.models import (
    GroupResult,
    ParticipatingSchool,
    Procedure,
    QuarantinedRow,
    ResultAggregate,
    ResultBlock,
    ResultFile,
)
from apps.procedures.readers.neutral import Identity
from tests.factories.organizations import SchoolFactory
from tests.factories.procedures import imported
from tests.factories.result_files import TWO_SCHOOLS, export_2021, f1, pupil, xlsx
from tests.procedures.test_ris import appeals, protocol

pytestmark = pytest.mark.django_db


def digest():
    """Everything that is stored of results, without the numbers of rows in the database."""
    blocks = ResultBlock.objects.order_by("procedure", "school__digits", "class_label")
    names = ("size", "matrix", "codes", "primary", "variants", "marks", "journal", "test_scores", "class_label")
    found = hashlib.sha256()
    for block in blocks:
        values = (getattr(block, name) for name in names)
        found.update(repr([bytes(v) if isinstance(v, memoryview) else v for v in values]).encode())
    rows = ResultAggregate.objects.order_by("procedure", "school__digits").values()
    for row in rows:
        row["item_details"] = bytes(row["item_details"])
        found.update(repr([value for key, value in sorted(row.items()) if key not in {"id", "file_id"}]).encode())
    for row in QuarantinedRow.objects.order_by("sheet_row").values("sheet_row", "reason", "payload", "state"):
        found.update(repr(row).encode())
    return found.hexdigest()


def counts(file):
    return (file.state, file.rows, file.absent, file.present, file.schools, file.unknown_schools, file.quarantined)


def test_f1_makes_the_procedure_with_items_and_stores_matrices():
    file = imported()
    assert counts(file) == ("done", 5, 0, 5, 2, 2, 0)
    procedure = Procedure.objects.get()
    assert (procedure.title, procedure.period.code) == ("ВПР 2026. Математика, 4 класс", "2025/26")
    assert (procedure.max_score, procedure.bounds, procedure.items_state) == (4, [], "file")
    assert list(procedure.items.values_list("number", "maximum", "level")) == [
        ("1", 1, "Б"),
        ("2", 2, "Б"),
        ("3", 1, "П"),
    ]
    block = ResultBlock.objects.get(school__digits="990101")
    assert np.frombuffer(block.matrix, np.uint8).reshape(3, 3).tolist() == [[1, 2, 1], [1, 1, 0], [0, 255, 0]]
    assert (block.codes, block.primary, bytes(block.marks), bytes(block.journal)) == (
        [40001, 40002, 40003],
        [4, 2, 0],
        b"\x05\x04\x02",
        b"\x05\x05\x03",
    )


def test_additive_parts_are_sums_over_the_pupils():
    imported()
    row = ResultAggregate.objects.get(school__digits="990101")
    assert (row.participants, row.absent, row.marks) == (3, 0, [1, 0, 1, 1])
    assert (row.score_sum, row.score_squares, row.histogram) == (6, 20, [1, 0, 1, 0, 1])
    assert (row.item_counts, row.item_sums, row.item_full) == ([3, 3, 3], [2, 3, 1], [2, 1, 1])
    assert (row.item_zero, row.item_skipped) == ([1, 1, 2], [0, 1, 0])
    assert (row.journal_lower, row.journal_equal, row.journal_higher, row.journal_gap) == (2, 1, 0, 0)


def test_topics_not_taught_are_missing_in_their_item_and_zero_in_the_total():
    imported(f1({"edu990101": [pupil(40001, (1, "не пройд.", 1), 4), pupil(40002, (1, 2, 1), 5)]}))
    row = ResultAggregate.objects.get()
    assert (row.item_counts, row.item_sums, row.item_zero) == ([2, 1, 2], [2, 2, 2], [0, 0, 0])
    assert row.score_sum == 2 + 4


def test_absent_pupils_are_counted_apart_and_a_missing_total_is_recomputed():
    absent = [40002, 1, "отсутствовал", "", "", "", "", "", ""]
    nothing = [40003, 1, 1, "", "", "", "", "", ""]
    zero_total = [40004, 1, 2, 1, 2, "X", 0, 4, 4]
    file = imported(f1({"edu990101": [pupil(40001, (1, 1, 1), 4), absent, nothing, zero_total]}))
    assert counts(file)[1:4] == (4, 2, 2)
    row = ResultAggregate.objects.get()
    assert (row.participants, row.absent, row.score_sum, row.histogram) == (2, 2, 6, [0, 0, 0, 2, 0])


def test_a_school_of_absent_pupils_only_is_a_school_without_participants():
    file = imported(f1({"edu990101": [[40001, 1, "отсутствовал", "", "", "", "", "", ""]]}))
    assert counts(file) == ("done", 1, 1, 0, 1, 1, 0)
    assert list(ResultAggregate.objects.values_list("participants", "absent")) == [(0, 1)]


def test_importing_the_same_file_again_changes_nothing():
    bad = pupil(40009, (3, 1, 1), 4)
    schools_ = {**TWO_SCHOOLS, "edu990103": [bad, pupil(40001, (1, 1, 1), 4)]}
    imported(f1(schools_))
    before, ids = digest(), set(ResultBlock.objects.values_list("pk", flat=True))
    again = imported(f1(schools_))
    assert (again.state, again.unchanged_schools, again.quarantined) == ("done", 3, 1)
    assert digest() == before
    assert set(ResultBlock.objects.values_list("pk", flat=True)) == ids


def test_the_order_of_rows_does_not_matter():
    imported()
    again = imported(f1({login: rows[::-1] for login, rows in reversed(TWO_SCHOOLS.items())}))
    assert again.unchanged_schools == 2


def test_another_file_replaces_only_its_own_schools():
    imported()
    imported(f1({"edu990102": [pupil(40007, (1, 2, 1), 5)]}))
    assert ResultBlock.objects.get(school__digits="990102").codes == [40007]
    assert ResultBlock.objects.get(school__digits="990101").size == 3


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(pupil(40009, (1, 3, 1), 4), "задание 2: 3 при максимуме 2", id="above the maximum"),
        pytest.param(pupil(40009, (1, "ж", 1), 4), "задание 2: «ж»", id="unreadable score"),
        pytest.param(pupil(40009, (1, 1, 1), 7), "отметка: «7»", id="impossible mark"),
        pytest.param(pupil(40009, (1, 1, 1), 4, "ж"), "отметка по журналу: «ж»", id="sex in the mark column"),
        pytest.param(pupil(40001, (1, 1, 1), 4), "код 40001 уже встречался у этой школы", id="second time"),
    ],
)
def test_a_bad_row_is_held_with_its_reason_and_stays_out_of_statistics(row, reason):
    file = imported(f1({"edu990101": [pupil(40001, (1, 1, 1), 4), row]}))
    assert counts(file)[1:] == (2, 0, 2, 1, 1, 1)
    held = QuarantinedRow.objects.get()
    assert (held.reason, held.sheet_row, held.state) == (reason, 11, "held")
    assert ResultAggregate.objects.get().participants == 1


def test_a_total_above_the_maximum_of_the_work_is_recomputed_and_said():
    rows = [pupil(40001, (1, 2, 1), 5)]
    rows[0][6] = 30
    file = imported(f1({"edu990101": rows}))
    assert ResultAggregate.objects.get().score_sum == 4
    assert "total_above_maximum" in [finding["code"] for finding in file.findings]


def test_released_rows_count_without_their_wrong_cells(specialist):
    file = imported(f1({"edu990101": [pupil(40001, (1, 1, 1), 4), pupil(40002, (3, 2, 1), 4, "ж")]}))
    row = file.quarantined_rows.get()
    assert services.decide_rows(rows=[row], release=True, by=specialist) == 1
    aggregate = ResultAggregate.objects.get()
    assert (aggregate.participants, aggregate.item_counts, aggregate.item_sums) == (2, [1, 2, 2], [1, 3, 2])
    assert (aggregate.marks, aggregate.journal_equal) == ([0, 0, 2, 0], 1)
    assert ResultBlock.objects.get().codes == [40001, 40002]
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("released", specialist)
    assert services.decide_rows(rows=[row], release=True, by=specialist) == 0


def test_dropped_rows_stay_out(specialist):
    file = imported(f1({"edu990101": [pupil(40001, (1, 1, 1), 4), pupil(40002, (3, 2, 1), 4)]}))
    services.decide_rows(rows=list(file.quarantined_rows.all()), release=False, by=specialist)
    assert ResultAggregate.objects.get().participants == 1
    assert QuarantinedRow.objects.get().state == "dropped"


def test_an_import_is_taken_back_as_a_whole_and_loaded_again(specialist, run_jobs):
    file = imported(f1({**TWO_SCHOOLS, "edu990103": [pupil(40001, (3, 1, 1), 4)]}))
    before = digest()
    services.undo_file(file=file, by=specialist)
    assert not ResultBlock.objects.exists()
    assert not ResultAggregate.objects.exists()
    assert not QuarantinedRow.objects.exists()
    file.refresh_from_db()
    services.repeat_file(file=file, by=specialist)
    (job,) = run_jobs()
    assert (job.state, digest()) == (Job.State.DONE, before)


def test_undo_leaves_what_another_file_brought(specialist):
    first = imported()
    imported(f1({"edu990102": [pupil(40007, (1, 2, 1), 5)]}))
    services.undo_file(file=first, by=specialist)
    assert list(ResultBlock.objects.values_list("school__digits", flat=True)) == ["990102"]


def test_schools_are_linked_by_their_code_and_others_are_unknown(school):
    ExternalId.objects.create(organization=school, system="fis_oko", value="990101", prefix="sch")
    file = imported()
    assert (file.schools, file.unknown_schools) == (2, 1)
    assert ParticipatingSchool.objects.get(digits="990101").organization == school


def test_organisations_are_created_only_when_asked():
    assert imported(create_organizations=True).unknown_schools == 0
    made = Organization.objects.get(code="school-990101")
    assert (made.name, made.number, made.kind) == ('МБОУ "Примерная СОШ №1"', 1, "school")
    assert made.external_ids.get().value == "990101"


def test_schools_of_other_municipalities_are_benchmarks_and_no_organisations(settings):
    settings.MUNICIPALITY_CODES = ("reg99_m001",)
    ParticipatingSchool.objects.create(system="fis_oko", digits="990101", municipality_code="reg99_m001")
    file = imported(create_organizations=True)
    assert (file.schools, file.unknown_schools) == (2, 0)
    assert list(Organization.objects.values_list("code", flat=True)) == ["school-990101"]


def test_linking_a_school_by_hand_remembers_its_code(specialist):
    file = imported()
    other = SchoolFactory(code="school-77", name="Школа № 77")
    services.link_school(school=ParticipatingSchool.objects.get(digits="990102"), organization=other, by=specialist)
    file.refresh_from_db()
    assert file.unknown_schools == 1
    assert other.external_ids.get().value == "990102"
    assert list(ResultAggregate.objects.ours().values_list("school__organization__code", flat=True)) == ["school-77"]


# --- the work of a file


def row_2021(code, scores, login="sch990101", journal="4"):
    total = str(sum(int(score) for score in scores if score.isdigit()))
    return [login, "Примерный район", str(code)[-2:], str(code), journal, "ж", "а", "1", total, *scores, "", "", ""]


MATHS_4 = ["1", "1", "2", "1", "1", "1", "1", "1", "1", "2", "1", "1", "2", "2", "X"]


def test_an_export_without_a_title_waits_for_the_work_to_be_named(specialist, run_jobs):
    name = "Проведение работы по математике, 4 класс. ВПР 2021.xlsx"
    file = imported(export_2021([row_2021(40001, MATHS_4)]), name=name, path_hint=name, by=specialist)
    assert file.state == ResultFile.State.UNCLEAR
    assert (file.hint["subject"], file.hint["grade"], file.hint["year"]) == ("Математика", 4, 2021)
    assert not Procedure.objects.exists()
    stated = Identity(kind="vpr", year=2021, subject="Математика", grade=4)
    services.state_work(file=file, stated=stated, by=specialist)
    run_jobs()
    file.refresh_from_db()
    assert counts(file)[:4] == ("done", 1, 0, 1)


def test_running_numbers_become_numbers_of_the_work_and_marks_come_from_the_scale():
    file = imported(export_2021([row_2021(40001, MATHS_4)]), trust_names=True, path_hint="2021/4/Математика.xlsx")
    assert "named_by_file_name" in [finding["code"] for finding in file.findings]
    procedure = Procedure.objects.get()
    numbers = list(procedure.items.values_list("number", flat=True))
    assert numbers[4:8] == ["5.1", "5.2", "6.1", "6.2"]
    assert (procedure.max_score, procedure.bounds, procedure.scale_state) == (20, [6, 10, 15], "official")
    assert ResultAggregate.objects.get().marks == [0, 0, 0, 1]  # 18 points


def test_the_scale_of_another_year_is_marked_as_not_confirmed():
    file = imported(export_2021([row_2021(50001, MATHS_4)]), trust_names=True, path_hint="2020/4/Математика.xlsx")
    procedure = Procedure.objects.get()
    assert (procedure.period.code, procedure.scale_state, procedure.items_state) == (
        "2019/20",
        "unconfirmed",
        "unconfirmed",
    )
    assert {"items_unconfirmed", "scale_unconfirmed", "procedure_note"} <= {one["code"] for one in file.findings}


def test_without_a_reliable_catalogue_nothing_is_held_for_its_maximum():
    rows = [row_2021(70001, ["5", "2", "0", "1", "9", "1", "5", "5", "4"])]
    file = imported(export_2021(rows, items=9), trust_names=True, path_hint="2021/7/Французский язык.xlsx")
    assert (file.state, file.quarantined) == ("done", 0)
    assert "no_catalogue" in [finding["code"] for finding in file.findings]


def test_a_file_with_other_items_is_refused_and_changes_nothing():
    imported()
    before = digest()
    file = imported(export_2021([row_2021(40001, MATHS_4)]), stated=Identity("vpr", 2026, "Математика", 4))
    assert (file.state, file.findings[0]["code"]) == ("refused", "other_items")
    assert digest() == before


def test_a_file_that_names_its_work_is_believed_and_the_person_is_told():
    file = imported(stated=Identity("vpr", 2026, "Русский язык", 4))
    assert file.state == "done"
    (told,) = [finding for finding in file.findings if finding["code"] == "stated_differs"]
    assert "вы указали Русский язык" in told["message"]
    assert "класс" not in told["message"]
    assert not Procedure.objects.filter(subject__name="Русский язык").exists()


def test_aggregate_reports_are_kept_as_benchmarks():
    rows = [
        ["Статистика по отметкам"],
        ["ВПР 2026 Математика 4 класс"],
        ["Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5],
        ["Вся выборка", 35000, 1_700_000, 5.1, 32.9, 44.3, 17.7],
    ]
    file = imported(xlsx({"МА 4": rows}))
    assert counts(file)[:4] == ("done", 0, 0, 0)
    assert GroupResult.objects.get().mark_values == [5.1, 32.9, 44.3, 17.7]
    imported(xlsx({"МА 4": rows}))
    assert GroupResult.objects.count() == 1


# --- names


def kept_bytes():
    """All stored files, unpacked."""
    for kept in PrivateFile.objects.all():
        with kept.file.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            yield b"".join(archive.read(name) for name in archive.namelist())


def spelled(word):
    return word.encode(), "".join(f"&#{ord(letter)};" for letter in word).encode()


@pytest.mark.fault("U29")
def test_names_are_gone_before_anything_is_stored_and_appeals_are_applied():
    incoming = [
        Incoming("апелляции.xlsx", xlsx({"Page 1": appeals()})),
        Incoming("протокол.xlsx", xlsx({"Page 1": protocol()})),
    ]
    batch = services.create_batch(incoming=incoming, by=None)
    first, second = services.import_batch(batch=batch, by=None)
    assert (first.family, first.state, first.rows) == ("appeals", "done", 1)
    assert second.names_removed
    assert not any(
        form in data for data in kept_bytes() for word in ("Вымыслова", "Придуманов") for form in spelled(word)
    )
    maths = Procedure.objects.get(subject__name="Математика")
    assert (maths.title, maths.period.code) == ("ОГЭ 02.06.2026. Математика", "2025/26")
    assert ResultAggregate.objects.get(procedure=maths, school__digits="9901").marks == [0, 0, 0, 1]


def archive_of(markup):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", markup)
    return stream


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(lambda: archive_of("<t>Фамилия</t>"), id="as it is"),
        pytest.param(lambda: archive_of("<t>&#1060;&#1072;&#1084;&#1080;&#1083;&#1080;&#1103;</t>"), id="references"),
        pytest.param(lambda: BytesIO("№;ФИО;Класс".encode()), id="csv"),
        pytest.param(lambda: BytesIO("№;Фамилия;Имя".encode("cp1251")), id="csv of Windows"),
    ],
)
def test_headers_of_names_are_seen_in_raw_bytes(stream):
    assert may_hold_names(stream())


def test_other_headers_are_not_taken_for_names():
    assert not may_hold_names(BytesIO("№;Код;Класс".encode()))
    assert not may_hold_names(archive_of("<t>Код участника</t>"))


# --- hostile files


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04 broken", id="broken archive"),
        pytest.param(b"%PDF-1.7", id="pdf"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, id="old xls, broken"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(data):
    file = imported(BytesIO(data))
    assert file.state == ResultFile.State.REFUSED
    assert file.findings[0]["message"]
    assert not ResultBlock.objects.exists()


# --- job and command


def test_the_job_imports_the_batch(specialist, run_jobs):
    batch = services.upload(incoming=[Incoming("Ф1.xlsx", f1(TWO_SCHOOLS))], by=specialist)
    (job,) = run_jobs()
    assert (job.state, job.result["states"]) == (Job.State.DONE, ["done"])
    assert batch.files.get().present == 5


def command(*arguments, code=0):
    out = StringIO()
    try:
        call_command("import_results", *map(str, arguments), "--json", stdout=out)
        ended = 0
    except SystemExit as exit_:
        ended = exit_.code
    assert ended == code
    return json.loads(out.getvalue().splitlines()[-1])


@pytest.fixture
def on_disk(tmp_path):
    def write(name, stream):
        path = tmp_path / name
        path.write_bytes(stream.getvalue())
        return path

    return write


def test_command_prints_one_object_of_one_file(on_disk):
    said = command(on_disk("Ф1.xlsx", f1(TWO_SCHOOLS)))
    keys = ("file", "rows", "absent", "present", "schools", "unknown_schools", "quarantined")
    assert [said[key] for key in keys] == ["Ф1.xlsx", 5, 0, 5, 2, 2, 0]


def test_command_prints_a_list_of_several_and_ends_with_2_when_one_is_refused(on_disk):
    said = command(on_disk("Ф1.xlsx", f1(TWO_SCHOOLS)), on_disk("a.xlsx", xlsx({"a": [["?"]]})), code=2)
    assert [file["state"] for file in said["files"]] == ["done", "refused"]
    assert ResultBlock.objects.exists()


def test_command_succeeds_with_quarantine(on_disk):
    assert command(on_disk("Ф1.xlsx", f1({"edu990101": [pupil(1, (3, 1, 1), 4)]})))["quarantined"] == 1


def test_dry_run_changes_nothing_and_keeps_no_file(on_disk, settings):
    said = command(on_disk("Ф1.xlsx", f1(TWO_SCHOOLS)), "--dry-run", "--create-organizations")
    assert (said["present"], said["dry_run"]) == (5, True)
    assert not ResultFile.objects.exists()
    assert not Organization.objects.exists()
    assert not PrivateFile.objects.exists()


def test_ours_is_told_by_code_by_name_and_by_the_municipality_itself(settings):
    settings.MUNICIPALITY_CODES = ("reg99_m001",)
    settings.MUNICIPALITY_NAME = "Примерный округ"
    ours = [{"municipality_code": "reg99_m001"}, {"municipality": "Примерный округ"}, {}]
    others = [{"municipality_code": "reg99_m002"}, {"municipality": "Другой район"}]
    assert [schools.is_ours(ParticipatingSchool(**parts)) for parts in ours + others] == [True] * 3 + [False] * 2
