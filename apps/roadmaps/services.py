"""Writes of recommendations. A refusal raises `Refused` and changes nothing."""

from collections.abc import Iterable
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.accounts.roles import Role
from apps.core import attachments, events, files, notices
from apps.core.findings import refuse
from apps.roadmaps import letters
from apps.roadmaps.issuing import NewRecommendation, OwnWords, issue_recommendation
from apps.roadmaps.models import RecommendationAddressee
from apps.workbooks.cells import clean_text

__all__ = [
    "NewRecommendation",
    "OwnWords",
    "accept_report",
    "confirm_receipt",
    "issue_recommendation",
    "report",
    "return_report",
]

State = RecommendationAddressee.State
REPORT, REVIEW = 5000, 2000


def _require_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise refuse("too_long", f"В тексте {len(text)} знаков, можно {limit}.", "Сократите его или приложите файл.")


DENIED = "Отчёты рассматривают сотрудники управления."


def _locked(addressee: RecommendationAddressee, allowed: Iterable[str]) -> RecommendationAddressee:
    """The row as it stands now, held until the end; refused when somebody was faster."""
    rows = RecommendationAddressee.objects.select_for_update(of=("self",)).with_details()
    row: RecommendationAddressee = rows.get(pk=addressee.pk)
    if row.state not in allowed:
        raise refuse(
            "wrong_state",
            f"Состояние рекомендации изменилось: {row.get_state_display()}.",
            "Откройте страницу заново.",
        )
    return row


def _require_own(row: RecommendationAddressee, by: User) -> None:
    """The people of the organisation, or the leader of the association."""
    if row.association:
        is_own = by.role == Role.ASSOCIATION_LEADER and row.association.leader_id == by.pk
    else:
        is_own = by.is_school and by.organization == row.organization
    if not is_own:
        raise refuse("not_allowed", "Отвечает на рекомендацию тот, кому она направлена.")


def _mark_received(row: RecommendationAddressee, by: User) -> None:
    row.received_at, row.received_by = timezone.now(), by
    events.record(kind="roadmaps.received", subject=row, by=by, text="Получение подтверждено.")


@transaction.atomic
def confirm_receipt(*, addressee: RecommendationAddressee, by: User) -> RecommendationAddressee:
    """The organisation has read it. A second confirmation changes nothing."""
    row = _locked(addressee, State.values)
    _require_own(row, by)
    if row.state == State.SENT:
        row.state = State.RECEIVED
        _mark_received(row, by)
        row.save()
        notices.settle(letters.issued_key(row))
    return row


@transaction.atomic
def report(
    *, addressee: RecommendationAddressee, text: str, by: User, proof: tuple[BinaryIO, str] | None = None
) -> RecommendationAddressee:
    """Report what was done, with a file if there is one. Reporting also confirms the receipt."""
    row = _locked(addressee, {State.SENT, State.RECEIVED, State.RETURNED})
    _require_own(row, by)
    text = clean_text(text)
    if not text:
        raise refuse("no_text", "Отчёт пуст.", "Напишите, что сделано и с каким результатом.")
    _require_length(text, REPORT)
    if proof:
        stream, name = proof
        content_type = attachments.check(stream, name)
        row.proof = files.store(stream=stream, name=name, content_type=content_type, by=by)
    if row.state == State.SENT:
        _mark_received(row, by)
    row.state, row.report_text = State.REPORTED, text
    row.reported_at, row.reported_by = timezone.now(), by
    row.save()
    events.record(kind="roadmaps.reported", subject=row, by=by, text="Направлен отчёт об исполнении.", report=text)
    notices.settle(letters.issued_key(row))
    letters.about_report(row)
    return row


def _review(row: RecommendationAddressee, *, state: str, text: str, by: User, event: str) -> RecommendationAddressee:
    row.state, row.review_text = state, text
    row.reviewed_at, row.reviewed_by = timezone.now(), by
    row.save()
    events.record(kind=f"roadmaps.{state}", subject=row, by=by, text=event, remark=text)
    letters.about_review(row)
    return row


@transaction.atomic
def accept_report(*, addressee: RecommendationAddressee, by: User, text: str = "") -> RecommendationAddressee:
    """The recommendation is fulfilled."""
    require_department(by, DENIED)
    row = _locked(addressee, {State.REPORTED})
    text = clean_text(text)
    _require_length(text, REVIEW)
    return _review(row, state=State.DONE, text=text, by=by, event="Отчёт принят, рекомендация исполнена.")


@transaction.atomic
def return_report(*, addressee: RecommendationAddressee, text: str, by: User) -> RecommendationAddressee:
    """Back to the organisation with a remark that says what is missing."""
    require_department(by, DENIED)
    row = _locked(addressee, {State.REPORTED})
    text = clean_text(text)
    _require_length(text, REVIEW)
    if not text:
        raise refuse("no_remark", "Не указано, что доработать.", "Напишите замечание: его увидит организация.")
    if row.organization and row.organization.is_closed:
        message = f"{row.organization} больше не работает: дорабатывать отчёт некому."
        raise refuse("closed", message, "Примите его с замечанием.")
    return _review(row, state=State.RETURNED, text=text, by=by, event="Отчёт возвращён на доработку.")
