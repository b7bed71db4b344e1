"""The little markup of a text: paragraphs, lists, subheadings. Everything else is plain text.

A blank line ends a paragraph, `- ` begins a line of a list, `## ` a subheading. The result is data: templates
escape it like any other text, so a text can never become a tag.
"""

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Piece:
    """`kind` is paragraph, heading or list; a list has several lines, the others one."""

    kind: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def _kind(line: str) -> str:
    if not line:
        return "blank"
    if line.startswith("## "):
        return "heading"
    return "list" if line.startswith(("- ", "• ", "— ")) else "paragraph"


def parse(text: str) -> list[Piece]:
    """The pieces of a text in order; any text is allowed."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    pieces = []
    for kind, group in groupby(lines, key=_kind):
        if kind == "paragraph":
            pieces.append(Piece("paragraph", (" ".join(group),)))
        elif kind == "list":
            pieces.append(Piece("list", tuple(line[2:].strip() for line in group)))
        elif kind == "heading":
            pieces.extend(Piece("heading", (line[3:].strip(),)) for line in group)
    return pieces
