"""Builds the paper: reads once, in one transaction, and returns the frozen snapshot that everything else prints."""

from reports.build.front import Front, load_front, load_front_beside
from reports.build.paper import build_paper, current_paper, judge_period
from reports.build.portfolio import build_operational_report

__all__ = [
    "Front",
    "build_operational_report",
    "build_paper",
    "current_paper",
    "judge_period",
    "load_front",
    "load_front_beside",
]
