"""The common shell of management commands."""

import json
from argparse import ArgumentTypeError
from contextlib import suppress
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from apps.core import files, findings
from apps.core.commands import ServiceCommand, period_argument, school_year_argument, user_named
from apps.core.models import Job
from apps.core.periods import school_year
from apps.core.usage import in_russian, write_file
from tests.factories.accounts import UserFactory
from tests.factories.core import JobFactory

WRONG = findings.error("bad_number", "«пять» — не число.", sheet="Лист1", cell="B7", action="Введите число.")


class MakeJob(ServiceCommand):
    """Writes a row, then finishes or is refused."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--refuse", action="store_true")
        parser.add_argument("--partly", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        JobFactory(title="сделано")
        if options["refuse"]:
            raise findings.Refused([WRONG])
        self.finish(
            summary={"made": 1, "name": "Ёж"},
            findings=[findings.notice("made", "строка создана")],
            text="Создано строк: 1.",
            refused=options["partly"],
        )


def run(*arguments: str) -> tuple[list[str], int]:
    out = StringIO()
    code = 0
    try:
        call_command(MakeJob(), *arguments, stdout=out)
    except SystemExit as stop:
        code = int(str(stop.code))
    return out.getvalue().splitlines(), code


@pytest.mark.django_db
def test_done_prints_findings_and_the_closing_text() -> None:
    assert run() == (["строка создана", "Создано строк: 1."], 0)
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_json_is_the_last_line() -> None:
    lines, code = run("--json")
    assert code == 0
    assert lines[0] == "строка создана"
    assert "Ёж" in lines[-1]  # readable, not escaped
    assert json.loads(lines[-1]) == {
        "made": 1,
        "name": "Ёж",
        "findings": [{"severity": "notice", "code": "made", "message": "строка создана"}],
    }


@pytest.mark.django_db
def test_dry_run_changes_nothing_and_says_so() -> None:
    lines, code = run("--dry-run")
    assert code == 0
    assert lines[-1] == "Создано строк: 1. Это проба: ничего не изменено."
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_dry_run_of_partly_refused_work_changes_nothing() -> None:
    _, code = run("--dry-run", "--partly")
    assert code == 2
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_refused_is_exit_code_two_with_the_findings() -> None:
    lines, code = run("--refuse")
    assert code == 2
    assert lines == [
        "лист «Лист1», ячейка B7: «пять» — не число. Введите число.",
        "Отклонено, ничего не изменено.",
    ]


@pytest.mark.django_db
def test_refused_as_json() -> None:
    lines, code = run("--refuse", "--json")
    assert code == 2
    last = json.loads(lines[-1])
    assert last["refused"] is True
    assert last["findings"][0]["cell"] == "B7"


@pytest.mark.django_db
def test_partly_refused_keeps_what_was_done() -> None:
    lines, code = run("--partly", "--json")
    assert code == 2
    assert json.loads(lines[-1])["made"] == 1
    assert Job.objects.count() == 1


def test_period_argument() -> None:
    assert period_argument("2025/26") == school_year(2025)
    with pytest.raises(Exception, match="не период"):
        period_argument("2025/27")


@pytest.mark.django_db
def test_user_named() -> None:
    user = UserFactory(email="head@test.invalid")
    UserFactory(email="gone@test.invalid", is_active=False)
    assert user_named(" Head@test.invalid") == user
    for address in ("nobody@test.invalid", "gone@test.invalid"):
        with pytest.raises(CommandError, match="Нет пользователя"):
            user_named(address)


def from_shell(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str, int]:
    """What an operator sees: stdout, stderr, exit code."""
    with pytest.raises(SystemExit) as stop:
        MakeJob().run_from_argv(["manage.py", "make_job", *arguments])
    said = capsys.readouterr()
    return said.out.strip(), said.err.strip(), int(str(stop.value.code))


def test_wrong_use_is_one_russian_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert from_shell(capsys, "--unknown") == ("", "Лишнее: --unknown.", 1)


def test_wrong_use_with_json_ends_with_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    out, _, code = from_shell(capsys, "--json", "--unknown")
    assert (json.loads(out), code) == ({"error": "Лишнее: --unknown."}, 1)


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("Error: the following arguments are required: --period", "Не указано: --period."),
        ("Error: argument --year: invalid int value: 'abc'", "--year: нужно целое число, указано «abc»."),
        ("Error: argument --period: expected one argument", "--period: не указано значение."),
        ("Error: argument --period: «abc» — не период.", "«abc» — не период."),
        ("Нет пользователя с почтой «a».", "Нет пользователя с почтой «a»."),
    ],
)
def test_the_parsers_words_are_russian(message: str, sentence: str) -> None:
    assert in_russian(message) == sentence


@pytest.mark.parametrize("text", ["1800/01", "1800", "9998/99"])
def test_a_year_out_of_this_world_is_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="от 1990 до 2100"):
        period_argument(text)


def test_a_calendar_year_is_no_school_year() -> None:
    assert school_year_argument("2025/26") == school_year(2025)
    with pytest.raises(ArgumentTypeError, match="не учебный год"):
        school_year_argument("2025")


def test_a_file_that_cannot_be_written_is_said_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="это папка"):
        write_file(tmp_path, b"x")
    with pytest.raises(CommandError, match="нет такого файла или папки"):
        write_file(tmp_path / "none" / "x.pdf", b"x")
    write_file(tmp_path / "x.pdf", b"x")
    assert (tmp_path / "x.pdf").read_bytes() == b"x"


class KeepFile(ServiceCommand):
    """Stores a file, then finishes or is refused."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--refuse", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        files.store(stream=BytesIO(b"bytes"), name="x.csv", content_type=files.CSV, by=None)
        if options["refuse"]:
            raise findings.Refused([WRONG])
        self.finish(summary={"kept": 1})


@pytest.mark.django_db
@pytest.mark.parametrize(("arguments", "left"), [([], 1), (["--dry-run"], 0), (["--dry-run", "--refuse"], 0)])
def test_a_trial_leaves_no_file(arguments: list[str], left: int, settings: Any, tmp_path: Path) -> None:
    location = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": location}
    with suppress(SystemExit):
        call_command(KeepFile(), *arguments, stdout=StringIO())
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == left
