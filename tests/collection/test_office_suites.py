"""A form's workbook saved by other programs than Excel: read equal, still ours, from the same keys.

LibreOffice is asked itself where it is installed. МойОфис and Р7-Офис cannot be: their shapes of the same content
(text in a table apart, prefixed names of elements, relative addresses of parts) are made here.
"""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from apps.collection.definition import definition_of
from apps.collection.models import Submission
from apps.collection.services.workbooks import identity_of
from apps.collection.workbook import read_filled
from apps.workbooks.reading import read_workbook
from tests.collection.conftest import GOOD, filled
from tests.workbooks.making import MAIN, OFFICE

Parts = dict[str, bytes]
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NOTES = {"3": "Одна ставка вакантна с сентября."}
VALUES = {
    "trial.1": Decimal(100),
    "trial.2": Decimal(40),
    "trial.3": Decimal("4.2"),
    "trial.4": Decimal(1),
    "trial.5": Decimal(12),
}


def reshaped(content: bytes, *shapes: Callable[[Parts], None]) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for shape in shapes:
        shape(parts)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _sheets(parts: Parts) -> list[str]:
    return [name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]


def shared_text(parts: Parts) -> None:
    """Text of cells kept in one table apart, in runs of letters as after an edit by hand."""
    tag = f"{{{MAIN}}}"
    table = ET.Element(f"{tag}sst")
    for name in _sheets(parts):
        root = ET.fromstring(parts[name])  # noqa: S314 our own file
        for cell in root.iter(f"{tag}c"):
            kept = cell.find(f"{tag}is")
            if kept is None:
                continue
            text = "".join(part.text or "" for part in kept.iter(f"{tag}t"))
            item = ET.SubElement(table, f"{tag}si")
            for run in (text[:2], text[2:]):
                ET.SubElement(ET.SubElement(item, f"{tag}r"), f"{tag}t", {SPACE: "preserve"}).text = run
            cell.remove(kept)
            cell.set("t", "s")
            ET.SubElement(cell, f"{tag}v").text = str(len(table) - 1)
        parts[name] = ET.tostring(root, xml_declaration=True, encoding="UTF-8")
    parts["xl/sharedStrings.xml"] = ET.tostring(table, xml_declaration=True, encoding="UTF-8")
    _link(parts)


def _link(parts: Parts) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    link = f'<Relationship Id="rIdText" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
    for name, end, more in (
        ("[Content_Types].xml", b"</Types>", part),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", link),
    ):
        assert end in parts[name]
        parts[name] = parts[name].replace(end, more.encode())


def prefixed_names(parts: Parts) -> None:
    """`<x:row>` for `<row>`: the same XML in other letters."""
    for name in _sheets(parts):
        root = ET.fromstring(parts[name])  # noqa: S314 our own file
        parts[name] = ET.tostring(root, xml_declaration=True, encoding="UTF-8")
        assert b":row" in parts[name]


def relative_addresses(parts: Parts) -> None:
    """Parts named from the folder of the workbook and not from the root of the archive."""
    name = "xl/_rels/workbook.xml.rels"
    assert b'Target="/xl/' in parts[name]
    parts[name] = parts[name].replace(b'Target="/xl/', b'Target="')


def no_properties(parts: Parts) -> None:
    """Neither names of programs nor custom properties."""
    for name in [name for name in parts if name.startswith("docProps/")]:
        del parts[name]
    for name in ("[Content_Types].xml", "_rels/.rels"):
        parts[name] = re.sub(rb"<(Override|Relationship) [^>]*docProps[^>]*/>", b"", parts[name])


def read_equal(submission: Submission, content: bytes) -> None:
    book = read_workbook(BytesIO(content))
    reading = read_filled(book, definition_of(submission.form), identity_of(submission))
    assert {key: given.number for key, given in reading.answers.items()} == VALUES
    assert reading.answers["trial.3"].explanation == NOTES["3"]
    assert [str(finding) for finding in reading.findings] == []


@pytest.mark.parametrize(
    "shapes",
    [
        pytest.param((shared_text,), id="shared text"),
        pytest.param((prefixed_names,), id="prefixed names"),
        pytest.param((relative_addresses,), id="relative addresses"),
        pytest.param((no_properties,), id="no properties"),
        pytest.param((shared_text, prefixed_names, relative_addresses, no_properties), id="all at once"),
    ],
)
def test_the_same_content_in_other_shapes(submission: Submission, shapes: tuple[Callable[[Parts], None], ...]) -> None:
    read_equal(submission, reshaped(filled(submission, GOOD, NOTES), *shapes))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_libreoffice_opens_and_saves_it(submission: Submission, tmp_path: Path, suffix: str) -> None:
    """Opened and saved as xlsx, and by way of its own format as people do who press Ctrl-S first."""
    path = tmp_path / "книга.xlsx"
    path.write_bytes(filled(submission, GOOD, NOTES))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    for target in ["ods", "xlsx"] if suffix == "ods" else ["xlsx"]:
        out = tmp_path / f"saved-{target}"
        command = ["soffice", home, "--headless", "--convert-to", target, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path = out / f"книга.{target}"
    read_equal(submission, path.read_bytes())
