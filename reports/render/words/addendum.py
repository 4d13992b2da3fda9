"""
What an addendum says that no other paper does: why there is one, what it adds to, and what changed since the report.

Its other sections are the report's own, about fewer months.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from config.ui.status import look
from contracts.rules.months import Month, add_months, day_long, month_long, month_short, span_long
from reports.render.document import Block, Cell, Column, Kind, Paragraph, Section, Subheading, Table
from reports.render.words.exceptions import measured_note, result_cell
from reports.render.words.phrases import as_sentence, counted, level, months_in_words
from reports.render.words.reading import MEANINGS, NOTES, PROVISIONAL, key_table
from reports.rules.sentences import capitalised
from reports.snapshot import BoardPaper, ExceptionLine, ResultLine

ADDENDUM: Final = "addendum"
CHANGED: Final = ("new", "worsening", "recovered")
NOT_REPEATED: Final = (
    "The report's projects, and the open requests of the Board, stand in the report as they did; they are not repeated "
    "here."
)
OF_KPIS: Final = NOTES[:-1]
"""How to read the figures of KPIs; the last note of a report is about projects."""


def name(paper: BoardPaper) -> str:
    """`addendum 1 to the exception report`"""
    return f"addendum {paper.number} to the exception report" if paper.number else "addendum to the exception report"


def facts(paper: BoardPaper) -> tuple[tuple[str, str], ...]:
    """What the title block says of the paper that this one adds to."""
    of = paper.of
    if of is None:
        return ()
    report = f"The exception report for {day_long(of.meeting_on)}"
    return (("Adds to", f"{report}: revision {of.revision}, issued on {day_long(of.issued_on)}"),)


def about(paper: BoardPaper) -> Section:
    """Why there is an addendum, and what it leaves to the report."""
    told = span_long(paper.review.from_, paper.review.to)
    blocks: list[Block] = [Paragraph(paper.why)] if paper.why else []
    blocks.append(
        Paragraph(f"This addendum tells {told} and nothing else. It changes nothing in the report, {_beside(paper)}.")
    )
    if paper.of and paper.of.address:
        blocks.append(Paragraph(f"The report can be read at {paper.of.address}."))
    blocks.append(Paragraph(NOT_REPEATED, is_quiet=True))
    return Section("about", "Why there is an addendum", tuple(blocks))


def is_before_report(paper: BoardPaper) -> bool:
    """Whether it tells months that a cancelled meeting left, from before those that the report told."""
    return paper.of is not None and paper.of.later_from is not None


def month_before(paper: BoardPaper) -> Month:
    """The month that its own are held against."""
    return add_months(paper.review.from_, -1)


def _beside(paper: BoardPaper) -> str:
    of = paper.of
    if of is None or of.later_from is None or of.later_to is None:
        return "whose months stand beside it in the table for comparison"
    return f"which told the months after these, {span_long(of.later_from, of.later_to)}"


def changed(paper: BoardPaper) -> Section:
    """What is new, worse or recovered against the last month that was told before, and where relief began or ended."""
    title, before = "What changed since the report", month_long(month_before(paper))
    if is_before_report(paper):
        title = f"What changed in {span_long(paper.review.from_, paper.review.to)}"
    lines = [line for line in paper.exceptions if line.rule != "relief" and line.state in CHANGED]
    going_on = len({line.kpi for line in paper.exceptions if line.rule != "relief" and line.state == "continuing"})
    blocks: list[Block] = []
    if lines:
        blocks = [Paragraph(f"Against {before}, the last month told before: {_counts(lines)}."), _table(paper, lines)]
    elif paper.exceptions:
        blocks = [Paragraph(f"Against {before}, the last month told before, no KPI got better or worse.")]
    else:
        blocks = [Paragraph(f"Nothing: as in {before}, no KPI is an exception and none is under mitigation relief.")]
    if going_on:
        verb = "goes" if going_on == 1 else "go"
        more = f"{capitalised(counted(going_on, 'exception'))} {verb} on from the months before: see the exceptions."
        blocks.append(Paragraph(more))
    blocks += [Paragraph(as_sentence(text)) for text in _reliefs(paper)]
    return Section("changed", title, tuple(blocks))


def how_to_read(paper: BoardPaper) -> Section:
    """As in the report, but for projects, of which an addendum says nothing."""
    blocks: tuple[Block, ...] = (
        key_table("Status of a KPI in a month", MEANINGS),
        Subheading("Figures"),
        *(Paragraph(note) for note in OF_KPIS),
        Subheading("What is not final, and what is illustrative"),
        Paragraph(f"{PROVISIONAL} {_provisional(paper)}"),
        Paragraph(_illustrative(paper)),
    )
    return Section("reading", "How to read this paper", blocks, is_appendix=True)


def _counts(lines: Sequence[ExceptionLine]) -> str:
    by_state = {state: len({line.kpi for line in lines if line.state == state}) for state in CHANGED}
    told = (
        (by_state["new"], "new exception", ""),
        (by_state["worsening"], "exception worsening", "exceptions worsening"),
        (by_state["recovered"], "KPI recovered", "KPIs recovered"),
    )
    return ", ".join(counted(number, one, many) for number, one, many in told if number)


def _table(paper: BoardPaper, lines: Sequence[ExceptionLine]) -> Table:
    before, last = month_before(paper), paper.review.to
    columns = (
        Column("KPI", width=2.8),
        Column("What changed", width=2),
        Column(month_short(before), Kind.FIGURE, width=1.5, note="told before"),
        Column(month_short(last), Kind.FIGURE, width=1.5, is_marked=True),
        Column("Target", Kind.FIGURE, width=1.2),
    )
    caption = f"KPIs that are new, worse or recovered in {span_long(paper.review.from_, last)}"
    return Table(caption, columns, tuple(_row(paper, line) for line in lines))


def _row(paper: BoardPaper, line: ExceptionLine) -> tuple[Cell, ...]:
    before = _last(line, paper.history.from_, month_before(paper))
    latest = _last(line, paper.review.from_, paper.review.to)
    target = latest.target if latest else None
    return (
        Cell(line.kpi, note=line.name),
        Cell(_what(line), note=months_in_words(line.months) if len(paper.months) > 1 else ""),
        _cell(line, before, month_before(paper)),
        _cell(line, latest, paper.review.to),
        Cell(level(line, target) if target else ""),
    )


def _what(line: ExceptionLine) -> str:
    if line.rule == "recovered":
        return capitalised(line.run)
    return f"{look(line.rule).word}: {line.run}"


def _cell(line: ExceptionLine, result: ResultLine | None, month: Month) -> Cell:
    """The result with its status; a KPI that is not due every month may have it from an earlier one."""
    if result is None:
        return Cell("not due")
    shown, when = result_cell(line, result), month_short(result.month) if result.month != month else ""
    note = "; ".join(filter(None, (when, measured_note(result), shown.note)))
    return Cell(shown.text, result.contractual, note, shown.is_provisional)


def _last(line: ExceptionLine, first: Month, last: Month) -> ResultLine | None:
    found = [result for result in line.results if first <= result.month <= last]
    return found[-1] if found else None


def _reliefs(paper: BoardPaper) -> Iterator[str]:
    since = paper.since_last
    for number, what in (
        (since.reliefs_begun, "mitigation relief began on"),
        (since.reliefs_continuing, "mitigation relief continues on"),
        (since.reliefs_ended, "mitigation relief ended on"),
    ):
        if number:
            yield f"{what} {counted(number, 'KPI')}"


def _provisional(paper: BoardPaper) -> str:
    figures, whole = sum(each.provisional for each in paper.months), sum(each.in_force for each in paper.months)
    return f"In this paper: {figures:,} of {whole:,} results." if figures else "In this paper there are none."


def _illustrative(paper: BoardPaper) -> str:
    results = [result.illustrative for area in paper.areas for kpi in area.kpis for result in kpi.results]
    if not any(results):
        return "No figure in this paper is illustrative."
    return (
        "Illustrative figures were made up to be plausible where nothing was published: "
        f"{sum(results):,} of {len(results):,} results. The spreadsheet says which."
    )
