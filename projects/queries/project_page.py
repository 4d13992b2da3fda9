"""Everything about one project, for its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.models import Contract
from projects.models import Update
from projects.queries.portfolio import load_portfolio, thresholds_of
from projects.rules.attention import AttentionLine, AttentionRule, answers, needs_attention
from projects.rules.confidence import Confidence
from projects.rules.cost import Cost, cost
from projects.rules.counts import UNRATED
from projects.rules.facts import MilestoneFacts, ProjectFacts, RebaselineFacts
from projects.rules.sentences import disagreement, lateness, movement, project_headline, silence
from projects.rules.slippage import Slippage

ASKED = frozenset({AttentionRule.RED, AttentionRule.AMBER})
"""The rules under which councillors ask why, who, how much and until when."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question councillors ask of a red or amber project, and the answer; blank where nobody gave one."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class RebaselineRow:
    """An agreed change of the finish; ``movement`` is how far it moved from the finish agreed before."""

    rebaseline: RebaselineFacts
    movement: str


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone, how late it is against its original date, and the days since it was due where it is overdue."""

    milestone: MilestoneFacts
    lateness: str
    days_overdue: int | None


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """What the manager said on a day; ``movement`` is how far the forecast moved from the one before it."""

    updated_on: date | None
    confidence: str
    forecast_finish: date | None
    movement: str
    done: str
    next: str
    delay_cause: str
    delay_party: str
    cost_effect: str
    knock_on: str
    returns_to_green_on: date | None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """One project as known on a day: what its dates say, what it trips, what it leaves unsaid. Updates newest first."""

    project: ProjectFacts
    service_area_name: str
    headline: str
    declared: str
    computed: str
    disagreement: str
    silence: str
    slippage_original: Slippage | None
    slippage_agreed: Slippage | None
    cost: Cost
    answers: tuple[Answer, ...]
    rebaselines: tuple[RebaselineRow, ...]
    milestones: tuple[MilestoneRow, ...]
    updates: tuple[UpdateRow, ...]

    @property
    def is_illustrative(self) -> bool:
        return self.project.source == "illustrative"

    @property
    def unanswered(self) -> int:
        return sum(not answer.text for answer in self.answers)

    @property
    def overdue(self) -> int:
        return sum(row.days_overdue is not None for row in self.milestones)


def load_project(contract: Contract, reference: str, on: date) -> ProjectPage | None:
    """One project as known on a day; ``None`` where the contract has no such reference."""
    portfolio = load_portfolio(contract, on, reference)
    if not portfolio.projects:
        return None
    project = portfolio.projects[0]
    thresholds = thresholds_of(contract)
    rules = {line.rule for line in _attention(contract, project, on)}
    area = contract.service_areas.filter(code=project.service_area).values_list("name", flat=True).first()
    return ProjectPage(
        project=project,
        service_area_name=area or "",
        headline=project_headline(project, on),
        declared=_rating(project.declared),
        computed=_rating(project.computed(thresholds)),
        disagreement=disagreement(project, thresholds),
        silence=silence(project.updated_on, on) if AttentionRule.SILENT in rules else "",
        slippage_original=project.slippage_original,
        slippage_agreed=project.slippage_agreed,
        cost=cost(project),
        answers=tuple(Answer(question, text) for question, text in answers(project)) if rules & ASKED else (),
        rebaselines=tuple(_rebaselines(project)),
        milestones=tuple(_milestone(milestone, project, on) for milestone in project.milestones),
        updates=tuple(reversed(_updates(contract, reference, on))),
    )


def _attention(contract: Contract, project: ProjectFacts, on: date) -> Sequence[AttentionLine]:
    return needs_attention((project,), on, None, None, thresholds_of(contract), contract.silent_days)


def _rating(rating: Confidence | None) -> str:
    return str(rating or UNRATED)


def _rebaselines(project: ProjectFacts) -> Iterator[RebaselineRow]:
    before = project.original_finish
    for rebaseline in project.rebaselines:
        yield RebaselineRow(rebaseline, _moved(before, rebaseline.agreed_finish))
        before = rebaseline.agreed_finish


def _milestone(milestone: MilestoneFacts, project: ProjectFacts, on: date) -> MilestoneRow:
    late = "" if milestone.days_late is None else lateness(milestone.days_late)
    is_overdue = project.is_active and milestone.is_overdue(on)
    return MilestoneRow(milestone, late, (on - milestone.due_on).days if is_overdue and milestone.due_on else None)


def _moved(before: date | None, after: date | None) -> str:
    return movement((after - before).days) if before and after else ""


def _updates(contract: Contract, reference: str, on: date) -> list[UpdateRow]:
    """The updates known on the day, oldest first; one that says no day is older than any."""
    found = Update.objects.filter(project__contract=contract, project__reference=reference).order_by("pk")
    known = [update for update in found if update.updated_on is None or update.updated_on <= on]
    known.sort(key=lambda update: update.updated_on or date.min)
    rows: list[UpdateRow] = []
    forecast: date | None = None
    for update in known:
        rows.append(_update(update, forecast))
        forecast = update.forecast_finish or forecast
    return rows


def _update(update: Update, forecast_before: date | None) -> UpdateRow:
    return UpdateRow(
        updated_on=update.updated_on,
        confidence=update.confidence or UNRATED,
        forecast_finish=update.forecast_finish,
        movement=_moved(forecast_before, update.forecast_finish),
        done=update.done,
        next=update.next,
        delay_cause=update.delay_cause,
        delay_party=update.delay_party,
        cost_effect=update.cost_effect,
        knock_on=update.knock_on,
        returns_to_green_on=update.returns_to_green_on,
    )
