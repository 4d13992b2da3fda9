"""The slip of errata: a paper of one page that says of another what should read otherwise, and why."""

from typing import Final

from contracts.rules.months import day_long
from reports.render.document import Paragraph, Section
from reports.rules.sentences import day_in_words
from reports.snapshot import BoardPaper

SLIP: Final = "erratum"
UNCHANGED: Final = "The paper itself stays as it was issued: a paper that went out is never changed."


def name(paper: BoardPaper) -> str:
    """`errata to the exception report of 29 March 2018`; the second slip says that it is."""
    again = f", slip {paper.number}" if paper.number > 1 else ""
    return f"errata to the {_of(paper)}{again}"


def facts(paper: BoardPaper) -> tuple[tuple[str, str], ...]:
    """What the title block says of the paper that is corrected."""
    of = paper.of
    if of is None:
        return ()
    return (
        (
            "Corrects",
            f"{of.title}, {day_long(of.meeting_on)}: revision {of.revision}, issued on {day_long(of.issued_on)}",
        ),
    )


def about(paper: BoardPaper) -> Section:
    """What becomes of the paper that is corrected."""
    where = (Paragraph(f"It can be read at {paper.of.address}."),) if paper.of and paper.of.address else ()
    return Section("about", "About this slip", (Paragraph(UNCHANGED), *where))


def _of(paper: BoardPaper) -> str:
    told = next((line.paper for line in paper.errata if line.paper), "")
    if told:
        return told[:1].lower() + told[1:]
    return f"paper of {day_in_words(paper.of.meeting_on)}" if paper.of else "paper"
