"""The KPI half of the paper as tables: counts by month, exceptions, reliefs, changes, and every result in long form."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from contracts.rules.months import Month, month_key
from reports.render.document import Kind, Sheet, SheetColumn, Value
from reports.snapshot import AreaLine, BoardPaper, ExceptionLine, KpiLine, ResultLine

KPI = SheetColumn("kpi", "KPI", width=14)
NAME = SheetColumn("name", "Name", width=44)
AREA = SheetColumn("service_area", "Service area", width=13)
MONTH = SheetColumn("month", "Month", Kind.MONTH)
CONTRACT_MONTH = SheetColumn("contract_month", "Contract month", Kind.FIGURE, width=15)
LEVELS = (
    SheetColumn("value", "Result", Kind.FIGURE),
    SheetColumn("target", "Target", Kind.FIGURE),
    SheetColumn("minimum", "Minimum", Kind.FIGURE),
)
DISPUTE = (
    SheetColumn("disputed", "Disputed by the supplier", width=24),
    SheetColumn("dispute_note", "What the supplier says", width=50),
    SheetColumn("dispute_claimed", "Figure held to be right", width=24),
    SheetColumn("dispute_answer", "Answer", width=50),
)
REMARK = SheetColumn("remark", "Remark", width=50)
STATUSES = ("target_met", "below_target", "below_minimum", "relief_granted", "not_measured", "missing")


def months(paper: BoardPaper) -> Sheet:
    """The counts of every month of the history; the six statuses add up to those in force."""
    columns = (
        MONTH,
        CONTRACT_MONTH,
        SheetColumn("in_review", "Under review", Kind.FLAG),
        SheetColumn("in_force", "KPIs in force", Kind.FIGURE, width=14),
        *(SheetColumn(status, status.replace("_", " ").capitalize(), Kind.FIGURE, width=15) for status in STATUSES),
        SheetColumn("provisional", "Provisional", Kind.FIGURE),
    )
    rows = tuple(
        (
            each.month,
            each.contract_month,
            paper.review.from_ <= each.month <= paper.review.to,
            each.in_force,
            *(getattr(each, status) for status in STATUSES),
            each.provisional,
        )
        for each in paper.history.months
    )
    return Sheet("months", "Months", columns, rows)


def exceptions(paper: BoardPaper) -> Sheet:
    """One row for each rule that a KPI tripped, with the result of the last month that tripped it."""
    columns = (
        KPI,
        AREA,
        NAME,
        SheetColumn("rule", "Rule", Kind.STATUS, width=18),
        SheetColumn("state", "State"),
        SheetColumn("run_length", "Months in a row", Kind.FIGURE, width=16),
        SheetColumn("months", "Months", width=24),
        *LEVELS,
        SheetColumn("relief", "Relief", width=14),
        SheetColumn("cause", "Cause", width=50),
        SheetColumn("effect", "Effect on council services", width=50),
        SheetColumn("remedy", "Remedy", width=50),
        SheetColumn("recovery_month", "Expected recovery", Kind.MONTH, width=18),
    )
    rows = tuple(_exception(line) for line in paper.exceptions)
    return with_remarks(Sheet("exceptions", "Exceptions", columns, rows), paper, "kpi")


def with_remarks(sheet: Sheet, paper: BoardPaper, about: str) -> Sheet:
    """With a last column for remarks on the KPI or project of each row, where a paper has any of the kind."""
    said = {each.subject: each.text for each in paper.remarks if each.about == about}
    if not said:
        return sheet
    rows = tuple((*row, said.get(str(row[0]), "")) for row in sheet.rows)
    return replace(sheet, columns=(*sheet.columns, REMARK), rows=rows)


def reliefs(paper: BoardPaper) -> Sheet:
    columns = (
        SheetColumn("reference", "Reference", width=14),
        SheetColumn("kpis", "KPIs", width=40),
        SheetColumn("is_blanket", "All KPIs", Kind.FLAG),
        SheetColumn("from_month", "First month", Kind.MONTH),
        SheetColumn("to_month", "Last month", Kind.MONTH),
        SheetColumn("age_months", "Age in months", Kind.FIGURE, width=14),
        SheetColumn("cause", "Cause", width=24),
        SheetColumn("narrative", "Why", width=60),
        SheetColumn("decided_by", "Decided by", width=20),
        SheetColumn("decided_on", "Decided on", Kind.DAY),
    )
    rows = tuple(
        (
            each.reference,
            "; ".join(each.kpis),
            each.is_blanket,
            each.from_month,
            each.to_month,
            each.age_months,
            each.cause,
            each.narrative,
            each.decided_by,
            each.decided_on,
        )
        for each in paper.reliefs
    )
    return Sheet("reliefs", "Reliefs", columns, rows)


def changes(paper: BoardPaper) -> Sheet:
    columns = (
        KPI,
        NAME,
        SheetColumn("change", "Change"),
        MONTH,
        SheetColumn("detail", "What changed", width=60),
        SheetColumn("reason", "Why", width=50),
    )
    rows = tuple((each.kpi, each.name, each.change, each.month, each.detail, each.reason) for each in paper.kpi_changes)
    return Sheet("kpi_changes", "KPI changes", columns, rows)


def errata(paper: BoardPaper) -> Sheet:
    """The column that names the paper stands last, and only where there is anything to name."""
    columns: tuple[SheetColumn, ...] = (
        SheetColumn("place", "Where", width=50),
        SheetColumn("printed", "Printed"),
        SheetColumn("should_read", "Should read"),
        SheetColumn("because", "Because", width=60),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (each.place, each.printed, each.should_read, each.because) for each in paper.errata
    )
    if any(each.paper for each in paper.errata):
        columns = (*columns, SheetColumn("paper", "Paper", width=40))
        rows = tuple((*row, each.paper) for row, each in zip(rows, paper.errata, strict=True))
    return Sheet("errata", "Corrections", columns, rows)


def exempt_errata(paper: BoardPaper) -> Sheet:
    """What should read otherwise in the exempt parts of earlier papers."""
    columns = (
        SheetColumn("place", "Where", width=50),
        SheetColumn("printed", "Printed"),
        SheetColumn("should_read", "Should read"),
        SheetColumn("because", "Because", width=60),
        SheetColumn("paper", "Paper", width=40),
        SheetColumn("paragraph", "Paragraph", Kind.FIGURE),
        SheetColumn("public_interest", "Public interest", width=60),
    )
    rows = tuple(
        (each.place, each.printed, each.should_read, each.because, each.paper, each.paragraph, each.public_interest)
        for each in paper.exempt_errata
    )
    return Sheet("exempt_errata", "Exempt corrections", columns, rows)


def results(paper: BoardPaper) -> Sheet:
    """Every result of the history in long form, with the rules that its KPI tripped in that month.

    The columns about disputes stand last, and only in a paper in which a figure is disputed.
    """
    columns = (
        SheetColumn("contract", "Contract"),
        KPI,
        NAME,
        AREA,
        MONTH,
        CONTRACT_MONTH,
        *LEVELS,
        SheetColumn("measured", "Measured", Kind.STATUS, width=16),
        SheetColumn("contractual", "Contractual", Kind.STATUS, width=16),
        SheetColumn("provisional", "Provisional", Kind.FLAG),
        SheetColumn("relief", "Relief", width=14),
        SheetColumn("rules", "Rules tripped", Kind.STATUS, width=28),
        SheetColumn("unit", "Unit"),
        SheetColumn("polarity", "Better"),
        SheetColumn("numerator", "Numerator", Kind.FIGURE),
        SheetColumn("denominator", "Denominator", Kind.FIGURE),
        SheetColumn("not_measured_reason", "Why not measured", width=50),
        SheetColumn("illustrative", "Illustrative", Kind.FLAG),
    )
    if not any(result.dispute for area in paper.areas for kpi in area.kpis for result in kpi.results):
        return Sheet("results", "Results", columns, tuple(_results(paper)))
    rows = zip(_results(paper), _disputes(paper), strict=True)
    return Sheet("results", "Results", (*columns, *DISPUTE), tuple((*row, *dispute) for row, dispute in rows))


def _disputes(paper: BoardPaper) -> Iterator[tuple[Value, ...]]:
    """Of each result, in the order of `_results`: what the supplier says against it; gaps where it says nothing."""
    for result in (result for area in paper.areas for kpi in area.kpis for result in kpi.results):
        dispute = result.dispute
        yield (dispute.state, dispute.note, dispute.claimed, dispute.answer) if dispute else (None,) * len(DISPUTE)


def _results(paper: BoardPaper) -> Iterator[tuple[Value, ...]]:
    tripped: defaultdict[tuple[str, Month], list[str]] = defaultdict(list)
    for line in paper.exceptions:
        for month in line.months:
            tripped[line.kpi, month].append(line.rule)
    for area in paper.areas:
        for kpi in area.kpis:
            for result in kpi.results:
                yield _result(paper, area, kpi, result, ";".join(tripped.get((kpi.kpi, result.month), ())))


def _result(paper: BoardPaper, area: AreaLine, kpi: KpiLine, result: ResultLine, rules: str) -> tuple[Value, ...]:
    return (
        paper.contract.reference,
        kpi.kpi,
        kpi.name,
        area.code,
        result.month,
        result.contract_month,
        *_levels(result),
        result.measured,
        result.contractual,
        result.provisional,
        result.relief,
        rules,
        kpi.unit,
        kpi.polarity,
        _number(result.numerator),
        _number(result.denominator),
        result.not_measured_reason,
        result.illustrative,
    )


def _exception(line: ExceptionLine) -> tuple[Value, ...]:
    last = next((result for result in line.results if result.month == line.months[-1]), None)
    return (
        line.kpi,
        line.service_area,
        line.name,
        line.rule,
        line.state,
        line.run_length,
        "; ".join(month_key(month) for month in line.months),
        *(_levels(last) if last else (None, None, None)),
        line.relief,
        line.cause,
        line.effect,
        line.remedy,
        line.recovery_month,
    )


def _levels(result: ResultLine) -> tuple[Value, Value, Value]:
    return _number(result.value), _number(result.target), _number(result.minimum)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
