"""The first thing a reader wants to know of a project: is it all right?"""

from projects.rules.confidence import Confidence, Thresholds, worse
from projects.rules.facts import ProjectFacts, Stage

_OPENING = {Confidence.GREEN: "All right", Confidence.AMBER: "To be watched", Confidence.RED: "Not all right"}


def verdict(project: ProjectFacts, thresholds: Thresholds, *, is_silent: bool, overdue: int) -> str:
    """
    A sentence, by the worse of the declared rating and that of the dates; nothing where a project is not under way.

    A green that nobody has spoken for lately, or with a milestone overdue, is not called all right.
    """
    if project.stage is Stage.COMPLETE:
        return _of_the_end(project, thresholds)
    if not project.is_active:
        return ""
    declared, computed = project.declared, project.computed(thresholds)
    worst = worse(declared, computed)
    if worst is None:
        return "Nobody can say whether it is all right: it is not rated, and its dates give no rating."
    doubt = _doubt(is_silent=is_silent, overdue=overdue)
    by = _by(worst, declared, computed)
    if worst is Confidence.GREEN and doubt:
        return f"Green {by}, but {doubt}."
    return f"{_OPENING[worst]}: {worst} {by}{f', and {doubt}' if doubt else ''}."


def _of_the_end(project: ProjectFacts, thresholds: Thresholds) -> str:
    match project.computed(thresholds):
        case None:
            return ""
        case Confidence.GREEN:
            return "Delivered in time."
        case _:
            return "Delivered late."


def _by(worst: Confidence, declared: Confidence | None, computed: Confidence | None) -> str:
    """Who says so; where the other says better, or nothing, that is told below the headline."""
    if declared is computed:
        return "by its manager and by its dates"
    return "by its manager" if declared is worst else "by its dates"


def _doubt(*, is_silent: bool, overdue: int) -> str:
    late = f"{overdue} {'milestone is' if overdue == 1 else 'milestones are'} overdue" if overdue else ""
    return " and ".join(filter(None, ["nobody has reported lately" if is_silent else "", late]))
