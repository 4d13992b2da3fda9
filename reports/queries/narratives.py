"""A paper's words as the page shows them: what is on record, what the paper says without them, whether it is closed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from contracts.queries import read_calendar
from contracts.readings import Reading, ask, beside, read_now
from reports.build.words import Subject, subjects_of
from reports.models import ExemptMark, Narrative, Paper, Remark
from reports.models.paper import Kind
from reports.queries.lateness import why_late
from reports.queries.lives import read_lives
from reports.rules.retention import kept_until
from reports.snapshot import BoardPaper, from_json

WORDS: Final = (
    "item",
    "headline",
    "introduction",
    "recommendation",
    "implications",
    "consultation",
    "background",
    "author",
    "lateness",
)
CLOSED_BY_ONE: Final = (
    "This paper is signed by one person and waits for the second: its words stand as they were signed."
)
About = tuple[str, str]


@dataclass(frozen=True, slots=True)
class OnRecord:
    """The words and remarks as they were saved; version 0 where nobody wrote any yet."""

    version: int
    words: Mapping[str, str]
    remarks: Mapping[About, str]


@dataclass(frozen=True, slots=True)
class LastSaved:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WordsPage:
    """
    What the page needs beside the form. ``newest`` is the latest revision, and ``snapshot`` what it prints.

    ``generated`` is the headline as it was worked out; ``closed`` says why the words stand as they are, blank while
    they can be changed; ``gone`` are remarks on what the latest revision does not list any more. ``is_behind``: the
    latest revision prints other words than these. ``withholds``: some of it is not for publication, built so or marked.
    """

    newest: Paper
    withholds: bool
    snapshot: BoardPaper
    on_record: OnRecord
    generated: str
    recommendation: str
    author: str
    background_until: date
    subjects: tuple[Subject, ...]
    gone: tuple[Subject, ...]
    closed: str
    is_late: bool
    is_behind: bool
    lateness: str = ""
    """The reason for lateness that an addendum gives while nobody has written another."""


def siblings(paper: Paper) -> dict[str, Any]:
    """What all revisions of a paper share, to look them up by."""
    return {
        "contract_id": paper.contract_id,
        "meeting_id": paper.meeting_id,
        "kind": paper.kind,
        "number": paper.number,
    }


def closed_words(paper: Paper) -> str:
    """Why the paper's words stand as they are; blank while nobody has signed any of its revisions. Two queries."""
    return read_now(read_closed_words(paper))


def read_closed_words(paper: Paper) -> Reading[str]:
    """The same in one step, or two, beside whatever else is read."""
    (rows,) = yield (Paper.objects.filter(**siblings(paper)).order_by().values_list("pk", "status"),)
    return (yield from read_why_closed(dict(rows)))


def read_why_closed(statuses: Mapping[int, str]) -> Reading[str]:
    """
    Why a paper's words and figures stand as they are, blank while it is a draft that nobody has signed; in one step.

    ``statuses`` are those of all its revisions, by key.
    """
    for status in statuses.values():
        if status != Paper.Status.DRAFT:
            return f"This paper is {status}: its words stand as they were signed off."
    lives = yield from read_lives(statuses)
    return CLOSED_BY_ONE if any(life.signed for life in lives.values()) else ""


def load_words_page(paper: Paper, on: date) -> WordsPage:
    """
    The words of a paper that was read with its contract, meeting and board, as its latest revision needs them.

    Two queries, however much there is.
    """
    meeting = paper.meeting
    if meeting is None:
        raise ValueError("Only a paper of a meeting has words around it.")
    marks = ExemptMark.objects.filter(**{f"narrative__{name}": value for name, value in siblings(paper).items()})
    record: OnRecord
    calendar, ((newest,), marked), record, closed = read_now(
        beside(
            read_calendar(),
            ask(Paper.objects.filter(**siblings(paper)).order_by("-revision")[:1], marks[:1]),
            read_on_record(paper),
            read_closed_words(paper),
        )
    )
    snapshot = from_json(newest.snapshot)
    subjects = subjects_of(snapshot)
    listed = {subject.key for subject in subjects}
    board = meeting.board
    return WordsPage(
        newest=newest,
        withholds=newest.has_exempt_part or bool(marked),
        snapshot=snapshot,
        on_record=record,
        generated=snapshot.headline_generated or snapshot.headline,
        recommendation=board.recommendation,
        author=board.author,
        background_until=kept_until(meeting.meeting_on, board.background_years),
        subjects=subjects,
        gone=tuple(Subject(*key, title="", why="") for key in record.remarks if key not in listed),
        closed=closed,
        is_late=bool(record.words["lateness"] or why_late(paper, on, calendar)),
        is_behind=_is_behind(snapshot, record, listed),
        lateness=_worked_out_lateness(snapshot, record),
    )


def _worked_out_lateness(snapshot: BoardPaper, record: OnRecord) -> str:
    is_own = snapshot.kind != Kind.ADDENDUM or bool(record.words["lateness"])
    return "" if is_own or snapshot.words is None else snapshot.words.lateness


def on_record(paper: Paper) -> OnRecord:
    """What is saved now. One query."""
    return read_now(read_on_record(paper))


def read_on_record(paper: Paper) -> Reading[OnRecord]:
    """The same in one step beside whatever else is read."""
    (rows,) = yield (Narrative.objects.filter(**siblings(paper)).prefetch_related("remarks"),)
    for row in rows:
        return _record(row.version, row, row.remarks.all())
    return OnRecord(0, dict.fromkeys(WORDS, ""), {})


def in_version(paper: Paper, version: int) -> OnRecord:
    """What was saved as of a version; nothing for one that never was. Three queries."""
    nothing = OnRecord(0, dict.fromkeys(WORDS, ""), {})
    row = Narrative.objects.filter(**siblings(paper)).first()
    saved = row and row.history.filter(version=version).order_by("history_date", "history_id").last()
    if row is None or not saved:
        return nothing
    remarks = Remark.history.as_of(saved.history_date).filter(narrative=row)
    return _record(version, saved, remarks)


def last_saved(paper: Paper) -> LastSaved | None:
    """Who saved the words last, and when. Two queries."""
    row = Narrative.objects.filter(**siblings(paper)).first()
    saved = row and row.history.select_related("history_user").order_by("history_date", "history_id").last()
    return LastSaved(str(saved.history_user or "Somebody"), saved.history_date) if saved else None


def _record(version: int, row: Any, remarks: Iterable[Any]) -> OnRecord:
    said = {(each.about, each.subject): each.text for each in remarks}
    return OnRecord(version, {name: getattr(row, name) for name in WORDS}, said)


def _is_behind(snapshot: BoardPaper, record: OnRecord, listed: set[About]) -> bool:
    """Whether building again would print other words: what was left blank is compared as blank."""
    printed = {(each.about, each.subject): each.text for each in snapshot.remarks}
    if printed != {key: text for key, text in record.remarks.items() if key in listed}:
        return True
    words, own = snapshot.words, record.words
    if words is None:
        return any(own.values())
    headline = own["headline"].strip()
    if (snapshot.headline if snapshot.headline_generated else "") != headline and snapshot.headline != headline:
        return True
    lines: Sequence[str] = [line.strip() for line in own["background"].splitlines() if line.strip()]
    if list(words.background) != list(lines):
        return True
    plain = ("item", "introduction", "implications", "consultation")
    worked_out = ("recommendation", "author", "lateness")
    if snapshot.kind != Kind.ADDENDUM and words.lateness != own["lateness"].strip():
        return True
    if any(getattr(words, name) != own[name].strip() for name in plain):
        return True
    return any(own[name].strip() and getattr(words, name) != own[name].strip() for name in worked_out)
