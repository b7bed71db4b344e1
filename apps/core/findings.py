"""Findings: what reading or checking has to say. A list of them is returned, never raised one by one.

The page, the returned workbook and the command show the same list. No Django here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"  # blocks
    QUERY = "query"  # needs a correction or an explanation
    NOTICE = "notice"  # informs


@dataclass(frozen=True)
class Finding:
    """One remark: what is wrong, where, what was found, what was expected and what to do."""

    severity: Severity
    code: str
    message: str
    sheet: str = ""
    cell: str = ""
    row: int | None = None
    found: str = ""
    expected: str = ""
    action: str = ""
    file: str = ""

    @property
    def place(self) -> str:
        """Where, as people say it: file, sheet, cell or row."""
        parts = [
            f"файл «{self.file}»" if self.file else "",
            f"лист «{self.sheet}»" if self.sheet else "",
            f"ячейка {self.cell}" if self.cell else "",
            f"строка {self.row}" if self.row and not self.cell else "",
        ]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        found = f" Найдено: {self.found}." if self.found else ""
        expected = f" Ожидалось: {self.expected}." if self.expected else ""
        return f"{text}{found}{expected} {self.action}".rstrip()

    def as_dict(self) -> dict[str, object]:
        return {key: value for key, value in asdict(self).items() if value not in ("", None)}

    @classmethod
    def from_dict(cls, data: dict[str, object]) -> "Finding":
        known = {key: value for key, value in data.items() if key in cls.__dataclass_fields__}
        return cls(**{**known, "severity": Severity(str(data["severity"]))})  # type: ignore[arg-type]


def error(code: str, message: str, **place: object) -> Finding:
    return Finding(Severity.ERROR, code, message, **place)  # type: ignore[arg-type]


def query(code: str, message: str, **place: object) -> Finding:
    return Finding(Severity.QUERY, code, message, **place)  # type: ignore[arg-type]


def notice(code: str, message: str, **place: object) -> Finding:
    return Finding(Severity.NOTICE, code, message, **place)  # type: ignore[arg-type]


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == Severity.ERROR for finding in findings)


def count_by_severity(findings: Iterable[Finding]) -> Counter[Severity]:
    return Counter(finding.severity for finding in findings)


class Refused(Exception):
    """A write was refused as a whole; `findings` say why. Nothing has been changed."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("; ".join(str(finding) for finding in self.findings[:5]))


def refuse(code: str, message: str, action: str = "") -> Refused:
    """One reason against a write as a whole, ready to raise."""
    return Refused([error(code, message, action=action)])
