"""What the reports app reads: meetings and their pages, the papers that are due, how far the ones being written are."""

from reports.queries.runs import PaperProgress, paper_progress

__all__ = ["PaperProgress", "paper_progress"]
