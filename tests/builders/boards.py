"""Boards, their meetings, and the papers written for them."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings

from contracts.models import Contract
from contracts.readings import read_now
from contracts.rules.months import parse_month
from reports.build import build_operational_report, build_paper
from reports.build.portfolio import read_projects_paper
from reports.build.words import worded, written_words
from reports.models import Board, BoardRequest, Meeting, Paper, PaperFile, PaperRun, ReviewPeriod
from reports.snapshot import BoardPaper, fingerprint, to_json


def board(*contracts: Contract, name: str = "Scrutiny Board") -> Board:
    made = Board.objects.create(name=name)
    made.contracts.set(contracts)
    return made


def meeting(of: Board, meeting_on: date, status: str = "planned") -> Meeting:
    return Meeting.objects.create(board=of, meeting_on=meeting_on, status=status)


def review_period(of: Contract, at: Meeting, first: str, last: str) -> ReviewPeriod:
    return ReviewPeriod.objects.create(
        contract=of, meeting=at, review_from=parse_month(first), review_to=parse_month(last)
    )


def request(of: Contract, reference: str = "B001", **changes: Any) -> BoardRequest:
    given = {"raised_on": date(2017, 12, 21), "text": "Show the effect of each failure on services.", **changes}
    return BoardRequest.objects.create(contract=of, reference=reference, **given)


def paper(of: Contract, at: Meeting, on: date, status: str = "draft", revision: int = 1) -> Paper:
    """The written report of a contract for a meeting, with the months verified for it, and one small file."""
    return _stored(of, with_words(build_paper(of, at, on=on, revision=revision, status=status), of, at), at)


def built_projects_paper(of: Contract, at: Meeting, *, on: date, status: str = "draft") -> BoardPaper:
    """The projects paper of a contract for a meeting, as built, without what people wrote for it."""
    return read_now(read_projects_paper(of, at, on=on, status=status))


def with_words(snapshot: BoardPaper, of: Contract, at: Meeting) -> BoardPaper:
    """A built paper of a meeting with everything that people wrote for it."""
    return worded(snapshot, at, list(written_words(of, at, snapshot.kind, snapshot.number)))


def projects_paper(of: Contract, at: Meeting, on: date, status: str = "draft") -> Paper:
    """The written projects paper of a contract for a meeting, with one small file."""
    return _stored(of, with_words(built_projects_paper(of, at, on=on, status=status), of, at), at)


def operational_report(of: Contract, month: str, on: date) -> Paper:
    """The written operational project report of a month, with one small file."""
    return _stored(of, build_operational_report(of, parse_month(month), on=on), None)


def _stored(of: Contract, snapshot: BoardPaper, at: Meeting | None) -> Paper:
    kind, revision, month = snapshot.kind, snapshot.revision, None if at else snapshot.review.to
    run = PaperRun.objects.create(
        contract=of,
        meeting=at,
        month=month,
        kind=kind,
        revision=revision,
        due_on=snapshot.made_on,
        state="finished",
        stage="done",
    )
    made = Paper.objects.create(
        run=run,
        contract=of,
        meeting=at,
        month=month,
        kind=kind,
        revision=revision,
        status=snapshot.status,
        review_from=snapshot.review.from_,
        review_to=snapshot.review.to,
        made_on=snapshot.made_on,
        headline=snapshot.headline,
        snapshot=to_json(snapshot),
        sha256=fingerprint(to_json(snapshot)),
    )
    content = b"month,status\n"
    path = f"{of.reference}/{at.pk if at else month}/{kind}-r{revision}.csv"
    place = settings.PAPERS_DIR / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    PaperFile.objects.create(
        paper=made, format="csv", name=place.name, path=path, size=len(content), sha256=sha256(content).hexdigest()
    )
    return made
