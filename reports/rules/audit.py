"""What is asked of the audit, and where in it a page begins."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

ADDED: Final = "+"
CHANGED: Final = "~"
REMOVED: Final = "-"
ACT: Final = "act"
"""Done with a paper; what is done with everything else is that it is added, changed or removed."""
IN_WORDS: Final = {ADDED: "added", CHANGED: "changed", REMOVED: "removed"}
BETWEEN: Final = "_"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: which table it stands in, and its key there."""

    table: str
    key: int

    def __str__(self) -> str:
        return f"{self.table}.{self.key}"


def read_thing(written: str) -> Thing | None:
    """A thing as an address has it, `reports.meeting.12`; nothing where it is none."""
    table, _, key = written.rpartition(".")
    return Thing(table, int(key)) if table and key.isascii() and key.isdecimal() and len(key) < 19 else None


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """What is asked for; what does not matter is empty. Both days are among what is asked for."""

    first: date | None = None
    last: date | None = None
    person: str = ""
    """Part of a job title or of an e-mail address."""
    contract: str = ""
    """Its reference."""
    kind: str = ""
    """The key of the kind of thing."""
    reference: str = ""
    """Of the thing itself, or of what it belongs to: the code of a KPI finds its results."""
    words: str = ""
    """Somewhere in the reason."""
    done: str = ""
    address: str = ""
    request: str = ""
    of: Thing | None = None
    """The thing, and everything that belongs to it."""

    @property
    def asks(self) -> bool:
        return self != AuditQuestion()


@dataclass(frozen=True, slots=True)
class Position:
    """Behind which line a page begins: when it was, which of the tables it stands in, and its key there."""

    at: datetime
    source: int
    key: int

    def __str__(self) -> str:
        return BETWEEN.join((self.at.strftime("%Y%m%dT%H%M%S.%f"), str(self.source), str(self.key)))


def read_position(written: str) -> Position | None:
    """A position as an address has it; nothing where it is none."""
    parts = written.split(BETWEEN)
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts[1:]):
        return None
    try:
        at = datetime.strptime(f"{parts[0]}+0000", "%Y%m%dT%H%M%S.%f%z")
    except ValueError:
        return None
    return Position(at, int(parts[1]), int(parts[2]))
