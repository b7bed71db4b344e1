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
from argparse import ArgumentTypeError
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from apps.core.findings import Finding, Refused
from apps.core.periods import PeriodError, PeriodSpan, parse_period

REFUSED = 2


def period_argument(text: str) -> PeriodSpan:
    """The `type=` of a `--period` option: `2025/26` or `2025`."""
    try:
        return parse_period(text)
    except PeriodError as error:
        raise ArgumentTypeError(str(error)) from error


def user_named(email: str) -> Any:
    """The active user with this mail address. Raises CommandError when there is none."""
    user = get_user_model().objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise CommandError(f"Нет пользователя с почтой «{email}». Укажите почту действующей учётной записи.")
    return user


class ServiceCommand(BaseCommand):
    """A thin shell over a service; see the top of the module."""

    requires_system_checks: tuple[str, ...] = ()  # operators run it on a checked installation

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Показать итог и ничего не изменить.")
        parser.add_argument("--json", action="store_true", help="Последней строкой вывести итог в JSON.")

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.dry_run = bool(options.get("dry_run"))
        self.as_json = bool(options.get("json"))
        try:
            if not self.dry_run:
                return super().execute(*args, **options)
            with transaction.atomic():
                output = super().execute(*args, **options)
                transaction.set_rollback(True)
            return output
        except Refused as refusal:
            self._say({"refused": True}, refusal.findings, "Отклонено, ничего не изменено.")
            raise SystemExit(REFUSED) from refusal

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
