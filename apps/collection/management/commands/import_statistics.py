"""Read forms of federal statistics from files."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from apps.collection.models import StatisticsFile
from apps.collection.services import statistics
from apps.collection.services.statistics import Incoming
from apps.core.commands import ServiceCommand, user_named
from apps.core.findings import Finding
from apps.core.periods import PeriodError, parse_period
from apps.organizations.models import Organization


class Command(ServiceCommand):
    help = (
        "Прочитать формы федеральной статистики (ОО‑1, 85‑К, 1‑ДО) из книг Excel или архивов .zip: числа будут "
        "предложены "
        "в формах организаций. Код 2, если хотя бы один файл не прочитан."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("files", nargs="+", metavar="FILE", help="Книги .xlsx, .xls или архивы .zip.")
        parser.add_argument("--organization", metavar="CODE", help="Чьи это формы; без него — по кодам в файлах.")
        parser.add_argument("--as-of", metavar="ГГГГ-ММ-ДД", help="На какую дату, если в файле её нет.")
        parser.add_argument("--as", dest="user", metavar="EMAIL", help="От чьего имени; без него — оператор портала.")

    def handle(self, *args: Any, **options: Any) -> None:
        by = user_named(options["user"]) if options["user"] else None
        organization = _organization(options["organization"])
        paths = [Path(name) for name in options["files"]]
        for path in paths:
            if not path.is_file():
                raise CommandError(f"Файла {path} нет.")
        try:
            as_of = parse_period(options["as_of"]).starts_on if options["as_of"] else None
        except PeriodError as wrong:
            raise CommandError(str(wrong)) from None
        with transaction.atomic():
            streams = [path.open("rb") for path in paths]
            try:
                incoming = [Incoming(path.name, stream) for path, stream in zip(paths, streams, strict=True)]
                kept, job = statistics.upload_statistics(
                    incoming=incoming, by=by, organization=organization, as_of=as_of
                )
            finally:
                for stream in streams:
                    stream.close()
            rows = statistics.read_batch(batch=str(kept[0].batch))
            job.delete()  # read here and now: no worker is needed
        self._finish(rows)

    def _finish(self, rows: list[StatisticsFile]) -> None:
        findings = [Finding.from_dict({**item, "file": row.name}) for row in rows for item in row.findings]
        summary = {
            "files": [
                {
                    "name": row.name,
                    "form": row.form,
                    "as_of": row.as_of,
                    "organization": row.organization.code if row.organization else "",
                    "state": row.state,
                    "numbers": row.count,
                }
                for row in rows
            ]
        }
        applied = sum(1 for row in rows if row.state == StatisticsFile.State.APPLIED)
        text = f"Прочитано форм: {applied} из {len(rows)}."
        self.finish(summary=summary, findings=findings, text=text, refused=applied < len(rows))


def _organization(code: str | None) -> Organization | None:
    if not code:
        return None
    found = Organization.objects.filter(code=code).first()
    if found is None:
        raise CommandError(f"Организации с кодом {code} нет.")
    return found
