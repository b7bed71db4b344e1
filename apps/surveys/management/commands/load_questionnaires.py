"""Bring the templates of questionnaires."""

from typing import Any

from apps.core.commands import ServiceCommand
from apps.surveys import services


class Command(ServiceCommand):
    help = "Загрузить образцы анкет. Повторный запуск ничего не меняет."

    def handle(self, *args: Any, **options: Any) -> None:
        made = services.load_templates()
        self.finish(summary={"created": made}, text=f"Образцов анкет создано: {made}.")
