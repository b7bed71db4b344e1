"""`recount_results`: additive parts of results again from the stored matrices."""

from typing import Any

from django.core.management.base import CommandParser

from apps.core.commands import ServiceCommand
from apps.procedures import recounting


class Command(ServiceCommand):
    help = "Пересчитать итоги школ по сохранённым баллам (по умолчанию те, где нет подробностей по заданиям)."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--all", action="store_true", help="пересчитать все процедуры")

    def handle(self, *args: Any, **options: Any) -> None:
        procedures, schools = recounting.recount(only_missing=not options["all"])
        summary = {"procedures": procedures, "schools": schools}
        self.finish(summary=summary, text=f"Пересчитано процедур: {procedures}, итогов школ: {schools}.")
