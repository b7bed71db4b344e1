"""A workbook filled offline joins what was changed on the web meanwhile; where they differ a person decides."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.collection import services
from apps.collection.definition import Given
from apps.collection.models import AnswerChange, Submission, SubmissionUpload
from apps.collection.services.merging import Seen, merge
from apps.collection.services.workbooks import workbook_of
from apps.core.findings import Refused
from tests.collection.conftest import edited, filled, form_sheet, row_of

Upload = Callable[..., SubmissionUpload]


def number(value: int | str) -> Given:
    return Given(number=Decimal(value))


def on_web(submission: Submission, by: User, **values: int) -> None:
    """`on_web(submission, director, n1=15)`: row 1 changed on the page."""
    answers = {f"trial.{name.removeprefix('n')}": number(value) for name, value in values.items()}
    services.save_answers(submission=submission, answers=answers, by=by)


def stored(submission: Submission) -> dict[str, int]:
    pairs = submission.answers.values_list("field__version__indicator__number", "number")
    return {code: int(value) for code, value in pairs if value is not None}


def typed_into(content: bytes, values: dict[str, Any]) -> bytes:
    def fill(book: Any) -> None:
        sheet = form_sheet(book)
        for code, value in values.items():
            sheet[f"D{row_of(sheet, code)}"] = value

    return edited(content, fill)


@pytest.mark.capability("S-096")
def test_changes_that_do_not_meet_are_joined(
    submission: Submission, coordinator: User, director: User, upload: Upload
) -> None:
    on_web(submission, coordinator, n1=100, n2=40)
    book = filled(Submission.objects.get(pk=submission.pk), {"2": 41, "5": 7})
    on_web(submission, director, n1=120)
    made = upload(submission, book, coordinator)
    services.confirm_upload(upload=made, digest=made.digest, by=coordinator)
    assert stored(submission) == {"1": 120, "2": 41, "5": 7}  # the book's old 100 did not come back


def test_changes_that_meet_are_told_and_wait_for_a_choice(
    client_of: Callable[..., Client], submission: Submission, coordinator: User, director: User, upload: Upload
) -> None:
    book = filled(submission, {"1": 12, "2": 5})
    on_web(submission, director, n1=15)
    made = upload(submission, book, coordinator)
    client = client_of(coordinator)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "в книге: <b>12</b>" in page
    assert "на портале: <b>15</b>" in page
    assert director.get_short_name() in page
    refused = client.post(f"{made.get_absolute_url()}confirm/", {"digest": made.digest})
    assert refused.status_code == 422
    assert stored(submission) == {"1": 15}

    field_pk = submission.form.fields.get(version__indicator__number="1").pk
    client.post(f"{made.get_absolute_url()}confirm/", {"digest": made.digest, f"choose-{field_pk}": "mine"})
    assert stored(submission) == {"1": 12, "2": 5}
    last = AnswerChange.objects.filter(field=field_pk).first()
    assert last is not None
    assert (last.old_words, last.new_words, last.changed_by) == ("15", "12", coordinator)


def test_the_portals_value_may_be_kept(
    submission: Submission, coordinator: User, director: User, upload: Upload
) -> None:
    book = filled(submission, {"1": 12, "2": 5})
    on_web(submission, director, n1=15)
    made = upload(submission, book, coordinator)
    services.confirm_upload(upload=made, digest=made.digest, by=coordinator, choices={"trial.1": "theirs"})
    assert stored(submission) == {"1": 15, "2": 5}


def test_a_book_untouched_since_takes_nothing_back(
    submission: Submission, coordinator: User, director: User, upload: Upload
) -> None:
    on_web(submission, coordinator, n1=10)
    book = workbook_of(Submission.objects.get(pk=submission.pk))
    on_web(submission, director, n1=11, n2=3)
    made = upload(submission, book, coordinator)
    assert services.confirm_upload(upload=made, digest=made.digest, by=coordinator) == 0
    assert stored(submission) == {"1": 11, "2": 3}


def test_the_next_state_of_ones_own_book_is_no_conflict(
    submission: Submission, coordinator: User, director: User, upload: Upload
) -> None:
    book = filled(submission, {"1": 12})
    made = upload(submission, book, coordinator)
    services.confirm_upload(upload=made, digest=made.digest, by=coordinator)
    later = upload(submission, typed_into(book, {"1": 13}), coordinator)
    services.confirm_upload(upload=later, digest=later.digest, by=coordinator)
    assert stored(submission) == {"1": 13}
    on_web(submission, director, n1=99)
    third = upload(submission, typed_into(book, {"1": 14}), coordinator)
    with pytest.raises(Refused, match="на портале 99"):
        services.confirm_upload(upload=third, digest=third.digest, by=coordinator)


def test_a_book_given_back_with_remarks_does_not_pass_for_a_new_one(
    submission: Submission, coordinator: User, director: User, upload: Upload
) -> None:
    book = filled(submission, {"1": "сто", "2": 5})
    on_web(submission, director, n2=7)
    refused = upload(submission, book, coordinator)
    assert refused.state == SubmissionUpload.State.REFUSED
    back = workbook_of(Submission.objects.get(pk=submission.pk), upload=refused)
    again = upload(submission, typed_into(back, {"1": 100}), coordinator)
    with pytest.raises(Refused, match="в книге 5, на портале 7"):
        services.confirm_upload(upload=again, digest=again.digest, by=coordinator)


def test_rules_are_checked_on_what_will_stand(
    submission: Submission, coordinator: User, director: User, upload: Upload
) -> None:
    """The book's 40 is fine beside its own blank; beside the portal's 30 it is not."""
    book = filled(submission, {"2": 40})
    on_web(submission, director, n1=30)
    made = upload(submission, book, coordinator)
    assert made.state == SubmissionUpload.State.REFUSED
    assert any("Отличников больше" in item["message"] for item in made.findings)


def test_the_command_says_whose_value_stays(
    submission: Submission, director: User, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(filled(submission, {"1": 12}))
    on_web(submission, director, n1=15)
    place = ["--organization", "school-01", "--campaign", str(submission.campaign_id), str(path)]
    with pytest.raises(SystemExit) as stopped:
        call_command("upload_form", *place)
    assert stopped.value.code == 2
    said = capsys.readouterr()
    assert "на портале 15" in said.out + said.err
    assert stored(submission) == {"1": 15}
    call_command("upload_form", "--conflicts", "book", *place)
    assert stored(submission) == {"1": 12}


def test_a_foreign_upload_is_not_settled(
    client_of: Callable[..., Client], other_submission: Submission, submission: Submission,
    other_director: User, director: User, upload: Upload,
) -> None:  # fmt: skip
    made = upload(other_submission, filled(other_submission, {"1": 12}), other_director)
    url = reverse("collection:upload_confirm", args=[submission.pk, made.pk])
    assert client_of(director).post(url, {"digest": made.digest}).status_code == 404
    assert stored(other_submission) == {}


# --- the arithmetic of joining

rows = st.one_of(st.just(Given()), st.integers(0, 3).map(number), st.just(Given(absence_reason="нет")))


@given(then=rows, now=rows, mine=rows)
def test_nothing_of_two_is_ever_lost_silently(then: Given, now: Given, mine: Given) -> None:
    merged = merge(mine={"a": mine}, keys=["a"], seen={"a": Seen(then, now)})
    after = merged.changes[0].after if merged.changes else now
    if merged.conflicts:
        assert not mine.same_value(now)
        assert not mine.same_value(then)
        assert not now.same_value(then)
    elif mine.same_value(then):
        assert after.same_value(now)  # untouched here: what others did stands
    else:
        assert after.same_value(mine)  # changed here, and nobody else changed it otherwise
