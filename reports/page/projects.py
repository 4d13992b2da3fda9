"""The projects that need attention, one row each: how late, why, and when it is green again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from contracts.rules.months import day_short
from reports.page.addresses import Addresses
from reports.render.words.phrases import as_sentence, day_or_dash, days_late
from reports.rules.sentences import listed
from reports.snapshot import BoardPaper, ProjectException

ASKED: Final = frozenset({"red", "amber"})
MOST_ROWS: Final = 40
"""So many projects stand on the page, the gravest; the register has them all."""


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project under its gravest rule. ``rating`` where that is red or amber; ``unanswered`` as the Board asks."""

    reference: str
    title: str
    href: str
    rule: str
    rating: str
    why: str
    late: str
    original: str
    cause: str
    green_on: str
    unanswered: str


def project_rows(paper: BoardPaper, addresses: Addresses) -> tuple[ProjectRow, ...]:
    by_project: dict[str, list[ProjectException]] = {}
    for line in paper.projects.exceptions:
        by_project.setdefault(line.reference, []).append(line)
    return tuple(_row(lines, addresses) for lines in by_project.values())


def _row(lines: Sequence[ProjectException], addresses: Addresses) -> ProjectRow:
    gravest, *others = lines
    is_asked = gravest.rule in ASKED
    return ProjectRow(
        reference=gravest.reference,
        title=gravest.title,
        href=addresses.project(gravest.reference),
        rule=gravest.rule.capitalize(),
        rating=gravest.rule if is_asked else "",
        # What tripped the gravest rule, and the names of the others.
        why=as_sentence("; ".join([gravest.detail, *(line.rule for line in others)])),
        late=days_late(gravest.slippage_days_original),
        original=day_or_dash(gravest.original_finish),
        cause=as_sentence(gravest.delay_cause),
        green_on=day_short(gravest.returns_to_green_on) if gravest.returns_to_green_on else "",
        unanswered=f"Not answered: {listed(gravest.unanswered)}." if is_asked and gravest.unanswered else "",
    )
