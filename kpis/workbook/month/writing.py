"""
The entry form as a workbook: a row for each KPI in force, with what stands in it; same form, same bytes.

Only the cells to be filled in are unlocked, and the lock has no key: it keeps from slips, not from people. Text that a
spreadsheet would take for a formula goes out behind an apostrophe, which comes off again on the way back.
"""

from datetime import datetime, time
from io import BytesIO
from typing import Any, Final

from contracts.rules.months import Month, add_months, month_key, month_long, month_short
from contracts.rules.typed import CellRefused, day_typed
from contracts.workbook.blank import new_spreadsheet
from contracts.workbook.cells import neutralised
from kpis.queries.desk import Desk, Line
from kpis.rules.checks import CELLS
from kpis.rules.figures import Unit, show
from kpis.workbook.month.columns import AS_DOWNLOADED, HELPERS, RESULTS_OF_MONTH, heading
from kpis.workbook.month.spelling import FIGURES, figure_typed, fingerprint, fitting, spelled

ORDER: Final = ("kpi", "name", "month", *HELPERS[1:], *CELLS, AS_DOWNLOADED)
PLACE: Final = {name: place for place, name in enumerate(ORDER)}
WIDTHS: Final = {
    "kpi": 14, "name": 36, "month": 10, "unit": 10, "better": 16, "target": 16, "minimum": 16, "last_figure": 18,
    "value": 11, "numerator": 12, "denominator": 13, "not_measured_reason": 30, "comment": 30, "cause": 40,
    "effect": 40, "remedy": 40, "recovery_month": 17, "explanation_awaited_on": 16,
}  # fmt: skip
UNIT_WORDS: Final = {
    Unit.PERCENT: "per cent", Unit.COUNT: "a count", Unit.DAYS: "days", Unit.SECONDS: "seconds", Unit.MONEY: "pounds",
}  # fmt: skip
NEVER_NEGATIVE: Final = frozenset({Unit.COUNT, Unit.PERCENT, Unit.SECONDS})
LARGEST: Final = 999_999_999_999_999
MOST_IN_A_LIST: Final = 255
MONTHS_AHEAD: Final = 24
DAY: Final = "d mmmm yyyy"
A4: Final = 9
LINE_HEIGHT: Final = 15
MOST_LINES: Final = 12
GREY: Final = "#F3F2F1"
RULED: Final = "#B1B4B6"
NOTES_WIDTH: Final = 90
NOTES: Final = (
    "Fill in the white cells of the sheet “results”; the grey ones are for reading.",
    "A figure is a number as people write it, 93.1 for 93.1%; or its numerator and denominator, and the percentage is"
    " worked out; or the reason why it was not measured.",
    "A miss asks for cause, effect on council services, remedy with its owner, and the month in which it is expected to"
    " recover; or the day by which the supplier will explain it.",
    "A cell left blank leaves in the form what stands there. To empty a box, empty it in the form.",
    "Then upload the file from the same page. Every change is shown before anything is saved.",
)


def write_month(desk: Desk) -> bytes:
    """The workbook of what stands in the form."""
    out = BytesIO()
    book = new_spreadsheet(out, in_memory=True)
    title = f"{desk.area.name}, {month_long(desk.month)}"
    book.set_properties({"title": title, "author": "Scrutineer", "created": datetime.combine(desk.month, time())})
    _Sheet(book, desk).write(title)
    _write_notes(book, title)
    book.close()
    return out.getvalue()


class _Sheet:
    """The sheet while it is written."""

    def __init__(self, book: Any, desk: Desk) -> None:
        self.desk = desk
        self.page = book.add_worksheet(RESULTS_OF_MONTH.name)
        looks = {"valign": "top", "font_name": "Arial", "font_size": 11, "text_wrap": True, "border": 1}
        looks["border_color"] = RULED
        self.head = book.add_format(looks | {"bold": True, "bg_color": GREY})
        self.read_only = book.add_format(looks | {"bg_color": GREY})
        self.figure = book.add_format(looks | {"locked": False, "align": "right"})
        self.words = book.add_format(looks | {"locked": False})
        self.as_text = book.add_format(looks | {"locked": False, "num_format": "@"})
        self.day = book.add_format(looks | {"locked": False, "num_format": DAY, "align": "left"})

    def write(self, title: str) -> None:
        for name, place in PLACE.items():
            self.page.set_column(place, place, WIDTHS.get(name, 10), None, {"hidden": name == AS_DOWNLOADED})
            self.page.write_string(0, place, heading(name), self.head)
        lines = [line for line in self.desk.lines if line.terms.is_in_force(self.desk.month)]
        for number, line in enumerate(lines, start=1):
            self._write_line(number, line)
        self._lay_out(title)

    def _write_line(self, number: int, line: Line) -> None:
        typed, helpers = line.standing.typed, self._helpers(line)
        for name, words in helpers.items():
            self.page.write_string(number, PLACE[name], neutralised(fitting(words)), self.read_only)
        for cell in CELLS:
            self._write_cell(number, cell, getattr(typed, cell), line)
        lines = [_lines(helpers["name"], "name"), *(_lines(getattr(typed, cell), cell) for cell in CELLS)]
        if max(lines) > 1:  # not every program fits a row to its text by itself
            self.page.set_row(number, LINE_HEIGHT * min(max(lines), MOST_LINES))
        self._ask(number, line)

    def _helpers(self, line: Line) -> dict[str, str]:
        terms, standing = line.terms, line.standing
        last = line.earlier[-1] if line.earlier else None
        figure = f"{show(last.value, terms.unit, terms.decimals)}, {month_short(last.month)}" if last else "none yet"
        return {
            "kpi": terms.code,
            "name": terms.name,
            "month": month_key(self.desk.month),
            "unit": UNIT_WORDS[terms.unit],
            "better": f"{terms.polarity.value} is better",
            "target": line.target,
            "minimum": line.minimum,
            "last_figure": figure,
            AS_DOWNLOADED: f"{standing.version} {fingerprint(spelled(standing.typed, terms.unit))}",
        }

    def _write_cell(self, row: int, cell: str, typed: str, line: Line) -> None:
        place, look = PLACE[cell], self._look(cell, line)
        words = neutralised(fitting(typed))
        try:
            if not words:
                self.page.write_blank(row, place, None, look)
            elif cell in FIGURES:
                self.page.write_number(row, place, figure_typed(cell, typed, line.terms.unit), look)
            elif cell == "explanation_awaited_on":
                self.page.write_datetime(row, place, datetime.combine(day_typed(typed), time()), look)
            else:
                self.page.write_string(row, place, words, look)
        except CellRefused:  # what means nothing goes out as it was typed, to be mended there
            self.page.write_string(row, place, words, look)

    def _look(self, cell: str, line: Line) -> Any:
        if cell in FIGURES:
            return self.figure if cell == "value" or _has_rate(line) else self.read_only
        return {"recovery_month": self.as_text, "explanation_awaited_on": self.day}.get(cell, self.words)

    # --- What the cells take -----------------------------------------------------------------------------------------

    def _ask(self, row: int, line: Line) -> None:
        for cell in FIGURES if _has_rate(line) else FIGURES[:1]:
            self._validate(row, cell, _number_asked(cell, line))
        self._validate(row, "recovery_month", _month_asked(self.desk.month))
        self._validate(row, "explanation_awaited_on", _day_asked(self.desk.month))

    def _validate(self, row: int, cell: str, asked: dict[str, Any]) -> None:
        self.page.data_validation(row, PLACE[cell], row, PLACE[cell], asked)

    def _lay_out(self, title: str) -> None:
        page = self.page
        page.set_row(0, 2 * LINE_HEIGHT)
        page.freeze_panes(1, 2)
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(2, 0)
        page.repeat_rows(0)
        page.repeat_columns(0, 1)
        page.set_footer(f"&L{title[:100].replace('&', '&&')}&RPage &P of &N")


def _has_rate(line: Line) -> bool:
    """Whether numerator and denominator are asked for, as in the form: a count is no rate, unless one stands there."""
    typed = line.standing.typed
    return line.terms.unit is not Unit.COUNT or bool(typed.numerator or typed.denominator)


def _lines(words: str, name: str) -> int:
    """How many lines a text takes in its column, roughly: a width is counted in digits, and letters are narrower."""
    fit = WIDTHS[name] + WIDTHS[name] // 6
    return sum(1 + len(line) // fit for line in words.split("\n"))


def _number_asked(cell: str, line: Line) -> dict[str, Any]:
    terms = line.terms
    past = [each.value for each in line.earlier if each.value is not None]
    levels = [each for level in terms.levels for each in (level.target, level.minimum)]
    is_below_zero = terms.unit not in NEVER_NEGATIVE or any(each < 0 for each in (*past, *levels))
    example = "93.1 or 93.1%" if terms.unit is Unit.PERCENT and cell == "value" else "93.1"
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -LARGEST if is_below_zero else 0,
        "maximum": LARGEST,
        "input_title": terms.code,
        "input_message": f"A number, {UNIT_WORDS[terms.unit]}, {terms.polarity.value} is better.",
        "error_title": "This is not a figure",
        "error_message": f"Type a number such as {example}{'' if is_below_zero else ', not below zero'}.",
    }


def _month_asked(month: Month) -> dict[str, Any]:
    listed: list[str] = []
    for ahead in range(1, MONTHS_AHEAD + 1):
        longer = [*listed, month_long(add_months(month, ahead))]
        if len(",".join(longer)) > MOST_IN_A_LIST:
            break
        listed = longer
    return {
        "validate": "list",
        "source": listed,
        "error_type": "warning",
        "error_title": "Is this a month?",
        "error_message": f"Choose a month, or type one such as {listed[0]}.",
    }


def _day_asked(month: Month) -> dict[str, Any]:
    first = add_months(month, 1)
    return {
        "validate": "date",
        "criteria": ">=",
        "value": datetime.combine(first, time()),
        "error_title": "Is this a day after the month?",
        "error_message": f"Type a day such as 29 {month_long(first)}.",
    }


def _write_notes(book: Any, title: str) -> None:
    page = book.add_worksheet("How to fill it in")
    looks = {"valign": "top", "font_name": "Arial", "font_size": 11, "text_wrap": True}
    page.set_column(0, 0, NOTES_WIDTH)
    page.set_landscape()
    page.set_paper(A4)
    page.write_string(0, 0, neutralised(fitting(title)), book.add_format(looks | {"bold": True}))
    body = book.add_format(looks)
    for number, words in enumerate(NOTES, start=1):
        page.set_row(number, LINE_HEIGHT * (1 + len(words) // NOTES_WIDTH))
        page.write_string(number, 0, words, body)
    page.protect()
