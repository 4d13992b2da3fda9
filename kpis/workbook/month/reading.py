"""
Reading the month's sheet, or the plain sheet `results`: what each row says, and every bad cell by name.

A blank cell says nothing, so that it leaves what stands in the form. A figure is one thing: whoever gives any part of
it (value, numerator, denominator, or why it was not measured) gives the whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from config.ui.formats import day
from contracts.models import ServiceArea
from contracts.rules.months import Month, month_key, month_long
from contracts.workbook.cells import is_blank, quoted
from contracts.workbook.numbers import written
from contracts.workbook.problems import Problem, Problems
from contracts.workbook.sheets import HEADER_ROW, Row, Seen, Table, read_rows
from kpis.workbook.book import Book, Entry
from kpis.workbook.figures import FIGURE, FigureReader, check_agreement, check_figures, check_level, is_due
from kpis.workbook.month.columns import AS_DOWNLOADED, RESULTS_OF_MONTH, STATE, WORDS, plain

SHEET: Final = RESULTS_OF_MONTH.name
MOST_PROBLEMS: Final = 2_000
"""So many are enough to mend; naming more of them would only keep everybody waiting."""


@dataclass(frozen=True, slots=True)
class Said:
    """A row: its KPI, what it says by cell as somebody would type it, and the mark of what was downloaded."""

    kpi: int
    cells: Mapping[str, str]
    as_downloaded: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet that was read: rows of this area and month, how many of others there are, and every mistake."""

    said: tuple[Said, ...]
    left_out: int
    problems: tuple[Problem, ...]


def read_month(
    sheets: Mapping[str, Table], book: Book, area: ServiceArea, month: Month, problems: Problems, named: str
) -> Reading:
    """Reads the rows of one area and month; ``problems`` are those of the file, which is called ``named``."""
    table = sheets.get(SHEET) or (next(iter(sheets.values())) if len(sheets) == 1 else None)
    if table is None and not problems:
        found = f"its sheets are {', '.join(map(quoted, sheets))}" if sheets else "it has no sheet with anything in it"
        problems.add(named, None, "", found, f"expected one called {SHEET}")
    sheet = _Sheet(book, area, month)
    if table is not None and not problems:
        sheet.read(table)
        # Mistakes in rows of other areas and months are nothing to this one.
        for problem in sheet.problems:
            if problem.row not in sheet.others:
                problems.add(problem.sheet, problem.row, problem.column, problem.what, problem.right)
    return Reading(tuple(sheet.said), len(sheet.others), tuple(problems))


class _Sheet:
    """The sheet while it is read."""

    def __init__(self, book: Book, area: ServiceArea, month: Month) -> None:
        self.book, self.area, self.month = book, area, month
        self.problems = Problems()
        self.said: list[Said] = []
        self.others: set[int] = set()
        self._figures = FigureReader()
        self._seen = Seen()

    def read(self, table: Table) -> None:
        for row in read_rows(table, RESULTS_OF_MONTH, self.problems):
            if STATE in row.given and not (self.said or self.others):
                self._refuse_state()
                return
            self._understand(row)
            if len(self.problems) > MOST_PROBLEMS:
                what = f"there are more than {MOST_PROBLEMS:,} mistakes, and reading ended here"
                self.problems.add(SHEET, row.number, "", what, "expected those above to be mended first")
                return

    def _refuse_state(self) -> None:
        what = "the state of a figure is not given here"
        self.problems.add(
            SHEET, HEADER_ROW, STATE, what, "expected no such column: figures enter the open return, which is submitted"
        )

    def _understand(self, row: Row) -> None:
        entry = self._entry(row)
        if self._is_elsewhere(row, entry):
            self.others.add(row.number)
            return
        if entry is None:
            entry = self.book.find(row)  # reports it
        figures = self._figures.read(row, entry)
        has_figure = any(not is_blank(row[name]) for name in FIGURE)
        if has_figure:
            check_figures(row, figures)
        code, month = row["kpi"], row["month"]
        if entry is None or month is None:
            return
        check_agreement(row, entry.kpi, figures)
        named = f"the result of {code} for {month_key(month)}"
        if not (self._seen.is_new(code, row, "kpi", named) and is_due(row, entry, month)):
            return
        if has_figure:
            check_level(row, entry, month)
        if row.is_sound():
            figure = {name: "" if value is None else written(value) for name, value in figures.items()}
            figure["not_measured_reason"] = row["not_measured_reason"]
            said = (figure if has_figure else {}) | _words(row)
            self.said.append(Said(entry.kpi.pk, said, plain(row[AS_DOWNLOADED])))

    def _entry(self, row: Row) -> Entry | None:
        return self.book.entries.get(row["kpi"]) if row.is_sound("kpi") else None

    def _is_elsewhere(self, row: Row, entry: Entry | None) -> bool:
        if entry is not None and entry.area.pk != self.area.pk:
            return True
        return row["month"] is not None and row["month"] != self.month


def _words(row: Row) -> dict[str, str]:
    """What the row says beside its figure, where it says anything."""
    reads: dict[str, Callable[..., str]] = {"recovery_month": month_long, "explanation_awaited_on": day}
    return {name: row[name] for name in WORDS if row[name]} | {
        name: read(row[name]) for name, read in reads.items() if row[name] is not None
    }
