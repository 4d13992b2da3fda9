"""The register as a file: the list in view with every column, as CSV or as a spreadsheet, one row after another.

What is read is written at once, so a long list takes no more memory than a short one.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any, Final

from django.db.models import QuerySet

from contracts.workbook.blank import new_spreadsheet
from contracts.workbook.cells import neutralised, tidy

COLUMNS: Final[tuple[tuple[str, str, int], ...]] = (
    ("Reference", "reference", 12),
    ("Title", "title", 45),
    ("Kind", "kind", 15),
    ("Stage", "stage", 11),
    ("Service area", "service_area__code", 12),
    ("Scrutiny area", "scrutiny_area", 25),
    ("Sponsor", "sponsor", 28),
    ("Project manager", "manager", 28),
    ("Declared confidence", "declared", 12),
    ("Confidence by its dates", "computed", 12),
    ("Original finish", "original_finish", 12),
    ("Agreed finish", "agreed_finish", 12),
    ("Forecast finish", "forecast_finish", 12),
    ("Forecast or actual finish", "finish", 12),
    ("Days late against the original finish", "days_late", 12),
    ("Days late against the agreed finish", "days_late_agreed", 12),
    ("Late, % of the time first planned", "percent_late", 12),
    ("Times re-baselined", "rebaselined", 12),
    ("Last update", "updated_on", 12),
    ("Questions unanswered", "unanswered", 12),
    ("Key rank", "key_rank", 8),
    ("Illustrative", "is_illustrative", 11),
)
"""Heading, column of the register's row, and width in characters."""
CHUNK: Final = 2000


def csv_lines(rows: QuerySet[Any]) -> Iterator[str]:
    """The file line by line: text quoted and neutralised, numbers plain, days as 2018-03-29, blanks empty."""
    line: list[str] = []
    writer = csv.writer(_Sink(line.append), quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(heading for heading, _, _ in COLUMNS)
    for row in _read(rows):
        writer.writerow(_plain(value) for value in row)
        yield from line
        line.clear()
    yield from line


def spreadsheet(rows: QuerySet[Any]) -> IO[bytes]:
    """An .xlsx file, open at its beginning: numbers as numbers, days as days, the heads fixed and filters above."""
    file = TemporaryFile()  # noqa: SIM115 - whoever answers with it closes it
    with new_spreadsheet(file, constant_memory=True) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmm yyyy"})
        sheet = book.add_worksheet("projects")
        for place, (heading, _, width) in enumerate(COLUMNS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, head)
        number = 0
        for number, row in enumerate(_read(rows), start=1):
            for place, value in enumerate(row):
                _write_cell(sheet, number, place, value, day)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, number, len(COLUMNS) - 1)
    file.seek(0)
    return file


def _read(rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    return rows.values_list(*(name for _, name, _ in COLUMNS)).iterator(chunk_size=CHUNK)


def _plain(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return neutralised(tidy(value)) if isinstance(value, str) else value


def _write_cell(sheet: Any, row: int, place: int, value: Any, day: Any) -> None:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        sheet.write_number(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    elif words := _plain(value):
        sheet.write_string(row, place, words)


class _Sink:
    """What a CSV writer writes to: each line goes to whoever asked."""

    def __init__(self, take: Callable[[str], None]) -> None:
        self.write = take
