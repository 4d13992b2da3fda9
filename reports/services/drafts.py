"""
What may be drafted, and as of which day: asked by whoever prints a draft and by whoever stores one, so that both refuse
the same things in the same words.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from contracts.models import Contract
from contracts.queries import working_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import YearNotKnown
from contracts.rules.months import Month, last_owed, month_key, month_long, month_of
from reports.build import build_operational_report
from reports.build.paper import one_reading, read_paper
from reports.build.periods import dates_for, review_for
from reports.build.portfolio import read_projects_paper
from reports.build.slips import read_slip
from reports.build.words import with_exempt_appendices, worded, written_appendices, written_words
from reports.models import Meeting
from reports.models.paper import BOUND, Kind
from reports.queries.due import in_register, operational_due_on
from reports.rules.addenda import MeetingOver, NothingNew, ReportNotFrozen
from reports.rules.errata import NothingToCorrect
from reports.rules.review import NothingVerified
from reports.services.draft_addenda import read_draft_addendum
from reports.snapshot import BoardPaper


class BoundToAPaper(ValueError):
    """An addendum and a slip of errata are asked for on the page of the paper that they add to, and nowhere else."""


class KindNotBuilt(ValueError):
    """A kind of paper that has its name already, but no content of its own yet."""


class MeetingCancelled(ValueError):
    """A meeting that will not be held needs no paper."""


class MonthNotOver(ValueError):
    """A month that has not ended, or lies outside the contract's time, has no operational report."""


class RegisterEmpty(ValueError):
    """Without a project there is nothing that a paper about projects could say."""


REFUSALS = (
    BoundToAPaper,
    KindNotBuilt,
    MeetingCancelled,
    MeetingOver,
    MonthNotOver,
    NothingNew,
    NothingToCorrect,
    NothingVerified,
    RegisterEmpty,
    ReportNotFrozen,
    YearNotKnown,
)
"""What another attempt would meet again, until people change the data."""


def refuse_bound(kind: str) -> None:
    """Raises :class:`BoundToAPaper` where somebody asks for a paper by its meeting alone."""
    if kind in BOUND:
        name = Kind(kind).label
        article = "An" if name.startswith(("a", "e", "i", "o", "u")) else "A"
        raise BoundToAPaper(f"{article} {name} is asked for on the page of the paper that it adds to, with a reason.")


def refuse_cancelled(meeting: Meeting) -> None:
    """Raises :class:`MeetingCancelled`."""
    if meeting.status == Meeting.Status.CANCELLED:
        raise MeetingCancelled(f"The meeting of {meeting.meeting_on.isoformat()} was cancelled.")


def refuse_month(contract: Contract, month: Month, *, on: date) -> None:
    """Raises :class:`MonthNotOver` unless the month is one of the contract's and ended before the business day."""
    first, last = month_of(contract.commences_on), last_owed(contract.ends_on, on)
    if first <= month <= last:
        return
    if month_of(on) <= month and (contract.ends_on is None or month <= month_of(contract.ends_on)):
        raise MonthNotOver(f"{month_long(month)} has not ended yet: there is no operational report of it.")
    raise MonthNotOver(
        f"The months of {contract.reference} lie between {month_key(first)} and {month_key(last)}:"
        f" {month_key(month)} does not."
    )


def refuse_empty_register(contract: Contract, on: date) -> None:
    """Raises :class:`RegisterEmpty`."""
    _refuse_none(contract, list(in_register(contract, on)[:1]))


def _refuse_none(contract: Contract, registered: Collection[Any]) -> None:
    if not registered:
        raise RegisterEmpty(f"No project is in the register of {contract.reference}.")


def refuse_paper(
    contract: Contract, meeting: Meeting | None, *, on: date, kind: str, month: Month | None = None
) -> None:
    """What writing the paper would refuse, without writing it. Raises one of :data:`REFUSALS`."""
    refuse_bound(kind)
    if kind == Kind.OPERATIONAL:
        refuse_month(contract, _given(month), on=on)
        refuse_empty_register(contract, _month_known_on(contract, _given(month), on))
        return
    held = _at(meeting, kind)
    refuse_cancelled(held)
    if kind == Kind.PROJECTS:
        refuse_empty_register(contract, min(on, held.meeting_on))
    else:
        dates_for(contract, held, review_for(contract, held))


def draft_paper(
    contract: Contract,
    meeting: Meeting | None,
    *,
    on: date,
    kind: str,
    revision: int,
    month: Month | None = None,
    number: int = 0,
    of: int | None = None,
) -> BoardPaper:
    """
    The draft for a meeting, or of an operational report for a month, as things are known on the business day ``on``;
    of a slip of errata, ``of`` is the primary key of the paper that it corrects.

    One that is written late says what it would have said in time: for a meeting in the past, what was known on its own
    day; for a month, what was known on the day its report was due. Raises one of :data:`REFUSALS`.
    """
    if kind == Kind.OPERATIONAL:
        refuse_month(contract, _given(month), on=on)
        known_on = _month_known_on(contract, _given(month), on)
        refuse_empty_register(contract, known_on)
        return build_operational_report(contract, _given(month), on=known_on, revision=revision)
    with one_reading():
        return read_now(
            read_draft(contract, _at(meeting, kind), on=on, kind=kind, revision=revision, number=number, of=of)
        )


def read_draft(
    contract: Contract, held: Meeting, *, on: date, kind: str, revision: int, number: int, of: int | None
) -> Reading[BoardPaper]:
    """
    What :func:`draft_paper` drafts for a meeting, beside whatever else is read: in two steps of a projects paper, in
    three of a report or an addendum, and more only where there are errata to tell.
    """
    refuse_cancelled(held)
    built, (appendices,) = yield from beside(
        _read_built(contract, held, on=on, kind=kind, revision=revision, number=number, of=of),
        ask(written_appendices(contract, held, kind, number)),
    )
    return with_exempt_appendices(built, appendices)


def _read_built(
    contract: Contract, held: Meeting, *, on: date, kind: str, revision: int, number: int, of: int | None
) -> Reading[BoardPaper]:
    """The draft of a meeting's paper with the words that people wrote around its figures."""
    known_on = min(on, held.meeting_on)
    match kind:
        case Kind.ADDENDUM:
            return (yield from read_draft_addendum(contract, held, on=known_on, number=number, revision=revision))
        case Kind.ERRATUM:
            return (yield from read_slip(contract, held, _bound(of), on=on, number=number, revision=revision))
        case Kind.PROJECTS:
            reads = _read_projects(contract, held, on=known_on, revision=revision)
        case _:
            reads = read_paper(contract, held, on=known_on, kind=kind, revision=revision)
    built, (written,) = yield from beside(reads, ask(written_words(contract, held, kind, number)))
    return worded(built, held, written)


def _read_projects(contract: Contract, held: Meeting, *, on: date, revision: int) -> Reading[BoardPaper]:
    built: BoardPaper
    built, (registered,) = yield from beside(
        read_projects_paper(contract, held, on=on, revision=revision), ask(in_register(contract, on)[:1])
    )
    _refuse_none(contract, registered)
    return built


def _month_known_on(contract: Contract, month: Month, on: date) -> date:
    return min(on, operational_due_on(contract, month, working_calendar()))


def _given(month: Month | None) -> Month:
    if month is None:
        raise ValueError("The operational project report is for a month.")
    return month


def _bound(of: int | None) -> int:
    if of is None:
        raise ValueError("A slip of errata is bound to the paper that it corrects.")
    return of


def _at(meeting: Meeting | None, kind: str) -> Meeting:
    if meeting is None:
        raise ValueError(f"The {Kind(kind).label} is for a meeting.")
    return meeting
