"""Documents that an organisation must have on its site: data of `fixtures/site_documents.json`, with its source."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class SiteDocument:
    code: str
    name: str
    section: str
    path: str  # where the structure of sites puts it
    programmes: frozenset[str]  # only for organisations with one of them; empty is everybody
    is_confirmed: bool


@dataclass(frozen=True)
class SiteDocuments:
    title: str
    source: str
    note: str
    documents: tuple[SiteDocument, ...]

    def of(self, programmes: Iterable[str]) -> list[SiteDocument]:
        """Those that an organisation with these programmes must have."""
        delivered = set(programmes)
        return [item for item in self.documents if not item.programmes or item.programmes & delivered]


@cache
def site_documents() -> SiteDocuments:
    data = json.loads(Path(settings.BASE_DIR, "fixtures", "site_documents.json").read_text("utf-8"))
    documents = tuple(
        SiteDocument(
            item["code"], item["name"], item["section"], item["path"], frozenset(item["programmes"]), item["confirmed"]
        )
        for item in data["documents"]
    )
    return SiteDocuments(data["title"], data["source"], data["note"], documents)
