"""Steps of approval of a draft: one person after the other."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events, findings
from apps.core.findings import refuse
from apps.roadmaps.decisions import notifying
from apps.roadmaps.decisions.control import holds_post
from apps.roadmaps.decisions.models import ApprovalStep, Decision
from apps.roadmaps.decisions.services.registering import locked_draft, require_keeper
from apps.roadmaps.decisions.texts import tidy, too_long

State = Decision.State
Step = ApprovalStep.State


@transaction.atomic
def send_to_approval(*, decision: Decision, people: Sequence[User], by: User) -> Decision:
    """Send a draft round; the words are frozen until somebody returns it. Raises Refused."""
    row = locked_draft(decision, by)
    people = list(dict.fromkeys(people))
    faults = [
        findings.error("no_post", f"{person} не сможет согласовать: нет действующей роли.")
        for person in people
        if not holds_post(person, row)
    ]
    if not people:
        faults.append(findings.error("nobody", "Не выбрано, кто согласует."))
    if not row.items.exists() and not row.annexes.exists():
        faults.append(findings.error("no_items", "В проекте нет ни пунктов, ни приложений."))
    if faults:
        raise findings.Refused(faults)
    row.steps.all().delete()
    steps = [ApprovalStep(decision=row, position=place, user=user) for place, user in enumerate(people, start=1)]
    ApprovalStep.objects.bulk_create(steps)
    row.state = State.ON_APPROVAL
    row.save(update_fields=["state"])
    names = ", ".join(person.get_short_name() for person in people)
    events.record(kind="roadmaps.approval_sent", subject=row, by=by, text=f"Отправлено на согласование: {names}"[:500])
    notifying.about_approval(row)
    return row


def current_step(decision: Decision) -> ApprovalStep | None:
    """Whose turn it is; None when nobody's."""
    if decision.state != State.ON_APPROVAL:
        return None
    return decision.steps.filter(state=Step.WAITING).order_by("position").select_related("user").first()


def _locked_step(decision: Decision, by: User) -> ApprovalStep:
    row = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    step = current_step(row)
    if step is None or step.user_id != by.pk:
        raise refuse("not_your_turn", "Сейчас согласование не за вами.", "Откройте страницу заново.")
    return step


@transaction.atomic
def agree(*, decision: Decision, by: User, remark: str = "") -> ApprovalStep:
    """The person whose turn it is agrees; then it is the next one's turn."""
    step = _locked_step(decision, by)
    remark = tidy(remark)
    if faults := too_long(remark, "Замечание"):
        raise findings.Refused(faults)
    step.state, step.remark, step.decided_at = Step.AGREED, remark, timezone.now()
    step.save()
    events.record(kind="roadmaps.approval_agreed", subject=decision, by=by, text="Согласовано.", remark=remark)
    notifying.about_approval(decision)
    return step


@transaction.atomic
def give_back(*, decision: Decision, by: User, remark: str) -> ApprovalStep:
    """Return the draft with a remark: it may be mended again and starts its round anew."""
    step = _locked_step(decision, by)
    remark = tidy(remark)
    faults = too_long(remark, "Замечание")
    if not remark:
        faults.append(findings.error("no_remark", "Не указано, что исправить.", action="Напишите замечание."))
    if faults:
        raise findings.Refused(faults)
    step.state, step.remark, step.decided_at = Step.RETURNED, remark, timezone.now()
    step.save()
    Decision.objects.filter(pk=decision.pk).update(state=State.DRAFT)
    text = f"Возвращено с замечанием: {remark}"[:500]
    events.record(kind="roadmaps.approval_returned", subject=decision, by=by, text=text)
    return step


@transaction.atomic
def recall(*, decision: Decision, by: User) -> Decision:
    """Take a draft back from approval, or take away the steps of a returned one: it may be mended and signed."""
    row = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    require_keeper(by, row.organization)
    if not row.is_draft or not row.steps.exists():
        raise refuse("not_on_approval", "Проект не на согласовании.")
    row.steps.all().delete()
    row.state = State.DRAFT
    row.save(update_fields=["state"])
    events.record(kind="roadmaps.approval_recalled", subject=row, by=by, text="Отозвано с согласования.")
    return row
