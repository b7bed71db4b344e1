"""Expert sheets: a task with criteria, its experts, points and remarks; sent once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import Finding, Refused, error, refuse
from apps.procedures.models.works import Procedure, Subject
from apps.procedures.people.models import Capacity, Criterion, ExpertSheet, ExpertTask, Person
from apps.procedures.people.services import telling
from apps.procedures.people.services.register import require_department

Answers = Mapping[int, tuple[int | None, str]]  # pk of a criterion: points or none, remark


@dataclass(frozen=True)
class NewTask:
    title: str
    instruction: str
    due_on: date
    criteria: Sequence[tuple[str, int]]
    procedure: Procedure | None = None
    subject: Subject | None = None


def _objection(task: ExpertTask, person: Person) -> Finding | None:
    """An expert judges their own subject; the public may judge any event."""
    if person.state != Person.State.ACTIVE:
        return error("not_active", f"{person.short_name}: нет среди действующих в реестре.")
    if Capacity.PUBLIC in person.capacities:
        return None
    if Capacity.EXPERT not in person.capacities:
        return error("not_expert", f"{person.short_name} не эксперт и не представитель общественности.")
    if task.subject and not person.subjects.filter(pk=task.subject.pk).exists():
        return error("other_subject", f"{person.short_name}: эксперт по другому предмету.")
    if person.accreditation_state() == "expired":
        return error("expired", f"{person.short_name}: срок аккредитации истёк.")
    return None


@transaction.atomic
def create_task(*, new: NewTask, people: Iterable[Person], by: User) -> ExpertTask:
    """Begin an expertise and give each chosen person a sheet. All objections to them at once."""
    require_department(by)
    if new.due_on < timezone.localdate():
        raise refuse("past", "Срок уже прошёл.", "Укажите сегодняшний или более поздний день.")
    if not new.criteria:
        raise refuse("no_criteria", "Нет ни одного критерия.")
    task = ExpertTask.objects.create(
        title=new.title,
        instruction=new.instruction,
        due_on=new.due_on,
        procedure=new.procedure,
        subject=new.subject,
        created_by=by,
    )
    Criterion.objects.bulk_create(
        Criterion(task=task, position=position, text=text, maximum=maximum)
        for position, (text, maximum) in enumerate(new.criteria, start=1)
    )
    events.record(kind="procedures.expertise_created", subject=task, by=by, text="Экспертиза создана.")
    add_experts(task=task, people=people, by=by)
    return task


@transaction.atomic
def add_experts(*, task: ExpertTask, people: Iterable[Person], by: User) -> int:
    """Give sheets to more people; those who have one keep it."""
    require_department(by)
    chosen = list(people)
    against = [found for person in chosen if (found := _objection(task, person))]
    if against:
        raise Refused(against)
    given = [ExpertSheet.objects.get_or_create(task=task, person=person) for person in chosen]
    made = [sheet for sheet, is_new in given if is_new]
    if made:
        names = ", ".join(sheet.person.short_name for sheet in made)
        events.record(kind="procedures.experts_added", subject=task, by=by, text=f"Листы выданы: {names}"[:500])
        telling.sheets_given(made)
    return len(made)


@transaction.atomic
def take_sheet_back(*, sheet: ExpertSheet, reason: str, by: User) -> None:
    """Release an expert whose sheet has not been sent; what they had begun goes with it."""
    require_department(by)
    row = ExpertSheet.objects.select_for_update(of=("self",)).select_related("task", "person").get(pk=sheet.pk)
    if row.is_sent:
        raise refuse("sent", f"Лист № {row.number} уже отправлен и остаётся.")
    if not reason.strip():
        raise refuse("no_reason", "Не указана причина.", "Её прочтёт эксперт.")
    telling.sheet_taken_back(row, reason.strip())
    text = f"Лист отозван: {row.person.short_name}. {reason.strip()}"
    events.record(kind="procedures.expert_released", subject=row.task, by=by, text=text[:500])
    row.delete()


def _write(sheet: ExpertSheet, answers: Answers, conclusion: str) -> dict[int, Finding]:
    """Put the answers into the sheet; wrong points are told by criterion and left out, missing ones stay missing."""
    found: dict[int, Finding] = {}
    kept: dict[str, list[int | str | None]] = {}
    for criterion in sheet.task.criteria.all():
        given, remark = answers.get(criterion.pk, (None, ""))
        if given is not None and not 0 <= given <= criterion.maximum:
            message = f"«{criterion.text}»: {given} — вне шкалы от 0 до {criterion.maximum}."
            found[criterion.pk] = error("points", message)
            given = None
        if len(remark.strip()) > 1000:
            found[criterion.pk] = error("long_remark", f"«{criterion.text}»: замечание длиннее 1000 знаков.")
        kept[str(criterion.pk)] = [given, remark.strip()]
    sheet.answers, sheet.conclusion = kept, conclusion.strip()
    if len(sheet.conclusion) > 4000:
        found[0] = error("long_conclusion", "Вывод длиннее 4000 знаков.", action="Сократите его.")
    return found


def _locked(sheet: ExpertSheet, by: User) -> ExpertSheet:
    own = ExpertSheet.objects.of_user(by).values("pk")
    row = ExpertSheet.objects.select_for_update(of=("self",)).select_related("task").filter(pk__in=own, pk=sheet.pk)
    found: ExpertSheet | None = row.first()
    if found is None:
        raise refuse("not_yours", "Лист заполняет тот, кому он выдан.")
    return found


@transaction.atomic
def save_sheet(*, sheet: ExpertSheet, answers: Answers, conclusion: str, by: User) -> ExpertSheet:
    """Keep a draft."""
    row = _locked(sheet, by)
    if row.is_sent:
        raise refuse("sent", f"Лист № {row.number} уже отправлен и не меняется.")
    if wrong := _write(row, answers, conclusion):
        raise Refused(wrong.values())
    row.save()
    return row


@transaction.atomic
def send_sheet(*, sheet: ExpertSheet, answers: Answers, conclusion: str, by: User) -> ExpertSheet:
    """Send the sheet: points for every criterion and a conclusion. A second press changes nothing."""
    row = _locked(sheet, by)
    if row.is_sent:
        return row
    told = _write(row, answers, conclusion)
    wrong = [
        error("no_points", f"Нет балла: «{criterion.text}».")
        for criterion in row.task.criteria.all()
        if row.points(criterion) is None and criterion.pk not in told
    ]
    wrong = [*told.values(), *wrong]
    if not row.conclusion:
        wrong.append(error("no_conclusion", "Нет вывода.", action="Напишите одну-две фразы."))
    if wrong:
        raise Refused(wrong)
    row.state, row.sent_at = ExpertSheet.State.SENT, timezone.now()
    row.number = f"{timezone.localdate():%Y}-{row.pk:05d}"
    row.save()
    telling.sheet_done(row)
    events.record(
        kind="procedures.sheet_sent", subject=row.task, by=by, text=f"{row.person.short_name}: лист отправлен."
    )
    return row
