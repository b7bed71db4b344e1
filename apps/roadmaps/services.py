"""Writes of recommendations. A refusal raises `Refused` and changes nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.models import SignRule
from apps.core import attachments, events, files, findings, notices
from apps.core.models import Period
from apps.indicators.models import Indicator
from apps.organizations.models import Organization
from apps.roadmaps import letters
from apps.roadmaps.models import Recommendation, RecommendationAddressee

State = RecommendationAddressee.State


@dataclass(frozen=True)
class NewRecommendation:
    """What is to be sent; `basis` are the figures behind the sentence `basis_text`, one dict a figure."""

    period: Period
    title: str
    text: str
    due_on: date
    basis_text: str = ""
    basis: Sequence[dict[str, Any]] = field(default_factory=list)
    rule: SignRule | None = None
    indicators: Collection[str] = ()  # codes of those that it rests on


def _refuse(code: str, message: str, action: str = "") -> findings.Refused:
    return findings.Refused([findings.error(code, message, action=action)])


def _require_department(by: User) -> None:
    if not by.is_department:
        raise _refuse("not_allowed", "Рекомендации направляют и рассматривают сотрудники управления.")


@transaction.atomic
def issue_recommendation(*, new: NewRecommendation, addressees: Iterable[Organization], by: User) -> Recommendation:
    """Send a recommendation to organisations; their people are told."""
    _require_department(by)
    organizations = sorted(set(addressees), key=lambda organization: organization.pk)
    if not organizations:
        raise _refuse("no_addressees", "Не выбрано ни одной организации.", "Отметьте хотя бы одного адресата.")
    if new.due_on < timezone.localdate():
        raise _refuse("due_in_past", "Срок исполнения уже прошёл.", "Укажите сегодняшний или более поздний день.")
    recommendation = Recommendation.objects.create(
        period=new.period,
        title=new.title,
        text=new.text,
        basis_text=new.basis_text,
        basis=list(new.basis),
        rule=new.rule,
        due_on=new.due_on,
        author=by,
    )
    recommendation.indicators.set(Indicator.objects.filter(code__in=new.indicators, is_group=False))
    rows = [RecommendationAddressee(recommendation=recommendation, organization=each) for each in organizations]
    RecommendationAddressee.objects.bulk_create(rows)
    text = f"Рекомендация направлена, адресатов: {len(rows)}."
    codes = [organization.code for organization in organizations]
    events.record(kind="roadmaps.issued", subject=recommendation, by=by, text=text, addressees=codes)
    letters.about_issue(recommendation)
    return recommendation


def _locked(addressee: RecommendationAddressee, allowed: Iterable[str]) -> RecommendationAddressee:
    """The row as it stands now, held until the end; refused when somebody was faster."""
    rows = RecommendationAddressee.objects.select_for_update(of=("self",)).with_details()
    row: RecommendationAddressee = rows.get(pk=addressee.pk)
    if row.state not in allowed:
        raise _refuse(
            "wrong_state",
            f"Состояние рекомендации изменилось: {row.get_state_display()}.",
            "Откройте страницу заново.",
        )
    return row


def _require_own(row: RecommendationAddressee, by: User) -> None:
    if not by.is_school or by.organization != row.organization:
        raise _refuse("not_allowed", "Отвечает на рекомендацию организация, которой она направлена.")


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
    if not text.strip():
        raise _refuse("no_text", "Отчёт пуст.", "Напишите, что сделано и с каким результатом.")
    if proof:
        stream, name = proof
        content_type = attachments.check(stream, name)
        row.proof = files.store(stream=stream, name=name, content_type=content_type, by=by)
    if row.state == State.SENT:
        _mark_received(row, by)
    row.state, row.report_text = State.REPORTED, text.strip()
    row.reported_at, row.reported_by = timezone.now(), by
    row.save()
    events.record(kind="roadmaps.reported", subject=row, by=by, text="Направлен отчёт об исполнении.", report=text)
    notices.settle(letters.issued_key(row))
    letters.about_report(row)
    return row


def _review(row: RecommendationAddressee, *, state: str, text: str, by: User, event: str) -> RecommendationAddressee:
    row.state, row.review_text = state, text.strip()
    row.reviewed_at, row.reviewed_by = timezone.now(), by
    row.save()
    events.record(kind=f"roadmaps.{state}", subject=row, by=by, text=event, remark=text)
    letters.about_review(row)
    return row


@transaction.atomic
def accept_report(*, addressee: RecommendationAddressee, by: User, text: str = "") -> RecommendationAddressee:
    """The recommendation is fulfilled."""
    _require_department(by)
    row = _locked(addressee, {State.REPORTED})
    return _review(row, state=State.DONE, text=text, by=by, event="Отчёт принят, рекомендация исполнена.")


@transaction.atomic
def return_report(*, addressee: RecommendationAddressee, text: str, by: User) -> RecommendationAddressee:
    """Back to the organisation with a remark that says what is missing."""
    _require_department(by)
    row = _locked(addressee, {State.REPORTED})
    if not text.strip():
        raise _refuse("no_remark", "Не указано, что доработать.", "Напишите замечание: его увидит организация.")
    return _review(row, state=State.RETURNED, text=text, by=by, event="Отчёт возвращён на доработку.")
