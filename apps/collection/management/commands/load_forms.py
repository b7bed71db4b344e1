"""Make forms out of the loaded packs of indicators."""

from dataclasses import asdict
from typing import Any

from apps.collection import services
from apps.core.commands import ServiceCommand


class Command(ServiceCommand):
    help = "Создать или обновить формы по наборам показателей (после load_packs). Повторный запуск ничего не меняет."

    def handle(self, *args: Any, **options: Any) -> None:
        result = services.refresh_forms()
        text = (
            f"Форм создано: {result.created}, новых версий: {result.new_versions}, без изменений: {result.unchanged}."
        )
        self.finish(summary=asdict(result), text=text)
