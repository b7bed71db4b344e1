"""Numbers that the portal knows already: last year's, and those of other sources for this period."""

from decimal import Decimal

from apps.collection.definition import FormDefinition, Given
from apps.collection.models import Answer, Submission
from apps.collection.states import State
from apps.core import periods
from apps.indicators.models import Value


def previous_numbers(submission: Submission) -> dict[str, Decimal]:
    """The organisation's accepted numbers of a year before, by the key of the row."""
    before = periods.previous(submission.period.span)
    values = Value.objects.filter(
        organization=submission.organization_id,
        period__code=before.code,
        breakdown="",
        number__isnull=False,
        version__indicator__pack=submission.form.pack,
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


def known_elsewhere(submission: Submission, definition: FormDefinition) -> dict[str, Given]:
    """Numbers of this period that came from other sources of the portal: offered, not asked again."""
    values = (
        Value.objects.filter(
            organization=submission.organization_id,
            period=submission.period_id,
            breakdown="",
            number__isnull=False,
            version__in=[row.version_id for row in definition.inputs],
        )
        .exclude(source=Value.Source.COLLECTION)
        .order_by("recorded_at")
    )
    return {key: Given(number=number) for key, number in values.values_list("version__indicator__code", "number")}
