"""The command that scans attachments: a small script of our own that knows one signature."""

import stat
from io import BytesIO

import pytest

from apps.core import attachments
from apps.core.findings import Refused

PDF = b"%PDF-1.7\n"
BAD = PDF + b"EICAR"


@pytest.fixture
def scanner(tmp_path, settings):
    """`scanner(body)`: the command is a shell script with this body."""

    def make(body, words="", seconds=10):
        script = tmp_path / "scan.sh"
        script.write_text(f"#!/bin/sh\n{body}\n")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        settings.ATTACHMENT_SCAN_COMMAND = f"'{script}' {words}"
        settings.ATTACHMENT_SCAN_SECONDS = seconds

    return make


def refusal(data):
    with pytest.raises(Refused) as caught:
        attachments.check(BytesIO(data), "отчёт.pdf")
    return caught.value.findings[0]


@pytest.mark.parametrize(
    ("body", "words"), [("grep -q EICAR && exit 1; exit 0", ""), ('grep -q EICAR "$2" && exit 1; exit 0', "-q {path}")]
)
def test_a_file_with_the_signature_is_refused_with_words(scanner, body, words):
    scanner(body, words)
    found = refusal(BAD)
    assert (found.code, "вредоносное" in str(found)) == ("file_virus", True)
    stream = BytesIO(PDF)
    assert attachments.check(stream, "отчёт.pdf") == "application/pdf"
    assert stream.tell() == 0


@pytest.mark.parametrize("body", ["exit 2", "exit 127", "kill -9 $$"])
def test_a_scanner_that_fails_lets_nothing_through(scanner, body):
    scanner(body)
    assert refusal(PDF).code == "antivirus_down"


def test_a_scanner_that_hangs_is_not_waited_for(scanner):
    scanner("exec sleep 60", seconds=1)
    assert refusal(PDF).code == "antivirus_down"


@pytest.mark.parametrize("command", ["/no/such/scanner", "'", "{path}"])
def test_a_wrong_command_lets_nothing_through(settings, command):
    settings.ATTACHMENT_SCAN_COMMAND = command
    assert refusal(PDF).code == "antivirus_down"


def test_without_a_scanner_nothing_is_asked(settings):
    assert settings.ATTACHMENT_SCAN_COMMAND == ""
    assert attachments.check(BytesIO(BAD), "отчёт.pdf") == "application/pdf"
