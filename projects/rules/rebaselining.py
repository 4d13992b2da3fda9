"""What agreeing another finish does to what is said of a project, and what it never does.

Slippage against the agreed finish starts again from the new date. Slippage against the original finish, and the rating
by the dates that follows from it, do not move: that is why each re-baseline is counted and shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import ProjectFacts, RebaselineFacts
from projects.rules.sentences import lateness
from projects.rules.slippage import Slippage


@dataclass(frozen=True, slots=True)
class RebaselineEffect:
    """What a re-baseline would do. ``name`` stands for all of it: who confirms it names what they were shown."""

    name: str
    number: int
    original: Slippage | None
    agreed_before: Slippage | None
    agreed_after: Slippage | None
    computed: Confidence | None
    in_words: str


def rebaselined(project: ProjectFacts, rebaseline: RebaselineFacts) -> ProjectFacts:
    """The project once this finish is agreed too."""
    return project._replace(
        agreed_finish=rebaseline.agreed_finish,
        rebaselines=(*project.rebaselines, rebaseline),
    )


def rebaseline_effect(
    project: ProjectFacts, agreed: RebaselineFacts, milestones: Mapping[str, date], thresholds: Thresholds
) -> RebaselineEffect:
    """What agreeing this finish would do; ``milestones`` are the dates agreed with it, by title."""
    after = rebaselined(project, agreed)
    told = repr((len(after.rebaselines), agreed, sorted(milestones.items()), project.finish, project.agreed_finish))
    return RebaselineEffect(
        name=sha256(told.encode()).hexdigest()[:16],
        number=len(after.rebaselines),
        original=after.slippage_original,
        agreed_before=project.slippage_agreed,
        agreed_after=after.slippage_agreed,
        computed=after.computed(thresholds),
        in_words=_in_words(project, after, thresholds),
    )


def _in_words(before: ProjectFacts, after: ProjectFacts, thresholds: Thresholds) -> str:
    number = f"This is re-baseline number {len(after.rebaselines)}."
    was, becomes, original = before.slippage_agreed, after.slippage_agreed, after.slippage_original
    if becomes is None or original is None:
        return f"No finish is forecast, so nothing is measured against the new date yet. {number}"
    agreed = (
        f"Against the agreed finish it stays {lateness(becomes.days)}"
        if was is not None and was.days == becomes.days
        else f"Against the agreed finish it becomes {lateness(becomes.days)}"
        + (f" instead of {lateness(was.days)}" if was else "")
    )
    kept = f"against the original finish it stays {lateness(original.days)}"
    rating = after.computed(thresholds)
    return f"{agreed}; {kept}. The rating by its dates stays {rating}. {number}"
