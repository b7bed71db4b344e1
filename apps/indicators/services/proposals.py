"""Proposals: one person proposes an indicator, a version or an end; another one puts it into effect."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from apps.core import events
from apps.core.findings import Refused, error
from apps.core.models import Period
from apps.indicators.models import Direction, Indicator, Pack, Proposal, Recount
from apps.indicators.services.aggregates import enqueue_aggregates
from apps.indicators.services.checking import OWN_PACKS, Checked, Draft, Place, check
from apps.indicators.services.definitions import Definition, lock_definitions, new_version, recompiled_version
from apps.indicators.services.renewals import renew
from apps.indicators.services.two_persons import decide, locked, take_back

Kind, State = Proposal.Kind, Proposal.State


def draft_of(proposal: Proposal) -> Draft:
    """A stored proposal as it was written."""
    return Draft(
        kind=proposal.kind,
        definition=Definition.from_json(proposal.definition) if proposal.definition else Definition(name=""),
        valid_from=proposal.valid_from,
        indicator=proposal.indicator,
        place=Place(**proposal.place) if proposal.place else None,
    )


def settled(draft: Draft) -> Definition:
    """The definition with the way of adding up that its formula decides."""
    aggregation = check(draft).compiled.aggregation if draft.definition.formula else draft.definition.aggregation
    return replace(draft.definition, aggregation=aggregation)


@transaction.atomic
def propose(*, draft: Draft, reason: str, by: Any) -> Proposal:
    """Lay the draft before a second person. Raises Refused with every fault; nothing takes effect yet."""
    checked = _checked(draft, reason)
    if Proposal.objects.filter(code=draft.code, state=State.OPEN).exists():
        action = "Дождитесь решения по нему или попросите автора отозвать."
        raise Refused([error("open_proposal", f"по показателю {draft.code} уже есть предложение", action=action)])
    proposal = Proposal.objects.create(
        kind=draft.kind,
        indicator=draft.indicator,
        base=checked.base,
        code=draft.code,
        place=asdict(draft.place) if draft.place else {},
        definition=draft.definition.as_json() if draft.kind != Kind.ARCHIVE else {},
        reason=reason.strip(),
        valid_from=draft.valid_from,
        author=by,
    )
    text = f"Предложено: {proposal.get_kind_display()}, с {draft.valid_from:%d.%m.%Y}. {proposal.reason}"
    _record("proposed", proposal, by, text)
    return proposal


@transaction.atomic
def revise(*, proposal: Proposal, draft: Draft, reason: str, by: Any) -> Proposal:
    """The author changes an open proposal; what it is about stays."""
    proposal = locked(proposal)
    if by != proposal.author:
        raise Refused([error("not_author", "предложение меняет только его автор")])
    checked = _checked(draft, reason)
    proposal.base = checked.base
    proposal.definition = draft.definition.as_json() if draft.kind != Kind.ARCHIVE else {}
    proposal.reason, proposal.valid_from = reason.strip(), draft.valid_from
    proposal.save(update_fields=["base", "definition", "reason", "valid_from"])
    _record("proposal_revised", proposal, by, "Предложение исправлено автором")
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, by: Any) -> None:
    proposal = take_back(proposal, by)
    _record("proposal_withdrawn", proposal, by, "Предложение отозвано автором")


@transaction.atomic
def decline(*, proposal: Proposal, by: Any, note: str) -> None:
    """The second person says no, and why."""
    proposal = decide(proposal, State.DECLINED, by, note)
    _record("proposal_declined", proposal, by, f"Предложение отклонено. {note.strip()}")


@transaction.atomic
def accept(*, proposal: Proposal, by: Any, note: str = "") -> Proposal:
    """The second person puts it into effect: everything is checked again against what stands now.

    Figures of periods that ended before `valid_from` keep their version; later ones are recounted by a job each.
    """
    lock_definitions()
    proposal = decide(proposal, State.ACCEPTED, by, note)
    draft = draft_of(proposal)
    checked = _checked(draft, proposal.reason)
    if checked.base != proposal.base:
        text = "пока предложение ждало, у показателя появилась другая версия"
        action = "Отклоните предложение или попросите автора проверить и исправить его."
        raise Refused([error("base_changed", text, action=action)])
    touched = [_archive(proposal)] if draft.kind == Kind.ARCHIVE else _put_into_effect(proposal, draft, checked, by)
    text = f"Вступило в силу: {proposal.get_kind_display()}, с {proposal.valid_from:%d.%m.%Y}"
    _record("proposal_accepted", proposal, by, text)
    for period in touched_periods(touched, proposal.valid_from):
        enqueue_aggregates(period=period, by=by)
    return proposal


def touched_periods(indicators: list[Indicator], since: date) -> list[Period]:
    """Counted periods that end on the day or later, of the kinds that the indicators are measured in."""
    kinds = Pack.objects.filter(code__in=[one.pack for one in indicators]).values("period_kind")
    counted = Period.objects.filter(pk__in=Recount.objects.values("period"), kind__in=kinds)
    return list(counted.filter(ends_on__gte=since).order_by("starts_on"))


def _checked(draft: Draft, reason: str) -> Checked:
    checked = check(draft)
    if not reason.strip():
        action = "Второй человек должен понять, зачем это нужно."
        checked.findings.append(error("no_reason", "не указано, почему предлагается изменение", action=action))
    if not checked.is_good:
        raise Refused(checked.findings)
    return checked


def _put_into_effect(proposal: Proposal, draft: Draft, checked: Checked, by: Any) -> list[Indicator]:
    indicator = draft.indicator or _create(draft.place or Place("", ""))
    version = new_version(
        indicator=indicator,
        definition=draft.definition,
        compiled=checked.compiled,
        valid_from=draft.valid_from,
        author=proposal.author,
        checker=by,
    )
    proposal.indicator, proposal.version = indicator, version
    proposal.save(update_fields=["indicator", "version"])
    touched = [indicator]
    for dependent in checked.dependents:
        recompiled = recompiled_version(
            dependent=dependent, changed=indicator, valid_from=draft.valid_from, author=proposal.author, checker=by
        )
        touched.append(recompiled.indicator)
        text = f"Пересобран: изменился показатель {indicator.code}"
        events.record(kind="indicators.recompiled", subject=recompiled.indicator, by=by, text=text)
    return touched


def _archive(proposal: Proposal) -> Indicator:
    indicator = proposal.indicator
    if indicator is None:
        raise RuntimeError("a proposal to end names its indicator")
    indicator.is_active, indicator.switched_off_on = False, proposal.valid_from
    indicator.save(update_fields=["is_active", "switched_off_on"])
    renew({indicator.pack}, proposal.decided_by)
    return indicator


def _create(place: Place) -> Indicator:
    """A new node of the tree: after its last sister."""
    if place.pack in OWN_PACKS:
        title, kind = OWN_PACKS[place.pack]
        order = (Pack.objects.aggregate(last=Max("order"))["last"] or 0) + 1
        fields = {"title": title, "short_title": title, "period_kind": kind, "order": order}
        Pack.objects.get_or_create(code=place.pack, defaults=fields)
    parent = Indicator.objects.filter(code=place.parent).first() if place.parent else None
    sisters = Indicator.objects.filter(pack=place.pack, parent=parent)
    last = sisters.aggregate(last=Max("order"))["last"] or (parent.order if parent else 0)
    return Indicator.objects.create(
        code=place.code,
        pack=place.pack,
        number=place.number,
        parent=parent,
        direction=Direction.objects.filter(code=place.direction).first() or (parent.direction if parent else None),
        is_group=place.is_group,
        order=last + 1,
    )


def _record(verb: str, proposal: Proposal, by: Any, text: str) -> None:
    subject = proposal.indicator or proposal
    events.record(kind=f"indicators.{verb}", subject=subject, by=by, text=text[:500], proposal=proposal.pk)
