"""
What the portfolio costs, and the yearly funding it is held against.

A financial year begins on 1 April. A project's cost is one sum over its whole life: nobody records in which year which
part of it is spent. So a year's funding is held against the forecast cost of the work that *finishes* in that year, and
money spent to date stands against no year at all. Sums are exact; what is printed is rounded afterwards.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from projects.rules.cost import cost
from projects.rules.facts import ProjectFacts, Stage

YEAR_BEGINS: Final = (4, 1)
"""Month and day on which a financial year begins."""
NOTHING: Final = Decimal(0)


WHAT_THEY_ARE: Final = (
    "The funding of a year is what the council has set aside for it. A project's forecast cost is for its whole life, "
    "and it is counted here in the financial year (April to March) in which the work finishes: by its actual finish, "
    "else by the forecast, else by the agreed one. Part of it may be paid in other years.",
    "So a cost above a year's funding says that the work finishing in that year costs more than was set aside for it. "
    "It does not say that more was paid in that year than the council has: nobody records in which year which part of "
    "a project's money is spent. Spent to date counts from the beginning of each project and stands against no year.",
    "A project that gives no figure is not in the sum; how many that are stands beside it. Sums are exact and are "
    "rounded to whole pounds only where they are printed, so printed figures may not add up to the last pound.",
)
"""What the figures say and what they do not, for the page and the paper alike."""


@dataclass(frozen=True, slots=True)
class FundingFacts:
    """Money set aside for the portfolio in the financial year that begins on a 1 April; a year may have several."""

    begins_on: date
    amount: Decimal
    purpose: str
    agreed_on: date | None = None
    agreed_by: str = ""
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over projects; ``without`` of them give no figure and are not in it."""

    amount: Decimal
    without: int


@dataclass(frozen=True, slots=True)
class StageMoney:
    """What the projects of a stage cost."""

    stage: Stage
    projects: int
    budget: Total
    forecast_cost: Total
    spent_to_date: Total


@dataclass(frozen=True, slots=True)
class YearMoney:
    """A financial year: its funding, and what the projects cost that finish in it. Nobody set funding aside: ``None``.

    ``left`` is the funding less that cost, negative where the cost is more.
    """

    begins_on: date
    funding: Decimal | None
    funds: tuple[FundingFacts, ...]
    projects: int
    forecast_cost: Total

    @property
    def name(self) -> str:
        return year_name(self.begins_on)

    @property
    def left(self) -> Decimal | None:
        return None if self.funding is None else self.funding - self.forecast_cost.amount


@dataclass(frozen=True, slots=True)
class Overspend:
    """A project that is forecast to cost, or has cost, more than its budget: pounds over it, and percent of it."""

    project: ProjectFacts
    forecast_over: Decimal | None
    forecast_percent: Decimal | None
    spent_over: Decimal | None

    @property
    def most_over(self) -> Decimal:
        return max(self.forecast_over or NOTHING, self.spent_over or NOTHING)


@dataclass(frozen=True, slots=True)
class Money:
    """
    The register in pounds. The stages add up to ``whole``; the years, ``no_year`` and ``cancelled`` add up to its
    projects and its forecast cost.
    """

    stages: tuple[StageMoney, ...]
    projects: int
    budget: Total
    forecast_cost: Total
    spent_to_date: Total
    years: tuple[YearMoney, ...]
    no_year: int
    no_year_cost: Total
    cancelled: int
    cancelled_cost: Total
    overspends: tuple[Overspend, ...]


def year_begins(day: date) -> date:
    """The 1 April on or before a day."""
    first = date(day.year, *YEAR_BEGINS)
    return first if day >= first else date(day.year - 1, *YEAR_BEGINS)


def year_name(begins_on: date) -> str:
    """`2018-19`."""
    return f"{begins_on.year}-{(begins_on.year + 1) % 100:02}"


def whole_pounds(amount: Decimal) -> Decimal:
    """Half-up."""
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def money_of(projects: Collection[ProjectFacts], funds: Iterable[FundingFacts]) -> Money:
    """The register, and every year that has funding or work finishing in it."""
    alive = [project for project in projects if project.stage is not Stage.CANCELLED]
    cancelled = [project for project in projects if project.stage is Stage.CANCELLED]
    by_year: defaultdict[date | None, list[ProjectFacts]] = defaultdict(list)
    for project in alive:
        finish = _finish(project)
        by_year[year_begins(finish) if finish else None].append(project)
    no_year = by_year.pop(None, [])
    return Money(
        stages=tuple(_stage(stage, projects) for stage in Stage),
        projects=len(projects),
        budget=_total(each.budget for each in projects),
        forecast_cost=_forecast(projects),
        spent_to_date=_total(each.spent_to_date for each in projects),
        years=tuple(_years({year: own for year, own in by_year.items() if year}, tuple(funds))),
        no_year=len(no_year),
        no_year_cost=_forecast(no_year),
        cancelled=len(cancelled),
        cancelled_cost=_forecast(cancelled),
        overspends=_overspends(alive),
    )


def money_headline(money: Money, on: date) -> str:
    """How this year's funding stands against what finishes in it, and how many projects are over budget."""
    if not money.projects:
        return "No project is in the register, so there is nothing to hold against the funding."
    year = next((each for each in money.years if each.begins_on == year_begins(on)), None)
    return f"{_this_year(year, on)} {_over(money)}"


def pounds(amount: Decimal) -> str:
    """`£1,034,000`, to the pound, half-up; `−£12,000` below zero."""
    rounded = whole_pounds(amount)
    return f"{'−' if rounded < 0 else ''}£{abs(rounded):,}"


def _this_year(year: YearMoney | None, on: date) -> str:
    name = year_name(year_begins(on))
    if year is None:
        return f"No funding is on record for {name}, and no project finishes in it."
    finishing = f"the {_counted(year.projects)} that finish{'es' if year.projects == 1 else ''} in it"
    costs = f"{finishing} {'is' if year.projects == 1 else 'are'} forecast to cost {pounds(year.forecast_cost.amount)}"
    costs += _without(year.forecast_cost)
    if year.funding is None:
        return f"No funding is on record for {name}; {costs}."
    if not year.projects:
        return f"{pounds(year.funding)} is set aside for {name}; no project finishes in it."
    return f"{pounds(year.funding)} is set aside for {name}; {costs}."


def _over(money: Money) -> str:
    number = len(money.overspends)
    if not number:
        return "No project is over its budget."
    return f"{_counted(number)} {'is' if number == 1 else 'are'} over budget."


def _without(total: Total) -> str:
    if not total.without:
        return ""
    return f", with no figure for {total.without:,} of them"


def _counted(number: int) -> str:
    return f"{number:,} {'project' if number == 1 else 'projects'}"


def _finish(project: ProjectFacts) -> date | None:
    """When the work finishes as far as is known: done, else forecast, else agreed."""
    return project.finish or project.baseline_finish


def _years(by_year: Mapping[date, Sequence[ProjectFacts]], funds: Sequence[FundingFacts]) -> Iterable[YearMoney]:
    for begins_on in sorted({*by_year, *(fund.begins_on for fund in funds)}):
        own = tuple(fund for fund in funds if fund.begins_on == begins_on)
        finishing = by_year.get(begins_on, ())
        yield YearMoney(
            begins_on=begins_on,
            funding=sum((fund.amount for fund in own), NOTHING) if own else None,
            funds=own,
            projects=len(finishing),
            forecast_cost=_forecast(finishing),
        )


def _stage(stage: Stage, projects: Iterable[ProjectFacts]) -> StageMoney:
    own = [project for project in projects if project.stage is stage]
    return StageMoney(
        stage=stage,
        projects=len(own),
        budget=_total(each.budget for each in own),
        forecast_cost=_forecast(own),
        spent_to_date=_total(each.spent_to_date for each in own),
    )


def _forecast(projects: Iterable[ProjectFacts]) -> Total:
    return _total(each.forecast_cost for each in projects)


def _total(amounts: Iterable[Decimal | None]) -> Total:
    told = list(amounts)
    given = [amount for amount in told if amount is not None]
    return Total(sum(given, NOTHING), len(told) - len(given))


def _overspends(projects: Iterable[ProjectFacts]) -> tuple[Overspend, ...]:
    """The dearest first."""
    found = []
    for project in projects:
        held = cost(project)
        budget, spent = project.budget, project.spent_to_date
        each = Overspend(
            project=project,
            forecast_over=held.over_budget,
            forecast_percent=held.over_percent,
            spent_over=None if budget is None or spent is None else spent - budget,
        )
        if each.most_over > 0:
            found.append(each)
    return tuple(sorted(found, key=lambda each: (-each.most_over, each.project.reference)))
