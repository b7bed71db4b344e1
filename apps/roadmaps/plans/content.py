"""What a version of a roadmap holds, and how two of them differ. No database, no clock."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Content = Mapping[str, Any]

HEAD = {"title": "название", "aim": "цель", "starts_on": "начало", "ends_on": "окончание"}
STAGE = {"title": "название", "starts_on": "начало", "ends_on": "окончание", "expected": "ожидаемый результат"}
MEASURE = {
    "title": "мероприятие", "part": "часть плана", "line": "линия", "stage": "этап", "details": "что делается",
    "responsible": "ответственный", "executors": "исполнители", "starts_on": "начало", "due_on": "срок",
    "where": "где", "expected": "ожидаемый результат", "indicator": "показатель", "resources": "ресурсы",
    "dropped": "снято",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What differs: a whole line added or removed, or one field of it."""

    what: str  # added, removed or changed
    about: str  # «мероприятие», «этап» or «дорожная карта»
    title: str
    field: str = ""
    was: str = ""
    now: str = ""

    @property
    def words(self) -> str:
        return {"added": "добавлено", "removed": "убрано", "changed": "изменено"}[self.what]

    @property
    def tone(self) -> str:
        return {"added": "good", "removed": "bad", "changed": "warn"}[self.what]


def digest(content: Content) -> str:
    """SHA-256 of the content in one fixed spelling."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def compare(before: Content, after: Content) -> list[Change]:
    """What changed, in the order of the plan: its head, stages, measures."""
    found = [
        Change("changed", "дорожная карта", after.get("title", ""), label, _say(before.get(key)), _say(after.get(key)))
        for key, label in HEAD.items()
        if before.get(key) != after.get(key)
    ]
    found += _lines(before.get("stages", ()), after.get("stages", ()), "этап", STAGE)
    return found + _lines(before.get("measures", ()), after.get("measures", ()), "мероприятие", MEASURE)


def _lines(before: Iterable[Content], after: Iterable[Content], about: str, fields: Mapping[str, str]) -> list[Change]:
    old, new = ({line["key"]: line for line in lines} for lines in (before, after))
    found = [Change("removed", about, line["title"]) for key, line in old.items() if key not in new]
    for key, line in new.items():
        was = old.get(key)
        if was is None:
            found.append(Change("added", about, line["title"]))
            continue
        found += [
            Change("changed", about, line["title"], label, _say(was.get(name)), _say(line.get(name)))
            for name, label in fields.items()
            if was.get(name) != line.get(name)
        ]
    return found


def _say(value: Any) -> str:
    """A value of the content for people; days are kept as ISO."""
    if value in (None, "", []):
        return "не указано"
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    text = str(value)
    parts = text.split("-")
    if len(text) == 10 and len(parts) == 3 and all(part.isdigit() for part in parts):
        return ".".join(reversed(parts))
    return text
