"""Making workbooks of a submission: the one to fill in, and the faulty one given back with comments."""

from apps.collection.definition import Given
from apps.collection.models import Submission, SubmissionUpload
from apps.collection.selectors.values import definition_for, known_elsewhere, previous_numbers
from apps.collection.services.answers import current_answers
from apps.collection.workbook import Filling, Identity, write_workbook
from apps.core.findings import Finding


def identity_of(submission: Submission, revision: int | None = None) -> Identity:
    """What the workbook of this submission is signed with; `revision` is the state that its values come from."""
    return Identity(
        campaign=submission.campaign_id,
        organization=submission.organization.code,
        form=submission.form.code,
        version=submission.form.version,
        period=submission.period.code,
        revision=submission.revision if revision is None else revision,
    )


def file_name(submission: Submission) -> str:
    period = submission.period.slug
    return f"{submission.form.short_title}, {submission.organization.name}, {period}.xlsx"


def workbook_of(submission: Submission, *, upload: SubmissionUpload | None = None) -> bytes:
    """The xlsx with all that is known already; with `upload`, its cells and a comment in each faulty one."""
    definition = definition_for(submission)
    campaign = submission.campaign
    values = upload.values if upload else {}
    known = known_elsewhere(submission, definition)
    filling = Filling(
        organization=submission.organization.full_name or submission.organization.name,
        campaign=campaign.title,
        period=str(submission.period),
        due_on=submission.due_on,
        contacts=campaign.contacts,
        instructions="\n".join(text for text in (submission.form.instructions, campaign.instructions) if text),
        experts=campaign.experts,
        answers=current_answers(submission),
        sources={key: Given(number=item.number) for key, item in known.items()},
        source_words={key: item.source for key, item in known.items()},
        previous=previous_numbers(submission),
        raw={key: (pair[0], pair[1]) for key, pair in values.get("raw", {}).items()},
        remarks={key: [Finding.from_dict(item) for item in items] for key, items in values.get("faulty", {}).items()},
    )
    # Given back with remarks it still holds the old values: it must not pass for a newer one.
    revision = upload.book_revision if upload else submission.revision
    return write_workbook(definition, identity_of(submission, revision), filling)
