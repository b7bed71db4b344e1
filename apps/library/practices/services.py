"""Writes of the bank of practices and of trials. A refusal raises `Refused` and changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import DEPARTMENT, SCHOOL
from apps.core import attachments, events, files, notices
from apps.core.findings import refuse
from apps.indicators.models import Direction
from apps.library import people
from apps.library.access import WRITERS
from apps.library.practices.models import Practice, PracticeAdvice, Trial
from apps.library.texts import STORY, Texts, require
from apps.organizations.models import Organization

Upload = tuple[BinaryIO, str] | None
State = Practice.State
DENIED = "Банк практик ведут сотрудники управления и методисты."


@dataclass(frozen=True)
class NewPractice:
    """What a school tells."""

    category: str
    title: str
    problem: str
    done: str
    effect: str


def _fields(new: NewPractice) -> dict[str, str]:
    texts = Texts()
    fields = {
        "category": new.category,
        "title": texts.take(new.title, "Название", 200),
        "problem": texts.take(new.problem, "Проблема", STORY),
        "done": texts.take(new.done, "Что сделано", STORY),
        "effect": texts.take(new.effect, "Эффект", STORY),
    }
    if new.category not in Practice.Category.values:
        texts.add("category", "Выберите категорию.")
    texts.raise_if_any()
    return fields


def _stored(file: Upload, by: User) -> Any:
    if file is None:
        return None
    stream, name = file
    content_type = attachments.check(stream, name)
    return files.store(stream=stream, name=name, content_type=content_type, by=by)


@transaction.atomic
def propose(*, new: NewPractice, organization: Organization, by: User, file: Upload = None) -> Practice:
    """A school offers its practice; the office may write one down for a school. Published by `publish` only."""
    if by.is_school and by.organization != organization:
        raise refuse("not_allowed", "Предложить можно практику своей организации.")
    require(by, WRITERS | SCHOOL, DENIED)
    practice = Practice.objects.create(**_fields(new), organization=organization, file=_stored(file, by), author=by)
    events.record(kind="library.practice_proposed", subject=practice, by=by, text="Практика предложена в банк.")
    if by.is_school:
        title = f"Предложена практика: {practice.title}"
        key, url = f"library.practice:{practice.pk}", practice.get_absolute_url()
        notices.tell(users=people.of_department(), key=key, title=title, url=url, note=str(organization))
    return practice


def _locked(practice: Practice, allowed: Iterable[str]) -> Practice:
    row: Practice = Practice.objects.select_for_update(of=("self",)).select_related("organization").get(pk=practice.pk)
    if row.state not in allowed:
        message = f"Состояние практики изменилось: {row.get_state_display()}."
        raise refuse("wrong_state", message, "Откройте страницу заново.")
    return row


@transaction.atomic
def change(*, practice: Practice, new: NewPractice, by: User, file: Upload = None) -> Practice:
    """The school mends what it offered (a returned one is offered again), the office may mend the text."""
    row = _locked(practice, set(State.values) - {State.WITHDRAWN})
    own = by.is_school and by.organization == row.organization and row.can_be_edited_by_school
    if not own and by.role not in WRITERS:
        raise refuse("not_allowed", "Эту практику вы изменить не можете.")
    for name, value in _fields(new).items():
        setattr(row, name, value)
    row.file = _stored(file, by) or row.file
    if own and row.state == State.RETURNED:
        row.state, row.proposed_at = State.PROPOSED, timezone.now()
    row.save()
    events.record(kind="library.practice_changed", subject=row, by=by, text="Текст практики изменён.")
    return row


def _decide(row: Practice, state: str, by: User, remark: str, text: str, *, is_open: bool = False) -> Practice:
    row.state, row.remark, row.is_open = state, remark, is_open
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    events.record(kind=f"library.practice_{state}", subject=row, by=by, text=text[:500])
    found = people.of_organizations([row.organization])
    key = f"library.practice_{state}:{row.pk}:{row.decided_at:%Y%m%d%H%M%S}"
    title = f"Практика «{row.title}»: {row.get_state_display()}"
    notices.tell(users=set().union(*found.values()), key=key, title=title, url=row.get_absolute_url(), note=remark)
    return row


@transaction.atomic
def publish(*, practice: Practice, is_open: bool, by: User) -> Practice:
    """Into the bank; `is_open` shows it on the public site too. Calling it again changes only that."""
    require(by, WRITERS, DENIED)
    row = _locked(practice, {State.PROPOSED, State.RETURNED, State.PUBLISHED, State.WITHDRAWN})
    notices.settle(f"library.practice:{row.pk}")
    text = "Опубликована в банке и на открытом сайте." if is_open else "Опубликована в банке."
    return _decide(row, State.PUBLISHED, by, "", text, is_open=is_open)


@transaction.atomic
def give_back(*, practice: Practice, remark: str, by: User) -> Practice:
    require(by, WRITERS, DENIED)
    row = _locked(practice, {State.PROPOSED})
    texts = Texts()
    remark = texts.take(remark, "Замечание", 2000)
    texts.raise_if_any()
    notices.settle(f"library.practice:{row.pk}")
    return _decide(row, State.RETURNED, by, remark, f"Возвращена: {remark}")


@transaction.atomic
def withdraw(*, practice: Practice, remark: str, by: User) -> Practice:
    """Out of the bank and off the public site; the reason stays."""
    require(by, WRITERS, DENIED)
    row = _locked(practice, {State.PUBLISHED})
    texts = Texts()
    remark = texts.take(remark, "Причина", 2000)
    texts.raise_if_any()
    return _decide(row, State.WITHDRAWN, by, remark, f"Снята: {remark}")


@transaction.atomic
def advise(*, practice: Practice, organizations: Iterable[Organization], text: str, by: User) -> int:
    """Advise schools to take the practice over; a school that has the advice already is left alone. How many new."""
    require(by, WRITERS, DENIED)
    row = _locked(practice, {State.PUBLISHED})
    texts = Texts()
    text = texts.take(text, "Почему подойдёт", 2000)
    chosen = {each.pk: each for each in organizations if each.pk != row.organization_id}
    if not chosen:
        texts.add("nobody", "Выберите организации, кроме той, чья это практика.")
    texts.raise_if_any()
    known = set(PracticeAdvice.objects.filter(practice=row).values_list("organization", flat=True))
    fresh = [each for each in chosen.values() if each.pk not in known]
    PracticeAdvice.objects.bulk_create(
        PracticeAdvice(practice=row, organization=each, text=text, by=by) for each in fresh
    )
    _tell_advised(row, fresh, text)
    names = ", ".join(str(each) for each in fresh)
    events.record(
        kind="library.practice_advised", subject=row, by=by, text=f"Рекомендована: {names or 'никому'}."[:500]
    )
    return len(fresh)


def _tell_advised(practice: Practice, organizations: Iterable[Organization], text: str) -> None:
    found = people.of_organizations(organizations)
    notices.tell(
        users=set().union(*found.values()),
        key=f"library.advice:{practice.pk}",
        title=f"Вам рекомендована практика: {practice.title}",
        url=practice.get_absolute_url(),
        note=text,
    )


def tell_advised(advice: PracticeAdvice) -> None:
    """Tell the organisation that has the advice now: it came to it from another one."""
    _tell_advised(advice.practice, [advice.organization], advice.text)


@transaction.atomic
def answer_advice(*, advice: PracticeAdvice, text: str, by: User) -> PracticeAdvice:
    """What the school will do with the practice; it may be said anew."""
    row = PracticeAdvice.objects.select_for_update(of=("self",)).select_related("organization").get(pk=advice.pk)
    if not by.is_school or by.organization != row.organization:
        raise refuse("not_allowed", "Отвечает организация, которой рекомендована практика.")
    texts = Texts()
    text = texts.take(text, "Ответ", 2000)
    texts.raise_if_any()
    row.answer, row.answered_at, row.answered_by = text, timezone.now(), by
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    note = f"{row.organization}: {text}"
    events.record(kind="library.advice_answered", subject=row.practice, by=by, text=note[:500])
    return row


@dataclass(frozen=True)
class NewTrial:
    """A mechanism and where it is tried."""

    title: str
    description: str
    organizations: Iterable[Organization]
    starts_on: date
    ends_on: date
    direction: Direction | None = None


@transaction.atomic
def save_trial(*, new: NewTrial, by: User, trial: Trial | None = None) -> Trial:
    """Begin a trial, or mend one that runs."""
    require(by, DEPARTMENT, "Апробации ведут сотрудники управления.")
    texts = Texts()
    title = texts.take(new.title, "Механизм", 200)
    description = texts.take(new.description, "В чём состоит", STORY)
    places = list(new.organizations)
    if not places:
        texts.add("nobody", "Отметьте, где пробуют.")
    if new.ends_on < new.starts_on:
        texts.add("days", "Окончание раньше начала.")
    row = Trial.objects.select_for_update(of=("self",)).get(pk=trial.pk) if trial else Trial(author=by)
    if row.state != Trial.State.RUNNING:
        texts.add("decided", f"По апробации уже решено: {row.get_state_display()}.")
    texts.raise_if_any()
    row.title, row.description, row.direction = title, description, new.direction
    row.starts_on, row.ends_on = new.starts_on, new.ends_on
    row.save()
    row.organizations.set(places)
    text = f"Апробация: {len(places)} организаций, {row.starts_on:%d.%m.%Y} – {row.ends_on:%d.%m.%Y}."
    events.record(kind="library.trial_saved", subject=row, by=by, text=text)
    return row


@transaction.atomic
def decide_trial(
    *, trial: Trial, state: str, result: str, reason: str, by: User, spread_to: Iterable[Organization] = ()
) -> Trial:
    """Spread the mechanism or stop it, with what came of it."""
    require(by, DEPARTMENT, "Итог апробации подводят сотрудники управления.")
    row = Trial.objects.select_for_update(of=("self",)).get(pk=trial.pk)
    texts = Texts()
    if row.state != Trial.State.RUNNING:
        texts.add("decided", f"По апробации уже решено: {row.get_state_display()}.")
    if state not in {Trial.State.SPREAD, Trial.State.STOPPED}:
        texts.add("state", "Выберите: распространить или прекратить.")
    result = texts.take(result, "Результат", STORY)
    reason = texts.take(reason, "Почему так решено", 2000)
    places = list(spread_to)
    if state == Trial.State.SPREAD and not places:
        texts.add("nobody", "Отметьте, куда распространяется.")
    texts.raise_if_any()
    row.state, row.result, row.reason = state, result, reason
    row.decided_on, row.decided_by = timezone.localdate(), by
    row.save()
    row.spread_to.set(places if state == Trial.State.SPREAD else [])
    text = f"Решено: {row.get_state_display()}. {reason}"
    events.record(kind="library.trial_decided", subject=row, by=by, text=text[:500])
    return row
