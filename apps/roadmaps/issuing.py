"""Sending a recommendation: to organisations, to those of groups, to associations; with words of its own for each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.models import SignRule
from apps.core import events, findings, personal
from apps.core.findings import Finding, Refused
from apps.core.models import Period
from apps.indicators.models import Direction, Indicator
from apps.organizations.models import Group, Organization
from apps.procedures.people.models import Association
from apps.roadmaps import letters
from apps.roadmaps.links.services import rest_on
from apps.roadmaps.models import Recommendation, RecommendationAddressee
from apps.roadmaps.texts.placeholders import has_hole, used
from apps.workbooks.cells import clean_text

TITLE, TEXT, BASIS, TEACHERS = 200, 5000, 2000, 200


@dataclass(frozen=True)
class NewRecommendation:
    """What is to be sent; `basis` are the figures behind the sentence `basis_text`, one dict a figure.

    `bases` are the objects that it rests on: a conclusion, a sign, a work. They stand in its chain.
    """

    period: Period
    title: str
    text: str
    due_on: date
    basis_text: str = ""
    basis: Sequence[dict[str, Any]] = field(default_factory=list)
    rule: SignRule | None = None
    indicators: Collection[str] = ()  # codes of those that it rests on
    direction: Direction | None = None
    teachers: str = ""
    bases: Sequence[Model] = ()


@dataclass(frozen=True)
class OwnWords:
    """What one organisation reads instead of the common words, and its figures."""

    text: str
    basis_text: str = ""
    figures: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True)
class _Receivers:
    organizations: list[Organization]
    associations: list[Association]

    def __len__(self) -> int:
        return len(self.organizations) + len(self.associations)


def _receivers(
    organizations: Iterable[Organization], groups: Iterable[Group], associations: Iterable[Association]
) -> _Receivers:
    """Each once: an organisation that two groups hold gets it once. Of a group those that work today."""
    found = {one.pk: one for one in organizations}
    for group in groups:
        members = group.organizations.educational().active(timezone.localdate())  # type: ignore[attr-defined]
        found |= {one.pk: one for one in members}
    leads = {one.pk: one for one in associations}
    return _Receivers([found[key] for key in sorted(found)], [leads[key] for key in sorted(leads)])


def _faults(new: NewRecommendation, to: _Receivers, own: Mapping[int, OwnWords]) -> Iterable[Finding]:
    yield from _faults_of_figures(new, to, own)
    yield from _faults_of_words(new, [(one, own[one.pk]) for one in to.organizations if one.pk in own])
    if not len(to):
        message = "Не выбрано ни одной организации."
        yield findings.error("no_addressees", message, action="Отметьте хотя бы одного адресата.")
    for one in to.organizations:
        if one.is_closed:
            yield findings.error("closed", f"{one} уже не работает.", action="Снимите отметку с этой организации.")
    for lead in to.associations:
        if lead.leader is None:
            message = f"У объединения «{lead}» нет руководителя: отвечать некому."
            yield findings.error("no_leader", message, action="Назначьте руководителя на странице объединений.")


def _faults_of_figures(new: NewRecommendation, to: _Receivers, own: Mapping[int, OwnWords]) -> Iterable[Finding]:
    """Words that were to be filled and are not: nobody is sent a placeholder or a hole."""
    is_common = bool(to.associations) or any(one.pk not in own for one in to.organizations)
    if is_common and (used(new.text) or used(new.basis_text)):
        message = "В тексте остались подстановки, а цифр для них здесь нет."
        yield findings.error("not_filled", message, action="Замените их словами или откройте «Многим сразу».")
    words = [(new.text, new.basis_text), *((one.text, one.basis_text) for one in own.values())]
    if any(has_hole(text) for pair in words for text in pair):
        message = "В тексте отмечено, что цифры нет."
        yield findings.error("hole", message, action="Впишите её или уберите это место.")


def _faults_of_words(new: NewRecommendation, own: Iterable[tuple[Organization, OwnWords]]) -> Iterable[Finding]:
    if new.due_on < timezone.localdate():
        message = "Срок исполнения уже прошёл."
        yield findings.error("due_in_past", message, action="Укажите сегодняшний или более поздний день.")
    if not clean_text(new.title) or not clean_text(new.text):
        yield findings.error("empty", "Рекомендация пуста.", action="Напишите, о чём она и что сделать.")
    texts = [
        ("О чём", new.title, TITLE),
        ("Что рекомендуется", new.text, TEXT),
        ("Основание", new.basis_text, BASIS),
        ("Для каких педагогов", new.teachers, TEACHERS),
        *((f"Что рекомендуется: {organization}", words.text, TEXT) for organization, words in own),
        *((f"Основание: {organization}", words.basis_text, BASIS) for organization, words in own),
    ]
    for name, text, limit in texts:
        if (length := len(clean_text(text))) > limit:
            message = f"«{name}»: {length} знаков, можно {limit}."
            yield findings.error("too_long", message, action="Сократите текст.")
    if found := personal.kinds(new.teachers):
        message = f"В описании группы педагогов похоже на персональные данные: {personal.said(found)}."
        yield findings.error("personal", message, action="Опишите группу без имён: «учителя математики 5–6 классов».")


@transaction.atomic
def issue_recommendation(
    *,
    new: NewRecommendation,
    by: User,
    addressees: Iterable[Organization] = (),
    groups: Iterable[Group] = (),
    associations: Iterable[Association] = (),
    own: Mapping[int, OwnWords] | None = None,
) -> Recommendation:
    """Send a recommendation; its addressees are told. Raises Refused with all faults at once.

    `own` has the words of single organisations by their key; the others read the common ones.
    """
    if not by.is_department:
        raise Refused([findings.error("not_allowed", "Рекомендации направляют сотрудники управления.")])
    groups, own = list(groups), own or {}
    to = _receivers(addressees, groups, associations)
    if faults := list(_faults(new, to, own)):
        raise Refused(faults)
    recommendation = Recommendation.objects.create(
        period=new.period,
        title=clean_text(new.title),
        text=clean_text(new.text),
        basis_text=clean_text(new.basis_text),
        basis=list(new.basis),
        rule=new.rule,
        direction=new.direction,
        teachers=clean_text(new.teachers),
        due_on=new.due_on,
        author=by,
    )
    recommendation.indicators.set(Indicator.objects.filter(code__in=new.indicators, is_group=False))
    recommendation.groups.set(groups)
    rows = [_row(recommendation, one, own.get(one.pk)) for one in to.organizations]
    rows += [RecommendationAddressee(recommendation=recommendation, association=one) for one in to.associations]
    RecommendationAddressee.objects.bulk_create(rows)
    text = f"Рекомендация направлена, адресатов: {len(rows)}."
    codes = [organization.code for organization in to.organizations]
    told = {"associations": [one.pk for one in to.associations], "groups": [one.code for one in groups]}
    events.record(kind="roadmaps.issued", subject=recommendation, by=by, text=text, addressees=codes, **told)
    for basis in new.bases:
        rest_on(subject=recommendation, basis=basis, by=by)
    letters.about_issue(recommendation)
    return recommendation


def _row(recommendation: Recommendation, organization: Organization, own: OwnWords | None) -> RecommendationAddressee:
    row = RecommendationAddressee(recommendation=recommendation, organization=organization)
    if own:
        row.own_text, row.own_basis = clean_text(own.text), clean_text(own.basis_text)
        row.figures = list(own.figures)
    return row
