"""The paper's data tables as one spreadsheet: a sheet each; numbers as numbers, dates as dates, no formulas."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from config.ui.status import LOOKS
from reports.render.document import Document, Kind, Sheet, SheetColumn, Value
from reports.render.neutral import neutral

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST: Final = 32_767
"""What a cell holds at most."""
CUT: Final = " … (cut: the JSON file has the whole text)"
WORDS: Final = {key: look.word for key, look in LOOKS.items()} | {
    "relief": "Mitigation relief",
    "recovered": "Recovered",
}
DAY: Final = "d mmm yyyy"
MONTH: Final = "mmm yyyy"
A4: Final = 9
RED: Final = "#b10e1e"
MOST_IN_FOOTER: Final = 180
LONG_MARK: Final = 40
"""A mark that says more than `DRAFT` stands above the table too, as a reader on the screen sees no page header."""


def render(document: Document, sheets: tuple[Sheet, ...]) -> bytes:
    """The file's bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties(
        {
            "title": document.title,
            "subject": document.occasion,
            "author": "Scrutineer",
            "created": datetime.combine(document.made_on, time(), UTC).replace(tzinfo=None),
        }
    )
    formats = _Formats(book)
    for sheet in sheets:
        _write(book, sheet, formats, document)
    book.close()
    return out.getvalue()


class _Formats:
    """Each look of a cell once: the file lists them."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **looks: Any) -> Any:
        named = {"valign": "top", "font_name": "Arial", "font_size": 11} | looks
        key = tuple(sorted(named.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(named)
        return self._made[key]


def _write(book: Any, sheet: Sheet, formats: _Formats, document: Document) -> None:
    page = book.add_worksheet(sheet.title)
    head = 0
    if len(document.mark) > LONG_MARK:
        head = 1
        page.write_string(0, 0, document.mark, formats(bold=True, font_color=RED))
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        side = "right" if column.kind is Kind.FIGURE else "left"
        page.write_string(
            head, place, neutral(column.heading), formats(bold=True, bottom=1, align=side, text_wrap=True)
        )
    for number, row in enumerate(sheet.rows, start=head + 1):
        for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write_cell(page, number, place, value, column, formats)
    page.freeze_panes(head + 1, 0)
    page.autofilter(head, 0, head + max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, head)
    page.set_footer(f"&L{_footer(document.occasion)}&RPage &P of &N")
    if document.mark:
        page.set_header(f"&R&B{_footer(document.mark)}")


def _write_cell(page: Any, row: int, place: int, value: Value, column: SheetColumn, formats: _Formats) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(row, place, "yes" if value else "no", formats())
    elif isinstance(value, date):
        shown = MONTH if column.kind is Kind.MONTH else DAY
        page.write_datetime(row, place, value, formats(num_format=shown, align="left"))
    elif isinstance(value, int | Decimal):
        page.write_number(row, place, value, formats(num_format=_digits(value)))
    elif column.kind is Kind.STATUS:
        keys = value.split(";")
        words = "; ".join(WORDS.get(key, key) for key in keys)
        looks = {"font_color": LOOKS[keys[0]].colour} if keys[0] in LOOKS else {}
        page.write_string(row, place, words, formats(**looks))
    else:
        page.write_string(row, place, _fitting(neutral(value)), formats(text_wrap=True))


def _digits(value: int | Decimal) -> str:
    """The number format that shows exactly the digits there are."""
    decimals = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return f"#,##0.{'0' * decimals}" if decimals > 0 else "#,##0"


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def _footer(text: str) -> str:
    """Text in a header or footer, where an ampersand starts a command and 255 characters are the most."""
    return text[:MOST_IN_FOOTER].replace("&", "&&")
