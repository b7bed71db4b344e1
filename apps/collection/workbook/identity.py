"""What binds a workbook to its form, organisation, period and campaign: a signed line on a hidden sheet."""

from dataclasses import asdict, dataclass

from django.core import signing

from apps.core.findings import Finding, error

SALT = "collection.workbook"
MARK = "msoko-form:"
SHEET = "_portal"

TAKE_AGAIN = "Скачайте книгу заново на странице этой формы и перенесите в неё числа."


@dataclass(frozen=True)
class Identity:
    campaign: int
    organization: str
    form: str
    version: int
    period: str
    revision: int = 0  # of the answers when the workbook was made: later changes are not its own

    def signed(self) -> str:
        return MARK + signing.dumps(asdict(self), salt=SALT)


def unsigned(line: str) -> Identity | None:
    """The identity of a signed line; None when it was altered or signed by another portal."""
    try:
        return Identity(**signing.loads(line.removeprefix(MARK).strip(), salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def differs(found: Identity, wanted: Identity) -> list[Finding]:
    """Why the workbook does not belong here. Another organisation is not named: it is none of the reader's business."""
    if found.organization != wanted.organization:
        message = "Эта книга подготовлена для другой организации."
        return [error("foreign_organization", message, expected=f"книга для {wanted.organization}", action=TAKE_AGAIN)]
    problems = []
    if found.period != wanted.period:
        problems.append(
            error(
                "foreign_period",
                "Книга за другой период.",
                found=found.period,
                expected=wanted.period,
                action=TAKE_AGAIN,
            )
        )
    if found.form != wanted.form:
        problems.append(
            error("foreign_form", "Это книга другой формы.", found=found.form, expected=wanted.form, action=TAKE_AGAIN)
        )
    elif found.version != wanted.version:
        problems.append(
            error(
                "foreign_version", "Книга по другой версии формы.", found=f"версия {found.version}",
                expected=f"версия {wanted.version}", action=TAKE_AGAIN,
            )
        )  # fmt: skip
    if not problems and found.campaign != wanted.campaign:
        problems.append(error("foreign_campaign", "Книга из другого сбора данных.", action=TAKE_AGAIN))
    return problems
