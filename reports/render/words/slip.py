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
    """What the title block says of the paper that is corrected, and who answers for the slip: it is of one page."""
    of = paper.of
    if of is None:
        return ()
    corrects = f"{of.title}, {day_long(of.meeting_on)}: revision {of.revision}, issued on {day_long(of.issued_on)}"
    author = (("Author", paper.words.author),) if paper.words and paper.words.author else ()
    return (("Corrects", corrects), *author)


def about(paper: BoardPaper) -> Section:
    """What becomes of the paper that is corrected."""
    where = f" It can be read at {paper.of.address}." if paper.of and paper.of.address else ""
    return Section("about", "About this slip", (Paragraph(f"{UNCHANGED}{where}", is_quiet=True),))


def _of(paper: BoardPaper) -> str:
    told = next((line.paper for line in paper.errata if line.paper), "")
    if told:
        return told[:1].lower() + told[1:]
    if paper.of and (name := paper.of.title.removeprefix(f"{paper.contract.title}: ")) != paper.of.title:
        return f"{name} of {day_in_words(paper.of.meeting_on)}"
    return f"paper of {day_in_words(paper.of.meeting_on)}" if paper.of else "paper"
