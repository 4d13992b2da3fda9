"""Mitigation relief in force: why, since when, how old, and what was measured all the same."""

from collections.abc import Iterator, Sequence
from typing import Final

from config.ui.status import look
from contracts.rules.months import day_short, month_long
from reports.render.document import Block, Card, Facts, Mark, Paragraph, Section
from reports.render.words import disputes, remarks
from reports.render.words.exceptions import GAPS, MISSES, results_tables
from reports.render.words.phrases import counted
from reports.render.words.pictures import history_picture
from reports.rules.sentences import capitalised, listed
from reports.snapshot import BoardPaper, ExceptionLine, ReliefLine

RELIEF: Final = "relief_granted"


def reliefs(paper: BoardPaper) -> Section:
    title = f"Mitigation relief ({len(paper.reliefs)})"
    if not paper.reliefs:
        return Section("reliefs", title, (Paragraph("No mitigation relief was in force in the review period."),))
    lines = [line for line in paper.exceptions if line.rule == "relief"]
    blocks = [block for relief in paper.reliefs for block in _relief(paper, relief, lines)]
    return Section("reliefs", title, (Paragraph(_opening(paper, lines)), *blocks))


def _opening(paper: BoardPaper, lines: Sequence[ExceptionLine]) -> str:
    excused = sum(_has_missed(paper, line) for line in lines)
    return (
        f"{capitalised(counted(len(paper.reliefs), 'relief was', 'reliefs were'))} in force in the review period, on "
        f"{counted(len(lines), 'KPI')}; {counted(excused, 'of them was', 'of them were')} below target or below "
        "minimum in a month it covers. Relief changes what follows from a miss under the contract, never the figure."
    )


def _relief(paper: BoardPaper, relief: ReliefLine, lines: Sequence[ExceptionLine]) -> Iterator[Block]:
    own = [line for line in lines if line.relief == relief.reference]
    missed = [line for line in own if _has_missed(paper, line)]
    yield Card(
        title=capitalised(relief.cause),
        code=relief.reference,
        marks=(Mark(RELIEF, "Relief in force" if _is_open(paper, relief) else "Relief ended", _age(relief)),),
        picture=None,
        tables=(),
        facts=(
            Facts(tuple(_facts(paper, relief, own, missed))),
            *remarks.of_lines((line.kpi, _remark(paper, line)) for line in own if line not in missed),
        ),
    )
    for line in missed:
        yield Card(
            title=line.name,
            code=line.kpi,
            marks=(Mark(RELIEF, look(RELIEF).word, f"{line.run}, relief {relief.reference}"),),
            picture=history_picture(line, line.kpi, f"relief-{line.kpi}"),
            tables=results_tables(paper, line, line.kpi),
            facts=remarks.on_card((*_said(line), *disputes.of_kpi(line.results)), _remark(paper, line)),
        )


def _facts(
    paper: BoardPaper, relief: ReliefLine, own: Sequence[ExceptionLine], missed: Sequence[ExceptionLine]
) -> Iterator[tuple[str, str]]:
    yield "KPIs", f"all of the contract ({len(relief.kpis)})" if relief.is_blanket else listed(relief.kpis)
    yield "Why", relief.narrative or "no reason recorded"
    last = f"to {month_long(relief.to_month)}" if relief.to_month else "with no last month set"
    yield "Months", f"{month_long(relief.from_month)} {last}"
    yield "Decided by", _decision(relief)
    others = [line for line in own if line not in missed]
    met = [line.kpi for line in others if _has_met(line)]
    if met:
        yield "Met target all the same", listed(met)
    if len(met) < len(others):
        yield "Without a figure", listed([line.kpi for line in others if line.kpi not in met])
    if relief.is_stale:
        yield "Note", f"open-ended and {counted(relief.age_months, 'month')} old: it is time to set its last month"


def _remark(paper: BoardPaper, line: ExceptionLine) -> str:
    """Of a KPI that stands among the exceptions too, the remark stands there."""
    elsewhere = any(each.kpi == line.kpi and each.rule in (*MISSES, *GAPS, "recovered") for each in paper.exceptions)
    return "" if elsewhere else remarks.on_kpi(paper, line.kpi)


def _age(relief: ReliefLine) -> str:
    return f"{counted(relief.age_months, 'month')} old"


def _is_open(paper: BoardPaper, relief: ReliefLine) -> bool:
    return relief.to_month is None or relief.to_month > paper.review.to


def _decision(relief: ReliefLine) -> str:
    by = relief.decided_by or "not recorded"
    return f"{by}, {day_short(relief.decided_on)}" if relief.decided_on else by


def _said(line: ExceptionLine) -> tuple[Facts, ...]:
    """What was said of the miss, where anything was: the relief has said why already."""
    answers = (
        ("Cause", line.cause),
        ("Effect on council services", line.effect),
        ("Remedy", line.remedy),
        ("Expected recovery", month_long(line.recovery_month) if line.recovery_month else ""),
    )
    rows = tuple(row for row in answers if row[1])
    return (Facts(rows),) if rows else ()


def _has_met(line: ExceptionLine) -> bool:
    """Met its target in the covered months that have a figure, and at least one has."""
    covered = [result for result in line.results if result.month in line.months and result.value is not None]
    return bool(covered) and all(result.measured == "target_met" for result in covered)


def _has_missed(paper: BoardPaper, line: ExceptionLine) -> bool:
    return any(
        result.contractual == RELIEF and paper.review.from_ <= result.month <= paper.review.to
        for result in line.results
    )
