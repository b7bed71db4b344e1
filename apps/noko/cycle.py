"""How often an organisation is assessed: a term of the law, kept as data with its source and the state of it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from apps.indicators.models import IndicatorVersion

FILE = settings.BASE_DIR / "fixtures" / "noko" / "cycle.json"


@dataclass(frozen=True)
class Cycle:
    """Every organisation at least once in `years` calendar years."""

    years: int
    act: str
    source_state: str
    note: str

    @property
    def is_confirmed(self) -> bool:
        return self.source_state == IndicatorVersion.Source.OFFICIAL

    @property
    def state_text(self) -> str:
        return str(IndicatorVersion.Source(self.source_state).label)


@cache
def cycle(path: Path = FILE) -> Cycle:
    return Cycle(**json.loads(path.read_text(encoding="utf-8")))
