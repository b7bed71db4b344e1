"""Loading acts that the portal ships with. What is there already is left as people made it."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from apps.core import events
from apps.library.acts.models import Act

SHIPPED = Path("fixtures") / "library" / "acts.json"


@dataclass(frozen=True)
class Loaded:
    made: int
    known: int


@transaction.atomic
def load_acts(*, path: Path | None = None, by: Any = None) -> Loaded:
    """Enter the shipped acts that the register does not have; safe to run twice.

    Their states are taken as nobody's word: «не подтверждено» until a person looks them up.
    """
    content = json.loads((path or settings.BASE_DIR / SHIPPED).read_text(encoding="utf-8"))
    made = known = 0
    for row in content["acts"]:
        on = date.fromisoformat(row["on"]) if row.get("on") else None
        wanted = {"kind": row["kind"], "number": row.get("number", ""), "on": on, "title": row["title"]}
        if Act.objects.filter(**wanted).exists():
            known += 1
            continue
        act = Act.objects.create(
            **wanted,
            level=row["level"],
            issuer=row.get("issuer", ""),
            edition=row.get("edition", ""),
            url=row.get("url", ""),
            state_note=row.get("state_note", ""),
            source=content["source"],
        )
        events.record(kind="library.act_loaded", subject=act, by=by, text=f"Загружен: {content['source']}.")
        made += 1
    return Loaded(made, known)
