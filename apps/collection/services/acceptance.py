"""What acceptance hands on: answers become values of indicators, and aggregates are counted again."""

from decimal import Decimal
from typing import Any

from apps.collection.models import Submission
from apps.collection.selectors.values import FORM, definition_for
from apps.core.models import Period
from apps.indicators.models import IndicatorVersion, Value
from apps.indicators.services import NewValue, Origin, enqueue_aggregates, record_values


def record_answers(*, submission: Submission, by: Any) -> int:
    """Write every answered number, or the reason why there is none, as a value. Returns how many changed.

    A number that another form gave already for the period keeps that origin: it was filled in once and is only used
    again here. Rows that do not concern the organisation are left out.
    """
    asked = {row.version_id for row in definition_for(submission).inputs}
    earlier = _collected_elsewhere(submission, asked)
    answers = submission.answers.select_related("field__version").exclude(
        field__version__value_type=IndicatorVersion.ValueType.TEXT
    )
    values = [
        NewValue(
            organization_id=submission.organization_id,
            indicator=answer.field.version_id,
            number=answer.number,
            absence_reason=answer.absence_reason,
            place=f"ячейка {answer.cell}" if answer.cell else "",
        )
        for answer in answers
        if (answer.number is not None or answer.absence_reason)
        and answer.field.version_id in asked
        and not (answer.number is not None and earlier.get(answer.field.version_id) == answer.number)
    ]
    return record_values(
        period=submission.period,
        source=Value.Source.COLLECTION,
        values=values,
        by=by,
        origin=Origin.of(submission),
    )


def _collected_elsewhere(submission: Submission, versions: set[int]) -> dict[int, Decimal | None]:
    values = Value.objects.filter(
        organization=submission.organization_id, period=submission.period_id, breakdown="",
        source=Value.Source.COLLECTION, version__in=versions,
    ).exclude(origin=FORM, origin_id=str(submission.pk))  # fmt: skip
    return dict(values.values_list("version_id", "number"))


def recount(*, period: Period, by: Any) -> None:
    """Have a worker count the aggregates of the period again."""
    enqueue_aggregates(period=period, by=by)
