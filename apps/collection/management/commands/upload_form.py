"""Take a filled workbook in: check, and write what it says."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from apps.collection import services
from apps.collection.definition import remaining
from apps.collection.management.commands._submission import add_submission_arguments, submission_of
from apps.collection.models import SubmissionUpload
from apps.collection.selectors.values import definition_for
from apps.collection.services.answers import current_answers
from apps.collection.typed import MINE, THEIRS
from apps.core.commands import ServiceCommand, user_named
from apps.core.findings import Finding, Refused


class Command(ServiceCommand):
    help = "Загрузить заполненную книгу формы: проверить и записать. С ошибками книга отклоняется целиком (код 2)."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_submission_arguments(parser)
        parser.add_argument("--as", dest="user", metavar="EMAIL", help="От чьего имени; без него — оператор портала.")
        parser.add_argument(
            "--conflicts", choices=("book", "portal"),
            help="Чьё значение оставить, если строку изменили и в книге, и на портале; иначе книга отклоняется.",
        )  # fmt: skip
        parser.add_argument("file", help="Заполненная книга (*.xlsx).")

    def handle(self, *args: Any, **options: Any) -> None:
        submission = submission_of(options)
        by = user_named(options["user"]) if options["user"] else None
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"Файла {path} нет.")
        with path.open("rb") as stream:
            upload = services.preview_upload(submission=submission, stream=stream, name=path.name, by=by)
        findings = [Finding.from_dict(item) for item in upload.findings]
        if upload.state == SubmissionUpload.State.REFUSED:
            raise Refused(findings)
        definition = definition_for(submission)
        choice = {"book": MINE, "portal": THEIRS}.get(options["conflicts"] or "", "")
        choices = dict.fromkeys(definition.by_key, choice)
        changed = services.confirm_upload(upload=upload, digest=upload.digest, by=by, choices=choices)
        left = len(remaining(definition, current_answers(submission)))
        summary = {
            "organization": submission.organization.code,
            "form": submission.form.code,
            "period": submission.period.code,
            "changed": changed,
            "left": left,
            "needed": len(definition.required),
        }
        self.finish(
            findings=findings, summary=summary, text=f"Записано, изменено строк: {changed}. Осталось ячеек: {left}."
        )
