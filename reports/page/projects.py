"""The projects that need attention, one row each: how late, and the answers to what councillors ask of a delay."""

from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from contracts.rules.months import day_short
from reports.page.addresses import Addresses
from reports.render.words.phrases import as_sentence, day_or_dash, days_late
from reports.rules.sentences import listed
from reports.snapshot import BoardPaper, ProjectException

ASKED: Final = frozenset({"red", "amber"})
MOST_ROWS: Final = 40
"""So many projects stand on the page, the gravest; the register has them all."""


class ProjectRow(NamedTuple):
    """
    A project under its gravest rule. ``rating`` where that is red or amber; ``unanswered`` as the Board asks.

    A tuple, because the template takes forty of them apart. ``answers``: who caused it, what it costs and what it holds
    up, as far as somebody said.
    """

    reference: str
    title: str
    href: str
    rule: str
    rating: str
    why: str
    late: str
    original: str
    cause: str
    answers: str
    green_on: str
    unanswered: str


def project_rows(paper: BoardPaper, addresses: Addresses) -> tuple[ProjectRow, ...]:
    """The gravest of them, as many as stand on the page."""
    by_project: dict[str, list[ProjectException]] = {}
    for line in paper.projects.exceptions:
        by_project.setdefault(line.reference, []).append(line)
    return tuple(_row(lines, addresses) for lines in islice(by_project.values(), MOST_ROWS))


def _row(lines: Sequence[ProjectException], addresses: Addresses) -> ProjectRow:
    gravest, *others = lines
    is_asked = gravest.rule in ASKED
    missing = list(dict.fromkeys(question for line in lines for question in line.unanswered))
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
        answers=_answers(gravest),
        green_on=_green(gravest),
        unanswered=f"Not answered: {listed(missing)}." if missing else "",
    )


def _answers(line: ProjectException) -> str:
    told = (("Caused by", line.delay_party), ("Costs", line.cost_effect), ("Holds up", line.knock_on))
    return " ".join(as_sentence(f"{what}: {answer.strip()}") for what, answer in told if answer.strip())


def _green(line: ProjectException) -> str:
    if line.returns_to_green_on:
        return day_short(line.returns_to_green_on)
    return "Not known yet" if line.is_green_unknown else ""
