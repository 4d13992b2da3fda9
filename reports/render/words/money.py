"""Money against the yearly funding, and in so many words what the figures are and are not."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from contracts.rules.months import day_short
from kpis.rules.figures import DASH
from projects.rules.money import WHAT_THEY_ARE, pounds
from reports.render.document import Block, Cell, Column, Kind, Paragraph, Section, Subheading, Table
from reports.render.words.portfolio_news import part_of
from reports.rules.sentences import capitalised
from reports.snapshot import BoardPaper, Fund, Money, Overspend, StageMoney, Sum, YearMoney

YEARS: Final = (
    Column("Financial year", width=1.7),
    Column("Funding", Kind.FIGURE, width=1.3),
    Column("Projects finishing", Kind.FIGURE, width=1.2),
    Column("Their forecast cost", Kind.FIGURE, width=1.6),
    Column("Cost against funding", Kind.FIGURE, width=1.8),
)
STAGES: Final = (
    Column("Stage", width=1.5),
    Column("Projects", Kind.FIGURE, width=1),
    Column("Budget", Kind.FIGURE, width=1.5),
    Column("Forecast cost", Kind.FIGURE, width=1.5),
    Column("Spent to date", Kind.FIGURE, width=1.5),
)
FUNDS: Final = (
    Column("Financial year", width=1.2),
    Column("What it is for", width=3.6),
    Column("Amount", Kind.FIGURE, width=1.3),
    Column("Agreed", width=2.4),
)
OVER: Final = (
    Column("Project", width=3),
    Column("Budget", Kind.FIGURE, width=1.2),
    Column("Forecast cost", Kind.FIGURE, width=1.3),
    Column("Spent to date", Kind.FIGURE, width=1.3),
    Column("Over budget", Kind.FIGURE, width=1.5),
)


def money(paper: BoardPaper) -> Section:
    """By year, by stage, by fund, and the projects that cost more than was meant."""
    found = part_of(paper).money
    if found is None:
        raise ValueError(f"A paper of kind {paper.kind!r} says nothing of money.")
    return Section("money", "Money against the yearly funding", tuple(money_blocks(found)))


def money_blocks(found: Money) -> Iterator[Block]:
    """For the paper and the page alike."""
    yield Paragraph(found.headline)
    if found.whole.projects or found.funds:
        yield Table(
            "Funding of each financial year, and the forecast cost of the projects that finish in it",
            YEARS,
            tuple(_years(found)),
            has_total=True,
        )
    for text in WHAT_THEY_ARE:
        yield Paragraph(text, is_quiet=True)
    if found.whole.projects:
        rows = (
            *(_stage(capitalised(each.stage), each) for each in found.stages),
            _stage("In the register", found.whole),
        )
        yield Subheading("What the projects cost")
        yield Table("Budget, forecast cost and money spent to date, by stage", STAGES, rows, has_total=True)
    yield Subheading("What was set aside")
    if found.funds:
        yield Table("Funding by financial year and purpose", FUNDS, tuple(map(_fund, found.funds)))
    else:
        yield Paragraph("No yearly funding is on record.")
    yield Subheading(f"Over budget ({len(found.overspends)})")
    if found.overspends:
        caption = "Projects, not cancelled, that are forecast to cost or have cost more than their budget"
        yield Table(caption, OVER, tuple(map(_overspend, found.overspends)))
    else:
        yield Paragraph("No project that gives both a budget and a cost is over it.")


def _years(found: Money) -> Iterator[tuple[Cell, ...]]:
    for year in found.years:
        yield (
            Cell(year.year),
            Cell(pounds(Decimal(year.funding)) if year.funding is not None else "none on record"),
            Cell(f"{year.projects:,}"),
            _sum(year.forecast_cost, year.projects),
            Cell(_against(year)),
        )
    for name, number, cost in (
        ("No finish known", found.no_year, found.no_year_cost),
        ("Cancelled", found.cancelled, found.cancelled_cost),
    ):
        if number:
            yield Cell(name), Cell(DASH), Cell(f"{number:,}"), _sum(cost, number), Cell(DASH)
    funding = sum((Decimal(fund.amount) for fund in found.funds), Decimal(0))
    whole = found.whole
    yield (
        Cell("In all"),
        Cell(pounds(funding) if found.funds else "none on record"),
        Cell(f"{whole.projects:,}"),
        _sum(whole.forecast_cost, whole.projects),
        Cell(DASH),
    )


def _against(year: YearMoney) -> str:
    if year.left is None or not year.projects:
        return DASH
    left = Decimal(year.left)
    if not left:
        return "as much"
    return f"{pounds(abs(left))} {'below' if left > 0 else 'above'}"


def _stage(name: str, each: StageMoney) -> tuple[Cell, ...]:
    sums = (each.budget, each.forecast_cost, each.spent_to_date)
    return (Cell(name), Cell(f"{each.projects:,}"), *(_sum(one, each.projects) for one in sums))


def _sum(total: Sum, projects: int) -> Cell:
    if projects and total.without == projects:
        return Cell("no figure")
    note = f"no figure for {total.without:,}" if total.without else ""
    return Cell(pounds(Decimal(total.amount)), note=note)


def _fund(fund: Fund) -> tuple[Cell, ...]:
    agreed = ", ".join(filter(None, (fund.agreed_by, day_short(fund.agreed_on) if fund.agreed_on else "")))
    return (
        Cell(fund.year),
        Cell(fund.purpose, note="illustrative" if fund.illustrative else ""),
        Cell(pounds(Decimal(fund.amount))),
        Cell(agreed or "not recorded"),
    )


def _overspend(each: Overspend) -> tuple[Cell, ...]:
    over = [
        (name, Decimal(text))
        for name, text in (("forecast", each.forecast_over), ("spent", each.spent_over))
        if text is not None and Decimal(text) > 0
    ]
    amounts = {amount for _, amount in over}
    percent = f"by {each.forecast_percent}%" if each.forecast_percent and over[0][0] == "forecast" else ""
    said = pounds(over[0][1]) if len(amounts) == 1 else "\n".join(f"{pounds(amount)} {name}" for name, amount in over)
    return (
        Cell(each.reference, note=each.title),
        Cell(pounds(Decimal(each.budget))),
        Cell(pounds(Decimal(each.forecast_cost)) if each.forecast_cost is not None else "no figure"),
        Cell(pounds(Decimal(each.spent_to_date)) if each.spent_to_date is not None else "no figure"),
        Cell(said, note=percent),
    )
