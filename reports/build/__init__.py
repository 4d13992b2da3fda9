"""Builds the paper: reads once, in one transaction, and returns the frozen snapshot that everything else prints."""

from reports.build.paper import build_paper, current_paper, judge_period

__all__ = ["build_paper", "current_paper", "judge_period"]
