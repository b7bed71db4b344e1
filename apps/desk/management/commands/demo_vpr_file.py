"""Write the demonstration's file of results anew."""

from typing import Any

from django.core.management.base import CommandParser

from apps.core.commands import ServiceCommand
from apps.desk.demo import f1_file
from apps.desk.demo.world import SEED


class Command(ServiceCommand):
    help = "Записать выдуманный файл «Индивидуальные результаты» (Ф1) для пробной загрузки: так сделан fixtures/demo."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("-o", "--output", required=True, help="Куда записать xlsx.")
        parser.add_argument("--year", type=int, default=2026, help="Год в названии работы.")
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args: Any, **options: Any) -> None:
        book = f1_file.workbook(year=options["year"], seed=options["seed"])
        rows = book.worksheets[0].max_row
        if not self.dry_run:
            book.save(options["output"])
        self.finish(summary={"file": options["output"], "rows": rows}, text=f"Записано строк: {rows}.")
