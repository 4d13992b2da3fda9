"""
What the papers about the portfolio say beyond the section that every paper has: news, the forward plan, money, and of
each project under way what its manager reported.

It stands in those papers alone; of other papers the JSON has no such key. Money is in pounds, every penny kept.
"""

from dataclasses import dataclass
from datetime import date

from contracts.rules.months import Month


@dataclass(frozen=True, slots=True)
class ProjectNews:
    """One thing that happened to a project; ``days`` is how far a date moved, later being positive."""

    reference: str
    title: str
    kind: str
    said: str
    days: int | None


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A project that entered or left the key list with the list shown, or changed its rank; and why."""

    reference: str
    title: str
    change: str
    rank: int | None
    rank_before: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """Something to happen: a milestone by its ``title``, a completion, a commissioning; ``said`` is how late it is."""

    kind: str
    on: date | None
    reference: str
    project: str
    stage: str
    key_rank: int | None
    scrutiny_area: str
    title: str
    forecast_on: date | None
    days_late: int | None
    said: str


@dataclass(frozen=True, slots=True)
class PlanMonths:
    """A month with what is planned for it, or a run of months without anything."""

    first: Month
    last: Month
    items: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The forward plan; every item stands in one of its parts alone."""

    headline: str
    first: Month
    last: Month
    ends_with_contract: bool
    overdue: tuple[PlanLine, ...]
    months: tuple[PlanMonths, ...]
    beyond: tuple[PlanLine, ...]
    undated: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over projects; ``without`` of them give no figure and are not in it."""

    amount: str
    without: int


@dataclass(frozen=True, slots=True)
class StageMoney:
    """What the projects of a stage cost; the stages add up to the register."""

    stage: str
    projects: int
    budget: Sum
    forecast_cost: Sum
    spent_to_date: Sum


@dataclass(frozen=True, slots=True)
class Fund:
    """Money set aside for a financial year, which is named as `2018-19`."""

    year: str
    amount: str
    purpose: str
    agreed_on: date | None
    agreed_by: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class YearMoney:
    """A financial year: its funding, and what the projects cost that finish in it; ``left`` is the one less the other.

    ``funding`` and ``left`` are None where nothing is on record.
    """

    year: str
    begins_on: date
    funding: str | None
    projects: int
    forecast_cost: Sum
    left: str | None


@dataclass(frozen=True, slots=True)
class Overspend:
    """A project over its budget, by what it is forecast to cost or by what is spent already."""

    reference: str
    title: str
    budget: str
    forecast_cost: str | None
    spent_to_date: str | None
    forecast_over: str | None
    forecast_percent: str | None
    spent_over: str | None


@dataclass(frozen=True, slots=True)
class Money:
    """The register in pounds: by stage, and by the year in which work finishes; both add up to it."""

    headline: str
    stages: tuple[StageMoney, ...]
    whole: StageMoney
    funds: tuple[Fund, ...]
    years: tuple[YearMoney, ...]
    no_year: int
    no_year_cost: Sum
    cancelled: int
    cancelled_cost: Sum
    overspends: tuple[Overspend, ...]


@dataclass(frozen=True, slots=True)
class ReportedMilestone:
    """A milestone with its four dates; ``days_late`` against the original one, ``is_overdue`` on the day reported."""

    title: str
    original_on: date | None
    agreed_on: date | None
    forecast_on: date | None
    actual_on: date | None
    days_late: int | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ReportedRebaseline:
    """Another finish that was agreed."""

    agreed_finish: date
    agreed_on: date | None
    agreed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """
    A project under way: what its latest update said, its milestones and re-baselines, and the month's news of it.

    ``answers`` are the councillors' questions each with what was said, blank where nothing was; empty for a project
    that is neither red nor amber. ``silent`` says for how long nobody has reported, where that is too long.
    """

    reference: str
    rating: str
    why: str
    done: str
    next: str
    answers: tuple[tuple[str, str], ...]
    silent: str
    overdue: int
    milestones: tuple[ReportedMilestone, ...]
    rebaselines: tuple[ReportedRebaseline, ...]
    news: tuple[ProjectNews, ...]


@dataclass(frozen=True, slots=True)
class PortfolioPart:
    """
    What a paper about the portfolio has of its own, as known on the day ``as_of``.

    ``since`` is the day after which things are news; ``None`` where everything is. ``news`` are what became of projects
    since then; ``reports`` stand in the operational report alone, ``plan`` and ``money`` in the Board's paper.
    ``service_areas`` are the names of the areas by their code.
    """

    as_of: date
    since: date | None
    service_areas: tuple[tuple[str, str], ...]
    news: tuple[ProjectNews, ...]
    key_changes: tuple[KeyChange, ...]
    plan: Plan | None
    money: Money | None
    reports: tuple[ProjectReport, ...]
