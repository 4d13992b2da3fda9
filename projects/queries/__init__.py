"""What the pages and papers read about the portfolio."""

from projects.queries.portfolio import Portfolio, load_portfolio, thresholds_of
from projects.queries.register import Register, RegisterQuestion, RegisterRow, load_project, load_register

__all__ = [
    "Portfolio",
    "Register",
    "RegisterQuestion",
    "RegisterRow",
    "load_portfolio",
    "load_project",
    "load_register",
    "thresholds_of",
]
