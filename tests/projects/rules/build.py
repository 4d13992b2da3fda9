"""Builders for the portfolio's tests: a project in flight and up to date, in which a test changes what it is about."""

from dataclasses import replace
from datetime import date
from typing import Any

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
    return replace(_ON_COURSE, reference=reference, **changes)
