"""`load_references FILE`: figures of the region and the country, by the service that the page calls."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from apps.core.commands import ServiceCommand
from apps.indicators.references.loading import load_references


class Command(ServiceCommand):
    help = (
        "Загрузить ряды сравнения (показатели региона и страны) из файла xlsx или csv. "
        "Чего в файле нет, остаётся как было."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="Файл; образец скачивается со страницы рядов сравнения.")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"Файла {file} нет или его нельзя прочитать.")
        plan = load_references(source=file, by=None)
        summary = {"created": len(plan.new), "updated": len(plan.changed), "unchanged": plan.unchanged}
        text = "Внесено: {created}, изменено: {updated}, без изменений: {unchanged}.".format(**summary)
        self.finish(summary=summary, findings=plan.findings, text=text)
