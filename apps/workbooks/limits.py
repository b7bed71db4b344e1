"""How much of a file is read before it is refused. No Django here: the reading child imports this."""

from dataclasses import dataclass, replace

MIB = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of one kind of upload; `settings.WORKBOOK_LIMITS[name]` overrides single fields.

    `formats` are the formats told by content (see `container.detect_format`), not by the ending of the name.
    `cells` bounds the rectangle of one sheet, empty cells included.
    """

    name: str
    formats: tuple[str, ...]
    packed_bytes: int
    unpacked_bytes: int
    rows: int
    columns: int
    cells: int
    cpu_seconds: int
    wall_seconds: int
    memory_bytes: int = 512 * MIB
    entries: int = 500
    ratio: int = 100
    sheets: int = 100
    defined_names: int = 5_000
    covered_cells: int = 200_000
    depth: int = 64
    text_length: int = 32_767
    live_links: bool = False  # True: data connections are left aside with a notice, False: they refuse the file


FORM = Limits(
    name="form",
    formats=("xlsx",),
    packed_bytes=10 * MIB,
    unpacked_bytes=50 * MIB,
    rows=20_000,
    columns=200,
    cells=4_000_000,
    cpu_seconds=30,
    wall_seconds=60,
)
REGISTER = replace(FORM, name="register", formats=("xlsx", "csv"), live_links=True)
RESULTS = Limits(
    name="results",
    live_links=True,
    formats=("xlsx", "xls", "csv"),
    packed_bytes=50 * MIB,
    unpacked_bytes=300 * MIB,
    rows=200_000,
    columns=500,
    cells=10_000_000,
    cpu_seconds=120,
    wall_seconds=240,
    memory_bytes=1024 * MIB,
)
