"""The audit as a file: a line for each field that was changed, and one for whatever changed no field."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC
from io import StringIO
from typing import Final

from reports.queries.audit import AuditLine, Moved
from reports.render.neutral import neutral

COLUMNS: Final = (
    "at", "job title", "e-mail", "where no person", "address", "request or task", "kind", "thing", "done",
    "field", "from", "to", "why",
)  # fmt: skip
NONE: Final = (Moved("", "", ""),)


def csv_lines(lines: Iterable[AuditLine]) -> Iterator[str]:
    """Line by line, in UTC: text is quoted and neutralised, so that no spreadsheet runs what somebody typed."""
    yield _written(COLUMNS)
    for line in lines:
        for moved in line.moved or NONE:
            yield _written(
                (
                    line.at.astimezone(UTC).isoformat(timespec="microseconds"),
                    line.who,
                    line.email,
                    line.by,
                    line.address,
                    line.request,
                    line.kind,
                    line.thing,
                    line.done,
                    moved.field,
                    moved.before,
                    moved.after,
                    line.why,
                )
            )


def _written(values: Iterable[str]) -> str:
    out = StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow([neutral(value) for value in values])
    return out.getvalue()
