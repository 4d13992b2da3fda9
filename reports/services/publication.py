"""
What the clerk records of a paper that was handed over: when and where it was published, why the Chair holds it urgent,
and that it was withdrawn.

Publication itself happens in the council's committee system. What is recorded wrongly is recorded again: the later act
counts, and both are kept.
"""

from datetime import date, datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from contracts.models import Person
from contracts.queries import working_calendar
from contracts.rules.calendar import YearNotKnown
from contracts.rules.months import day_long
from contracts.rules.roles import PUBLISHES
from reports.models import Paper, PaperAct
from reports.models.paper import BOUND
from reports.queries.lives import life_of
from reports.rules.publication import Timing, timing_of
from reports.services.acts import FROZEN, ActRefused, hold, must_hold, record, refuse_unless, said
from reports.services.paper_notices import tell_published, tell_withdrawn

Status = Paper.Status
Act = PaperAct.Kind
PUBLISHES_IN_WORDS: Final = "The clerk records publication and urgency, and withdraws a paper."


class PublishedWhen(ActRefused):
    """A time at which it cannot have been published."""

    field = "published_at"


class PublishedWhere(ActRefused):
    """No address of a web page."""

    field = "address"


@transaction.atomic
def record_publication(
    paper: Paper, *, by: Person, published_at: datetime, address: str, now: datetime
) -> Timing | None:
    """
    When and where it was published, and how that stands to the clear days; ``None`` where the calendar cannot tell, or
    the paper needs none, being bound to one that was published before.

    Recorded again, the later record counts. Raises :class:`NotYours`, :class:`NotAsItStands`, :class:`PublishedWhen` or
    :class:`PublishedWhere`.
    """
    must_hold(by, paper, PUBLISHES, PUBLISHES_IN_WORDS)
    held = hold(paper)
    refuse_unless(held, FROZEN, "Only what was handed to the clerk is published.")
    _refuse_time(held, published_at, now)
    is_first = held.status == Status.WITH_CLERK
    before = life_of(held).published
    where = said(address, "at what address it was published", "address")
    if before is not None and (before.published_at, before.address) == (published_at, where):
        return timing_in(held, timezone.localdate(published_at))
    try:
        act = record(
            held, Act.PUBLISHED, by=by, at=now, address=where, published_at=published_at, status=Status.PUBLISHED
        )
    except ValidationError as refusal:
        raise PublishedWhere("Give the address as it stands in the browser, beginning with https://.") from refusal
    on = timezone.localdate(published_at)
    timing = timing_in(held, on)
    if is_first:
        tell_published(held, act, on, timing.words if timing else "")
    return timing


def timing_in(paper: Paper, published_on: date) -> Timing | None:
    """How a day of publication stands to the paper's meeting; read with its meeting and board."""
    meeting = paper.meeting
    if meeting is None or paper.kind in BOUND:
        return None
    try:
        return timing_of(published_on, meeting.meeting_on, meeting.board.clear_days, working_calendar())
    except YearNotKnown:
        return None


@transaction.atomic
def record_urgency(paper: Paper, *, by: Person, words: str, at: datetime) -> PaperAct:
    """The Chair's opinion why the Board considers it though it came late. Recorded again, the later record counts."""
    must_hold(by, paper, PUBLISHES, PUBLISHES_IN_WORDS)
    held = hold(paper)
    refuse_unless(held, FROZEN, "Urgency is recorded for a paper that is with the clerk or published.")
    return record(held, Act.URGENT, by=by, at=at, words=said(words, "why the Chair holds it urgent", "words"))


@transaction.atomic
def withdraw(paper: Paper, *, by: Person, reason: str, at: datetime) -> PaperAct:
    """
    Takes a paper back from the public: its title and the reason stay to be read, and another revision can be built.

    Raises :class:`NotYours`, :class:`NotAsItStands` or :class:`ActRefused`.
    """
    must_hold(by, paper, PUBLISHES, PUBLISHES_IN_WORDS)
    held = hold(paper)
    refuse_unless(held, FROZEN, "Only what was handed to the clerk is withdrawn.")
    was_published = held.status == Status.PUBLISHED
    why = said(reason, "why it is withdrawn", "reason")
    act = record(held, Act.WITHDRAWN, by=by, at=at, words=why, status=Status.WITHDRAWN)
    tell_withdrawn(held, act, was_published=was_published)
    return act


def _refuse_time(paper: Paper, published_at: datetime, now: datetime) -> None:
    handed_over = paper.acts.filter(kind=Act.HANDED_OVER).order_by("-at").values_list("at", flat=True).first()
    if published_at > now:
        raise PublishedWhen("It cannot have been published later than now.")
    if handed_over is not None and published_at < handed_over.replace(second=0, microsecond=0):
        local = timezone.localtime(handed_over)
        raise PublishedWhen(
            f"It was handed over on {day_long(local.date())} at {local:%H:%M}: it cannot have been published before."
        )
