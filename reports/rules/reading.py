"""
Who opens what of a paper: drafts are for those who work on them, exempt parts for those who may read them.

What is published is open to everybody who sees the contract. A member of the Board reads the exempt part once it is
with the clerk. Of a withdrawn paper only those who work on papers still open the files; of a removed one nobody does.
"""

from dataclasses import dataclass
from typing import Final

from contracts.rules.held import Held
from contracts.rules.roles import SEES_DRAFTS

PUBLISHED: Final = "published"
WITH_MEMBERS: Final = frozenset({"with the clerk", PUBLISHED})
REMOVED: Final = "removed"


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may read of the papers of a contract."""

    works_on_papers: bool
    reads_exempt: bool

    def opens_draft(self, *, is_exempt: bool) -> bool:
        """Whether they open a file of a draft, or of a paper that is signed off."""
        return self.works_on_papers and (self.reads_exempt or not is_exempt)

    def opens_frozen(self, status: str, *, is_exempt: bool) -> bool:
        """Whether they open a file that went to the clerk, of a paper in that status."""
        if status == REMOVED or (is_exempt and not self.reads_exempt):
            return False
        return self.works_on_papers or status == PUBLISHED or (is_exempt and status in WITH_MEMBERS)


def reader_of(held: Held, contract: str) -> Reader:
    return Reader(works_on_papers=held.holds(SEES_DRAFTS, contract), reads_exempt=held.reads_exempt(contract))


NOBODY: Final = Reader(works_on_papers=False, reads_exempt=False)
