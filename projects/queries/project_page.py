"""Everything about one project, for its page."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from contracts.models import Contract, ServiceArea
from contracts.prepared import given_key, given_text, prepared
from contracts.readings import Reading, ask, beside
from projects.queries.course import MilestoneRow, UpdateRow, milestone_row, moved, read_updates
from projects.queries.dependencies import Dependencies, read_dependencies
from projects.queries.history import Event, read_history
from projects.queries.key_lists import proposed_ranks
from projects.queries.portfolio import read_portfolio, thresholds_of
from projects.rules.attention import AttentionLine, AttentionRule, answers, needs_attention
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.cost import Cost, cost
from projects.rules.counts import UNRATED
from projects.rules.facts import ProjectFacts, RebaselineFacts
from projects.rules.key_list import standing_in_words
from projects.rules.sentences import disagreement, project_headline, silence
from projects.rules.slippage import Slippage
from projects.rules.verdict import verdict

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
    dependencies: Dependencies
    events: tuple[Event, ...]
    key_standing: str

    @property
    def is_illustrative(self) -> bool:
        return self.project.source == "illustrative"

    @property
    def unanswered(self) -> int:
        return sum(not answer.text for answer in self.answers)

    @property
    def overdue(self) -> int:
        return sum(row.days_overdue is not None for row in self.milestones)


def read_project(contract: Contract, reference: str, on: date) -> Reading[ProjectPage | None]:
    """One project as known on a day; ``None`` where the contract has no such reference. Two steps."""
    portfolio, updates, dependencies, events, (areas, ranks) = yield from beside(
        read_portfolio(contract, on, reference),
        read_updates(contract, reference, on),
        read_dependencies(contract, reference, on),
        read_history(contract, reference),
        ask(*_beside(contract=contract.pk, reference=reference)),
    )
    if not portfolio.projects:
        return None
    project = portfolio.projects[0]
    thresholds = thresholds_of(contract)
    rules = {line.rule for line in _attention(contract, project, on)}
    return ProjectPage(
        project=project,
        service_area_name=dict(areas).get(project.service_area, ""),
        headline=_headline(project, thresholds, rules, on),
        declared=_rating(project.declared),
        computed=_rating(project.computed(thresholds)),
        disagreement=disagreement(project, thresholds),
        silence=silence(project.updated_on, on) if AttentionRule.SILENT in rules else "",
        slippage_original=project.slippage_original,
        slippage_agreed=project.slippage_agreed,
        cost=cost(project),
        answers=tuple(Answer(question, text) for question, text in answers(project)) if rules & ASKED else (),
        rebaselines=tuple(_rebaselines(project)),
        milestones=tuple(milestone_row(milestone, project, on) for milestone in project.milestones),
        updates=updates,
        dependencies=dependencies,
        events=events,
        key_standing=standing_in_words(
            project.key_rank,
            is_decided=portfolio.key_decided_on is not None,
            proposals=tuple(ranks),
        ),
    )


@prepared
def _beside() -> tuple[QuerySet[Any, Any], ...]:
    """The names of the contract's service areas by code, and where a proposal puts the project."""
    contract = given_key("contract")
    areas = ServiceArea.objects.filter(contract=contract).order_by().values_list("code", "name")
    return areas, proposed_ranks(contract, given_text("reference"))


def _headline(project: ProjectFacts, thresholds: Thresholds, rules: Collection[AttentionRule], on: date) -> str:
    """Whether it is all right, and then by when it finishes."""
    late = sum(milestone.is_overdue(on) for milestone in project.milestones)
    said = verdict(project, thresholds, is_silent=AttentionRule.SILENT in rules, overdue=late)
    return f"{said} {project_headline(project, on)}".strip()


def _attention(contract: Contract, project: ProjectFacts, on: date) -> Sequence[AttentionLine]:
    return needs_attention((project,), on, None, None, thresholds_of(contract), contract.silent_days)


def _rating(rating: Confidence | None) -> str:
    return str(rating or UNRATED)


def _rebaselines(project: ProjectFacts) -> Iterator[RebaselineRow]:
    before = project.original_finish
    for rebaseline in project.rebaselines:
        yield RebaselineRow(rebaseline, moved(before, rebaseline.agreed_finish))
        before = rebaseline.agreed_finish
