"""Pages of federal statistics: files, what was read from one, what each form is read by."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.collection.models import StatisticsFile
from apps.collection.statistics.layouts import Layout, layouts
from apps.core import figures
from apps.core.findings import Finding
from apps.indicators.models import IndicatorVersion
from apps.organizations.models import Organization


@dataclass(frozen=True)
class NumberRow:
    """A number of a form as its page shows it."""

    code: str
    name: str
    number: str
    place: str
    cell: str
    is_confirmed: bool


@dataclass(frozen=True)
class FilePage:
    row: StatisticsFile
    numbers: list[NumberRow]
    findings: list[Finding]
    layout: Layout | None

    @property
    def stated(self) -> str:
        """What the file says of its organisation: for a person who has to choose."""
        codes = [code for found in self.row.stated.get("codes", {}).values() for code in found]
        return ", ".join([*self.row.stated.get("names", []), *codes])


def file_page(row: StatisticsFile) -> FilePage:
    names = _names([item["indicator"] for item in row.numbers])
    numbers = [
        NumberRow(
            item["indicator"], names.get(item["indicator"], item["indicator"]),
            figures.figure(Decimal(item["number"])), item["place"], f"лист «{item['sheet']}», {item['cell']}",
            item["is_confirmed"],
        )
        for item in row.numbers
    ]  # fmt: skip
    found = [Finding.from_dict(item) for item in row.findings]
    return FilePage(row, numbers, found, layouts().get(row.form))


def _names(codes: list[str]) -> dict[str, str]:
    current = IndicatorVersion.objects.current().filter(indicator__code__in=codes)
    return dict(current.values_list("indicator__code", "name"))


@dataclass(frozen=True)
class LayoutPage:
    """How a form is read, for the page that explains it."""

    layout: Layout
    rows: list[tuple[str, str, bool, str]]  # place, indicator in words, whether confirmed, note


def layout_pages() -> list[LayoutPage]:
    names = _names([cell.indicator for layout in layouts().values() for cell in layout.cells])
    return [
        LayoutPage(
            layout,
            [
                (cell.place, names.get(cell.indicator, cell.indicator), cell.is_confirmed, cell.note)
                for cell in layout.cells
            ],
        )
        for layout in layouts().values()
    ]


def files_for(user: Any) -> Any:
    """Files that the person may see, the newest first, without what was read."""
    found = StatisticsFile.objects.visible_to(user).select_related("organization", "uploaded_by")
    return found.defer("findings", "stated")


def candidates() -> Any:
    return Organization.objects.educational().order_by("-kind", "number", "name_key")
