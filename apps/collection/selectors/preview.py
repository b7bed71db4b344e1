"""What an uploaded workbook would change, as its preview page shows it."""

from dataclasses import dataclass
from functools import cached_property

from apps.collection.definition import FormDefinition, Given, definition_of, remaining
from apps.collection.models import SubmissionUpload
from apps.collection.selectors.page import ChangedRow, said
from apps.collection.services.answers import current_answers
from apps.collection.services.merging import differences
from apps.collection.services.uploads import answers_from_json
from apps.core.findings import Finding

NOTHING = Given()


@dataclass
class UploadPreview:
    upload: SubmissionUpload

    @cached_property
    def definition(self) -> FormDefinition:
        return definition_of(self.upload.submission.form)

    @cached_property
    def answers(self) -> dict[str, Given]:
        return answers_from_json(self.upload.values)

    @cached_property
    def findings(self) -> list[Finding]:
        return [Finding.from_dict(item) for item in self.upload.findings]

    @property
    def is_refused(self) -> bool:
        return self.upload.state == SubmissionUpload.State.REFUSED

    @cached_property
    def is_current(self) -> bool:
        """Whether it may still be confirmed: nothing was changed since it was checked."""
        fresh = self.upload.base_revision == self.upload.submission.revision
        return self.upload.state == SubmissionUpload.State.PREVIEWED and fresh

    @cached_property
    def changes(self) -> list[ChangedRow]:
        """Rows that differ from what is stored, before and after."""
        keys = [row.key for row in self.definition.inputs]
        found = differences(current_answers(self.upload.submission), self.answers, keys)
        by_key = self.definition.by_key
        return [
            ChangedRow(
                by_key[item.key],
                said(by_key[item.key], item.before),
                said(by_key[item.key], item.after),
                item.after.cell,
            )
            for item in found
        ]

    @cached_property
    def left(self) -> int:
        """«Осталось N ячеек»."""
        return len(remaining(self.definition, self.answers))

    @property
    def needed(self) -> int:
        return len(self.definition.required)

    @property
    def filled(self) -> int:
        return self.needed - self.left
