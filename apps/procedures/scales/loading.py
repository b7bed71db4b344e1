"""Lists of tasks from files (ALL, KS, KT): by page or command into descriptions of works."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.db import transaction

from apps.core.findings import Finding, Refused, error, notice
from apps.procedures import catalogue
from apps.procedures.archives import expand
from apps.procedures.intake import Incoming, read_sheets
from apps.procedures.models import WorkDescription
from apps.procedures.readers import tasks
from apps.procedures.readers.subjects import canonical, subject_in
from apps.procedures.scales.services import merged, save_description


@dataclass
class Loaded:
    """What came of the files."""

    works: list[WorkDescription] = field(default_factory=list)
    codes: int = 0
    findings: list[Finding] = field(default_factory=list)


def place_of(hint: str) -> tuple[int | None, str]:
    """Grade and subject that the folders of a file name: `5/Математика/ALL.xlsx`."""
    parts = PurePath(hint.replace("\\", "/")).parts[:-1]
    grade = next((int(part) for part in reversed(parts) if re.fullmatch(r"[1-9]|1[01]", part)), None)
    subject = next((subject_in(part) for part in reversed(parts) if subject_in(part)), "")
    return grade, subject


@transaction.atomic
def load_tasks(
    *, incoming: Iterable[Incoming], kind: str, year: int, grade: int | None, subject: str, by: Any
) -> Loaded:
    """Read files of tasks; folders name the work, or `grade` and `subject` do. A bad file stops no other."""
    opened = expand(incoming)
    loaded = Loaded(findings=list(opened.findings))
    for one in opened.files:
        found_grade, found_subject = place_of(one.path_hint or one.name)
        key = (kind, year, canonical(subject) or found_subject, grade or found_grade or 0)
        try:
            _load(one, key, loaded, by)
        except Refused as refusal:
            loaded.findings += [
                Finding.from_dict({**f.as_dict(), "file": one.path_hint or one.name}) for f in refusal.findings
            ]
    return loaded


def _load(one: Incoming, key: tuple[str, int, str, int], loaded: Loaded, by: Any) -> None:
    for sheet in read_sheets(one.stream):
        what = tasks.kind_of(sheet.rows)
        if what == "tasks":
            if not key[2] or not key[3]:
                action = "Положите файл в папки «класс/предмет» или укажите предмет и класс."
                raise Refused([error("work_unknown", "Не указано, чей это перечень заданий.", action=action)])
            loaded.works.append(_keep(tasks.read_tasks(sheet), key, one, loaded, by))
            return
        if what:
            loaded.codes += len(tasks.read_names(sheet))
            return
    action = "Нужен файл с заданиями (столбцы «№ КИМ», «№», «Максимальный балл») или с кодами («Код», «…содержания»)."
    raise Refused([error("no_tasks", "Перечень заданий не узнан.", action=action)])


def _keep(
    found: tasks.TaskList, key: tuple[str, int, str, int], one: Incoming, loaded: Loaded, by: Any
) -> WorkDescription:
    items = [
        catalogue.CatalogueItem(
            task.number, task.maximum, task.level, task.skill, ", ".join(task.content)[:200],
            ", ".join(task.requirement)[:200], task.block,
        )
        for task in found.tasks
    ]  # fmt: skip
    numbers = [item.number for item in items]
    if len(set(numbers)) != len(numbers):  # two tasks under one number: the running number tells them apart
        items = [
            catalogue.CatalogueItem(f"{item.number} ({place})" if numbers.count(item.number) > 1 else item.number,
                                    *list(item.as_json().values())[1:])
            for place, item in enumerate(items, start=1)
        ]  # fmt: skip
    work = merged(catalogue.find(*key), key, items, f"файл «{one.name}»", found.doubts)
    row = save_description(work=work, by=by)
    for text in work.doubts:
        message = f"«{row}»: {text[0].lower()}{text[1:]}"
        loaded.findings.append(notice("tasks_doubtful", message, file=one.path_hint or one.name))
    return row
