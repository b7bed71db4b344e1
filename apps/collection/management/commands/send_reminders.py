"""Remind organisations of their forms by mail, as beat does every working hour."""

from typing import Any

from apps.collection.services.reminders import send_reminders
from apps.core.commands import ServiceCommand


class Command(ServiceCommand):
    help = "Разослать напоминания о формах: за 7, 3 и 1 день до срока и после срока, одному человеку — раз в день."

    def handle(self, *args: Any, **options: Any) -> None:
        count = send_reminders()
        self.finish(summary={"letters": count}, text=f"Писем: {count}.")
