"""A campaign of one small form for two schools, and workbooks filled as people fill them: by an editor."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from apps.accounts.models import User
from apps.collection import services
from apps.collection.definition import Given
from apps.collection.models import Campaign, Form, Submission, SubmissionUpload
from apps.collection.services.workbooks import workbook_of
from apps.organizations.models import Organization
from tests.factories.collection import CampaignFactory, SubmissionFactory, trial_form

GOOD = {"1": 100, "2": 40, "3": 4.2, "4": "да", "5": 12}


@pytest.fixture
def form(db: None) -> Form:
    return trial_form()


@pytest.fixture
def campaign(form: Form) -> Campaign:
    made = CampaignFactory()
    made.forms.add(form)
    return made


@pytest.fixture
def submission(campaign: Campaign, form: Form, school: Organization) -> Submission:
    return SubmissionFactory(campaign=campaign, form=form, organization=school)


@pytest.fixture
def other_submission(campaign: Campaign, form: Form, other_school: Organization) -> Submission:
    return SubmissionFactory(campaign=campaign, form=form, organization=other_school)


def form_sheet(book: openpyxl.Workbook) -> Worksheet:
    return next(sheet for sheet in book if sheet.title.startswith("Форма"))


def row_of(sheet: Worksheet, number: str) -> int:
    """The sheet row of a row of the form, found as a person finds it: by «№ строки»."""
    return next(cell.row for (cell,) in sheet["A7" : f"A{sheet.max_row}"] if cell.value == number)


def edited(content: bytes, edit: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    edit(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(submission: Submission, values: dict[str, Any], notes: dict[str, str] | None = None) -> bytes:
    """The organisation's workbook with these values typed into it, by «№ строки»."""

    def fill(book: openpyxl.Workbook) -> None:
        sheet = form_sheet(book)
        for number, value in values.items():
            sheet[f"D{row_of(sheet, number)}"] = value
        for number, note in (notes or {}).items():
            sheet[f"F{row_of(sheet, number)}"] = note

    return edited(workbook_of(submission), fill)


@pytest.fixture
def upload() -> Callable[..., SubmissionUpload]:
    """`upload(submission, content, by)`: the preview of a workbook."""

    def send(submission: Submission, content: bytes, by: User | None) -> SubmissionUpload:
        return services.preview_upload(submission=submission, stream=BytesIO(content), name="книга.xlsx", by=by)

    return send


@pytest.fixture
def confirmed(submission: Submission, coordinator: User) -> Submission:
    """The form filled without faults, ready for the director."""
    numbers = {"1": 100, "2": 40, "3": "4.2", "4": 1, "5": 12}
    answers = {f"trial.{key}": Given(number=Decimal(value)) for key, value in numbers.items()}
    services.save_answers(submission=submission, answers=answers, by=coordinator)
    submission.refresh_from_db()
    return submission


@pytest.fixture
def submitted(confirmed: Submission, director: User) -> Submission:
    return services.submit_submission(submission=confirmed, by=director)


@pytest.fixture
def accepted(submitted: Submission, specialist: User) -> Submission:
    return services.accept_submission(submission=submitted, by=specialist)
