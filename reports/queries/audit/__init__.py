"""
The audit: one list of everything that was written, done and opened, over all the tables that keep a part of it.

A page costs the same few queries however many tables there are, and wherever in the list it stands: one finds which
lines it has, one reads them with what stood there before, one what was joined to them, one the names they mention.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reports.models import ExemptAppendix
from reports.queries.audit.finding import Scope, find
from reports.queries.audit.sources import SOURCES, Source
from reports.queries.audit.telling import AuditLine, Moved, tell
from reports.rules.audit import AuditQuestion, Position

__all__ = ["SOURCES", "AuditLine", "AuditPage", "Moved", "Scope", "Source", "all_lines", "load_audit"]

PER_PAGE: Final = 50
AT_ONCE: Final = 500
WRITTEN_EXEMPT: Final = str(ExemptAppendix._meta.verbose_name)


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Lines, the newest first, and where the next ones begin if there are any."""

    lines: tuple[AuditLine, ...]
    following: Position | None

    @property
    def shows_exempt(self) -> bool:
        """Whether it tells words that were written for the part of a paper that is not for publication."""
        return any(line.moved for line in self.lines if line.kind.lower() == WRITTEN_EXEMPT)


def load_audit(
    question: AuditQuestion, scope: Scope, *, after: Position | None = None, size: int = PER_PAGE
) -> AuditPage:
    """One page of what is asked for. Four queries."""
    found = find(question, scope, after=after, limit=size + 1)
    shown = found[:size]
    return AuditPage(tell(shown), shown[-1] if len(found) > size else None)


def all_lines(question: AuditQuestion, scope: Scope) -> Iterator[AuditLine]:
    """Everything that is asked for, however much: read by and by, in as little memory as a few pages take."""
    after: Position | None = None
    while True:
        page = load_audit(question, scope, after=after, size=AT_ONCE)
        yield from page.lines
        if page.following is None:
            return
        after = page.following
