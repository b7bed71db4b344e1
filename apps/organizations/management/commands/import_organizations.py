"""`import_organizations FILE`: the register from xlsx or csv, by the service that the page calls."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from apps.core.commands import ServiceCommand
from apps.organizations.register.applying import import_organizations, preview


class Command(ServiceCommand):
    help = "Загрузить реестр организаций из файла xlsx или csv. Пустые ячейки ничего не стирают."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="Файл реестра; образец скачивается со страницы загрузки.")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"Файла {file} нет или его нельзя прочитать.")
        plan = preview(file)
        if plan.is_refused:
            rows = len({finding.row or finding.cell for finding in plan.findings if finding.severity == "error"})
            summary = {"created": 0, "updated": 0, "unchanged": 0, "refused": rows}
            self.finish(summary=summary, findings=plan.findings, text="Отклонено, реестр не изменён.", refused=True)
        done = import_organizations(source=file, by=None, digest=plan.digest)
        summary = {
            "created": len(done.created),
            "updated": len(done.updated),
            "unchanged": len(done.unchanged),
            "refused": 0,
        }
        text = "Внесено: {created}, изменено: {updated}, без изменений: {unchanged}.".format(**summary)
        self.finish(summary=summary, findings=done.findings, text=text)
