"""Hostile files through the real pages: each ends in words, within time and memory, and leaves nothing half written."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from apps.accounts.roles import Role
from apps.collection import services
from apps.collection.models import Answer, Submission, SubmissionUpload
from apps.core.models import Job, PrivateFile
from apps.organizations.models import Organization
from apps.organizations.register.columns import COLUMNS
from apps.procedures.models import ResultFile
from tests.collection.conftest import GOOD, filled, form_sheet
from tests.faults import hostile
from tests.faults.promise import within_promise
from tests.workbooks.making import exact

pytestmark = pytest.mark.django_db

DOCTYPE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PAGE = 1 << 20

FILES: dict[str, Callable[[], bytes]] = {
    "U01 white space": hostile.white_space_bomb,
    "U01 shared string": hostile.shared_string_bomb,
    "U01 lying directory": hostile.lying_directory,
    "U01 overlapping entries": hostile.overlapping_entries,
    "U02 doctype": lambda: hostile.doctype_in("xl/workbook.xml", DOCTYPE),
    "U03 nesting": hostile.deep_nesting,
    "U04 dde": lambda: hostile.with_external_link('<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'),
    "U04 web service": lambda: hostile.with_formula('WEBSERVICE("http://127.0.0.1:1/")'),
    "U05 macros": hostile.macro_type,
    **{f"U06 {kind}": lambda kind=kind: hostile.OTHER_FORMATS[kind] for kind in hostile.OTHER_FORMATS},  # type: ignore[misc]
    "U06 strict": hostile.strict,
    "U06 empty": lambda: b"",
    "U07 password": lambda: hostile.compound("EncryptionInfo", "EncryptedPackage"),
    "U08 cut off": lambda: hostile.good()[:400],
    "U08 checksum": hostile.bad_checksum,
    "U08 method": hostile.unknown_method,
    "U08 two parts of one name": hostile.duplicate_names,
    "U08 no sheet": hostile.missing_sheet_part,
    "U12 far cell": hostile.far_cell,
    "U12 styled rows": hostile.styled_rows,
    "U13 merged sheet": lambda: exact(
        hostile.ONE_CELL, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ).getvalue(),
    "U14 sheets": hostile.many_sheets,
    "U14 styles": hostile.many_styles,
    "U16 a strange book": hostile.good,
    "U27 blank": lambda: exact("").getvalue(),
}

Sent = Callable[[bytes], str]


def _rows() -> dict[str, int]:
    """How many rows each table of the portal's own has, what only tells of the attempt aside."""
    aside = {"core.Event", "core.Job", "sessions.Session", "procedures.Batch", "procedures.ResultFile"}
    ours = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
    return {model._meta.label: model._base_manager.count() for model in ours if model._meta.label not in aside}


def _page(response: Any, *codes: int) -> str:
    assert response.status_code in codes, response.status_code
    text: str = response.content.decode()
    assert "Traceback" not in text
    assert len(response.content) < PAGE
    return text


@pytest.fixture
def to_form(client_of: Callable[..., Client], submission: Submission) -> Sent:
    url = reverse("collection:upload_create", args=[submission.pk])
    client = client_of(Role.DIRECTOR)

    def send(data: bytes) -> str:
        return _page(client.post(url, {"workbook": SimpleUploadedFile("книга.xlsx", data)}), 422)

    return send


@pytest.fixture
def to_register(client_of: Callable[..., Client]) -> Sent:
    client = client_of(Role.SPECIALIST)

    def send(data: bytes) -> str:
        answer = client.post(reverse("organizations:import"), {"file": SimpleUploadedFile("реестр.xlsx", data)})
        page = _page(answer, 200, 422)
        assert 'name="confirm"' not in page
        return page

    return send


@pytest.fixture
def to_results(client_of: Callable[..., Client], run_jobs: Callable[[], list[Job]]) -> Sent:
    client = client_of(Role.SPECIALIST)

    def send(data: bytes) -> str:
        answer = client.post(reverse("procedures:upload"), {"files": [SimpleUploadedFile("ведомость.xlsx", data)]})
        if answer.status_code == 200:
            return _page(answer, 200)
        run_jobs()
        assert not Job.objects.exclude(state__in=("done", "refused")).exists()
        file = ResultFile.objects.first()
        if file is None:  # an archive without a table in it
            return _page(client.get(answer.url), 200)
        states = ResultFile.State
        assert file.state in (states.REFUSED, states.UNCLEAR, states.UNMAPPED)
        ours = PrivateFile.objects.filter(pk=file.file_id)
        assert ours.count() <= 1
        page = _page(client.get(answer.url), 200)
        file.delete()  # its trace is not a half-written result
        ours.delete()
        return page

    return send


@pytest.mark.fault("U01", "U02", "U03", "U04", "U05", "U06", "U07", "U08", "U12", "U13", "U14", "U16", "U27")
@pytest.mark.parametrize("place", ["to_form", "to_register", "to_results"])
@pytest.mark.parametrize("name", list(FILES))
def test_a_hostile_file_ends_in_words(request: pytest.FixtureRequest, place: str, name: str) -> None:
    send: Sent = request.getfixturevalue(place)
    data, before = FILES[name](), _rows()
    with within_promise():
        page = send(data)
    assert "Файл" in page or "файл" in page or "книг" in page
    assert _rows() == before


# --- many faults at once


@pytest.mark.fault("U28")
def test_thousands_of_bad_rows_of_a_register_are_told_in_one_page(client_of: Callable[..., Client]) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Реестр")
    sheet.append([column.title for column in COLUMNS])
    for number in range(4_000):
        sheet.append([f"нет такого вида {number}" for _ in COLUMNS])
    stream = BytesIO()
    book.save(stream)
    before = Organization.objects.count()
    answer = client_of(Role.SPECIALIST).post(
        reverse("organizations:import"), {"file": SimpleUploadedFile("реестр.xlsx", stream.getvalue())}
    )
    page = _page(answer, 200, 422)
    assert 'name="confirm"' not in page
    assert Organization.objects.count() == before
    assert not PrivateFile.objects.exists()


@pytest.mark.fault("U28")
def test_every_cell_of_a_form_wrong_is_one_page_with_each_address(
    client_of: Callable[..., Client],
    submission: Submission,
) -> None:
    wrong = dict.fromkeys(GOOD, "12 чел. примерно")
    client, url = client_of(Role.DIRECTOR), reverse("collection:upload_create", args=[submission.pk])
    content = filled(submission, wrong)
    page = _page(client.post(url, {"workbook": SimpleUploadedFile("книга.xlsx", content)}, follow=True), 200)
    sheet = form_sheet(openpyxl.load_workbook(BytesIO(content)))
    cells = [cell.coordinate for (cell,) in sheet[f"D7:D{sheet.max_row}"] if cell.value == "12 чел. примерно"]
    assert len(cells) == len(GOOD)
    assert [cell for cell in cells if cell not in page] == []
    assert SubmissionUpload.objects.get().state == "refused"


# --- sizes and broken connections


@pytest.mark.fault("U33")
def test_a_body_beyond_the_limit_and_a_cut_one_end_in_words(
    client_of: Callable[..., Client],
    submission: Submission,
    settings: Any,
) -> None:
    client, url = client_of(Role.DIRECTOR), reverse("collection:upload_create", args=[submission.pk])
    _page(client.post(url, {"workbook": SimpleUploadedFile("книга.xlsx", b"PK\x03\x04" + bytes(11 << 20))}), 422)
    cut = (
        b'--frontier\r\nContent-Disposition: form-data; name="workbook"; filename="a.xlsx"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\nPK\x03\x04 and then the line went dead"
    )
    answer = client.post(url, cut, content_type="multipart/form-data; boundary=frontier")
    assert answer.status_code in (400, 422)
    assert not PrivateFile.objects.exists()
    assert not SubmissionUpload.objects.exists()


@pytest.mark.fault("U35")
def test_what_was_previewed_is_written_whole_or_not_at_all(
    client_of: Callable[..., Client],
    submission: Submission,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The process breaks off after the first rows are written: nothing of the workbook stays."""
    client = client_of(Role.DIRECTOR)
    content = SimpleUploadedFile("книга.xlsx", filled(submission, GOOD))
    client.post(reverse("collection:upload_create", args=[submission.pk]), {"workbook": content})
    upload = SubmissionUpload.objects.get()
    confirm = reverse("collection:upload_confirm", args=[submission.pk, upload.pk])
    _page(client.post(confirm, {"digest": "0" * 64}, follow=True), 200)
    assert not Answer.objects.exists()

    def broken(*_: Any, **__: Any) -> None:
        raise OSError("the line went dead")

    before = _rows()
    with monkeypatch.context() as broken_off:
        broken_off.setattr("apps.collection.services.uploads.access.move", broken)
        with pytest.raises(OSError, match="dead"), transaction.atomic():
            services.confirm_upload(upload=upload, digest=upload.digest, by=upload.uploaded_by)
    assert _rows() == before
    client.post(confirm, {"digest": upload.digest})
    assert Answer.objects.count() == len(GOOD)


# --- numbers in addresses


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000])
@pytest.mark.parametrize(
    ("name", "asked", "status"),
    [
        ("roadmaps:support_new", "conclusion", 404),
        ("roadmaps:create", "conclusion", 200),
        ("procedures:study_create", "request", 200),
        ("procedures:requirement_create", "replaces", 200),
    ],
)
def test_what_is_no_number_names_nothing(
    client_of: Callable[..., Client], name: str, asked: str, status: int, number: str
) -> None:
    assert client_of(Role.SPECIALIST).get(reverse(name), {asked: number}).status_code == status
