"""An organisation joined another one: what is still open of recommendations and help goes to the successor.

What is done stays where it was done, reports too when the successor has a line of its own. Waiting drafts are dropped:
they rest on figures of the one that is closed.
"""

from typing import Any

from apps.core import events
from apps.organizations.models import Organization
from apps.roadmaps import letters
from apps.roadmaps.models import RecommendationAddressee, RecommendationDraft, SupportCase
from apps.roadmaps.querysets import AWAITS_ORGANIZATION


def move_lines(*, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Receiver of `organizations.signals.merged`; runs inside the transaction that merges."""
    _move_recommendations(old, new, by)
    _move_cases(old, new, by)
    drafts = RecommendationDraft.objects.select_for_update(of=("self",)).filter(organization=old)
    for draft in drafts.waiting():  # type: ignore[attr-defined]
        draft.state = RecommendationDraft.State.DROPPED
        draft.save(update_fields=["state"])
        text = f"Черновик отклонён: организация присоединена к «{new}»."
        events.record(kind="roadmaps.draft_dropped", subject=draft, by=by, text=text[:500])


def _move_recommendations(old: Organization, new: Organization, by: Any) -> None:
    mine = RecommendationAddressee.objects.select_for_update(of=("self",)).filter(organization=old)
    lines = list(mine.filter(state__in=[*AWAITS_ORGANIZATION, "reported"]).select_related("recommendation"))
    sent = [line.recommendation_id for line in lines]
    own = RecommendationAddressee.objects.filter(organization=new, recommendation__in=sent)
    standing = {row.recommendation_id: row for row in own}
    for line in lines:
        if there := standing.get(line.recommendation_id):
            text = _join(line, there, by, old, new)
        else:
            text = f"Строка перешла от «{old}» к «{new}»: организация присоединена."
            line.organization = new
            line.save(update_fields=["organization"])
            _tell(line, text, by, old, new)
            letters.about_moved(line, old)
        _tell(line.recommendation, text, by, old, new)


def _join(
    line: RecommendationAddressee, there: RecommendationAddressee, by: Any, old: Organization, new: Organization
) -> str:
    """The successor is asked itself. A report stays to be reviewed; a line without one goes over into its history."""
    if line.reported_at:
        line.state = RecommendationAddressee.State.REPORTED  # nobody is left to mend it
        line.save(update_fields=["state"])
        text = f"«{old}» присоединена к «{new}», у которой строка своя: отчёт «{old}» остаётся на проверке."
        _tell(line, text, by, old, new)
        return text
    text = f"Строка «{old}» ({line.get_state_display()}) снята: «{new}» уже среди адресатов."
    kept = {"words": line.own_text, "basis": line.own_basis, "figures": line.figures}
    _tell(there, text, by, old, new, **{name: value for name, value in kept.items() if value})
    line.delete()
    return text


def _move_cases(old: Organization, new: Organization, by: Any) -> None:
    cases = SupportCase.objects.select_for_update(of=("self",)).filter(organization=old, done_on__isnull=True)
    for case in cases:
        case.organization = new
        case.save(update_fields=["organization"])
        _tell(case, f"Помощь перешла от «{old}» к «{new}»: организация присоединена.", by, old, new)


def _tell(subject: Any, text: str, by: Any, old: Organization, new: Organization, **data: Any) -> None:
    events.record(kind="roadmaps.moved", subject=subject, by=by, text=text[:500], old=old.code, new=new.code, **data)
