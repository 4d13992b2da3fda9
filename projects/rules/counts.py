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
    stages = Counter(project.stage for project in projects)
    ratings = Counter(project.declared or UNRATED for project in projects)
    return PortfolioCounts(
        in_register=len(projects),
        by_stage={stage: stages[stage] for stage in Stage},
        by_confidence={rating: ratings[rating] for rating in (*Confidence, UNRATED)},
    )
