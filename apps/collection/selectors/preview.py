"""What an uploaded workbook would change, as its preview page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from apps.collection.definition import FormDefinition, Given, Row, remaining
from apps.collection.models import SubmissionUpload
from apps.collection.selectors.values import definition_for
from apps.collection.services.answers import current_answers
from apps.collection.services.merging import Merged
from apps.collection.services.uploads import after_merge, answers_from_json, merged_with
from apps.collection.typed import said
from apps.core.findings import Finding


@dataclass(frozen=True)
class ChangedRow:
    """A row of a preview: before and after."""

    row: Row
    before: str
    after: str
    cell: str


@dataclass(frozen=True)
class ConflictRow:
    """A row of which the workbook and the portal say different things."""

    row: Row
    mine: str
    theirs: str
    by_whom: str
    choice: str = ""

    @property
    def id(self) -> str:
        return str(self.row.field_id)


@dataclass
class UploadPreview:
    upload: SubmissionUpload
    choices: Mapping[str, str] = field(default_factory=dict)  # what was chosen so far, by the key of the row

    @cached_property
    def definition(self) -> FormDefinition:
        return definition_for(self.upload.submission)

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
    def merged(self) -> Merged:
        upload = self.upload
        return merged_with(
            upload.submission, self.definition, self.answers, revision=upload.book_revision, by=upload.uploaded_by
        )

    @cached_property
    def changes(self) -> list[ChangedRow]:
        """Rows that will be written, before and after."""
        by_key = self.definition.by_key
        return [
            ChangedRow(
                by_key[item.key],
                said(by_key[item.key], item.before),
                said(by_key[item.key], item.after),
                item.after.cell,
            )
            for item in self.merged.changes
        ]

    @cached_property
    def conflicts(self) -> list[ConflictRow]:
        """Rows that were changed on the portal otherwise while the workbook was away."""
        by_key = self.definition.by_key
        return [
            ConflictRow(
                by_key[item.key],
                said(by_key[item.key], item.mine),
                said(by_key[item.key], item.theirs),
                item.by_whom,
                self.choices.get(item.key, ""),
            )
            for item in self.merged.conflicts
        ]

    @cached_property
    def left(self) -> int:
        """«Осталось N ячеек»."""
        mine = {item.key for item in self.merged.conflicts}
        after = after_merge(current_answers(self.upload.submission), self.merged, mine=mine)
        return len(remaining(self.definition, after))

    @property
    def needed(self) -> int:
        return len(self.definition.required)

    @property
    def filled(self) -> int:
        return self.needed - self.left
