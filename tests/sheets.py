"""Filling in a downloaded workbook as a person would: cells are put into its XML, and everything else stays."""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import CalamineWorkbook

from contracts.workbook.sheets import column_name

SHEET = "xl/worksheets/sheet1.xml"
CELL = r'<c r="{place}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)'


def read(content: bytes, sheet: str = "results") -> list[dict[str, Any]]:
    """The rows of a workbook's sheet, by the names of its columns."""
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python()
    return [dict(zip(map(column_name, head), row, strict=True)) for row in rows]


def filled(content: bytes, cells: Mapping[tuple[str, str], str]) -> bytes:
    """The workbook with these cells: by KPI and column, the XML of the cell's inside, or plain text."""
    places = _places(content)
    out = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for name in packed.namelist():
            part = packed.read(name)
            if name == SHEET:
                xml = part.decode()
                for key, inside in cells.items():
                    xml = _put(xml, places[key], inside)
                part = xml.encode()
            again.writestr(name, part)
    return out.getvalue()


def number(figure: str) -> str:
    """The inside of a cell that holds a number."""
    return f"<v>{figure}</v>"


def formula(worked_out: str, how: str = "1+1") -> str:
    """The inside of a cell whose number a formula worked out."""
    return f"<f>{escape(how)}</f><v>{worked_out}</v>"


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _places(content: bytes) -> dict[tuple[str, str], str]:
    return {
        (row["kpi"], name): f"{chr(ord('A') + place)}{number}"
        for number, row in enumerate(read(content), start=2)
        for place, name in enumerate(row)
    }


def _put(xml: str, place: str, inside: str) -> str:
    is_xml = inside.startswith("<")
    kind = "" if is_xml else ' t="inlineStr"'
    held = inside if is_xml else f'<is><t xml:space="preserve">{escape(inside)}</t></is>'
    found = re.search(CELL.format(place=place), xml)
    assert found, place
    return f'{xml[: found.start()]}<c r="{place}"{found[1] or ""}{kind}>{held}</c>{xml[found.end() :]}'
