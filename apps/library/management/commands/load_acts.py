"""Enter the normative acts that the portal ships with."""

from typing import Any

from apps.core.commands import ServiceCommand
from apps.library.acts.loading import load_acts


class Command(ServiceCommand):
    help = "Внести в реестр нормативные акты из fixtures/library. Повторный запуск ничего не меняет."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_acts()
        text = f"Актов внесено: {loaded.made}, уже были в реестре: {loaded.known}."
        self.finish(summary={"made": loaded.made, "known": loaded.known}, text=text)
