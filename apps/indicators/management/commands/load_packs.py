"""Load the packs of indicators from `fixtures/packs`."""

from dataclasses import asdict
from typing import Any

from apps.core.commands import ServiceCommand
from apps.indicators import services


class Command(ServiceCommand):
    help = "Загрузить наборы показателей из fixtures/packs. Повторный запуск ничего не меняет."

    def handle(self, *args: Any, **options: Any) -> None:
        result = services.load_packs()
        text = (
            f"Наборов: {result.packs}, показателей: {result.indicators}; новых: {result.created}, "
            f"новых версий: {result.new_versions}, без изменений: {result.unchanged}, "
            f"выключено: {result.switched_off}; правил: {result.rules}."
        )
        if result.kept:
            text += f" Изменено или подтверждено на портале и оставлено: {result.kept}."
        summary = {name: value for name, value in asdict(result).items() if name != "findings"}
        self.finish(summary=summary, findings=result.findings, text=text)
