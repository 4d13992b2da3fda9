"""How the portfolio stands: what its counts are, and how many of its projects stand out for which reason.

What stands out is asked of projects in flight or on hold only, as the paper asks it; a project may stand out for
several reasons and counts once under each.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from projects.rules.attention import AttentionRule
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.counts import PortfolioCounts, portfolio_counts
from projects.rules.facts import ProjectFacts, Stage

AT_RISK = frozenset({Confidence.RED, Confidence.AMBER})
ACTIVE = frozenset({Stage.IN_FLIGHT, Stage.ON_HOLD})


class Signal(StrEnum):
    """A reason why a project stands out."""

    DECLARED = "declared"
    DATES = "dates"
    RATED_BETTER = "rated better"
    OVERDUE = "overdue"
    SILENT = "silent"
    SLIPPED = "slipped"
    REBASELINED = "re-baselined"


@dataclass(frozen=True, slots=True)
class Standing:
    """The register counted; ``active`` are the projects in flight or on hold."""

    counts: PortfolioCounts
    active: int
    signals: Mapping[Signal, int]


def signals_of(project: ProjectFacts, rules: Collection[AttentionRule], thresholds: Thresholds) -> frozenset[Signal]:
    """Why a project stands out; ``rules`` are those of the paper that it trips."""
    if not project.is_active:
        return frozenset()
    carried = {
        Signal.OVERDUE: AttentionRule.OVERDUE_MILESTONE in rules,
        Signal.SILENT: AttentionRule.SILENT in rules,
        Signal.SLIPPED: AttentionRule.SLIPPED in rules,
        Signal.REBASELINED: bool(project.rebaselines),
    }
    by_ratings = rating_signals(project.stage, project.declared, project.computed(thresholds))
    return by_ratings.union(signal for signal, is_carried in carried.items() if is_carried)


def rating_signals(stage: Stage, declared: Confidence | None, computed: Confidence | None) -> frozenset[Signal]:
    """Those that stage and the two ratings alone decide."""
    if stage not in ACTIVE:
        return frozenset()
    carried = {
        Signal.DECLARED: declared in AT_RISK,
        Signal.DATES: computed in AT_RISK,
        Signal.RATED_BETTER: declared is not None and computed is not None and declared.gravity < computed.gravity,
    }
    return frozenset(signal for signal, is_carried in carried.items() if is_carried)


def standing(projects: Collection[ProjectFacts], signals: Collection[frozenset[Signal]]) -> Standing:
    """Count the register; every signal is there, with 0 where no project carries it."""
    carried = Counter(signal for each in signals for signal in each)
    return Standing(
        counts=portfolio_counts(projects),
        active=sum(project.is_active for project in projects),
        signals={signal: carried[signal] for signal in Signal},
    )
