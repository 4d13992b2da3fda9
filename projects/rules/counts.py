"""How the portfolio adds up: every project of the register counted once by stage and once by declared confidence."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from projects.rules.confidence import Confidence
from projects.rules.facts import ProjectFacts, Stage

UNRATED: Final = "unrated"


@dataclass(frozen=True, slots=True)
class PortfolioCounts:
    """How many projects the register holds; the stages add up to it, and so do the ratings with the unrated."""

    in_register: int
    by_stage: Mapping[Stage, int]
    by_confidence: Mapping[str, int]


def portfolio_counts(projects: Collection[ProjectFacts]) -> PortfolioCounts:
    """Count the register; every stage and rating is there, with 0 where no project has it."""
    return count_rated([(project.stage, project.declared) for project in projects])


def count_rated(projects: Collection[tuple[Stage, Confidence | None]]) -> PortfolioCounts:
    """The same of projects of which only the stage and the declared confidence are at hand."""
    stages = Counter(stage for stage, _ in projects)
    ratings = Counter(declared or UNRATED for _, declared in projects)
    return PortfolioCounts(
        in_register=len(projects),
        by_stage={stage: stages[stage] for stage in Stage},
        by_confidence={rating: ratings[rating] for rating in (*Confidence, UNRATED)},
    )
