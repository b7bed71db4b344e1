"""Writes of drafts: mended by a person, issued or dropped. How they are made stands in `preparing`."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.core import events, findings
from apps.core.findings import refuse
from apps.roadmaps.drafts.models import RecommendationDraft
from apps.roadmaps.drafts.preparing import DENIED
from apps.roadmaps.issuing import BASIS, TEXT, TITLE, NewRecommendation, issue_recommendation
from apps.roadmaps.models import Recommendation
from apps.workbooks.cells import clean_text

State = RecommendationDraft.State


def _locked(draft: RecommendationDraft) -> RecommendationDraft:
    rows = RecommendationDraft.objects.select_for_update(of=("self",)).select_related(
        "sign__rule", "sign__organization", "period", "organization", "indicator", "direction"
    )
    row: RecommendationDraft = rows.get(pk=draft.pk)
    if row.state != State.WAITING:
        raise refuse("wrong_state", f"Черновик уже не ждёт проверки: {row.get_state_display()}.")
    return row


@transaction.atomic
def save_draft(*, draft: RecommendationDraft, values: dict[str, Any], by: User) -> RecommendationDraft:
    """Mend the words or the term of a draft."""
    require_department(by, DENIED)
    row = _locked(draft)
    title, text, basis = (clean_text(values[name]) for name in ("title", "text", "basis_text"))
    if not title or not text:
        raise refuse("empty", "Рекомендация пуста.", "Напишите, о чём она и что сделать.")
    if len(title) > TITLE or len(text) > TEXT or len(basis) > BASIS:
        raise refuse("too_long", f"Можно {TITLE} знаков в заголовке, {TEXT} в тексте и {BASIS} в основании.")
    row.title, row.text, row.basis_text, row.due_on = title, text, basis, values["due_on"]
    row.direction = values.get("direction", row.direction)
    row.save(update_fields=["title", "text", "basis_text", "due_on", "direction"])
    events.record(kind="roadmaps.draft_saved", subject=row, by=by, text="Черновик изменён.")
    return row


@transaction.atomic
def drop_drafts(*, drafts: Iterable[RecommendationDraft], by: User) -> int:
    """Take drafts off the table; the sign may get a new one later."""
    require_department(by, DENIED)
    count = 0
    for draft in drafts:
        row = _locked(draft)
        row.state = State.DROPPED
        row.save(update_fields=["state"])
        events.record(kind="roadmaps.draft_dropped", subject=row, by=by, text="Черновик отклонён.")
        count += 1
    return count


@transaction.atomic
def issue_drafts(*, drafts: Iterable[RecommendationDraft], by: User) -> list[Recommendation]:
    """Issue what a person has looked at: one recommendation each, addressed to its organisation. All or none."""
    require_department(by, DENIED)
    chosen = list(drafts)
    if not chosen:
        raise refuse("nothing_chosen", "Не отмечен ни один черновик.", "Отметьте те, что прочитаны.")
    late = [draft for draft in chosen if draft.due_on < timezone.localdate()]
    if late:
        raise findings.Refused(
            [
                findings.error("due_in_past", f"{draft.organization}: срок исполнения прошёл.", action="Измените срок.")
                for draft in late
            ]
        )
    return [_issue(_locked(draft), by) for draft in chosen]


def _issue(row: RecommendationDraft, by: User) -> Recommendation:
    new = NewRecommendation(
        period=row.period,
        title=row.title,
        text=row.text,
        due_on=row.due_on,
        basis_text=row.basis_text,
        basis=row.figures,
        rule=row.sign.rule if row.sign else None,
        indicators=[row.indicator.code] if row.indicator else (),
        direction=row.direction,
        bases=(row.sign, row.sign.rule) if row.sign else (),
    )
    made = issue_recommendation(new=new, addressees=[row.organization], by=by)
    row.state, row.recommendation = State.ISSUED, made
    row.save(update_fields=["state", "recommendation"])
    return made
