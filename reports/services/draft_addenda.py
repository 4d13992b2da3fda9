"""The draft of an addendum: which months it tells as things stand, why it is written, and the words people gave it."""

from dataclasses import replace
from datetime import date

from contracts.models import Contract
from contracts.readings import Reading, ask, beside
from reports.build.addendum import read_addendum
from reports.build.words import worded, written_words
from reports.models import Meeting
from reports.models.paper import Kind
from reports.queries.addenda import read_to_add
from reports.queries.addendum_why import read_why
from reports.rules.addenda import lateness_in_words
from reports.snapshot import BoardPaper


def read_draft_addendum(
    contract: Contract, meeting: Meeting, *, on: date, number: int, revision: int
) -> Reading[BoardPaper]:
    """
    An addendum with every month that is new by now. Built again it takes in what became new meanwhile.

    Where nobody gave a reason for lateness, the dates give it. In three steps beside whatever else is read, and more
    only where there are errata to tell. Raises :class:`reports.rules.addenda.ReportNotFrozen` or
    :class:`reports.rules.addenda.NothingNew`.
    """
    report, months = yield from read_to_add(contract, meeting, number)
    built, why, (written,) = yield from beside(
        read_addendum(
            contract, meeting, report, [each.month for each in months], on=on, number=number, revision=revision
        ),
        read_why(report, months, number=number, revision=revision),
        ask(written_words(contract, meeting, Kind.ADDENDUM, number)),
    )
    paper = worded(replace(built, why=why), meeting, written)
    if paper.words is None or paper.words.lateness:
        return paper
    return replace(paper, words=replace(paper.words, lateness=lateness_in_words(months)))
