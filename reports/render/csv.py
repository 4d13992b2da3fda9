"""A data table as CSV: RFC 4180 with CRLF, UTF-8 without a byte order mark, the snapshot's own keys and spellings.

Months are `2018-03`, days `2018-03-29`, figures plain with every digit, flags yes or no, statuses the keys of the JSON,
gaps empty. Text is quoted and numbers are not. There is no byte order mark because most programs take it for a part of
the first column's name; whoever opens the figures in a spreadsheet program is better served by the spreadsheet.
"""

import csv
from datetime import date
from io import StringIO

from reports.render.document import Kind, Sheet, SheetColumn, Value
from reports.render.neutral import neutral


def render(sheet: Sheet) -> bytes:
    """The file's bytes."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(neutral(column.key) for column in sheet.columns)
    for row in sheet.rows:
        writer.writerow(_plain(value, column) for value, column in zip(row, sheet.columns, strict=True))
    return out.getvalue().encode()


def _plain(value: Value, column: SheetColumn) -> Value:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()[: 7 if column.kind is Kind.MONTH else 10]
    return neutral(value) if isinstance(value, str) else value
