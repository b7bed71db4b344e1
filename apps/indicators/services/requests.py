"""Requests of external users for information: what was asked and what was answered."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from apps.core import events, personal
from apps.core.findings import Refused, error
from apps.indicators.models import Indicator, InformationRequest
from apps.workbooks.cells import clean_text

State = InformationRequest.State


@dataclass(frozen=True)
class Asked:
    """What is known of a request; `indicators` are codes."""

    asker: str
    asker_kind: str
    subject: str
    purpose: str
    need: str
    received_on: date
    due_on: date
    indicators: Collection[str] = field(default=())


def _require(by: Any) -> None:
    if by is not None and not by.is_department:
        raise Refused([error("no_right", "У вас нет права на это действие.")])


@transaction.atomic
def save_request(*, asked: Asked, by: Any, request: InformationRequest | None = None) -> InformationRequest:
    """Write a request down, or mend one that is still open. Raises Refused with every fault."""
    _require(by)
    row = InformationRequest(created_by=by)
    if request is not None:
        row = InformationRequest.objects.select_for_update().get(pk=request.pk)
        if row.state != State.OPEN:
            raise Refused([error("closed", "На запрос уже отвечено: изменить его нельзя.")])
    for name in ("asker", "asker_kind", "subject", "purpose", "need", "received_on", "due_on"):
        value = getattr(asked, name)
        setattr(row, name, clean_text(value) if isinstance(value, str) else value)
    seen = [kind for name in ("asker", "subject", "purpose") for kind in personal.kinds(getattr(row, name))]
    if seen:
        text = f"в запросе похоже на личные данные: {personal.said(dict.fromkeys(seen))}."
        raise Refused([error("personal", text, action="Назовите орган или организацию, без имён и телефонов.")])
    try:
        row.full_clean(exclude=["created_by", "answered_by"])
    except ValidationError as failure:
        raise Refused([error("invalid", text) for text in failure.messages]) from failure
    indicators = list(Indicator.objects.filter(code__in=asked.indicators, is_group=False))
    unknown = sorted(set(asked.indicators) - {indicator.code for indicator in indicators})
    if unknown:
        raise Refused([error("unknown_indicator", f"показателя {code} нет.") for code in unknown])
    row.save()
    row.indicators.set(indicators)
    words = "Запрос внесён" if request is None else "Запрос изменён"
    events.record(kind="indicators.request_saved", subject=row, by=by, text=words)
    return row


@transaction.atomic
def answer_request(*, request: InformationRequest, state: str, answer: str, by: Any) -> InformationRequest:
    """Close a request with an answer or a refusal; both need words. Raises Refused."""
    _require(by)
    row = InformationRequest.objects.select_for_update().get(pk=request.pk)
    answer = clean_text(answer)[:4000]
    found = []
    if row.state != State.OPEN:
        found.append(error("closed", "На запрос уже отвечено."))
    if state not in (State.ANSWERED, State.DECLINED):
        found.append(error("no_state", "Выберите, что сделано: отвечено или отказано."))
    if not answer:
        found.append(error("no_answer", "Напишите, что отвечено или почему отказано."))
    if found:
        raise Refused(found)
    row.state, row.answer, row.answered_at, row.answered_by = state, answer, timezone.now(), by
    row.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    text = "На запрос отвечено" if state == State.ANSWERED else "В информации отказано"
    events.record(kind=f"indicators.request_{state}", subject=row, by=by, text=text, answer=answer)
    return row
