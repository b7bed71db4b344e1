"""The same workbook back to its sender, with a comment in each faulty cell."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from apps.core.findings import Finding
from apps.workbooks import limited, wire
from apps.workbooks.limits import FORM, Limits
from apps.workbooks.template_book import INPUT_COLOUR

_MOST_MARKS = 5_000


def annotate(source: BinaryIO | Path | str, findings: Iterable[Finding], *, limits: Limits = FORM) -> bytes:
    """The xlsx with a comment and a colour in each cell that a finding names; findings without a cell are left out.

    Marks of an earlier round are taken away. Works in the limited child as reading does, and raises Refused.
    """
    marks = [
        {"sheet": finding.sheet, "cell": finding.cell, "severity": finding.severity.value, "text": _text(finding)}
        for finding in findings
        if finding.sheet and finding.cell
    ]
    options: dict[str, object] = {"marks": marks[:_MOST_MARKS], "clean_colour": INPUT_COLOUR}
    frames = limited.run("annotate", source, limits=limits, options=options)
    return b"".join(body for kind, body in frames if kind == wire.PAYLOAD)


def _text(finding: Finding) -> str:
    found = f"Найдено: {finding.found}." if finding.found else ""
    expected = f"Ожидалось: {finding.expected}." if finding.expected else ""
    message = finding.message[:1].upper() + finding.message[1:]
    return " ".join(part for part in (message, found, expected, finding.action) if part)
