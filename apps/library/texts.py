"""Free texts that services take: cleaned, never cut in silence, every fault told at once."""

from collections.abc import Collection

from apps.accounts.models import User
from apps.core import findings
from apps.core.findings import Finding, refuse
from apps.workbooks.cells import clean_text

LONG = 100_000  # letters of a document; its search index stays within what PostgreSQL takes
STORY = 20_000  # letters of a practice, an answer, a remark


def require(by: User, roles: Collection[str], message: str) -> None:
    if by.role not in roles:
        raise refuse("not_allowed", message)


class Texts:
    """Collects the faults of several texts; `raise_if_any` refuses with all of them."""

    def __init__(self) -> None:
        self.faults: list[Finding] = []

    def take(self, text: str, label: str, most: int, *, required: bool = True) -> str:
        """The cleaned text. Too long or missing is a fault that names the field."""
        cleaned = clean_text(text)
        if required and not cleaned:
            self.add("empty", f"Заполните «{label}».")
        if len(cleaned) > most:
            found = f"{len(cleaned)}"
            message = f"«{label}»: знаков больше, чем помещается ({found} из {most})."
            self.add("too_long", message, "Сократите текст или приложите его файлом.")
        return cleaned

    def add(self, code: str, message: str, action: str = "") -> None:
        self.faults.append(findings.error(code, message, action=action))

    def raise_if_any(self) -> None:
        if self.faults:
            raise findings.Refused(self.faults)
