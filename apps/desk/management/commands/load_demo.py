"""Load the invented municipality into an empty database."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from apps.core.commands import ServiceCommand
from apps.desk.demo import people
from apps.desk.demo.loading import load_demo
from apps.desk.demo.world import SEED
from apps.organizations.models import Kind, Organization


class Command(ServiceCommand):
    help = (
        "Загрузить демонстрацию — выдуманный «Заречный муниципальный округ» — в пустую базу данных. "
        "Повторный запуск ничего не меняет."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--seed", type=int, default=SEED, help="Другое зерно даёт другие числа.")

    def handle(self, *args: Any, **options: Any) -> None:
        say = self.stdout.write if options["verbosity"] else lambda _: None
        loading = load_demo(today=timezone.localdate(), seed=options["seed"], say=say)
        counts = {str(kind): Organization.objects.filter(kind=kind).count() for kind in Kind}
        summary = {"was_loaded": loading.was_loaded, "organizations": counts, "seconds": loading.total_seconds}
        if loading.was_loaded:
            self.finish(summary=summary, text="Демонстрация уже загружена, ничего не изменено.")
            return
        self.finish(
            summary=summary,
            text=(
                f"Демонстрация загружена за {loading.total_seconds} с: школ — {counts['school']}, "
                f"детских садов — {counts['kindergarten']}, организаций дополнительного образования — "
                f"{counts['additional']}. Учётные записи — в файле {people.accounts_file()}."
            ),
        )
