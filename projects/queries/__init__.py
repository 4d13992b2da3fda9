"""What the pages and papers read about the portfolio."""

from projects.queries.portfolio import Portfolio, load_portfolio, thresholds_of
from projects.queries.project_page import ProjectPage, read_project
from projects.queries.register import (
    Register,
    RegisterQuestion,
    load_register,
    rows_asked_for,
)
from projects.queries.register_counts import RegisterNumbers, load_numbers

__all__ = [
    "Portfolio",
    "ProjectPage",
    "Register",
    "RegisterNumbers",
    "RegisterQuestion",
    "load_numbers",
    "load_portfolio",
    "load_register",
    "read_project",
    "rows_asked_for",
    "thresholds_of",
]
