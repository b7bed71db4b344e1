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
        "самообследования (2025), а за ними — периоды, формулы которых читают изменившееся. "
        "Повторный запуск ничего не меняет."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--period", type=period_argument, required=True, help="2025/26 или 2025")

    def handle(self, *args: Any, **options: Any) -> None:
        spans = dict.fromkeys([options["period"], self_examination_year(options["period"])])
        counted = [services.compute_aggregates(period=Period.objects.named(span)) for span in spans]
        results = [result for one in counted for result in (one, *one.readers)]
        done = [self._one(results, code) for code in dict.fromkeys(result.period for result in results)]
        lines = [
            f"{one['period']}: показателей по охватам: {sum(one['aggregates'].values())}, "
            f"изменено: {one['changed']}, удалено: {one['deleted']}."
            for one in done
        ]
        self.finish(summary={"periods": done}, text="\n".join(lines))

    def _one(self, results: list[services.AggregateResult], code: str) -> dict[str, Any]:
        period = Period.objects.get(code=code)
        return {
            "period": code,
            "changed": sum(result.changed for result in results if result.period == code),
            "deleted": sum(result.deleted for result in results if result.period == code),
            "aggregates": counts_by_scope(period),
            "digest": services.digest(period),
        }
