"""Load result files of ФИС ОКО and РИС ГИА."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from apps.core.commands import ServiceCommand
from apps.core.findings import Finding
from apps.core.usage import reason
from apps.organizations.models import Organization
from apps.procedures import importing, services
from apps.procedures.intake import Incoming
from apps.procedures.models import ResultFile
from apps.procedures.readers.neutral import Identity
from apps.procedures.readers.subjects import canonical


class Command(ServiceCommand):
    help = (
        "Загрузить файлы результатов: Ф1, Ф3, сравнение с журналом, форма сбора (ФИС ОКО), выгрузки 2020–2022 годов, "
        "протоколы РИС ГИА. Работу, не названную в файле, подсказывают его имя и папки (2021/4/…) или параметры."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--create-organizations", action="store_true", help="Создать организации неизвестных школ.")
        parser.add_argument("--subject", default="", help="Предмет, если его нет в файле.")
        parser.add_argument("--grade", type=int, help="Класс работы, если его нет в файле.")
        parser.add_argument("--year", type=int, help="Год в названии работы (ВПР 2021), если его нет в файле.")
        parser.add_argument("--organization", default="", help="Код организации для формы сбора результатов.")

    def handle(self, *args: Any, **options: Any) -> None:
        organization = None
        if options["organization"]:
            organization = Organization.objects.filter(code=options["organization"]).first()
            if organization is None:
                raise CommandError(f"Нет организации с кодом «{options['organization']}».")
        stated = Identity(
            kind="vpr" if options["subject"] else "",
            year=options["year"],
            subject=canonical(options["subject"]),
            grade=options["grade"],
        )
        files = self._load(options["files"], stated, organization, options["create_organizations"])
        self._report(files)

    def _load(
        self, paths: list[Path], stated: Identity, organization: Organization | None, create: bool
    ) -> list[ResultFile]:
        streams = []
        try:
            for path in paths:
                try:
                    streams.append(path.open("rb"))
                except OSError as problem:
                    raise CommandError(f"Файл «{path}» не открывается: {reason(problem)}.") from problem
            incoming = [
                Incoming(path.name, stream, str(path.resolve())) for path, stream in zip(paths, streams, strict=True)
            ]
            batch = services.create_batch(
                incoming=incoming, by=None, stated=stated, organization=organization, create_organizations=create
            )
        finally:
            for stream in streams:
                stream.close()
        return services.import_batch(batch=batch, by=None, trust_names=True)

    def _report(self, files: list[ResultFile]) -> None:
        refused = [file for file in files if file.state != ResultFile.State.DONE]
        summaries = [importing.summary(file) for file in files]
        for file in files:
            for data in file.findings:
                self.stdout.write(str(Finding.from_dict({**data, "file": file.name})))
            self.stdout.write(
                f"{file.name}: {file.get_state_display()}; строк {file.rows}, отсутствовали {file.absent}, писали "
                f"{file.present}, школ {file.schools}, неизвестных школ {file.unknown_schools}, "
                f"в карантине {file.quarantined}."
            )
        self.finish(
            summary=summaries[0] if len(summaries) == 1 else {"files": summaries},
            text=f"Файлов: {len(files)}, не загружено: {len(refused)}.",
            refused=bool(refused),
        )
