"""Which procedure results belong to: found or made, with items and scale from the file or the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.core import periods
from apps.core.findings import Finding, Refused, error, notice
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures import catalogue, planned
from apps.procedures.catalogue import Work
from apps.procedures.models import Item, Procedure, SourceState, Subject
from apps.procedures.readers.neutral import GroupTable, HeadItem, Identity, Results

# Works of the first, postponed round of 2020 were written in autumn by the next grade.
AUTUMN_2020 = (
    "Работу 2020 года писали осенью следующие классы по программе прошлого года: она отнесена к 2019/20 учебному году, "
    "за который проверяли знания."
)


@dataclass
class Resolved:
    """A procedure and what there is to say about its scale and items."""

    procedure: Procedure
    items: list[Item]
    findings: list[Finding] = field(default_factory=list)


def period_of(identity: Identity) -> periods.PeriodSpan:
    """School year of a procedure: that of its day, or the one that ends in the year of its title."""
    if identity.session and identity.held_on:
        return periods.school_year_of(identity.held_on)
    return periods.school_year((identity.year or 0) - 1)


def title_of(identity: Identity) -> str:
    kind = Procedure.Kind(identity.kind).label
    if identity.session and identity.held_on:
        return f"{kind} {identity.held_on:%d.%m.%Y}. {identity.subject}"
    return f"{kind} {identity.year}. {identity.subject}, {identity.grade} класс"


def find_or_make(
    identity: Identity, *, owner: Organization | None = None, choices: Mapping[str, int] | None = None
) -> Procedure:
    """The procedure of a complete identity, locked for this transaction; `owner` of a school's own work.

    Results of a day go to the planned work that they fit; `choices` are what a person said of them (see `planned`).
    Raises `planned.Several`.
    """
    subject, _ = Subject.objects.get_or_create(name=identity.subject)
    period = Period.objects.named(period_of(identity))
    same = Procedure.objects.filter(
        kind=identity.kind, period=period, subject=subject, grade=identity.grade or 0, organization=owner
    )
    if (fitting := planned.find(identity, same, choices or {})) is not None:
        if fitting.held_on is None:
            fitting.held_on = identity.held_on
            fitting.save(update_fields=["held_on"])
        return fitting
    defaults = {
        "year": identity.year,
        "title": title_of(identity),
        "held_on": identity.held_on if identity.session else None,
        "note": AUTUMN_2020 if (identity.kind, identity.year) == ("vpr", 2020) else "",
    }
    procedure, _ = Procedure.objects.select_for_update().get_or_create(
        kind=identity.kind,
        period=period,
        subject=subject,
        grade=identity.grade or 0,
        session=identity.session,
        organization=owner,
        defaults=defaults,
    )
    return procedure


def _catalogue_items(results: Results, exact: Work | None, near: Work | None) -> tuple[list[dict[str, Any]], str, str]:
    """Items by running number from a catalogue of as many items; state and source."""
    work = next((work for work in (exact, near) if work and len(work.items) == len(results.items)), None)
    if work is None:
        return [{"number": item.number} for item in results.items], SourceState.NONE, ""
    items = [{"number": i.number, "maximum": i.maximum if work.maxima_fit else None, **i.details} for i in work.items]
    state = work.items_state if work is exact else SourceState.UNCONFIRMED
    return items, state, f"{work.source}; перечень {work.year} года"


def _header_items(head: list[HeadItem], exact: Work | None) -> list[dict[str, Any]]:
    """Items as the header names them, with skills of the catalogue of the same year and the same numbers."""
    known = {item.number: item for item in exact.items} if exact else {}
    items = []
    for item in head:
        same = known.get(item.number)
        details = same.details if same and item.maximum in {None, same.maximum} else {}
        maximum = item.maximum if item.maximum is not None or same is None or not details else same.maximum
        level = item.level or details.get("level", "")
        items.append({"number": item.number, "maximum": maximum, **details, "level": level})
    return items


def take_scale(procedure: Procedure, work: Work, *, is_exact: bool = True) -> None:
    """Bounds, conditions and the passing score of a catalogue, with their source and state; not saved."""
    procedure.bounds, procedure.conditions = list(work.bounds), list(work.conditions)
    procedure.pass_score = work.pass_score
    has_scale = bool(work.bounds) or work.pass_score is not None
    state = work.scale_state if is_exact else SourceState.UNCONFIRMED
    procedure.scale_state = state if has_scale else SourceState.NONE
    procedure.scale_source = f"{work.source}; шкала {work.year} года"[:400] if has_scale else ""


def _describe(procedure: Procedure, results: Results, identity: Identity) -> None:
    """First results of a procedure: its items, maximum and scale, each with its source."""
    key = (identity.kind, identity.year or 0, identity.subject, identity.grade or 0)
    exact, near = catalogue.find(*key), catalogue.nearest(*key)
    if results.numbered_by_position:
        items, state, source = _catalogue_items(results, exact, near)
    else:
        items, state, source = _header_items(results.items, exact), SourceState.FILE, "заголовки столбцов файла"
    Item.objects.bulk_create(Item(procedure=procedure, position=n, **item) for n, item in enumerate(items))
    known = [int(item["maximum"]) for item in items if item.get("maximum") is not None]
    total = results.maximum or (sum(known) if len(known) == len(items) else None)
    work = exact or (near if near and total in (None, near.maximum) and (total or state) else None)
    if work and (None in {total, work.maximum} or work.maximum == total or results.numbered_by_position):
        procedure.max_score = work.maximum if work.maximum is not None else total
        take_scale(procedure, work, is_exact=work is exact)
    else:
        procedure.max_score = total
    procedure.items_state, procedure.items_source = state, source[:400]
    procedure.save()


def _refuse_other_items(procedure: Procedure, results: Results, items: list[Item]) -> None:
    if len(items) != len(results.items):
        found, expected = f"заданий: {len(results.items)}", f"заданий: {len(items)}"
    else:
        pairs = [(i, h) for i, h in zip(items, results.items, strict=True) if not results.numbered_by_position]
        other = next(((i, h) for i, h in pairs if i.number != h.number or (h.maximum and i.maximum != h.maximum)), None)
        if other is None:
            return
        item, head = other
        found, expected = f"{head.number} ({head.maximum} б.)", f"{item.number} ({item.maximum} б.)"
    raise Refused(
        [
            error(
                "other_items",
                f"Задания в файле не те, что у работы «{procedure}».",
                sheet=results.sheet,
                found=found,
                expected=expected,
                action="Проверьте год, предмет и класс работы.",
            )
        ]
    )


def describe_items(procedure: Procedure, table: GroupTable) -> None:
    """Blocks of planned results and maxima that a report tells and nobody else has."""
    told = {one.number: one for one in table.planned}
    changed = []
    for item in procedure.items.all() if told or table.maxima else []:
        planned, maximum = told.get(item.number), table.maxima.get(item.number)
        if planned and not item.block and planned.maximum in (None, item.maximum):
            item.block = planned.block
            changed.append(item)
        if maximum is not None and item.maximum is None:
            item.maximum = maximum
            changed.append(item)
    Item.objects.bulk_update(changed, ["block", "maximum"])


def _say(procedure: Procedure, results: Results) -> list[Finding]:
    findings = []
    if any(item.maximum is None for item in procedure.items.all()) and results.numbered_by_position:
        message = "Надёжного перечня заданий этой работы нет: максимальные баллы неизвестны, превышения не проверялись."
        findings.append(notice("no_catalogue", message, sheet=results.sheet))
    elif procedure.items_state == SourceState.UNCONFIRMED:
        message = f"Номера и максимумы заданий взяты из каталога и не подтверждены ({procedure.items_source})."
        findings.append(notice("items_unconfirmed", message, sheet=results.sheet))
    if results.marks is None and results.test_scores is None:
        if not procedure.bounds:
            message = "Шкалы перевода баллов в отметки для этой работы нет: отметки не рассчитаны."
            findings.append(notice("no_scale", message, sheet=results.sheet))
        elif procedure.scale_state == SourceState.UNCONFIRMED:
            message = f"Отметки рассчитаны по шкале другого года, она не подтверждена ({procedure.scale_source})."
            findings.append(notice("scale_unconfirmed", message, sheet=results.sheet))
    if procedure.note:
        findings.append(notice("procedure_note", procedure.note))
    return findings


def resolve(
    results: Results,
    identity: Identity,
    *,
    owner: Organization | None = None,
    choices: Mapping[str, int] | None = None,
) -> Resolved:
    """The procedure of these results, described by its first results. Raises Refused when its items are others."""
    procedure = find_or_make(identity, owner=owner, choices=choices)
    items = list(procedure.items.all())
    if items and procedure.aggregates.exists():
        _refuse_other_items(procedure, results, items)
    else:
        procedure.items.all().delete()
        _describe(procedure, results, identity)
        items = list(procedure.items.all())
    return Resolved(procedure, items, _say(procedure, results))
