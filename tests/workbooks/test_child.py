"""The reading child itself: what it may do, and what it says when it cannot go on."""

import io
import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

from apps.core.findings import Refused
from apps.workbooks import bulk, child, limited, wire
from apps.workbooks.cells import CellProblem
from apps.workbooks.limits import FORM, RESULTS
from apps.workbooks.reading import read_workbook
from tests.workbooks.making import book_of, exact
from tests.workbooks.samples import sample

WATCHED = """
import sys, resource
from apps.workbooks import child
from apps.workbooks.limits import FORM
import apps.workbooks.book, apps.workbooks.bulk, apps.workbooks.precise, apps.workbooks.texts, apps.workbooks.csvs
assert not any(name.split(".")[0] in ("django", "msoko", "openpyxl") for name in sys.modules), "Django is in the child"
child._confine(FORM)
assert resource.getrlimit(resource.RLIMIT_AS)[0] == FORM.memory_bytes
assert resource.getrlimit(resource.RLIMIT_CORE) == resource.getrlimit(resource.RLIMIT_FSIZE) == (0, 0)
assert resource.getrlimit(resource.RLIMIT_CPU)[0] == FORM.cpu_seconds
"""


def test_the_child_knows_no_django_and_confines_itself():
    subprocess.run([sys.executable, "-c", WATCHED], check=True, cwd=django_settings.BASE_DIR)


def test_the_child_gets_no_secrets(monkeypatch):
    seen = {}
    start = subprocess.Popen

    def watched(*arguments, **options):
        seen.update(options["env"])
        return start(*arguments, **options)

    monkeypatch.setattr(limited.subprocess, "Popen", watched)
    read_workbook(book_of(Лист=[[1]]))
    assert set(seen) == {"PATH", "LC_ALL", "TMPDIR", "MALLOC_ARENA_MAX"}
    assert not os.path.exists(seen["TMPDIR"])


def test_a_child_that_dies_without_a_word_is_a_refusal(monkeypatch):
    monkeypatch.setattr(limited.sys, "executable", "/bin/true")
    with pytest.raises(Refused) as caught:
        read_workbook(book_of(Лист=[[1]]))
    assert caught.value.findings[0].code == "file_damaged"


def test_frames_longer_than_allowed_end_the_reading():

    stream = io.BytesIO()
    wire.send(stream, wire.CELLS, b"x" * 100)
    stream.seek(0)
    assert list(wire.frames(stream, 99)) == []
    stream.seek(0)
    assert list(wire.frames(stream, 100)) == [(wire.CELLS, b"x" * 100)]


def test_a_reader_who_stops_early_leaves_no_child_behind(monkeypatch):
    started = []

    class Watched(subprocess.Popen):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            started.append(self.pid)

    monkeypatch.setattr(limited.subprocess, "Popen", Watched)
    frames = limited.run(book_of(Лист=[[1]]), limits=FORM)
    next(frames)
    frames.close()
    (pid,) = started
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def test_both_ways_of_reading_agree(monkeypatch):
    """The quick way and the precise way give the same cells of the same file, types included."""
    path = sample("altai_vpr/2022/4/*.xlsx")
    assert _rows(monkeypatch, path, 0) == _rows(monkeypatch, path, 1 << 40)


def _rows(monkeypatch, path, bulk_from):
    monkeypatch.setattr(bulk, "_BULK_FROM", bulk_from)
    output = io.BytesIO()
    with path.open("rb") as source:
        child.read(source, output, RESULTS)
    output.seek(0)
    values, cells = [None], []
    for kind, body in wire.frames(output, 1 << 30):
        if kind == wire.VALUES:
            values += wire.load_json(body)
        elif kind == wire.CELLS:
            cells.append([(type(values[number]), values[number]) for number in wire.load_cells(body)])
    return cells


def test_where_calamine_finds_fault_the_precise_way_says_with_what():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>0</v></c></row>' for n in range(1, 20_000))
    rows += '<row r="20000"><c r="A20000" t="s"><v>5</v></c></row>'
    with pytest.raises(Refused) as caught:
        read_workbook(exact(rows), limits=RESULTS)
    assert "A20000" in str(caught.value.findings[0])


def test_bulk_reading_tells_numbers_beyond_numbers():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>0</v></c></row>' for n in range(1, 20_000))
    rows += '<row r="20000"><c r="A20000"><v>1E+400</v></c><c r="B20000"><v>1_0</v></c></row>'
    sheet = read_workbook(exact(rows), limits=RESULTS).sheets[0]
    assert isinstance(sheet.at("A20000"), CellProblem)
    assert sheet.at("B20000") == "1_0"
