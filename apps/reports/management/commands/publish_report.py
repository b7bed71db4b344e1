"""Freeze the annual report and publish it in the names of two people."""

from typing import Any

from django.core.management.base import CommandParser

from apps.core.commands import ServiceCommand, school_year_argument, user_named
from apps.core.findings import Finding
from apps.core.models import Period
from apps.reports import gate, publication, services
from apps.reports.models import Release


class Command(ServiceCommand):
    help = "Собрать, утвердить и опубликовать годовой отчёт. Если он уже опубликован — выпустить исправленный."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--period", type=school_year_argument, required=True, help="Учебный год, например 2025/26.")
        parser.add_argument("--as", dest="prepared_by", required=True, help="Почта того, кто собирает.")
        parser.add_argument("--approved-by", required=True, help="Почта того, кто утверждает: другой человек.")
        parser.add_argument("--note", default="", help="Что исправлено по сравнению с прошлым выпуском.")

    def handle(self, *args: Any, **options: Any) -> None:
        prepared_by, approved_by = user_named(options["prepared_by"]), user_named(options["approved_by"])
        report = services.open_report(period=Period.objects.named(options["period"]), by=prepared_by)
        release = services.prepare_release(report=report, by=prepared_by, note=options["note"], draft=False)
        release = services.approve_release(release=release, digest=release.digest, by=approved_by, publish=False)
        found = gate.check(report)
        if self.dry_run:
            self._tell(release, services.next_number(report), found)
            return
        published = publication.publish(release)
        self._tell(published, published.number or 0, found)

    def _tell(self, release: Release, number: int, found: list[Finding]) -> None:
        period = release.report.period.code
        summary = {"period": period, "release": number, "digest": release.digest}
        text = f"Отчёт за {period}: выпуск {number}, SHA-256 {release.short_digest}."
        self.finish(summary=summary, findings=found, text=text)
