"""Writes of drafts: made from confirmed signs, mended by a person, issued or dropped."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.models import Sign, SignList
from apps.core import events, findings
from apps.roadmaps.drafts.models import RecommendationDraft, RecommendationTemplate
from apps.roadmaps.models import Recommendation
from apps.roadmaps.services import NewRecommendation, issue_recommendation
from apps.workbooks.cells import clean_text

State = RecommendationDraft.State


def _refuse(code: str, message: str, action: str = "") -> findings.Refused:
    return findings.Refused([findings.error(code, message, action=action)])


def _require_department(by: User) -> None:
    if not by.is_department:
        raise _refuse("not_allowed", "Рекомендации готовят сотрудники управления.")


@transaction.atomic
def prepare_drafts(*, sign_list: SignList, by: User) -> int:
    """A draft for every confirmed sign of the list that has none yet, issued or waiting. Returns how many."""
    _require_department(by)
    SignList.objects.select_for_update().get(pk=sign_list.pk)  # two at once make each draft once
    signs = (
        Sign.objects.filter(sign_list=sign_list, decision=Sign.Decision.CONFIRMED)
        .exclude(drafts__in=RecommendationDraft.objects.exclude(state=State.DROPPED))
        .with_details()
    )
    templates = {template.code: template for template in RecommendationTemplate.objects.all()}
    rows = [_draft(sign, templates[sign.code], by) for sign in signs if sign.code in templates]
    RecommendationDraft.objects.bulk_create(rows)
    if rows:
        text = f"Подготовлены черновики рекомендаций: {len(rows)}."
        events.record(kind="roadmaps.drafts_prepared", subject=sign_list, by=by, text=text)
    return len(rows)


def _draft(sign: Sign, template: RecommendationTemplate, by: User) -> RecommendationDraft:
    rule = f"{sign.kind.name}, правило версии {sign.rule.version}"
    state = "" if sign.rule.is_confirmed else ", источник не подтверждён"
    basis = f"{sign.kind.title}: {sign.written} ({rule}{state}). Решение специалиста: {sign.reason}"
    return RecommendationDraft(
        sign=sign,
        period=sign.sign_list.period,
        organization=sign.organization,
        title=template.title,
        text=template.text,
        basis_text=basis[:2000],
        figures=[_figure(sign)],
        due_on=timezone.localdate() + timedelta(days=template.days),
        created_by=by,
    )


def _figure(sign: Sign) -> dict[str, Any]:
    return {
        "sign": sign.code,
        "rule_version": sign.rule.version,
        "organization": sign.organization.code,
        "list": sign.sign_list_id,
        "written": sign.written,
    }


def _locked(draft: RecommendationDraft) -> RecommendationDraft:
    rows = RecommendationDraft.objects.select_for_update(of=("self",)).select_related("sign__rule", "period")
    row: RecommendationDraft = rows.select_related("organization").get(pk=draft.pk)
    if row.state != State.WAITING:
        raise _refuse("wrong_state", f"Черновик уже не ждёт проверки: {row.get_state_display()}.")
    return row


@transaction.atomic
def save_draft(*, draft: RecommendationDraft, values: dict[str, Any], by: User) -> RecommendationDraft:
    """Mend the words or the term of a draft."""
    _require_department(by)
    row = _locked(draft)
    title, text = clean_text(values["title"]).strip()[:200], clean_text(values["text"]).strip()[:5000]
    if not title or not text:
        raise _refuse("empty", "Рекомендация пуста.", "Напишите, о чём она и что сделать.")
    row.title, row.text = title, text
    row.basis_text, row.due_on = clean_text(values["basis_text"]).strip()[:2000], values["due_on"]
    row.save(update_fields=["title", "text", "basis_text", "due_on"])
    events.record(kind="roadmaps.draft_saved", subject=row, by=by, text="Черновик изменён.")
    return row


@transaction.atomic
def drop_drafts(*, drafts: Iterable[RecommendationDraft], by: User) -> int:
    """Take drafts off the table; the sign may get a new one later."""
    _require_department(by)
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
    _require_department(by)
    chosen = list(drafts)
    if not chosen:
        raise _refuse("nothing_chosen", "Не отмечен ни один черновик.", "Отметьте те, что прочитаны.")
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
    )
    made = issue_recommendation(new=new, addressees=[row.organization], by=by)
    row.state, row.recommendation = State.ISSUED, made
    row.save(update_fields=["state", "recommendation"])
    return made


@transaction.atomic
def change_template(*, template: RecommendationTemplate, title: str, text: str, days: int, by: User) -> None:
    """The words that drafts to come begin with; drafts that wait keep theirs."""
    _require_department(by)
    row = RecommendationTemplate.objects.select_for_update().get(pk=template.pk)
    row.title, row.text, row.days = clean_text(title).strip()[:200], clean_text(text).strip()[:5000], days
    row.changed_by, row.changed_at = by, timezone.now()
    row.save()
    events.record(kind="roadmaps.template_changed", subject=row, by=by, text=f"Шаблон изменён: {row.title}."[:500])
