"""What a project costs against what was set aside for it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from projects.rules.facts import ProjectFacts

_ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Cost:
    """Pounds over budget (negative when under), the same in percent of the budget, and the share of it spent.

    Each is None where the project does not give the sums it needs; percentages are to one decimal, half-up.
    """

    over_budget: Decimal | None
    over_percent: Decimal | None
    spent_percent: Decimal | None


def cost(project: ProjectFacts) -> Cost:
    """A project's forecast cost and spending held against its budget."""
    over = _difference(project.forecast_cost, project.budget)
    return Cost(
        over_budget=over,
        over_percent=_percent(over, project.budget),
        spent_percent=_percent(project.spent_to_date, project.budget),
    )


def _difference(sum_: Decimal | None, budget: Decimal | None) -> Decimal | None:
    return None if sum_ is None or budget is None else sum_ - budget


def _percent(part: Decimal | None, budget: Decimal | None) -> Decimal | None:
    return None if part is None or not budget else (100 * part / budget).quantize(_ONE_DECIMAL, ROUND_HALF_UP)
