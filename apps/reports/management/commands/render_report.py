"""Render the annual report to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from apps.core.commands import ServiceCommand, school_year_argument
from apps.core.documents.frozen import digest_of
from apps.core.models import Period
from apps.core.usage import write_file
from apps.reports import snapshot
from apps.reports.models import AnnualReport, Release
from apps.reports.rendering.pdf import Imprint, render


class Command(ServiceCommand):
    help = (
        "Собрать годовой отчёт в PDF: опубликованный выпуск (--release), иначе черновик по сегодняшним цифрам. "
        "Ничего не публикует."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--period", type=school_year_argument, required=True, help="Учебный год, например 2025/26.")
        parser.add_argument("-o", "--output", required=True, help="Куда записать PDF.")
        parser.add_argument("--release", type=int, help="Номер опубликованного выпуска: содержание берётся из него.")

    def handle(self, *args: Any, **options: Any) -> None:
        period = Period.objects.named(options["period"])
        report = AnnualReport.objects.filter(period=period).first()
        document, imprint = self._released(report, options["release"]) if options["release"] else _draft(period, report)
        output = Path(options["output"])
        if not output.parent.is_dir():
            raise CommandError(f"Нет папки «{output.parent}». Создайте её или укажите другую.")
        if output.is_dir():
            raise CommandError(f"«{output}» — папка. Укажите имя файла, например {output / 'report.pdf'}.")
        pdf = render(document, imprint)
        if not self.dry_run:
            write_file(output, pdf)
        summary = {"period": period.code, "digest": imprint.digest, "bytes": len(pdf), "output": str(output)}
        self.finish(summary=summary, text=f"Отчёт за {period.code}: {len(pdf)} байт, {output}.")

    def _released(self, report: AnnualReport | None, number: int) -> tuple[dict[str, Any], Imprint]:
        release = Release.objects.public().filter(report=report, number=number).first()
        if release is None:
            raise CommandError(f"Выпуска {number} за этот год нет.")
        return release.snapshot, Imprint(
            release.digest, release.number, timezone.localtime(release.published_at).date()
        )


def _draft(period: Period, report: AnnualReport | None) -> tuple[dict[str, Any], Imprint]:
    figures = snapshot.read_figures(period)
    texts = {chapter.code: chapter.text for chapter in report.chapters.all()} if report else snapshot.drafts(figures)
    title = report.title if report else snapshot.default_title(period)
    document = snapshot.assemble(period=period, title=title, texts=texts, figures=figures)
    return document, Imprint(digest_of(document))
