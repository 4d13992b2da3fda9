"""Builders for the portfolio's tests: a project in flight and up to date, in which a test changes what it is about."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from projects.rules.attention import AttentionLine, AttentionRule
from projects.rules.confidence import Confidence
from projects.rules.facts import ProjectFacts, Stage

TODAY = date(2018, 3, 14)
LAST_PAPER = date(2017, 12, 21)

_ON_COURSE = ProjectFacts(
    reference="T-001",
    title="Payroll link",
    stage=Stage.IN_FLIGHT,
    declared=Confidence.GREEN,
    original_start=date(2017, 10, 2),
    original_finish=date(2018, 3, 30),
    agreed_finish=date(2018, 3, 30),
    forecast_finish=date(2018, 3, 30),
    updated_on=TODAY,
)


def project(reference: str = "T-001", /, **changes: Any) -> ProjectFacts:
    """A project that needs no attention, but for what the changes say."""
    return _ON_COURSE._replace(reference=reference, **changes)


def rules_by_project(lines: Iterable[AttentionLine]) -> dict[str, set[AttentionRule]]:
    """The paper's rules that each project trips, by its reference."""
    tripped: dict[str, set[AttentionRule]] = {}
    for line in lines:
        tripped.setdefault(line.project.reference, set()).add(line.rule)
    return tripped
