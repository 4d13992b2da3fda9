"""File names of papers: they sort by meeting and item, and each stands alone when it is saved among others."""

import re
import unicodedata
from hashlib import sha256
from typing import Final

from contracts.rules.months import month_key
from reports.snapshot import BoardPaper

LONGEST: Final = {"board": 70, "item": 12, "contract": 30, "part": 30}
"""In letters; together with day, kind and number a name stays well under the 200 that are kept of it."""
ITEM: Final = re.compile(r"(?:item|no)?[^0-9a-z]*(?P<number>[0-9]*)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
DIGEST: Final = 6
OPERATIONAL: Final = "operational"


def stem(paper: BoardPaper, part: str = "") -> str:
    """
    `2018-03-29-overview-and-scrutiny-management-board-item-05-css-addendum-1-r1-public`: the day of the meeting, the
    board, the agenda item where it is known, contract, kind, number and revision, and who may read it. A ``part`` of
    the paper stands before that: `…-r1-appendix-a-results-public`.

    Without a meeting, the day it was made. A month's operational report bears the month and no audience, as it is no
    paper of the Board: `2018-02-css-operational-r1`.
    """
    when = (paper.meeting.meeting_on or paper.made_on).isoformat()
    audience = paper.audience
    if paper.kind == OPERATIONAL:
        when, audience = month_key(paper.review.to), ""
    parts = (
        when,
        _slug(paper.meeting.board, LONGEST["board"]),
        _item(paper.words.item) if paper.words else "",
        _slug(paper.contract.reference, LONGEST["contract"]),
        _slug(paper.kind, LONGEST["part"]),
        str(paper.number or ""),
        f"r{paper.revision}",
        _slug(part, LONGEST["part"]),
        audience,
    )
    return "-".join(filter(None, parts))


def part_of_name(name: str, revision: int) -> str:
    """`project-exceptions` of a file's name that ends in `-r1-project-exceptions-public.csv`; nothing of the whole."""
    bare = re.sub(r"(?:-(?:public|exempt))?\.[a-z]+$", "", name)
    return bare.rpartition(f"-r{revision}-")[2] if f"-r{revision}-" in bare else ""


def _item(text: str) -> str:
    """`item-05` and `item-05a`, so that item 10 follows item 9; nothing where no item is given."""
    found = ITEM.fullmatch(text.strip())
    if found is None:
        return ""
    number = found["number"].lstrip("0").zfill(2) if found["number"] else ""
    rest = _slug(found["rest"], LONGEST["item"])
    gap = "-" if number and rest and not (len(rest) == 1 and rest.isalpha()) else ""
    joined = f"{number}{gap}{rest}"
    return f"item-{joined}" if joined else ""


def _slug(text: str, longest: int) -> str:
    """
    Lower-case ASCII letters and digits with hyphens between, short enough for any file system.

    What is cut short, or cannot be written so at all, bears some digits of its own, so that two such names differ.
    """
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")
    if len(slug) <= longest and (slug or not text.strip()):
        return slug
    digest = sha256(text.encode()).hexdigest()[:DIGEST]
    return f"{slug[: longest - DIGEST - 1].strip('-')}-{digest}".strip("-")
