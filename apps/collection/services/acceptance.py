"""What acceptance hands on: answers become values of indicators, and aggregates are counted again."""

from typing import Any

from apps.collection.models import Submission
from apps.core.models import Period
from apps.indicators.models import IndicatorVersion, Value
from apps.indicators.services import NewValue, Origin, enqueue_aggregates, record_values


def record_answers(*, submission: Submission, by: Any) -> int:
    """Write every answered number, or the reason why there is none, as a value. Returns how many changed."""
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
        if answer.number is not None or answer.absence_reason
    ]
    return record_values(
        period=submission.period,
        source=Value.Source.COLLECTION,
        values=values,
        by=by,
        origin=Origin.of(submission),
    )


def recount(*, period: Period, by: Any) -> None:
    """Have a worker count the aggregates of the period again."""
    enqueue_aggregates(period=period, by=by)
