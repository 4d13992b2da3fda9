"""What pages show of the Board's requests: the register with its filters, and one request with its history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from contracts.models import Contract, Person
from contracts.queries import load_holders, read_holders
from contracts.queries.questions import Event, may_own
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.held import Held
from contracts.rules.roles import ANSWERS_QUESTIONS, FOLLOWS_REQUESTS
from contracts.rules.typed import key_sent
from reports.models import BoardRequest, Meeting
from reports.queries.questions import given
from reports.rules.requests import Standing, age_in_meetings, is_overdue

ORDER: Final = (Standing.OPEN, Standing.ANSWERED, Standing.CLOSED)
LAST: Final = date.max


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request. ``age`` counts the meetings since the one it was raised at; a closed one has stopped ageing."""

    pk: int
    reference: str
    kind: str
    text: str
    raised_by: str
    raised_on: date
    raised_at: int | None
    owner: str
    assigned_to: str
    due_on: date | None
    due_at: int | None
    status: str
    answer: str
    answered_on: date | None
    closed_on: date | None
    age: int
    is_overdue: bool
    question: str

    @property
    def is_closed(self) -> bool:
        return self.status == Standing.CLOSED


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the register is asked for; blank asks for everything."""

    status: str = ""
    kind: str = ""
    meeting: int | None = None
    owner: str = ""
    is_overdue: bool = False

    @property
    def asks(self) -> bool:
        return bool(self.status or self.kind or self.meeting or self.owner or self.is_overdue)

    def takes(self, row: RequestRow) -> bool:
        return (
            self.status in ("", row.status)
            and self.kind in ("", row.kind)
            and self.meeting in (None, row.raised_at)
            and self.owner in ("", row.owner)
            and (row.is_overdue or not self.is_overdue)
        )


@dataclass(frozen=True, slots=True)
class Register:
    """The requests asked for, open ones first; how many there are in all, by status; and what can be filtered by."""

    rows: tuple[RequestRow, ...]
    counts: Mapping[str, int]
    overdue: int
    meetings: tuple[tuple[int, date], ...]
    owners: tuple[str, ...]

    @property
    def number(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request and what became of it, latest first; the supplier is not told who changed what and why."""

    row: RequestRow
    events: tuple[Event, ...]
    tells_history: bool


@dataclass(frozen=True, slots=True)
class RequestDuties:
    """What a person may do with a request as it stands."""

    may_answer: bool
    may_close: bool
    may_reopen: bool
    may_hand: bool
    may_move: bool


def read_wanted(query: QueryDict) -> Wanted:
    """What an address asks for; what it could not mean is left out."""
    status, kind = given(query, "status"), given(query, "kind")
    return Wanted(
        status=status if status in ORDER else "",
        kind=kind if kind in BoardRequest.Kind.values else "",
        meeting=key_sent(query.get("meeting", "")),
        owner=_printable(query.get("owner", "")),
        is_overdue=given(query, "overdue") == "yes",
    )


def load_register(contract: Contract, wanted: Wanted, on: date) -> Register:
    """The register as an address asks for it. Two queries."""
    rows = _rows(contract, BoardRequest.objects.filter(contract=contract, raised_on__lte=on), on)
    raised = {row.raised_at: row.raised_on for row in rows if row.raised_at}
    return Register(
        rows=tuple(sorted((row for row in rows if wanted.takes(row)), key=_place)),
        counts={status.value: sum(row.status == status for row in rows) for status in ORDER},
        overdue=sum(row.is_overdue for row in rows),
        meetings=tuple(sorted(raised.items(), key=lambda each: each[1], reverse=True)),
        owners=tuple(sorted({row.owner for row in rows if row.owner})),
    )


def load_minuted_at(contract: Contract, meeting: Meeting, on: date) -> tuple[RequestRow, ...]:
    """What one meeting minuted, in the order of the references; imported, it is known by its day. Two queries."""
    minuted = Q(meeting=meeting) | Q(meeting=None, raised_on=meeting.meeting_on)
    return _rows(contract, BoardRequest.objects.filter(minuted, contract=contract), on)


def load_request_page(request: BoardRequest, held: Held, on: date) -> RequestPage:
    """One request with its history. One query."""
    contract = request.contract
    history = request.history.select_related("history_user").order_by("history_id")
    (row,), (changes,) = read_now(
        beside(_read_rows(contract, BoardRequest.objects.filter(pk=request.pk), on), ask(history))
    )
    tells = held.holds(FOLLOWS_REQUESTS, contract.reference)
    events = tuple(reversed([*_events(changes)])) if tells else ()
    return RequestPage(row, events, tells)


def load_request_duties(request: BoardRequest, person: Person, held: Held) -> RequestDuties:
    """By the person's part in the contract, and by how the request stands. No query."""
    minutes = may_minute(request.contract, held)
    is_closed = request.status == Standing.CLOSED
    is_theirs = request.assigned_to_id == person.pk and held.holds(ANSWERS_QUESTIONS, request.contract.reference)
    may_answer = (minutes or is_theirs) and not is_closed
    return RequestDuties(
        may_answer=may_answer,
        may_close=minutes and not is_closed,
        may_reopen=minutes and is_closed,
        may_hand=may_answer,
        may_move=minutes and not is_closed,
    )


def may_minute(contract: Contract, held: Held) -> bool:
    return held.minutes(contract.reference)


def people_of(contract: Contract) -> tuple[Person, ...]:
    """Who can be made to answer. One query."""
    return may_own(load_holders(contract))


def planned_after(contract: Contract, day: date) -> Sequence[Meeting]:
    """The meetings at which an answer can be due. One query."""
    return list(_planned_after(contract, day))


def _planned_after(contract: Contract, day: date) -> QuerySet[Meeting]:
    planned = Meeting.objects.planned().filter(board__contracts=contract, meeting_on__gt=day)
    return planned.select_related("board").order_by("meeting_on", "board__name")


def load_takers(contract: Contract, day: date) -> tuple[tuple[Person, ...], Sequence[Meeting]]:
    """Who can be made to answer, and the meetings after a day at which an answer can be due. One query."""
    holders, (coming,) = read_now(beside(read_holders(contract), ask(_planned_after(contract, day))))
    return may_own(holders), coming


def taken_place(contract: Contract, on: date) -> Sequence[Meeting]:
    """The meetings that can have minuted something, latest first. One query."""
    met = Meeting.objects.filter(board__contracts=contract, meeting_on__lte=on)
    not_cancelled = met.exclude(status=Meeting.Status.CANCELLED)
    return list(not_cancelled.select_related("board").order_by("-meeting_on", "board__name"))


def _rows(contract: Contract, found: QuerySet[BoardRequest], on: date) -> tuple[RequestRow, ...]:
    return read_now(_read_rows(contract, found, on))


def _read_rows(contract: Contract, found: QuerySet[BoardRequest], on: date) -> Reading[tuple[RequestRow, ...]]:
    meetings = Meeting.objects.filter(board__contracts=contract).exclude(status=Meeting.Status.CANCELLED)
    named = found.select_related("assigned_to").annotate(question_reference=F("question__reference"))
    days, requests = yield (
        meetings.order_by("-pk").values_list("pk", "meeting_on"),
        named.order_by("raised_on", "reference"),
    )
    at: dict[date, int] = {day: pk for pk, day in days}
    return tuple(_row(each, at, on) for each in requests)


def _row(of: Any, at: Mapping[date, int], on: date) -> RequestRow:
    """The meeting of a request that no minutes name, an imported one, is that of its day."""
    return RequestRow(
        pk=of.pk,
        reference=of.reference,
        kind=of.kind,
        text=of.text,
        raised_by=of.raised_by,
        raised_on=of.raised_on,
        raised_at=of.meeting_id or at.get(of.raised_on),
        owner=of.owner,
        assigned_to=str(of.assigned_to) if of.assigned_to else "",
        due_on=of.due_meeting_on,
        due_at=at.get(of.due_meeting_on) if of.due_meeting_on else None,
        status=of.status,
        answer=of.answer,
        answered_on=of.answered_on,
        closed_on=of.closed_on,
        age=age_in_meetings(of.raised_on, min(_closed_on(of) or on, on), at),
        is_overdue=is_overdue(of.status, of.due_meeting_on, on),
        question=of.question_reference or "",
    )


def _closed_on(of: BoardRequest) -> date | None:
    """Of an imported one it is only known when it was answered."""
    return (of.closed_on or of.answered_on) if of.status == Standing.CLOSED else None


def _place(row: RequestRow) -> tuple[int, bool, date, date, str]:
    """Open ones first, overdue before others, then by the meeting they are due at; closed ones by when they came."""
    return (
        ORDER.index(Standing(row.status)),
        not row.is_overdue,
        row.due_on or LAST if not row.is_closed else LAST,
        row.raised_on,
        row.reference,
    )


def _events(rows: Sequence[Any]) -> Iterator[Event]:
    """Of a history, oldest first. A request that was imported begins with the day on which it was raised."""
    if rows:
        yield _event(rows[0], "")
    for before, after in pairwise(rows):
        yield _event(after, before.answer if before.answer != after.answer else "")


def _event(row: Any, replaced: str) -> Event:
    what = row.history_change_reason or ("put on record" if row.history_type == "+" else "changed")
    return Event(row.history_date, str(row.history_user) if row.history_user else "", what, replaced)


def _printable(text: str) -> str:
    shown = text.strip()
    return shown if len(shown) <= 200 and shown.isprintable() else ""
