"""Writes of the objectivity analysis. A refusal raises `Refused` and changes nothing."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.accounts.roles import Role
from apps.analysis.objectivity.models import Evidence, Explanation, ObjectivityRule, ObjectivityRun, PreventiveCase
from apps.core import events, findings, jobs, personal
from apps.core.findings import refuse
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures.models import Procedure

JOB = "analysis.objectivity"


def _impersonal(*texts: str) -> list[findings.Finding]:
    """Never results by teacher, never names of pupils."""
    seen = list(dict.fromkeys(kind for text in texts for kind in personal.kinds(text)))
    if not seen:
        return []
    said = f"В тексте похоже на личные данные: {personal.said(seen)}."
    return [findings.error("personal", said, action="Пишите о школе и работе, без фамилий и телефонов.")]


@dataclass(frozen=True)
class Limits:
    """What a version of the rule says."""

    participants: int
    schools: int
    reference: int
    items: int
    q: Decimal
    whole_region: bool = False


def current_rule() -> ObjectivityRule:
    return ObjectivityRule.objects.latest("version")


@transaction.atomic
def change_rule(*, limits: Limits, reason: str, by: User) -> ObjectivityRule:
    """Put a new version of the limits in force; runs made before keep theirs."""
    require_department(by, "Правило меняют сотрудники управления.")
    old = ObjectivityRule.objects.select_for_update().latest("version")
    found = []
    if not reason.strip():
        found.append(findings.error("no_reason", "Не указано, почему меняется правило.", action="Напишите причину."))
    if all(getattr(old, name) == value for name, value in asdict(limits).items()):
        found.append(findings.error("no_change", "Значения не изменены."))
    if found:
        raise findings.Refused(found)
    new = ObjectivityRule(version=old.version + 1, reason=reason.strip(), author=by, **asdict(limits))
    new.full_clean(exclude=["author"])
    new.save()
    text = f"Правило проверки объективности: версия {new.version}."
    events.record(kind="analysis.objectivity_rule_changed", subject=new, by=by, text=text, **_plain(limits))
    return new


def _plain(limits: Limits) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(limits).items()}


@transaction.atomic
def start_run(*, period: Period, by: User, procedure: Procedure | None = None) -> ObjectivityRun:
    """Begin an analysis of a year or of one work; a worker counts it."""
    require_department(by, "Проверку объективности начинают сотрудники управления.")
    with_results = Procedure.objects.with_results().filter(period=period, kind__in=("vpr", "oge"))
    if procedure is not None:
        with_results = with_results.filter(pk=procedure.pk)
    if not with_results.exists():
        raise refuse("no_results", "За этот год нет загруженных результатов.", "Сначала загрузите файлы результатов.")
    run = ObjectivityRun.objects.create(period=period, procedure=procedure, rule=current_rule(), started_by=by)
    run.job = jobs.enqueue(kind=JOB, arguments={"run_id": run.pk}, by=by, url=run.get_absolute_url())
    run.save(update_fields=["job"])
    what = str(procedure) if procedure else str(period)
    events.record(kind="analysis.objectivity_started", subject=run, by=by, text=f"Начата проверка: {what}.")
    return run


@transaction.atomic
def explain(
    *, organization: Organization, period: Period, text: str, by: User, procedure: Procedure | None = None
) -> Explanation:
    """A director says what lies behind the school's results; it stands beside the evidence for all who see that."""
    if not by.has_role(Role.DIRECTOR) or by.organization != organization:
        raise refuse("not_allowed", "Пояснение пишет руководитель этой школы.")
    found = _impersonal(text)
    if not text.strip():
        found.append(findings.error("empty", "Пояснение пустое.", action="Напишите хотя бы одну фразу."))
    if found:
        raise findings.Refused(found)
    made = Explanation.objects.create(
        organization=organization, period=period, procedure=procedure, text=text.strip(), author=by
    )
    events.record(kind="analysis.objectivity_explained", subject=made, by=by, text="Школа дала пояснение.")
    return made


@transaction.atomic
def open_case(
    *, organization: Organization, period: Period, reason: str, plan: str, due_on: date, by: User,
    run: ObjectivityRun | None = None,
) -> PreventiveCase:  # fmt: skip
    """Begin preventive work with a school; the marked evidence of the run is kept with it in words."""
    require_department(by, "Случай профилактики открывают сотрудники управления.")
    found = _impersonal(reason, plan)
    if not reason.strip() or not plan.strip():
        found.append(findings.error("empty", "Не указано, почему и что сделать.", action="Заполните оба поля."))
    if due_on < timezone.localdate():
        found.append(findings.error("past", "Срок уже прошёл.", action="Укажите более поздний день."))
    if PreventiveCase.objects.filter(organization=organization, period=period, state="open").exists():
        message = "У этой школы за этот год уже есть открытый случай."
        found.append(findings.error("open_already", message, action="Завершите его или дополните."))
    if found:
        raise findings.Refused(found)
    marked = (
        Evidence.objects.filter(run=run, organization=organization, marked=True) if run else Evidence.objects.none()
    )
    basis = [
        {"work": each.procedure.title, "test": each.get_test_display(), "words": each.words}
        for each in marked.select_related("procedure")
    ]
    made = PreventiveCase.objects.create(
        organization=organization, period=period, run=run, basis=basis, reason=reason.strip(), plan=plan.strip(),
        due_on=due_on, opened_by=by,
    )  # fmt: skip
    text = f"Открыт случай профилактики, срок {due_on:%d.%m.%Y}."
    events.record(kind="analysis.preventive_opened", subject=made, by=by, text=text)
    return made


@transaction.atomic
def close_case(*, case: PreventiveCase, outcome: str, result: str, by: User) -> PreventiveCase:
    """End preventive work with its result."""
    require_department(by, "Случай профилактики завершают сотрудники управления.")
    row = PreventiveCase.objects.select_for_update().get(pk=case.pk)
    found = _impersonal(result)
    if not row.is_open:
        found.append(findings.error("wrong_state", "Этот случай уже завершён.", action="Откройте страницу заново."))
    if outcome not in PreventiveCase.Outcome.values:
        found.append(findings.error("no_outcome", "Итог не выбран.", action="Выберите итог из списка."))
    if not result.strip():
        found.append(findings.error("empty", "Результат не описан.", action="Напишите, что сделано и что изменилось."))
    if found:
        raise findings.Refused(found)
    row.state, row.outcome, row.result = PreventiveCase.State.CLOSED, outcome, result.strip()
    row.closed_by, row.closed_at = by, timezone.now()
    row.save()
    text = f"Случай завершён: {row.get_outcome_display()}."
    events.record(kind="analysis.preventive_closed", subject=row, by=by, text=text)
    return row
