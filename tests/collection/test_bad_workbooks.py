"""Bad files end to end: a clear answer in Russian, nothing written, never a server error."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from apps.accounts.roles import Role
from apps.collection.models import Answer, Submission, SubmissionUpload
from apps.collection.states import State
from apps.core.models import PrivateFile
from tests.collection.conftest import GOOD, edited, filled, form_sheet


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(name, change(name, source.read(name)))
    return target.getvalue()


def bomb(content: bytes) -> bytes:
    return repacked(content, lambda name, part: part + b" " * 80_000_000 if name == "xl/styles.xml" else part)


def doctype(content: bytes) -> bytes:
    prolog = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    return repacked(content, lambda name, part: prolog + part if name == "xl/workbook.xml" else part)


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def old_excel(_: bytes) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)


def text(_: bytes) -> bytes:
    return "Школа;100\n".encode("cp1251")


def foreign(_: bytes) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Ведомость"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FILES = {
    "broken": (cut, "поврежд"),
    "empty": (lambda _: b"", "пуст"),
    "zip bomb": (bomb, "МБ"),
    "doctype": (doctype, ""),
    "old xls renamed": (old_excel, "xls"),
    "text": (text, ""),
    "another workbook": (foreign, "не книга формы"),
}


@pytest.mark.parametrize("name", list(FILES))
def test_a_bad_file_is_refused_with_words(client_of: Callable[..., Client], submission: Submission, name: str) -> None:
    make, words = FILES[name]
    content = make(filled(submission, GOOD))
    url = reverse("collection:upload_create", args=[submission.pk])
    answer = client_of(Role.COORDINATOR).post(url, {"workbook": SimpleUploadedFile("книга.xlsx", content)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Answer.objects.exists()
    assert not SubmissionUpload.objects.exists()
    assert not PrivateFile.objects.exists()
    submission.refresh_from_db()
    assert submission.state == State.NOT_STARTED


@pytest.mark.fault("U12")
def test_a_million_empty_rows_do_no_harm(client_of: Callable[..., Client], submission: Submission) -> None:
    def stretch(book: openpyxl.Workbook) -> None:
        form_sheet(book)["J1048576"] = ""
        form_sheet(book).row_dimensions[1_048_576].height = 20

    content = edited(filled(submission, GOOD), stretch)
    url = reverse("collection:upload_create", args=[submission.pk])
    answer = client_of(Role.COORDINATOR).post(url, {"workbook": SimpleUploadedFile("книга.xlsx", content)})
    assert answer.status_code == 302
    assert SubmissionUpload.objects.get().state == "previewed"


@pytest.mark.fault("U30")
def test_a_name_of_a_file_is_cleaned(client_of: Callable[..., Client], submission: Submission) -> None:
    url = reverse("collection:upload_create", args=[submission.pk])
    name = "<script>" + "я" * 200 + ".xlsx"
    content = filled(submission, GOOD)
    client = client_of(Role.COORDINATOR)
    answer = client.post(url, {"workbook": SimpleUploadedFile(name, content)}, follow=True)
    assert answer.status_code == 200
    assert "<script>я" not in answer.content.decode()
    assert len(PrivateFile.objects.get().name) <= 125


# --- the same by commands


def run(*arguments: str, code: int = 0, capsys: pytest.CaptureFixture[str]) -> str:
    ended = 0
    try:
        call_command(*arguments)
    except SystemExit as end:
        ended = int(str(end.code or 0))
    assert ended == code
    return capsys.readouterr().out


@pytest.fixture
def named(submission: Submission) -> list[str]:
    return ["--organization", submission.organization.code, "--campaign", str(submission.campaign_id)]


def test_there_and_back_by_commands(
    submission: Submission, named: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "form.xlsx"
    made = json.loads(run("form_workbook", *named, "-o", str(target), "--json", capsys=capsys).splitlines()[-1])
    assert made["form"] == "trial"
    assert openpyxl.load_workbook(target).sheetnames[1] == "Форма trial"

    target.write_bytes(filled(submission, GOOD))
    tried = json.loads(run("upload_form", *named, str(target), "--dry-run", "--json", capsys=capsys).splitlines()[-1])
    assert (tried["changed"], tried["left"], tried["dry_run"]) == (5, 0, True)
    assert not Answer.objects.exists()
    assert "изменено строк: 5" in run("upload_form", *named, str(target), capsys=capsys)
    assert Answer.objects.count() == 5
    assert "изменено строк: 0" in run("upload_form", *named, str(target), capsys=capsys)


def test_a_refused_workbook_is_exit_code_two(
    submission: Submission, named: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "bad.xlsx"
    target.write_bytes(filled(submission, {**GOOD, "1": "12 чел.", "3": -1}))
    said = run("upload_form", *named, str(target), code=2, capsys=capsys)
    assert "«12 чел.»" in said
    assert "не меньше 0" in said
    target.write_bytes(b"x")
    ended = run("upload_form", *named, str(target), "--json", code=2, capsys=capsys)
    assert json.loads(ended.splitlines()[-1])["refused"] is True
    assert not Answer.objects.exists()
    assert [upload.state for upload in SubmissionUpload.objects.all()] == ["refused"]
