"""
What the acts on a paper amount to: who signed it, when it went to the clerk, when and where it was published.

Acts are only ever added. What a later one takes back no longer counts: a sign-off that was taken back, a removal that
was refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Act:
    """
    One act, by job title. Instants are on the clock of the office.

    ``published_at`` and ``address`` belong to a publication.
    """

    pk: int
    kind: str
    name: str
    by: str
    by_pk: int
    at: datetime
    words: str = ""
    address: str = ""
    published_at: datetime | None = None

    @property
    def on(self) -> date:
        return self.at.date()

    @property
    def published_on(self) -> date | None:
        return None if self.published_at is None else self.published_at.date()


@dataclass(frozen=True, slots=True)
class Life:
    """The acts that count, in the order in which a paper meets them; ``last`` is the latest of all."""

    acts: tuple[Act, ...] = ()
    signed: Act | None = None
    countersigned: Act | None = None
    handed_over: Act | None = None
    published: Act | None = None
    urgent: Act | None = None
    withdrawn: Act | None = None
    removal_asked: Act | None = None
    removed: Act | None = None

    @property
    def last(self) -> Act | None:
        return self.acts[-1] if self.acts else None

    @property
    def seen(self) -> int:
        """What a page shows of the acts, in one number: it differs as soon as there is another act."""
        return self.acts[-1].pk if self.acts else 0

    @property
    def seen_before(self) -> int:
        """The same of a page that was opened before the latest act."""
        return self.acts[-2].pk if len(self.acts) > 1 else 0

    def published_in_time(self, publish_by: date | None) -> bool | None:
        """Whether it left the clear days; nothing is said of what is not published, or has no such day."""
        on = self.published.published_on if self.published else None
        return None if on is None or publish_by is None else on <= publish_by


PLACES = {
    "signed off": "signed",
    "countersigned": "countersigned",
    "handed over": "handed_over",
    "published": "published",
    "urgent": "urgent",
    "withdrawn": "withdrawn",
    "removal asked": "removal_asked",
    "removed": "removed",
}
UNDONE_BY = {"taken back": ("signed", "countersigned"), "removal refused": ("removal_asked",)}


def life(acts: Iterable[Act]) -> Life:
    """The acts on one paper, the earliest first."""
    told = tuple(acts)
    counting: dict[str, Act] = {}
    for act in told:
        for place in UNDONE_BY.get(act.kind, ()):
            counting.pop(place, None)
        if act.kind in PLACES:
            counting[PLACES[act.kind]] = act
    return Life(acts=told, **counting)
