"""What of a contract's portfolio stands beside its KPIs on a list of many contracts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PortfolioGlance:
    """Of the projects in flight or on hold: how many there are, are declared red, and will finish later than agreed."""

    active: int = 0
    red: int = 0
    late: int = 0
