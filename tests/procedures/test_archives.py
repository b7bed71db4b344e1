"""Archives: each table becomes a file with its state; what is no table or broken is said and stops nothing."""

import zipfile
from io import BytesIO

import pytest

from apps.procedures import archives, services
from apps.procedures.intake import Incoming
from apps.procedures.models import ResultFile
from tests.factories.result_files import TWO_SCHOOLS, f1

SECRET = b"PK\x03\x04 broken"


def packed(parts, name="результаты.zip", **options):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    stream.seek(0)
    return Incoming(name, stream, **options)


def codes(opened):
    return [finding.code for finding in opened.findings]


@pytest.mark.django_db
def test_a_half_good_archive_gives_each_table_its_state_and_names_the_rest():
    archive = packed(
        {
            "2026/4/Ф1.xlsx": f1(TWO_SCHOOLS).getvalue(),
            "2026/4/испорчен.xlsx": SECRET,
            "приказ.docx": b"text",
            "__MACOSX/._Ф1.xlsx": b"",
        }
    )
    batch = services.create_batch(incoming=[archive], by=None)
    files = services.import_batch(batch=batch, by=None)
    assert {file.name: file.state for file in files} == {
        "2026/4/Ф1.xlsx": ResultFile.State.DONE,
        "2026/4/испорчен.xlsx": ResultFile.State.REFUSED,
    }
    (left,) = batch.findings
    assert (left["code"], left["found"]) == ("archive_left", "приказ.docx")


def test_folders_of_an_archive_are_hints_and_old_names_are_read():
    opened = archives.expand([packed({"2021/4/Математика.xlsx": b"x"})])
    assert [(one.name, one.path_hint) for one in opened.files] == [("2021/4/Математика.xlsx",) * 2]
    info = zipfile.ZipInfo("ascii.xlsx")
    info.filename = "Химия.xlsx".encode("cp866").decode("cp437")
    assert archives._name(info) == "Химия.xlsx"


def test_a_workbook_is_no_archive():
    (one,) = archives.expand([Incoming("Ф1.xlsx", f1(TWO_SCHOOLS))]).files
    assert one.name == "Ф1.xlsx"


@pytest.mark.parametrize(
    ("incoming", "code"),
    [
        pytest.param(lambda: packed({"a.docx": b"x"}), "archive_empty", id="no table"),
        pytest.param(lambda: Incoming("a.zip", BytesIO(SECRET)), "archive_broken", id="broken"),
        pytest.param(
            lambda: packed({f"{n}.csv": b"x" for n in range(archives.MOST_FILES + 1)}),
            "archive_too_large",
            id="too many",
        ),
        pytest.param(lambda: packed({"bomb.csv": b"0" * 20_000_000}), "archive_too_large", id="bomb"),
    ],
)
def test_what_cannot_be_opened_is_said_in_words(incoming, code):
    opened = archives.expand([incoming()])
    assert (codes(opened), opened.files) == ([code], [])
    assert opened.findings[0].action
