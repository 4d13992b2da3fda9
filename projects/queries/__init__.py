"""What the pages and papers read about the portfolio."""

from projects.queries.portfolio import Portfolio, load_portfolio, thresholds_of
from projects.queries.project_page import ProjectPage, load_project
from projects.queries.register import (
    Register,
    RegisterChoices,
    RegisterQuestion,
    RegisterRow,
    load_choices,
    load_register,
)

__all__ = [
    "Portfolio",
    "ProjectPage",
    "Register",
    "RegisterChoices",
    "RegisterQuestion",
    "RegisterRow",
    "load_choices",
    "load_portfolio",
    "load_project",
    "load_register",
    "thresholds_of",
]
