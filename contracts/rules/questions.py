"""Questions of the Board: what one can be about, how it stands, and how it is told in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.rules.months import Month, month_long


class About(StrEnum):
    """What a question is put to."""

    FIGURE = "figure"
    EXCEPTION = "exception"
    PROJECT = "project"


class Standing(StrEnum):
    """Where a question stands. An answer may be given again; a question that goes on is a new one that follows it."""

    ASKED = "asked"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Subject:
    """A KPI, of one month where it says so, an exception of a month by its rule, or a project."""

    about: About
    kpi: str = ""
    project: str = ""
    month: Month | None = None
    rule: str = ""

    @property
    def words(self) -> str:
        """`CSC_KPI_04, January 2018 (below minimum)`, `CSC_KPI_04`, `project P001`."""
        if self.about is About.PROJECT:
            return f"project {self.project}"
        month = f", {month_long(self.month)}" if self.month else ""
        rule = f" ({self.rule})" if self.rule else ""
        return f"{self.kpi}{month}{rule}"


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question as pages list it. `age_days` counts from the day it was asked to the day of the page."""

    reference: str
    subject: Subject
    text: str
    asked_by: str
    asked_on: date
    age_days: int
    owner: str
    standing: Standing
    answer: str
    answered_by: str
    answered_on: date | None
    minuted_on: date | None

    @property
    def is_open(self) -> bool:
        return self.standing is Standing.ASKED


def open_first(lines: Iterable[QuestionLine]) -> tuple[QuestionLine, ...]:
    """Those that wait for an answer, the longest first; then the others, the latest first."""
    rows = sorted(lines, key=lambda line: (line.asked_on, line.reference))
    return (*(line for line in rows if line.is_open), *(line for line in reversed(rows) if not line.is_open))


def asked_in_words(lines: Iterable[QuestionLine], since: date | None) -> str:
    """
    `Asked since the Board last met: 3 questions, 1 not answered. 2 asked before that are not answered either.`

    Questions that were withdrawn are not counted; without an earlier meeting every question counts as new.
    """
    counted = [line for line in lines if line.standing is not Standing.WITHDRAWN]
    new = [line for line in counted if since is None or line.asked_on >= since]
    waiting, older = sum(line.is_open for line in new), sum(line.is_open for line in counted if line not in new)
    begin = "Asked since the Board last met" if since else "Asked by members of the Board"
    stand = f"{_questions(len(new))}, {_unanswered(waiting, len(new))}" if new else "no question"
    said = f"{begin}: {stand}."
    if not older:
        return said
    also = " either" if waiting else ""
    return f"{said} {older:,} asked before that {'is' if older == 1 else 'are'} not answered{also}."


def _questions(number: int) -> str:
    return f"{number:,} {'question' if number == 1 else 'questions'}"


def _unanswered(waiting: int, of: int) -> str:
    if not waiting:
        return "answered" if of == 1 else "all answered"
    return "not answered" if of == 1 else f"{waiting:,} not answered"
