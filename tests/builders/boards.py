"""Boards, their meetings, and the papers written for them."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings

from contracts.models import Contract
from contracts.rules.months import parse_month
from reports.build import build_paper
from reports.models import Board, BoardRequest, Meeting, Paper, PaperFile, PaperRun, ReviewPeriod
from reports.snapshot import fingerprint, to_json


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
    run = PaperRun.objects.create(contract=of, meeting=at, revision=revision, due_on=on, state="finished", stage="done")
    snapshot = build_paper(of, at, on=on, revision=revision, status=status)
    made = Paper.objects.create(
        run=run,
        contract=of,
        meeting=at,
        revision=revision,
        status=status,
        review_from=snapshot.review.from_,
        review_to=snapshot.review.to,
        made_on=snapshot.made_on,
        headline=snapshot.headline,
        snapshot=to_json(snapshot),
        sha256=fingerprint(to_json(snapshot)),
    )
    content = b"month,status\n"
    path = f"{of.reference}/{at.pk}/report-r{revision}.csv"
    place = settings.PAPERS_DIR / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    PaperFile.objects.create(
        paper=made, format="csv", name=place.name, path=path, size=len(content), sha256=sha256(content).hexdigest()
    )
    return made
