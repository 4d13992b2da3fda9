"""
Which errata a paper tells.

Each erratum is told once: in the next addendum or report, or in a slip that is issued for it alone, whichever goes to
the clerk first. What an issued paper has told is read from its frozen text. Of a number that was corrected twice the
later correction is told; an exempt erratum is told by none of them, for of all these nothing is withheld.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import QuerySet

from contracts.models import Contract
from reports.models import Erratum, FrozenSnapshot, Meeting, Paper
from reports.models.paper import Audience, Kind
from reports.rules.errata import STANDS
from reports.rules.sentences import capitalised, day_in_words
from reports.snapshot import ErratumLine

ISSUED: Final = (Paper.Status.WITH_CLERK, Paper.Status.PUBLISHED)
TELLING: Final = (Kind.REPORT, Kind.ADDENDUM, Kind.ERRATUM)
NONE_IN_IT: Final = '"errata": []'
"""So says the text of a snapshot without errata; the others are looked into."""


def errata_for_report(contract: Contract, meeting_on: date | None) -> tuple[ErratumLine, ...]:
    """What a report tells: what was not told yet of the papers of earlier meetings; without a meeting nothing."""
    if meeting_on is None:
        return ()
    return _to_tell(contract, _public(contract).filter(paper__meeting__meeting_on__lt=meeting_on))


def errata_for_addendum(contract: Contract, meeting: Meeting, number: int) -> tuple[ErratumLine, ...]:
    """What an addendum tells: what was not told yet of its report, of the addenda before it and of earlier papers."""
    rows = _public(contract).filter(paper__meeting__meeting_on__lte=meeting.meeting_on)
    own = {"paper__kind": Kind.ADDENDUM, "paper__meeting": meeting, "paper__number__gte": number}
    return _to_tell(contract, rows.exclude(**own))


def errata_for_slip(paper: Paper) -> tuple[ErratumLine, ...]:
    """What a slip tells: what was not told yet of the paper it belongs to."""
    return _to_tell(paper.contract, _public(paper.contract).filter(paper=paper))


def name_of(paper: Paper) -> str:
    """`Exception report of 29 March 2018`, `Addendum 1 to the exception report of 29 March 2018`."""
    day = f" of {day_in_words(paper.meeting.meeting_on)}" if paper.meeting else ""
    if paper.kind == Kind.ADDENDUM:
        return f"Addendum {paper.number} to the {Kind.REPORT.label}{day}"
    if paper.kind == Kind.ERRATUM:
        return f"Slip of errata {paper.number} of the meeting{day}"
    return f"{capitalised(Kind(paper.kind).label)}{day}"


def line_of(row: Erratum) -> ErratumLine:
    """An erratum as papers print it."""
    should_read = STANDS.format(row.printed) if row.should_read == row.printed else row.should_read
    return ErratumLine(row.place, row.printed, should_read, row.because, name_of(row.paper))


def told_in(contract: Contract) -> dict[ErratumLine, Paper]:
    """Every erratum that an issued paper has told, and the paper. One query."""
    rows = (
        FrozenSnapshot.objects.filter(
            frozen__paper__contract=contract,
            frozen__paper__status__in=ISSUED,
            frozen__paper__kind__in=TELLING,
            frozen__audience=Audience.PUBLIC,
        )
        .exclude(text__contains=NONE_IN_IT)
        .select_related("frozen__paper__meeting")
        .order_by("frozen__frozen_at")
    )
    return {ErratumLine(**line): row.frozen.paper for row in rows for line in json.loads(row.text)["errata"]}


def _public(contract: Contract) -> "QuerySet[Erratum]":
    rows = Erratum.objects.filter(
        paper__contract=contract, paper__status__in=ISSUED, audience=Audience.PUBLIC
    ).select_related("paper__meeting")
    return rows.order_by("paper__meeting__meeting_on", "-paper__kind", "paper__number", "pk")


def _to_tell(contract: Contract, rows: Iterable[Erratum]) -> tuple[ErratumLine, ...]:
    """
    Of each place what is said of it last, unless it was told already.

    That a number stands again as printed is told only where something else was told of it before.
    """
    last: dict[tuple[int, str], Erratum] = {}
    for row in rows:
        last.pop((row.paper_id, row.place), None)
        last[row.paper_id, row.place] = row
    if not last:
        return ()
    told = told_in(contract)
    places = {(line.paper, line.place) for line in told}
    lines = [(line_of(row), row.should_read != row.printed) for row in last.values()]
    return tuple(
        line for line, is_other in lines if line not in told and (is_other or (line.paper, line.place) in places)
    )
