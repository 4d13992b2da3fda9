"""What a timeline says before it is looked at."""

from collections.abc import Sequence
from datetime import date

from projects.rules.facts import ProjectFacts


def timeline_headline(projects: Sequence[ProjectFacts], matching: int, on: date) -> str:
    """How many of the projects in view finish later than first planned, by how much, and what is overdue."""
    if not projects:
        return "No project matches."
    late = [
        (project.slippage_original.days, project.reference)
        for project in projects
        if project.slippage_original and project.slippage_original.days > 0
    ]
    overdue = sum(
        milestone.is_overdue(on) for project in projects if project.is_active for milestone in project.milestones
    )
    said = _late(late, projects[0].reference, len(projects), matching)
    if overdue:
        said += f"; {overdue:,} {'milestone is' if overdue == 1 else 'milestones are'} overdue"
    return f"{said}."


def _late(late: Sequence[tuple[int, str]], first: str, shown: int, matching: int) -> str:
    """Days late and references; ``first`` is the project in view where there is but one."""
    whole = f"{shown:,} projects" if shown == matching else f"the {shown:,} projects on this page"
    if not late:
        return f"{first} is not late" if shown == 1 else f"None of {whole} finishes later than first planned"
    days, worst = max(late, key=lambda pair: pair[0])
    if shown == 1:
        return f"{first} finishes {_days(days)} later than first planned"
    if len(late) == 1:
        return f"Of {whole}, one finishes later than first planned: {worst} by {_days(days)}"
    return f"Of {whole}, {len(late):,} finish later than first planned, {worst} by {_days(days)} most of all"


def _days(number: int) -> str:
    return f"{number:,} {'day' if number == 1 else 'days'}"
