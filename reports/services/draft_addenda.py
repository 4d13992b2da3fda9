"""The draft of an addendum: which months it tells as things stand, why it is written, and the words people gave it."""

from dataclasses import replace
from datetime import date

from contracts.models import Contract
from reports.build.addendum import build_addendum
from reports.build.words import with_words
from reports.models import Meeting
from reports.queries.addenda import months_of, report_of
from reports.queries.addendum_why import why_of
from reports.rules.addenda import lateness_in_words
from reports.snapshot import BoardPaper


def draft_addendum(contract: Contract, meeting: Meeting, *, on: date, number: int, revision: int) -> BoardPaper:
    """
    An addendum with every month that is new by now. Built again it takes in what became new meanwhile.

    Where nobody gave a reason for lateness, the dates give it. Raises
    :class:`reports.rules.addenda.ReportNotFrozen` or :class:`reports.rules.addenda.NothingNew`.
    """
    report = report_of(contract, meeting)
    months = months_of(report, number)
    built = build_addendum(
        contract,
        meeting,
        report,
        [each.month for each in months],
        on=on,
        number=number,
        revision=revision,
        why=why_of(report, months, number=number, revision=revision),
    )
    paper = with_words(built, contract, meeting, number=number)
    if paper.words is None or paper.words.lateness:
        return paper
    return replace(paper, words=replace(paper.words, lateness=lateness_in_words(months)))
