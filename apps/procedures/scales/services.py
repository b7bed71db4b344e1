"""Writes about descriptions of works: kept as a version of a year, taken over by works already loaded."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Refused, error
from apps.procedures import identify, storing
from apps.procedures.catalogue import Work
from apps.procedures.models import Procedure, ResultBlock, SourceState, Subject, WorkDescription
from apps.procedures.scales import marking
from apps.procedures.scales.observing import observe


def _wrong(work: Work) -> list[Any]:
    found = []
    if work.bounds and (len(work.bounds) != 3 or list(work.bounds) != sorted(set(work.bounds))):
        action = "Укажите три возрастающих числа: с какого балла «3», «4» и «5»."
        found.append(error("bad_bounds", "Границы отметок не возрастают.", action=action))
    if work.bounds and work.maximum is not None and work.bounds[-1] > work.maximum:
        action = "Проверьте границу или максимальный балл."
        found.append(error("bound_above_maximum", "Граница «5» больше максимального балла.", action=action))
    numbers = [item.number for item in work.items]
    if doubled := sorted({number for number in numbers if numbers.count(number) > 1}):
        found.append(error("items_doubled", f"Задание встречается дважды: {', '.join(doubled)}."))
    if work.items:
        for condition in work.conditions:
            if missing := [number for number in condition["items"] if number not in numbers]:
                text = f"В условии названы задания, которых нет в перечне: {', '.join(missing)}."
                found.append(error("condition_unknown_items", text))
    return found


@transaction.atomic
def save_description(*, work: Work, by: Any) -> WorkDescription:
    """Keep the municipality's description of a work of a year. Raises Refused with all faults."""
    if findings := _wrong(work):
        raise Refused(findings)
    subject, _ = Subject.objects.get_or_create(name=work.subject)
    has_scale = bool(work.bounds) or work.pass_score is not None
    row, made = WorkDescription.objects.update_or_create(
        kind=work.kind, year=work.year, subject=subject, grade=work.grade,
        defaults={
            "max_score": work.maximum, "bounds": list(work.bounds), "conditions": list(work.conditions),
            "pass_score": work.pass_score, "scale_source": work.source[:400],
            "scale_state": work.scale_state if has_scale else SourceState.NONE,
            "items": [item.as_json() for item in work.items], "items_source": work.items_source[:400],
            "items_state": work.items_state if work.items else SourceState.NONE, "doubts": list(work.doubts),
            "changed_by": by, "changed_at": timezone.now(),
        },
    )  # fmt: skip
    done = "Внесено" if made else "Изменено"
    text = f"{done} описание работы «{row}»: шкала {_scale_words(work)}, заданий {len(work.items)}"
    events.record(kind="procedures.description_saved", subject=row, by=by, text=text[:500])
    return row


def _scale_words(work: Work) -> str:
    return ", ".join(map(str, work.bounds)) or "не задана"


@transaction.atomic
def forget_description(*, row: WorkDescription, by: Any) -> None:
    """Return to what is shipped; works already loaded keep what they took over."""
    text = f"Удалено описание работы «{row}»: действует то, что поставляется с порталом"
    events.record(kind="procedures.description_deleted", subject=row, by=by, text=text[:500])
    row.delete()


def works_of(work: Work) -> list[Procedure]:
    """Works with results that this description is about."""
    found = Procedure.objects.with_results().filter(
        kind=work.kind, year=work.year, subject__name=work.subject, grade=work.grade
    )
    return list(found.select_related("subject"))


@transaction.atomic
def apply(*, work: Work, by: Any) -> int:
    """Give loaded works this scale and these items, and count their marks anew; returns how many works changed.

    Numbers and maxima of items that a file told stay; only works with the same items take the rest over. Marks that a
    file brought stay as they are.
    """
    changed = 0
    for procedure in Procedure.objects.select_for_update(of=("self",)).filter(pk__in=[p.pk for p in works_of(work)]):
        identify.take_scale(procedure, work)
        if work.maximum is not None:
            procedure.max_score = work.maximum
        _take_items(procedure, work)
        procedure.save()
        _mark_anew(procedure)
        observe(procedure)
        text = f"Применено описание работы: {work.source}"[:500]
        events.record(kind="procedures.scale_applied", subject=procedure, by=by, text=text)
        changed += 1
    return changed


def _take_items(procedure: Procedure, work: Work) -> None:
    items = list(procedure.items.all())
    if len(items) != len(work.items):
        return
    same_numbers = [item.number for item in items] == [item.number for item in work.items]
    told = procedure.items_state == SourceState.FILE
    if told and not same_numbers:
        return
    for item, known in zip(items, work.items, strict=True):
        for name, value in known.details.items():
            setattr(item, name, value or getattr(item, name))
        if not told:
            item.number, item.maximum = known.number, known.maximum if work.maxima_fit else None
        item.save()
    if not told:
        procedure.items_state, procedure.items_source = work.items_state, work.items_source[:400]


def _mark_anew(procedure: Procedure) -> None:
    numbers = list(procedure.items.values_list("number", flat=True))
    blocks = ResultBlock.objects.filter(procedure=procedure).select_related("school", "file")
    for block in blocks.filter(file__marks_by_scale=True) if procedure.bounds else []:
        scores = np.frombuffer(block.matrix, np.uint8).reshape(block.size, len(numbers))
        block.marks = marking.marks(np.asarray(block.primary), scores, numbers, procedure).tobytes()
        block.save(update_fields=["marks"])
    for school in {block.school for block in blocks}:
        storing.recount(procedure=procedure, school=school)


def merged(
    work: Work | None, key: tuple[str, int, str, int], items: Sequence[Any], source: str, doubts: list[str]
) -> Work:
    """A work with another list of items: its scale stays, or there is none."""
    kind, year, subject, grade = key
    total = sum(item.maximum or 0 for item in items)
    found = list(doubts)
    if work and work.bounds and work.maximum != total:
        found.append(f"сумма баллов заданий {total}, максимум по шкале {work.maximum}")
    return Work(
        kind, year, subject, grade, work.maximum if work and work.maximum else total, work.bounds if work else (),
        tuple(items), work.source if work else "", work.scale_state if work else "",
        SourceState.UNCONFIRMED if found else SourceState.MUNICIPAL, tuple(found), work.conditions if work else (),
        work.pass_score if work else None, source, True,
    )  # fmt: skip
