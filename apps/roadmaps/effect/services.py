"""Naming an expected effect, approving it with open eyes, taking it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.analysis.interpretation.services import WRITERS
from apps.core import events
from apps.core.findings import Finding, Refused, error
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.roadmaps.effect import figures, planning
from apps.roadmaps.effect.figures import Figure
from apps.roadmaps.effect.gathering import plan_of
from apps.roadmaps.effect.models import Addressed, Expectation
from apps.roadmaps.effect.subjects import Subject
from apps.roadmaps.links.services import rest_on
from apps.workbooks.cells import clean_text

LARGEST_CHANGE = Decimal(10) ** 6
MOST_YEARS = 3
MOST_TEXT = 2000


@dataclass(frozen=True)
class NewExpectation:
    """What is typed: `expected_change` in the unit of the figure with its sign; `years` from before to after."""

    subject: Subject
    figure: Figure
    organizations: Sequence[Organization]
    starts_on: date
    expected_change: Decimal
    rationale: str
    years: int = 1


def require_writer(by: Any) -> None:
    if by is None or not by.is_active or by.role not in WRITERS:
        raise Refused([error("no_right", "Ожидаемый эффект называют сотрудники управления и методисты.")])


def _faults(new: NewExpectation) -> list[Finding]:
    found = []
    if not new.organizations:
        found.append(error("no_organizations", "Отметьте организации, которым адресована мера."))
    if not new.expected_change.is_finite() or abs(new.expected_change) >= LARGEST_CHANGE:
        found.append(error("bad_change", "Ожидаемое изменение вне допустимых чисел."))
    elif not round(new.expected_change, 4):
        found.append(error("no_change", "Ожидаемое изменение не может быть нулём: тогда мера ничего не меняет."))
    elif new.figure.is_share and abs(new.expected_change) > 100:
        found.append(error("bad_change", "Доля меняется не больше чем на 100 процентных пунктов."))
    if new.figure.better * new.expected_change < 0:
        less = "меньше" if new.figure.better < 0 else "больше"
        action = f"По этому показателю лучше, когда значение {less}. Поставьте другой знак."
        found.append(error("wrong_way", "Ожидаемое изменение — в худшую сторону.", action=action))
    text = clean_text(new.rationale)
    if not text:
        found.append(error("no_rationale", "Напишите, почему ждёте такого изменения."))
    if len(text) > MOST_TEXT:
        action = f"Сократите до {MOST_TEXT} знаков."
        found.append(error("long_text", f"Обоснование — {len(text)} знаков.", action=action))
    if not 1 <= new.years <= MOST_YEARS:
        found.append(error("bad_years", "Измерить можно через год, два или три."))
    return found


@transaction.atomic
def expect(*, new: NewExpectation, by: Any) -> Expectation:
    """Write an expectation down as a draft. Raises Refused with all faults at once."""
    require_writer(by)
    if found := _faults(new):
        raise Refused(found)
    before, after = figures.periods_of(new.figure, new.starts_on, new.years)
    kind, subject, grade, measure = new.figure.work or ("", None, None, "")
    made = Expectation.objects.create(
        subject=new.subject.label,
        subject_id=new.subject.key,
        subject_title=new.subject.title,
        indicator=new.figure.indicator,
        work_kind=kind,
        work_subject_id=subject,
        work_grade=grade,
        work_measure=measure,
        starts_on=new.starts_on,
        baseline=Period.objects.named(before),
        follow_up=Period.objects.named(after),
        expected_change=new.expected_change,
        rationale=clean_text(new.rationale),
        author=by,
    )
    keys = {one.pk for one in new.organizations}
    Addressed.objects.bulk_create(Addressed(expectation=made, organization_id=key) for key in sorted(keys))
    rest_on(subject=made, basis=new.subject.basis, by=by)
    text = f"Ожидается: {new.figure.title}, {new.figure.changed(new.expected_change)}, организаций: {len(keys)}"
    events.record(kind="roadmaps.effect_expected", subject=made, by=by, text=text[:500])
    return made


@transaction.atomic
def approve(*, expectation: Expectation, by: Any) -> Expectation:
    """Put it in force: the least effect as it stands now is kept with it. A second call changes nothing."""
    require_writer(by)
    row = Expectation.objects.select_for_update().get(pk=expectation.pk)
    if row.withdrawn_at:
        raise Refused([error("withdrawn", "Ожидание снято: утвердить его нельзя.")])
    if row.approved_at:
        return row
    row.least = planning.preview(plan_of(row)).as_json()
    row.approved_at, row.approved_by = timezone.now(), by
    row.save(update_fields=["least", "approved_at", "approved_by"])
    figure = figures.of_expectation(row)
    effect = row.least.get("effect")
    seen = f"заметен эффект от {figure.size(effect)}" if effect else "наименьший заметный эффект не оценён"
    events.record(kind="roadmaps.effect_approved", subject=row, by=by, text=f"Ожидание утверждено; {seen}"[:500])
    return row


@transaction.atomic
def withdraw(*, expectation: Expectation, reason: str, by: Any) -> Expectation:
    """Take it away with a reason; what was measured stays in the history."""
    require_writer(by)
    row = Expectation.objects.select_for_update().get(pk=expectation.pk)
    reason = clean_text(reason)
    faults = []
    if not reason:
        faults.append(error("no_reason", "Напишите, почему ожидание снимается."))
    if len(reason) > 300:
        faults.append(error("long_text", f"Причина — {len(reason)} знаков.", action="Сократите до 300."))
    if row.withdrawn_at:
        faults.append(error("withdrawn", "Ожидание уже снято."))
    if faults:
        raise Refused(faults)
    row.withdrawn_at, row.withdrawn_by, row.withdraw_reason = timezone.now(), by, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
    events.record(kind="roadmaps.effect_withdrawn", subject=row, by=by, text=f"Снято: {reason}")
    return row
