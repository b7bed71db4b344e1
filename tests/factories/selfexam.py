"""Reports on self-examination: a filled form behind them, texts of all sections."""

from datetime import date
from typing import Any

from apps.collection.models import SelfExamination
from apps.collection.selfexam.sections import sections_for
from apps.collection.services import selfexam
from apps.core.models import Period
from apps.organizations.models import Organization

TODAY = date(2026, 4, 10)


def write_all(organization: Organization, period: Period, by: Any, text: str = "Написано.") -> SelfExamination:
    """A short text in every section."""
    for kind in sections_for(organization.programmes):
        selfexam.save_section(
            organization=organization, period=period, code=kind.code, text=f"{text} {kind.title}.", revision=0, by=by
        )
    return SelfExamination.objects.get(organization=organization, period=period)


STEPS = {
    "discussed": (date(2026, 3, 25), {"body": "педагогический совет", "number": "4"}),
    "approved": (date(2026, 4, 1), {"number": "57-о"}),
    "published": (date(2026, 4, 3), {"url": "https://school.test.invalid/report.pdf"}),
    "sent": (date(2026, 4, 6), {}),
}


def take(examination: SelfExamination, step: str, by: Any, **changes: Any) -> SelfExamination:
    """One step with its papers; `changes` replaces what is given."""
    day, papers = STEPS[step]
    given: dict[str, Any] = {"happened_on": day, "today": TODAY, **papers, **changes}
    return selfexam.take_step(examination=examination, step=step, by=by, **given)


def take_up_to(examination: SelfExamination, last: str, by: Any) -> SelfExamination:
    for step in STEPS:
        examination = take(examination, step, by)
        if step == last:
            break
    return examination
