"""Make the workbook of an organisation's form."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from apps.collection.management.commands._submission import add_submission_arguments, submission_of
from apps.collection.services.workbooks import workbook_of
from apps.core.commands import ServiceCommand
from apps.core.usage import write_file


class Command(ServiceCommand):
    help = "Сделать книгу Excel для заполнения формы организацией."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_submission_arguments(parser)
        parser.add_argument("-o", "--output", required=True, metavar="FILE", help="Куда записать книгу (*.xlsx).")

    def handle(self, *args: Any, **options: Any) -> None:
        submission = submission_of(options)
        content = workbook_of(submission)
        if not self.dry_run:
            write_file(Path(options["output"]), content)
        summary = {
            "file": options["output"],
            "organization": submission.organization.code,
            "form": submission.form.code,
            "period": submission.period.code,
            "bytes": len(content),
        }
        self.finish(summary=summary, text=f"Книга записана: {options['output']} ({submission}).")
