"""The money of the projects paper as tables: sums in pounds and pence, and how many projects are not in them."""

from collections.abc import Iterator
from decimal import Decimal

from reports.render.document import Kind, Sheet, SheetColumn, Value
from reports.render.sheets.projects import REFERENCE, TITLE
from reports.render.words.portfolio_news import part_of
from reports.snapshot import BoardPaper, Money, Overspend, StageMoney, Sum

YEAR = SheetColumn("financial_year", "Financial year", width=15)
PROJECTS = SheetColumn("projects", "Projects", Kind.FIGURE)


def years(paper: BoardPaper) -> Sheet:
    """Add up to the register, with the projects that finish in no known year and those cancelled."""
    columns = (
        YEAR,
        SheetColumn("funding", "Funding", Kind.FIGURE, width=16),
        SheetColumn("projects", "Projects finishing", Kind.FIGURE, width=17),
        SheetColumn("forecast_cost", "Their forecast cost", Kind.FIGURE, width=19),
        SheetColumn("without_forecast_cost", "Without a figure", Kind.FIGURE, width=16),
        SheetColumn("left", "Funding less cost", Kind.FIGURE, width=17),
    )
    found = part_of(paper).money
    return Sheet("money_years", "Money by year", columns, tuple(_years(found)) if found else ())


def stages(paper: BoardPaper) -> Sheet:
    columns = (
        SheetColumn("stage", "Stage"),
        PROJECTS,
        SheetColumn("budget", "Budget", Kind.FIGURE, width=16),
        SheetColumn("without_budget", "Without a budget", Kind.FIGURE, width=16),
        SheetColumn("forecast_cost", "Forecast cost", Kind.FIGURE, width=16),
        SheetColumn("without_forecast_cost", "Without a forecast", Kind.FIGURE, width=17),
        SheetColumn("spent_to_date", "Spent to date", Kind.FIGURE, width=16),
        SheetColumn("without_spent_to_date", "Without what is spent", Kind.FIGURE, width=20),
    )
    found = part_of(paper).money
    rows = tuple(_stage(each) for each in (*found.stages, found.whole)) if found else ()
    return Sheet("money_stages", "Money by stage", columns, rows)


def funding(paper: BoardPaper) -> Sheet:
    columns = (
        YEAR,
        SheetColumn("purpose", "What it is for", width=50),
        SheetColumn("amount", "Amount", Kind.FIGURE, width=16),
        SheetColumn("agreed_on", "Agreed on", Kind.DAY),
        SheetColumn("agreed_by", "Agreed by", width=30),
        SheetColumn("illustrative", "Illustrative", Kind.FLAG),
    )
    found = part_of(paper).money
    rows = tuple(
        (each.year, each.purpose, Decimal(each.amount), each.agreed_on, each.agreed_by, each.illustrative)
        for each in (found.funds if found else ())
    )
    return Sheet("funding", "Funding", columns, rows)


def overspends(paper: BoardPaper) -> Sheet:
    columns = (
        REFERENCE,
        TITLE,
        SheetColumn("budget", "Budget", Kind.FIGURE, width=16),
        SheetColumn("forecast_cost", "Forecast cost", Kind.FIGURE, width=16),
        SheetColumn("spent_to_date", "Spent to date", Kind.FIGURE, width=16),
        SheetColumn("forecast_over", "Forecast over budget", Kind.FIGURE, width=20),
        SheetColumn("forecast_percent", "Over in percent", Kind.FIGURE, width=16),
        SheetColumn("spent_over", "Spent over budget", Kind.FIGURE, width=18),
    )
    found = part_of(paper).money
    return Sheet("overspends", "Over budget", columns, tuple(map(_overspend, found.overspends)) if found else ())


def _years(found: Money) -> Iterator[tuple[Value, ...]]:
    for year in found.years:
        yield (year.year, _amount(year.funding), year.projects, *_sum(year.forecast_cost), _amount(year.left))
    yield ("no finish known", None, found.no_year, *_sum(found.no_year_cost), None)
    yield ("cancelled", None, found.cancelled, *_sum(found.cancelled_cost), None)


def _stage(each: StageMoney) -> tuple[Value, ...]:
    return (each.stage, each.projects, *_sum(each.budget), *_sum(each.forecast_cost), *_sum(each.spent_to_date))


def _overspend(each: Overspend) -> tuple[Value, ...]:
    amounts = (
        each.budget,
        each.forecast_cost,
        each.spent_to_date,
        each.forecast_over,
        each.forecast_percent,
        each.spent_over,
    )
    return (each.reference, each.title, *map(_amount, amounts))


def _sum(total: Sum) -> tuple[Value, Value]:
    return Decimal(total.amount), total.without


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
