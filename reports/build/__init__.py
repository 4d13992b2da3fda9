"""Builds the paper: reads once, in one transaction, and returns the frozen snapshot that everything else prints."""

from reports.build.front import Front, load_front
from reports.build.paper import build_paper, current_paper, judge_period

__all__ = ["Front", "build_paper", "current_paper", "judge_period", "load_front"]
