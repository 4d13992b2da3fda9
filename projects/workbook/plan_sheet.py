"""The forward plan as a file: everything of it in the order of the page, as CSV or as a spreadsheet."""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO
from tempfile import TemporaryFile
from typing import IO, Any, Final

from contracts.rules.months import month_key, month_of
from contracts.workbook.blank import new_spreadsheet
from contracts.workbook.cells import neutralised, tidy
from projects.rules.plan import ForwardPlan, PlanItem

COLUMNS: Final = (
    ("Part", 14),
    ("Month", 10),
    ("Day", 12),
    ("What", 15),
    ("Milestone", 40),
    ("Project", 12),
    ("Title", 45),
    ("Stage", 11),
    ("Scrutiny area", 28),
    ("Forecast", 12),
    ("Days late", 10),
)
"""Heading, and width in characters. A milestone is late against its original day, a finish against the agreed one."""


def csv_lines(plan: ForwardPlan) -> Iterator[str]:
    """Text quoted and neutralised, days as 2018-03-29, blanks empty."""
    yield _line([heading for heading, _ in COLUMNS])
    for row in _rows(plan):
        yield _line([_plain(value) for value in row])


def spreadsheet(plan: ForwardPlan) -> IO[bytes]:
    """An .xlsx file, open at its beginning."""
    file = TemporaryFile()  # noqa: SIM115 - whoever answers with it closes it
    with new_spreadsheet(file, constant_memory=True) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmm yyyy"})
        sheet = book.add_worksheet("forward plan")
        for place, (heading, width) in enumerate(COLUMNS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, head)
        number = 0
        for number, row in enumerate(_rows(plan), start=1):
            for place, value in enumerate(row):
                _write_cell(sheet, number, place, value, day)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, number, len(COLUMNS) - 1)
    file.seek(0)
    return file


def _rows(plan: ForwardPlan) -> Iterator[tuple[Any, ...]]:
    after = "After the end" if plan.ends_with_contract else "Later"
    parts = (("Overdue", plan.overdue), ("Planned", plan.planned), (after, plan.beyond), ("No date", plan.undated))
    for part, items in parts:
        for item in items:
            yield _row(part, item)


def _row(part: str, item: PlanItem) -> tuple[Any, ...]:
    project = item.project
    return (
        part,
        month_key(month_of(item.on)) if item.on else None,
        item.on,
        item.kind.value.capitalize(),
        item.title,
        project.reference,
        project.title,
        project.stage.value,
        project.scrutiny_area,
        item.forecast_on,
        item.days_late,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return neutralised(tidy(value)) if isinstance(value, str) else value


def _line(values: list[Any]) -> str:
    line = StringIO()
    csv.writer(line, quoting=csv.QUOTE_NONNUMERIC).writerow(values)
    return line.getvalue()


def _write_cell(sheet: Any, row: int, place: int, value: Any, day: Any) -> None:
    if isinstance(value, int):
        sheet.write_number(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    elif words := _plain(value):
        sheet.write_string(row, place, words)
