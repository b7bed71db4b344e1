"""Making a decision and its items. Until it is signed everything may be mended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Model

from apps.accounts.models import User
from apps.core import events, findings
from apps.core.findings import refuse
from apps.indicators.models import Direction
from apps.organizations.models import Group, Organization
from apps.procedures.people.models import Association
from apps.roadmaps.decisions.control import head_of
from apps.roadmaps.decisions.models import Decision, DecisionAnnex, DecisionItem
from apps.roadmaps.decisions.texts import tidy, too_long
from apps.roadmaps.links.selectors import bases_of
from apps.roadmaps.links.services import rest_on

Kind = DecisionItem.Kind


@dataclass(frozen=True)
class NewItem:
    """An item as it is asked for; whoever is named in no field leaves it to the deciding body itself."""

    text: str
    number: str = ""
    kind: str = Kind.OBLIGE
    due_on: date | None = None
    term_text: str = ""
    is_heading: bool = False
    executor: str = ""
    person: User | None = None
    kinds: Collection[str] = ()
    groups: Collection[Group] = ()
    organizations: Collection[Organization] = ()
    associations: Collection[Association] = ()
    proof: str = DecisionItem.Proof.REPORT
    publishes: DecisionAnnex | None = None
    outside_title: str = ""
    outside_item: str = ""


@dataclass(frozen=True)
class NewDecision:
    """An act to be prepared. `bases` are what it rests on (conclusions, recommendations, …); without them a reason.

    Without a controller the head controls. `organization` is None for the authority's own register.
    """

    title: str
    kind: str = Decision.Kind.ORDER
    number: str = ""
    signed_on: date | None = None
    preamble: str = ""
    signer: str = ""
    place: str = ""
    controller: User | None = None
    control_text: str = ""
    basis: str = ""
    reason_without_analysis: str = ""
    bases: Sequence[Model] = ()
    directions: Collection[Direction] = ()
    follows: Decision | None = None
    organization: Organization | None = None
    items: Sequence[NewItem] = ()


LIMITS = {
    "title": 500, "number": 40, "signer": 200, "place": 120, "control_text": 500, "reason_without_analysis": 500
}  # fmt: skip
ITEM_LIMITS = {"number": 30, "term_text": 200, "executor": 300, "outside_title": 300, "outside_item": 40}


def _words(model: type[Model], key: str) -> str:
    return str(model._meta.get_field(key).verbose_name).capitalize()  # type: ignore[union-attr]


def require_keeper(by: User, organization: Organization | None) -> None:
    """The department keeps the authority's register, a school its own."""
    allowed = by.is_department if organization is None else by.is_school and by.organization == organization
    if not allowed:
        raise refuse("not_allowed", "Решения готовят сотрудники управления, решения организации — её сотрудники.")


def locked(decision: Decision, by: User) -> Decision:
    """The row as it stands, held until the end, for somebody who may change it."""
    row: Decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    require_keeper(by, row.organization)
    return row


def locked_draft(decision: Decision, by: User) -> Decision:
    row = locked(decision, by)
    if row.state != Decision.State.DRAFT:
        raise refuse(
            "not_draft", f"Решение уже не проект: {row.get_state_display()}.", "Слова подписанного решения не меняются."
        )
    return row


def _checked(new: NewDecision) -> tuple[dict[str, str], list[findings.Finding]]:
    texts = {key: tidy(getattr(new, key)) for key in (*LIMITS, "preamble", "basis")}
    faults = []
    for key, text in texts.items():
        faults += too_long(text, _words(Decision, key), LIMITS.get(key, 20_000))
    if not texts["title"]:
        faults.append(findings.error("no_title", "Не указано, о чём решение."))
    if new.kind == Decision.Kind.SCHOOL and new.organization is None:
        faults.append(findings.error("no_organization", "Решение организации ведёт сама организация."))
    return texts, faults


@transaction.atomic
def create_decision(*, new: NewDecision, by: User) -> Decision:
    """Prepare a draft with its items. Needs a linked analysis or recommendation, or a stated reason. Raises Refused."""
    require_keeper(by, new.organization)
    texts, faults = _checked(new)
    if not new.bases and not texts["reason_without_analysis"]:
        faults.append(
            findings.error(
                "no_basis",
                "Не указано, на каком анализе или рекомендации основано решение.",
                action="Выберите вывод или рекомендацию либо напишите, почему решение принимается без анализа.",
            )
        )
    for item in new.items:
        faults += item_faults(item)
    if faults:
        raise findings.Refused(faults)
    made = Decision.objects.create(
        kind=new.kind,
        organization=new.organization,
        signed_on=new.signed_on,
        controller=new.controller or head_of(new.organization),
        follows=new.follows,
        author=by,
        **texts,
    )
    made.directions.set(new.directions)
    events.record(kind="roadmaps.decision_made", subject=made, by=by, text=f"Создан проект: {made}"[:500])
    for basis in new.bases:
        rest_on(subject=made, basis=basis, by=by)
    for item in new.items:
        write_item(made, item)
    return made


@transaction.atomic
def change_decision(*, decision: Decision, new: NewDecision, by: User) -> Decision:
    """Replace the words of a draft; its items and links stay. Raises Refused."""
    row = locked_draft(decision, by)
    texts, faults = _checked(new)
    if not texts["reason_without_analysis"] and not new.bases and not bases_of(row, user=by):
        faults.append(findings.error("no_basis", "Укажите анализ, рекомендацию или причину решения без анализа."))
    if faults:
        raise findings.Refused(faults)
    for key, text in texts.items():
        setattr(row, key, text)
    row.kind, row.signed_on, row.follows = new.kind, new.signed_on, new.follows
    row.controller = new.controller or head_of(row.organization)
    if row.follows_id == row.pk:
        raise refuse("own_chain", "Решение не может исполнять само себя.")
    row.save()
    row.directions.set(new.directions)
    for basis in new.bases:
        rest_on(subject=row, basis=basis, by=by)
    events.record(kind="roadmaps.decision_changed", subject=row, by=by, text="Изменён проект.")
    return row


def item_faults(new: NewItem) -> list[findings.Finding]:
    """Everything wrong with an item, at once."""
    text = tidy(new.text)
    where = f"Пункт {tidy(new.number)}".strip()
    faults = too_long(text, where)
    for key, limit in ITEM_LIMITS.items():
        faults += too_long(tidy(getattr(new, key)), f"{where}, {_words(DecisionItem, key).lower()}", limit)
    if not text:
        faults.append(findings.error("no_item_text", f"{where}: нет текста."))
    if new.kind not in Kind.values:
        faults.append(findings.error("item_kind", f"{where}: неизвестный вид."))
    if tidy(new.outside_item) and not tidy(new.outside_title):
        faults.append(findings.error("no_outside", f"{where}: указан пункт внешнего решения, но не само решение."))
    if new.proof == DecisionItem.Proof.PUBLICATION and not new.is_heading and new.publishes is None:
        faults.append(
            findings.error(
                "no_document", f"{where}: не выбрано, что публикуется.", action="Приложите документ и выберите его."
            )
        )
    return faults


def write_item(decision: Decision, new: NewItem, item: DecisionItem | None = None) -> DecisionItem:
    """Store a checked item: the given one, or a new last one."""
    row = item or DecisionItem(decision=decision, position=_next_place(decision))
    row.text = tidy(new.text)
    for key in ITEM_LIMITS:
        setattr(row, key, tidy(getattr(new, key)))
    row.kind, row.is_heading, row.proof, row.person = new.kind, new.is_heading, new.proof, new.person
    row.due_on = None if new.is_heading else new.due_on
    row.kinds, row.publishes = list(new.kinds), new.publishes
    row.save()
    row.groups.set(new.groups)
    row.organizations.set(new.organizations)
    row.associations.set(new.associations)
    return row


def _next_place(decision: Decision) -> int:
    return int(decision.items.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def add_items(*, decision: Decision, items: Sequence[NewItem], by: User) -> list[DecisionItem]:
    """Put items at the end of a draft, all or none. Raises Refused with all faults."""
    row = locked_draft(decision, by)
    faults = [fault for item in items for fault in item_faults(item)]
    if not items:
        faults.append(findings.error("no_items", "Пунктов нет.", action="Впишите хотя бы один."))
    if faults:
        raise findings.Refused(faults)
    made = [write_item(row, item) for item in items]
    events.record(kind="roadmaps.items_added", subject=row, by=by, text=f"Добавлены пункты: {len(made)}.")
    return made


@transaction.atomic
def change_item(*, item: DecisionItem, new: NewItem, by: User) -> DecisionItem:
    row = locked_draft(item.decision, by)
    if faults := item_faults(new):
        raise findings.Refused(faults)
    written = write_item(row, new, item)
    events.record(kind="roadmaps.item_changed", subject=row, by=by, text=f"Изменён пункт {written.number}."[:500])
    return written


@transaction.atomic
def remove_item(*, item: DecisionItem, by: User) -> None:
    row = locked_draft(item.decision, by)
    text = f"Удалён пункт {item.number} {item.text}"[:500]
    item.delete()
    events.record(kind="roadmaps.item_removed", subject=row, by=by, text=text)
