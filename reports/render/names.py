"""File names of papers: they sort by meeting, and each stands alone when it is saved among others."""

import re
import unicodedata

from contracts.rules.months import month_key
from reports.snapshot import BoardPaper


def stem(paper: BoardPaper) -> str:
    """
    `2018-03-29-overview-and-scrutiny-management-board-css-report-r1`; without a meeting, the day it was made.

    A month's operational report bears the month: `2018-02-css-operational-r1`.
    """
    day = paper.meeting.meeting_on or paper.made_on
    when = month_key(paper.review.to) if paper.kind == "operational" else day.isoformat()
    parts = (paper.meeting.board, paper.contract.reference, paper.kind)
    named = [slug for slug in map(_slug, parts) if slug]
    return "-".join((when, *named, f"r{paper.revision}"))


def _slug(text: str) -> str:
    """Lower-case ASCII letters and digits with hyphens between, short enough for any file system."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower())[:80].strip("-")
