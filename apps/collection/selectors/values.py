"""Numbers that the portal knows already: last year's, and those of other forms and sources for this period."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from apps.collection.compiled import condition
from apps.collection.definition import FormDefinition, Known, definition_of, with_taken
from apps.collection.models import Answer, FormField, SameIndicators, Submission
from apps.collection.states import State
from apps.core import periods
from apps.core.models import Period
from apps.indicators import formulas
from apps.indicators.models import Value

FORM = "collection.Submission"


def previous_numbers(submission: Submission) -> dict[str, Decimal]:
    """The organisation's accepted numbers of a year before, by the key of the row."""
    before = periods.previous(submission.period.span)
    values = Value.objects.filter(
        organization=submission.organization_id,
        period__code=before.code,
        breakdown="",
        number__isnull=False,
        version__indicator__in=FormField.objects.filter(form=submission.form_id).values("version__indicator"),
    ).order_by("recorded_at")
    pairs = values.values_list("version__indicator__code", "number")
    return {key: number for key, number in pairs if number is not None}


def previous_explanations(submission: Submission) -> dict[str, str]:
    """Explanations that were accepted a year before, by the key of the row."""
    before = periods.previous(submission.period.span)
    answers = Answer.objects.filter(
        submission__organization=submission.organization_id,
        submission__form__code=submission.form.code,
        submission__period__code=before.code,
        submission__state=State.ACCEPTED,
    ).exclude(explanation="")
    return dict(answers.values_list("field__version__indicator__code", "explanation"))


def outside_codes(definition: FormDefinition) -> set[str]:
    """Indicators that the rules name and the form does not ask: their numbers come from other sources."""
    named = {code for rule in definition.rules for code in formulas.current_references(condition(rule.rule))}
    return named - set(definition.by_key)


def same_codes(codes: Iterable[str]) -> dict[str, set[str]]:
    """Codes of indicators marked as the same number, by code. One query."""
    wanted = list(codes)
    pairs = SameIndicators.objects.filter(Q(first__code__in=wanted) | Q(second__code__in=wanted))
    found: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs.values_list("first__code", "second__code"):
        found[first].add(second)
        found[second].add(first)
    return dict(found)


def known_elsewhere(submission: Submission, definition: FormDefinition) -> dict[str, Known]:
    """Numbers of this period that other forms and sources gave, by code: rows of the form, and what its rules name.

    A row finds its own indicator, or one that is marked as the same. The latest number counts.
    """
    wanted = {row.key for row in definition.rows if not row.is_derived} | outside_codes(definition)
    same = same_codes(wanted)
    codes = wanted.union(*same.values())
    period = submission.period
    of_a_day = Q(
        source=Value.Source.STATISTICS,
        period__kind=Period.Kind.DATE,
        period__starts_on__range=(period.starts_on, period.ends_on),
    )
    fields = ("version__indicator__code", "number", "source", "origin", "origin_id", "recorded_at", "origin_place")
    values: list[Any] = list(
        Value.objects.filter(
            Q(period=period) | of_a_day,
            organization=submission.organization_id,
            breakdown="",
            number__isnull=False,
            version__indicator__code__in=codes,
        )
        .exclude(origin=FORM, origin_id=str(submission.pk))
        .order_by("recorded_at", "pk")
        .values(*fields, day=F("period__starts_on"))
    )
    # What was given for the period itself counts before a form of statistics, and of those the latest day.
    statistics = [row for row in values if row["source"] == Value.Source.STATISTICS]
    others = [row for row in values if row["source"] != Value.Source.STATISTICS]
    values = [*sorted(statistics, key=lambda row: row["day"]), *others]
    titles = _titles(values)
    latest = {row["version__indicator__code"]: row for row in values}
    found = {}
    for code in sorted(wanted):
        row = next((latest[other] for other in (code, *sorted(same.get(code, ()))) if other in latest), None)
        if row is not None:
            found[code] = Known(row["number"], _source_words(row, titles))
    return found


def _titles(values: list[Any]) -> dict[str, str]:
    ids = {row["origin_id"] for row in values if row["origin"] == FORM and row["origin_id"].isdigit()}
    if not ids:
        return {}
    named = Submission.objects.filter(pk__in=ids).values_list("pk", "form__short_title")
    return {str(pk): title for pk, title in named}


def _source_words(row: dict[str, Any], titles: dict[str, str]) -> str:
    """«форма «…», 20.11.2026»"""
    if row["source"] == Value.Source.STATISTICS:  # «ОО‑1 на 20.09.2025»
        return f"{row['origin_place'].split(',')[0]} на {row['day']:%d.%m.%Y}"
    day = f"{row['recorded_at']:%d.%m.%Y}"
    title = titles.get(row["origin_id"]) if row["origin"] == FORM else None
    name = f"форма «{title}»" if title else Value.Source(row["source"]).label
    return f"{name}, {day}"


def definition_for(submission: Submission) -> FormDefinition:
    """The form as this organisation gets it: without rows that do not concern it, with what was collected already."""
    definition = definition_of(submission.form, submission.organization)
    if all(row.reuse != FormField.Reuse.TAKE for row in definition.rows):
        return definition
    return with_taken(definition, known_elsewhere(submission, definition))
