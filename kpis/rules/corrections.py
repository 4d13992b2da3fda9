"""A correction of a verified figure, as those read it whose papers printed the figure before."""

from dataclasses import dataclass
from datetime import datetime

from contracts.rules.months import Month
from kpis.rules.status import Reading


@dataclass(frozen=True, slots=True)
class Corrected:
    """
    What stood for a KPI's month and what stands there since; ``number`` is that of the row, later ones have greater
    ones. ``by`` is a job title, empty where nobody signed in did it. Of both readings only the figure is given.
    """

    number: int
    code: str
    month: Month
    before: Reading
    after: Reading
    reason: str
    by: str
    at: datetime
