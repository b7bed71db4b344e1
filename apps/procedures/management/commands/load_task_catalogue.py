"""Load lists of tasks of works (ALL, KS, KT) into the catalogue."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from apps.core.commands import ServiceCommand
from apps.procedures.intake import Incoming
from apps.procedures.models import Procedure
from apps.procedures.scales.loading import load_tasks


class Command(ServiceCommand):
    help = (
        "Загрузить перечни заданий работ: файлы ALL.xlsx (задания), KS.xlsx и KT.xlsx (коды) или папки с ними вида "
        "«класс/предмет/ALL.xlsx». Шкалы работ сохраняются."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="Файлы или папки.")
        parser.add_argument("--year", type=int, required=True, help="Год работ, например 2021.")
        parser.add_argument("--kind", default="vpr", choices=Procedure.Kind.values, help="Вид работ; обычно vpr.")
        parser.add_argument("--grade", type=int, help="Класс, если его не называет папка.")
        parser.add_argument("--subject", default="", help="Предмет, если его не называет папка.")

    def handle(self, *args: Any, **options: Any) -> None:
        paths: list[tuple[Path, str]] = []
        for path in options["paths"]:
            if not path.exists():
                raise CommandError(f"Нет файла или папки «{path}».")
            inside = sorted(path.rglob("*.xlsx")) if path.is_dir() else [path]
            root = path if path.is_dir() else path.resolve().parent.parent.parent
            paths += [(one, one.resolve().relative_to(root.resolve()).as_posix()) for one in inside]
        streams = [path.open("rb") for path, _ in paths]
        try:
            loaded = load_tasks(
                incoming=[Incoming(p.name, s, hint) for (p, hint), s in zip(paths, streams, strict=True)],
                kind=options["kind"],
                year=options["year"],
                grade=options["grade"],
                subject=options["subject"],
                by=None,
            )
        finally:
            for stream in streams:
                stream.close()
        self.finish(
            findings=loaded.findings,
            summary={"works": [str(row) for row in loaded.works], "codes": loaded.codes},
            text=f"Работ: {len(loaded.works)}, кодов: {loaded.codes}.",
            refused=not loaded.works,
        )
