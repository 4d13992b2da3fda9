"""The exceptions: one card for each KPI that tripped a rule, with its history and the answers the Board asks for.

A KPI that tripped two rules has one card with both, so that its history stands there once; each rule keeps its own
state, months and answers. Relief has a section of its own, and what recovered is one line each.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from config.ui.status import look
from contracts.rules.months import Month, month_short, span_long
from reports.render.document import Block, Card, Cell, Column, Facts, Kind, Mark, Paragraph, Section, Subheading, Table
from reports.render.words import disputes, remarks
from reports.render.words.phrases import (
    NOT_EXPLAINED,
    Measure,
    counted,
    figure,
    in_lines,
    level,
    month_or,
    months_in_words,
    side,
)
from reports.render.words.pictures import history_picture
from reports.rules.sentences import capitalised, listed
from reports.snapshot import BoardPaper, ExceptionLine, ResultLine

MISSES: Final = ("below_minimum", "below_target")
GAPS: Final = ("missing", "not_measured")
MOST_MONTHS: Final = 7
NOTHING_KNOWN: Final = "No figure and no reason had been given when this paper was made."


def exceptions(paper: BoardPaper) -> Section:
    lines = [line for line in paper.exceptions if line.rule in (*MISSES, *GAPS)]
    recovered = [line for line in paper.exceptions if line.rule == "recovered"]
    blocks: list[Block] = [Paragraph(_opening(paper, lines))]
    blocks += [_card(paper, own) for own in _by_kpi(lines)]
    if recovered:
        blocks += [Subheading("Recovered"), _recovered(recovered), *disputes.of_table(map(_shown_of, recovered))]
        blocks += remarks.of_lines((line.kpi, remarks.on_kpi(paper, line.kpi)) for line in recovered)
    return Section("exceptions", f"Exceptions ({len(_by_kpi(lines))})", tuple(blocks))


def results_tables(paper: BoardPaper, measure: Measure, code: str) -> tuple[Table, ...]:
    """The months of a KPI against its levels, at most so many a table."""
    by_month = {result.month: result for result in measure.results}
    return tuple(
        _results(paper, measure, code, [by_month[month] for month in line])
        for line in in_lines(tuple(by_month), MOST_MONTHS)
    )


def _opening(paper: BoardPaper, lines: Sequence[ExceptionLine]) -> str:
    if not any(month.in_force for month in paper.months):
        return "No KPI was in force in the review period."
    if not lines:
        # Where below target is no exception in this contract, some may have been.
        bands = (
            "below minimum" if any(month.below_target for month in paper.months) else "below minimum or below target"
        )
        return f"Nothing was {bands} without relief, and no figure is missing."
    kpis = {rule: len({line.kpi for line in lines if line.rule == rule}) for rule in (*MISSES, *GAPS)}
    told = [f"{counted(number, 'KPI')} {look(rule).word.lower()}" for rule, number in kpis.items() if number]
    several = sum(len(own) > 1 for own in _by_kpi(lines))
    more = f" {capitalised(counted(several, 'KPI stands', 'KPIs stand'))} under more than one." if several else ""
    return f"In the review period: {listed(told)}.{more}"


def _by_kpi(lines: Iterable[ExceptionLine]) -> list[list[ExceptionLine]]:
    """The lines of each KPI together, where its gravest stands."""
    by_kpi: dict[str, list[ExceptionLine]] = {}
    for line in lines:
        by_kpi.setdefault(line.kpi, []).append(line)
    return list(by_kpi.values())


def _card(paper: BoardPaper, lines: Sequence[ExceptionLine]) -> Card:
    gravest = lines[0]
    return Card(
        title=gravest.name,
        code=gravest.kpi,
        marks=tuple(_mark(line) for line in lines),
        picture=history_picture(gravest, gravest.kpi, f"exception-{gravest.kpi}"),
        tables=results_tables(paper, gravest, gravest.kpi),
        facts=remarks.on_card(
            (*_facts(paper, lines), *disputes.of_kpi(gravest.results)), remarks.on_kpi(paper, gravest.kpi)
        ),
    )


def _mark(line: ExceptionLine) -> Mark:
    return Mark(line.rule, look(line.rule).word, f"{line.run}: {months_in_words(line.months)}")


def _facts(paper: BoardPaper, lines: Sequence[ExceptionLine]) -> Iterator[Facts]:
    """What was said under each rule; under a second rule only what differs from the first."""
    told: set[tuple[str, str]] = set()
    for line in lines:
        rows = tuple(row for row in _answers(paper, line) if row not in told)
        told.update(rows)
        if rows:
            yield Facts(rows, title=look(line.rule).word if len(lines) > 1 else "")


def _answers(paper: BoardPaper, line: ExceptionLine) -> list[tuple[str, str]]:
    if line.rule == "missing":
        return [("Why", line.cause or NOTHING_KNOWN)]
    if line.rule == "not_measured":
        given = [("Effect on council services", line.effect), ("Remedy", line.remedy)]
        return [("Why", line.cause or NOT_EXPLAINED), *(row for row in given if row[1])]
    return [
        ("Cause", line.cause or NOT_EXPLAINED),
        ("Effect on council services", line.effect or NOT_EXPLAINED),
        ("Remedy", line.remedy or NOT_EXPLAINED),
        ("Expected recovery", _recovery(paper, line)),
    ]


def _recovery(paper: BoardPaper, line: ExceptionLine) -> str:
    if line.state == "recovered":
        closing = max((result.month for result in line.results if result.month <= paper.review.to), default=None)
        return f"recovered: target met in {month_or(closing, 'the last month')}"
    return month_or(line.recovery_month, NOT_EXPLAINED)


def _results(paper: BoardPaper, measure: Measure, code: str, results: Sequence[ResultLine]) -> Table:
    columns = (
        Column("Month", width=1.5),
        *(
            Column(
                month_short(result.month),
                Kind.FIGURE,
                note=f"month {result.contract_month}",
                is_marked=paper.review.from_ <= result.month <= paper.review.to,
            )
            for result in results
        ),
    )
    rows = (
        (Cell("Result"), *(result_cell(measure, result) for result in results)),
        (Cell(f"Target, {side(measure)}"), *(Cell(figure(measure, result.target)) for result in results)),
        (Cell(f"Minimum, {side(measure)}"), *(Cell(figure(measure, result.minimum)) for result in results)),
        (Cell("Status"), *(Cell(look=result.contractual, note=measured_note(result)) for result in results)),
    )
    span = span_long(results[0].month, results[-1].month)
    return Table(f"{code}: results against target and minimum, {span}", columns, rows)


def result_cell(measure: Measure, result: ResultLine) -> Cell:
    return Cell(figure(measure, result.value), note=disputes.mark(result), is_provisional=result.provisional)


def measured_note(result: ResultLine) -> str:
    """Relief never hides what was measured."""
    return "" if result.measured == result.contractual else look(result.measured).word.lower()


def _recovered(lines: Sequence[ExceptionLine]) -> Table:
    columns = (
        Column("KPI", width=3),
        Column("How long", width=2.2),
        Column("Last miss", Kind.FIGURE, width=1.4),
        Column("Latest result", Kind.FIGURE, width=1.4),
        Column("Target", Kind.FIGURE, width=1.4),
    )
    return Table(
        "KPIs that were missed before the review period and met their target at its end",
        columns,
        tuple(map(_recovered_row, lines)),
    )


def _recovered_row(line: ExceptionLine) -> tuple[Cell, ...]:
    missed = _at(line, line.months[-1])
    latest = line.results[-1] if line.results else None
    return (
        Cell(line.kpi, note=line.name),
        Cell(capitalised(line.run)),
        Cell(figure(line, missed.value if missed else None), note=_month_and_mark(line.months[-1], missed)),
        Cell(
            figure(line, latest.value if latest else None), note=_month_and_mark(latest.month, latest) if latest else ""
        ),
        Cell(level(line, latest.target) if latest and latest.target else ""),
    )


def _shown_of(line: ExceptionLine) -> tuple[str, tuple[ResultLine, ...]]:
    """The KPI with the results that stand in its row of what recovered."""
    missed, latest = _at(line, line.months[-1]), line.results[-1:]
    return line.kpi, ((missed,) if missed and missed not in latest else ()) + latest


def _month_and_mark(month: Month, result: ResultLine | None) -> str:
    """`Jan 2018, disputed`; the note stands under the table."""
    return ", ".join(filter(None, (month_short(month), disputes.mark(result) if result else "")))


def _at(line: ExceptionLine, month: Month) -> ResultLine | None:
    return next((result for result in line.results if result.month == month), None)
