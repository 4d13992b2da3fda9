"""The yearly funding as frozen values, the register in pounds, and what became of the funding, in a fixed number of
queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from config.ui.formats import day, money
from contracts.models import Contract
from contracts.readings import Reading
from projects.models import Funding, Project, RegisterRow
from projects.rules.facts import ProjectFacts, Stage
from projects.rules.money import FundingFacts, Money, money_of, year_begins, year_name

FIELDS: Final = (
    "reference", "title", "original_finish", "agreed_finish", "forecast_finish",
)  # fmt: skip
OF_PROJECT: Final = ("actual_finish", "budget", "forecast_cost", "spent_to_date", "source")
YEARS_AHEAD: Final = 10
"""So many years may be chosen where a contract has no end."""
TRACKED: Final = {
    "begins_on": "Financial year",
    "amount": "Amount",
    "purpose": "What it is for",
    "agreed_on": "Agreed on",
    "agreed_by": "Who agreed",
    "source": "Source",
}


@dataclass(frozen=True, slots=True)
class FundingEvent:
    """What was done to a sum, when, by whom and why; ``changes`` are a field's name, before and after."""

    at: datetime
    what: str
    by: str
    why: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class FundRow:
    """A sum as the page lists it."""

    pk: int
    year: str
    facts: FundingFacts


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """The register in pounds against the funding, the sums one by one, and their history, newest first."""

    money: Money
    funds: tuple[FundRow, ...]
    events: tuple[FundingEvent, ...]
    is_illustrative: bool


def read_funding(contract: Contract) -> Reading[tuple[FundingFacts, ...]]:
    """The funding of a contract, in one step beside whatever else is read."""
    (rows,) = yield (Funding.objects.filter(contract=contract).order_by("begins_on", "purpose"),)
    return tuple(map(fund_facts, rows))


def load_money_page(contract: Contract, on: date) -> MoneyPage:
    """As the register lists its projects on the day, in three queries."""
    rows = RegisterRow.objects.holding(contract, on).filter(is_archived=False).order_by("reference_order", "project")
    of_project = [f"project__{name}" for name in OF_PROJECT]
    projects = [
        ProjectFacts(stage=Stage(stage), **dict(zip((*FIELDS, *OF_PROJECT), values, strict=True)))
        for stage, *values in rows.values_list("stage", *FIELDS, *of_project)
    ]
    sums = list(Funding.objects.filter(contract=contract).order_by("begins_on", "purpose"))
    funds = tuple(FundRow(row.pk, year_name(row.begins_on), fund_facts(row)) for row in sums)
    found = money_of(projects, [each.facts for each in funds])
    return MoneyPage(
        money=found,
        funds=funds,
        events=tuple(_events(contract)),
        is_illustrative=any(each.facts.is_illustrative for each in funds)
        or any(project.source == Project.Source.ILLUSTRATIVE for project in projects),
    )


def fund_facts(row: Funding) -> FundingFacts:
    return FundingFacts(
        begins_on=row.begins_on,
        amount=row.amount,
        purpose=row.purpose,
        agreed_on=row.agreed_on,
        agreed_by=row.agreed_by,
        is_illustrative=row.source == Project.Source.ILLUSTRATIVE,
    )


def funding_years(contract: Contract, on: date, own: date | None = None) -> list[date]:
    """The financial years that funding may be kept for: those of the contract, and the one a sum has already."""
    first = year_begins(contract.commences_on)
    last = year_begins(contract.ends_on or date(on.year + YEARS_AHEAD, on.month, 1))
    years = {first.replace(year=year) for year in range(first.year, max(first, last).year + 1)}
    return sorted(years | ({own} if own else set()))


def _events(contract: Contract) -> Iterable[FundingEvent]:
    """Newest first; the first of a sum says what it was, a later one what changed of it."""
    rows = Funding.history.filter(contract=contract).select_related("history_user")
    before: dict[int, Any] = {}
    found = []
    for row in rows.order_by("history_date", "history_id"):
        earlier, before[row.id] = before.get(row.id), row
        named = f"{year_name(row.begins_on)}, {row.purpose}, {money(row.amount)}"
        what = {"+": "Set aside", "~": "Changed", "-": "Taken away"}[row.history_type]
        found.append(
            FundingEvent(
                at=row.history_date,
                what=f"{what}: {named}",
                by=str(row.history_user) if row.history_user else "",
                why=row.history_change_reason or "",
                changes=tuple(_changes(earlier, row)) if row.history_type == "~" and earlier is not None else (),
            )
        )
    return reversed(found)


def _changes(before: Any, after: Any) -> Iterable[tuple[str, str, str]]:
    for name, label in TRACKED.items():
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield label, _told(name, was), _told(name, now)


def _told(name: str, value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if name == "begins_on":
        return year_name(value)
    if name == "amount":
        return money(value)
    return day(value) if isinstance(value, date) else str(value)
