"""The shell that every management command of the portal wears: one service call, findings, a closing count.

A command of a room reads its arguments, calls the service that the page calls too, and says what came out::

    class Command(ServiceCommand):
        help = "Загрузить реестр организаций из файла xlsx или csv."

        def add_arguments(self, parser: CommandParser) -> None:
            super().add_arguments(parser)
            parser.add_argument("file")

        def handle(self, *args: Any, **options: Any) -> None:
            result = services.import_organizations(path=options["file"], by=None)
            summary = {"created": result.created}
            self.finish(summary=summary, findings=result.findings, text=f"Создано: {result.created}.")

`--dry-run` runs `handle` in a transaction that is rolled back (so a service must not commit by itself); what waits
for the commit (letters, jobs) is not sent. With `--json` the last line of stdout is one JSON object.
Exit codes: 0 done, 2 refused with findings (a service raised `Refused`, or `finish(refused=True)`), 1 wrong use.
"""

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from apps.core import files
from apps.core.findings import Finding, Refused
from apps.core.periods import PeriodError, PeriodKind, PeriodSpan, parse_period
from apps.core.usage import in_russian

REFUSED = 2
YEARS = range(1990, 2101)  # a year outside is a slip of the hand, and a period would be made for it


def period_argument(text: str) -> PeriodSpan:
    """The `type=` of a `--period` option: `2025/26` or `2025`."""
    try:
        span = parse_period(text)
    except PeriodError as error:
        raise ArgumentTypeError(str(error)) from error
    if span.starts_on.year not in YEARS:
        raise ArgumentTypeError(f"«{text}»: год должен быть от {YEARS[0]} до {YEARS[-1]}.")
    return span


def school_year_argument(text: str) -> PeriodSpan:
    """The `type=` of a `--period` that must be a school year: `2025/26`."""
    span = period_argument(text)
    if span.kind != PeriodKind.SCHOOL_YEAR:
        raise ArgumentTypeError(f"«{text}» — не учебный год. Укажите учебный год, например 2025/26.")
    return span


def user_named(email: str) -> Any:
    """The active user with this mail address. Raises CommandError when there is none."""
    user = get_user_model().objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise CommandError(f"Нет пользователя с почтой «{email}». Укажите почту действующей учётной записи.")
    return user


class ServiceCommand(BaseCommand):
    """A thin shell over a service; see the top of the module."""

    from_shell = False
    requires_system_checks: tuple[str, ...] = ()  # operators run it on a checked installation

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Показать итог и ничего не изменить.")
        parser.add_argument("--json", action="store_true", help="Последней строкой вывести итог в JSON.")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.called_from_command_line = False  # so that wrong use comes as CommandError, to be said in Russian
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """From a shell: wrong use is one sentence and, with `--json`, an object with `error`."""
        self.from_shell = True
        self.as_json = "--json" in argv
        try:
            super().run_from_argv(argv)
        except CommandError as error:
            self._wrong_use(error)

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.dry_run = bool(options.get("dry_run"))
        self.as_json = bool(options.get("json"))
        try:
            if not self.dry_run:
                return super().execute(*args, **options)
            with files.not_kept(), transaction.atomic():
                output = super().execute(*args, **options)
                transaction.set_rollback(True)
            return output
        except CommandError as error:
            if not self.from_shell or options.get("traceback"):
                raise
            self._wrong_use(error)
        except Refused as refusal:
            self._say({"refused": True}, refusal.findings, "Отклонено, ничего не изменено.")
            raise SystemExit(REFUSED) from refusal
        return None

    def _wrong_use(self, error: CommandError) -> NoReturn:
        sentence = in_russian(str(error))
        self.stderr.write(sentence)
        if self.as_json:
            self.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False))
        sys.exit(error.returncode)

    def finish(
        self,
        *,
        summary: Mapping[str, Any],
        findings: Iterable[Finding] = (),
        text: str = "",
        refused: bool = False,
    ) -> None:
        """Say the end: the findings, then `text`, or `summary` as JSON. `refused` ends with exit code 2.

        Raise `Refused` instead when nothing was done; `refused=True` is for work of which a part was refused,
        such as one file of several.
        """
        self._say(dict(summary), list(findings), text)
        if refused:
            raise SystemExit(REFUSED)

    def _say(self, summary: dict[str, Any], findings: list[Finding], text: str) -> None:
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            summary["findings"] = [finding.as_dict() for finding in findings]
        if self.dry_run:
            summary["dry_run"] = True
            text = f"{text} Это проба: ничего не изменено.".lstrip()
        if self.as_json:
            self.stdout.write(json.dumps(summary, ensure_ascii=False, default=str))
        elif text:
            self.stdout.write(text)
