"""Recount the aggregates of a period."""

from typing import Any

from django.core.management.base import CommandParser

from apps.core.commands import ServiceCommand, period_argument
from apps.core.models import Period
from apps.core.periods import self_examination_year
from apps.indicators import services
from apps.indicators.services.aggregates import counts_by_scope


class Command(ServiceCommand):
    help = (
        "Пересчитать показатели за период. Для учебного года (2025/26) считаются он сам и календарный год его "
        "самообследования (2025). Повторный запуск ничего не меняет."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--period", type=period_argument, required=True, help="2025/26 или 2025")

    def handle(self, *args: Any, **options: Any) -> None:
        spans = dict.fromkeys([options["period"], self_examination_year(options["period"])])
        done = [self._one(Period.objects.named(span)) for span in spans]
        lines = [
            f"{one['period']}: показателей по охватам: {sum(one['aggregates'].values())}, "
            f"изменено: {one['changed']}, удалено: {one['deleted']}."
            for one in done
        ]
        self.finish(summary={"periods": done}, text="\n".join(lines))

    def _one(self, period: Period) -> dict[str, Any]:
        result = services.compute_aggregates(period=period)
        return {
            "period": period.code,
            "changed": result.changed,
            "deleted": result.deleted,
            "aggregates": counts_by_scope(period),
            "digest": services.digest(period),
        }
