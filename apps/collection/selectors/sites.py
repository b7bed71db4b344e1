"""Pages of site documents: an organisation's list, the authority's board."""

from dataclasses import dataclass
from typing import Any

from apps.collection.models import SiteLink
from apps.collection.site_documents import SiteDocument, site_documents
from apps.organizations.models import Organization
from apps.workbooks.writing import export_table


@dataclass(frozen=True)
class DocumentRow:
    document: SiteDocument
    link: SiteLink | None
    typed: str | None = None

    @property
    def url(self) -> str:
        return self.typed if self.typed is not None else self.link.url if self.link else ""

    @property
    def text(self) -> str:
        return str(self.link.get_state_display()) if self.link else "нет ссылки"

    @property
    def tone(self) -> str:
        return self.link.tone if self.link else "warn"


def document_rows(organization: Organization, typed: dict[str, str] | None = None) -> list[DocumentRow]:
    links = {row.code: row for row in SiteLink.objects.filter(organization=organization)}
    return [
        DocumentRow(item, links.get(item.code), (typed or {}).get(item.code))
        for item in site_documents().of(organization.programmes)
    ]


@dataclass(frozen=True)
class BoardRow:
    organization: Organization
    rows: list[DocumentRow]

    @property
    def missing(self) -> list[DocumentRow]:
        return [row for row in self.rows if row.link is None]

    @property
    def broken(self) -> list[DocumentRow]:
        return [row for row in self.rows if row.link and row.link.state == SiteLink.State.BROKEN]

    @property
    def given(self) -> int:
        return len(self.rows) - len(self.missing)

    @property
    def needed(self) -> int:
        return len(self.rows)


def board() -> list[BoardRow]:
    """Every working organisation; two queries."""
    links: dict[int, dict[str, SiteLink]] = {}
    for link in SiteLink.objects.all():
        links.setdefault(link.organization_id, {})[link.code] = link
    organizations = Organization.objects.educational().active().order_by("-kind", "number", "name_key")
    return [
        BoardRow(
            organization,
            [
                DocumentRow(item, links.get(organization.pk, {}).get(item.code))
                for item in site_documents().of(organization.programmes)
            ],
        )
        for organization in organizations
    ]


HEADERS = ("Организация", "Код", "Раздел сайта", "Документ", "Ссылка", "Состояние", "Что не так")


def board_workbook(rows: list[BoardRow]) -> bytes:
    cells: list[tuple[Any, ...]] = [
        (
            row.organization.name, row.organization.code, item.document.section, item.document.name, item.url,
            item.text, item.link.problem if item.link else "",
        )
        for row in rows
        for item in row.rows
    ]  # fmt: skip
    return export_table(HEADERS, cells, title="Документы сайтов")
