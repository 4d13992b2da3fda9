"""The register of the Board's requests as CSV: one line each, texts that no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Final

from contracts.workbook.cells import neutralised
from reports.queries.requests import RequestRow

COLUMNS: Final = (
    "reference", "kind", "raised_on", "raised_by", "text", "owner", "due_meeting", "status", "overdue", "answer",
    "answered_on", "closed_on", "meetings_since",
)  # fmt: skip


def requests_csv(rows: Iterable[RequestRow]) -> bytes:
    """UTF-8 with CRLF, dates as `2018-03-29`, flags yes or no."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in rows)
    return out.getvalue().encode()


def _cells(row: RequestRow) -> Iterator[str]:
    yield from (neutralised(row.reference), row.kind, row.raised_on.isoformat())
    yield from map(neutralised, (row.raised_by, row.text, row.owner))
    yield from (_day(row.due_on), row.status, "yes" if row.is_overdue else "no", neutralised(row.answer))
    yield from (_day(row.answered_on), _day(row.closed_on), str(row.age))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
