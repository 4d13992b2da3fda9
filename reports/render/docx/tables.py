"""Tables of the Word paper: a header row that repeats, rows that stay whole, a name for screen readers."""

from typing import Any, Final

from docx.oxml.ns import qn

from reports.render.document import Cell, Column, Kind, Table
from reports.render.docx.elements import QUIET, element, lines, paragraph, run, status

GROUND: Final = "F2F4F6"
INK: Final = "0B0C0C"
RULE: Final = "C5CDD6"
ROOM: Final = {"top": 40, "left": 70, "bottom": 40, "right": 70}
MOST_ROWS_TOGETHER: Final = 12
"""A table of so many rows stays on one page; a longer one repeats its head."""


def table(it: Table, width: int, *, is_small: bool, style: str = "") -> Any:
    """
    The table across `width` twentieths of a point, in a table style of the file; without one, in lines of our own.

    In a style of the council's nothing else is ruled or shaded: its head may be light on dark.
    """
    shares = sum(column.width for column in it.columns)
    widths = [round(width * column.width / shares) for column in it.columns]
    text = "TableTextSmall" if is_small else "TableText"
    made = element(
        "w:tbl",
        _properties(it, width, style),
        element("w:tblGrid", *(element("w:gridCol", w_w=each) for each in widths)),
        _row(
            [_head(column, text, each, is_plain=not style) for column, each in zip(it.columns, widths, strict=True)],
            is_header=True,
            is_plain=not style,
        ),
    )
    for number, cells in enumerate(it.rows, start=1):
        is_total = it.has_total and number == len(it.rows)
        is_kept = number < len(it.rows) <= MOST_ROWS_TOGETHER
        shown = [
            _cell(cell, column, text, each, is_total=is_total, is_kept=is_kept, is_plain=not style)
            for cell, column, each in zip(cells, it.columns, widths, strict=True)
        ]
        made.append(_row(shown, is_plain=not style))
    return made


def _properties(it: Table, width: int, style: str) -> Any:
    rule: dict[str, str | int] = {"w_val": "single", "w_sz": 4, "w_space": 0, "w_color": RULE}
    named = [element("w:tblStyle", w_val=style)] if style else []
    lines = [] if style else [element("w:tblBorders", element("w:bottom", **rule), element("w:insideH", **rule))]
    sides = (element(f"w:{side}", w_w=room, w_type="dxa") for side, room in ROOM.items())
    return element(
        "w:tblPr",
        *named,
        element("w:tblW", w_w=width, w_type="dxa"),
        *lines,
        element("w:tblLayout", w_type="fixed"),
        *([] if style else [element("w:tblCellMar", *sides)]),
        element(
            "w:tblLook",
            w_val="00A0",
            w_firstRow=1,
            w_lastRow=0,
            w_firstColumn=1,
            w_lastColumn=0,
            w_noHBand=1,
            w_noVBand=1,
        ),
        element("w:tblCaption", w_val=it.caption),
        element("w:tblDescription", w_val=f"Columns: {', '.join(column.heading for column in it.columns)}."),
    )


def _row(cells: list[Any], *, is_header: bool = False, is_plain: bool) -> Any:
    properties = element("w:trPr", element("w:cantSplit"))
    if is_plain:
        _set_flush(cells[0])
    if is_header:
        properties.append(element("w:tblHeader"))
    return element("w:tr", properties, *cells)


def _set_flush(cell: Any) -> None:
    """The first column begins where the text around the table does."""
    properties = cell.find(qn("w:tcPr"))
    margins = element("w:tcMar", element("w:left", w_w=0, w_type="dxa"))
    align = properties.find(qn("w:vAlign"))
    if align is None:
        properties.append(margins)
    else:
        align.addprevious(margins)


def _head(column: Column, style: str, width: int, *, is_plain: bool) -> Any:
    parts = [[run(column.heading, is_bold=True)]]
    if column.note:
        parts.append([run(column.note, style=QUIET if is_plain else "")])
    line = element("w:tcBorders", element("w:bottom", w_val="single", w_sz=8, w_space=0, w_color=INK))
    properties = _cell_properties(column, width, line if is_plain else None, is_plain=is_plain)
    properties.append(element("w:vAlign", w_val="bottom"))
    return element("w:tc", properties, paragraph(style, *lines(*parts), align=_side(column), is_kept=True))


def _cell(cell: Cell, column: Column, style: str, width: int, *, is_total: bool, is_kept: bool, is_plain: bool) -> Any:
    parts = []
    if cell.text:
        parts.append([run(cell.text, is_bold=is_total, underline="dotted" if cell.is_provisional else "")])
    if cell.look:
        parts.append(status(cell.look))
    if cell.is_provisional:
        parts.append([run("provisional", style=QUIET)])
    if cell.note:
        parts.append([run(cell.note, style=QUIET)])
    top = element("w:tcBorders", element("w:top", w_val="single", w_sz=8, w_space=0, w_color=INK)) if is_total else None
    shown = paragraph(style, *lines(*parts), align=_side(column), is_kept=is_kept)
    return element("w:tc", _cell_properties(column, width, top, is_plain=is_plain), shown)


def _cell_properties(column: Column, width: int, borders: Any, *, is_plain: bool) -> Any:
    properties = element("w:tcPr", element("w:tcW", w_w=width, w_type="dxa"))
    if borders is not None:
        properties.append(borders)
    if column.is_marked and is_plain:
        properties.append(element("w:shd", w_val="clear", w_color="auto", w_fill=GROUND))
    return properties


def _side(column: Column) -> str:
    return "right" if column.kind is Kind.FIGURE else ""
