"""A row of the monthly return: as it was typed, as it was read, and what was found wrong or doubtful in it."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from contracts.rules.months import Month
from kpis.rules.status import Judgement


@dataclass(frozen=True, slots=True)
class Typed:
    """A row of the return as it was typed, cell by cell, right or wrong."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""
    not_measured_reason: str = ""
    comment: str = ""
    cause: str = ""
    effect: str = ""
    remedy: str = ""
    recovery_month: str = ""
    explanation_awaited_on: str = ""

    @property
    def is_blank(self) -> bool:
        return not any(getattr(self, cell).strip() for cell in CELLS)

    @property
    def says_something(self) -> bool:
        """Whether there is a figure, or the reason why there is none; right or wrong."""
        return any(cell.strip() for cell in (self.value, self.numerator, self.denominator, self.not_measured_reason))


CELLS: Final = tuple(field.name for field in fields(Typed))
FIGURES: Final = CELLS[:3]
EXPLANATION: Final = ("cause", "effect", "remedy", "recovery_month")
ASKED: Final = {
    "cause": "the cause",
    "effect": "the effect on council services",
    "remedy": "the remedy and who owns it",
    "recovery_month": "the month in which it is expected to recover",
}


class Severity(StrEnum):
    """An error stops the submission, a warning asks for a word."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong or doubtful about one field of one KPI's row. ``warning`` is the key a warning is answered by."""

    code: str
    field: str
    severity: Severity
    message: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """
    A row that was read: its figures as far as they could be, both statuses, the findings.

    ``judgement`` is ``None`` where what was typed cannot be judged. ``is_missed`` says whether an explanation is asked
    for: relief answers for a miss that it covers.
    """

    code: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    recovery_month: Month | None
    explanation_awaited_on: date | None
    judgement: Judgement | None
    is_missed: bool
    is_explained: bool
    findings: tuple[Finding, ...]

    @property
    def figure(self) -> Decimal | None:
        """The figure with every digit, worked out where a rate was given."""
        return self.judgement.value if self.judgement else None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity is Severity.WARNING)
