"""
The roles of the field, and the one table that states who may do what with a contract's performance.

A :class:`Deed` is the set of roles that may do something, with words for it and where it may be done. Held roles, the
querysets, the services and the pages all decide by these; the page "Who may do what" and README are made from
:data:`TABLE`, so that what people read is what is enforced.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, Self


class Role(StrEnum):
    """A role, named as the group that carries it is named."""

    OFFICER = "Officer"
    CONTRACT_MANAGER = "Contract manager"
    CLERK = "Clerk"
    BOARD_MEMBER = "Board member"
    PROJECT_MANAGER = "Project manager"
    SUPPLIER = "Supplier"
    ADMINISTRATOR = "Administrator"


OFFICER, MANAGER, CLERK, MEMBER, RUNNER, SUPPLIER, ADMINISTRATOR = Role

EVERYWHERE: Final = frozenset({CLERK, ADMINISTRATOR})
"""Roles that see every contract; the others see the contracts they are assigned to."""

BY_AREA: Final = frozenset({OFFICER, SUPPLIER})
"""Roles that may be held for one service area of a contract; the others are held for all of it."""


class Under(StrEnum):
    """The headings of the table."""

    READING = "Reading"
    RETURNS = "Monthly returns"
    DECISIONS = "Relief, disputes and definitions"
    PROJECTS = "Projects"
    PAPERS = "Papers"
    BOARD = "The Board"
    INSTALLATION = "The installation"


class Where(StrEnum):
    """Where a deed may be done by who holds one of its roles."""

    CONTRACT = "their contracts"
    AREA = "their service areas"
    OWN = "what is theirs"
    INSTALLATION = "the whole installation"


class Deed(frozenset[Role]):
    """The roles that may do something; of clerks and administrators wherever their role is among them."""

    under: Under
    words: str
    where: Where

    def __new__(cls, under: Under, words: str, where: Where, *roles: Role) -> Self:
        made = super().__new__(cls, roles)
        made.under, made.words, made.where = under, words, where
        return made


SEES: Final = Deed(Under.READING, "Read figures, exceptions, projects and published papers", Where.CONTRACT, *Role)
HEARS_QUESTIONS: Final = Deed(
    Under.READING,
    "Read the Board’s questions; the supplier only those that are its to answer",
    Where.CONTRACT,
    *Role,
)  # fmt: skip
FOLLOWS_REQUESTS: Final = Deed(
    Under.READING, "Read how a request of the Board came about", Where.CONTRACT,
    OFFICER, MANAGER, CLERK, MEMBER, RUNNER, ADMINISTRATOR,
)  # fmt: skip
LOOKS_INTO_RETURNS: Final = Deed(
    Under.READING, "Open monthly returns", Where.AREA, OFFICER, SUPPLIER, MANAGER, ADMINISTRATOR
)
READS_TYPED: Final = Deed(
    Under.READING, "Read what is typed into a return before it is submitted", Where.AREA,
    OFFICER, SUPPLIER, ADMINISTRATOR,
)  # fmt: skip
READS_ANSWERS: Final = Deed(
    Under.READING, "Read what was answered to warnings", Where.CONTRACT, OFFICER, MANAGER, ADMINISTRATOR
)
SEES_OPERATIONAL_REPORTS: Final = Deed(
    Under.READING, "Open operational project reports", Where.CONTRACT, OFFICER, MANAGER, CLERK, RUNNER, ADMINISTRATOR
)
SEES_DRAFTS: Final = Deed(
    Under.READING, "Open a paper before it is published", Where.CONTRACT, OFFICER, MANAGER, CLERK, ADMINISTRATOR
)
READS_EXEMPT: Final = Deed(
    Under.READING,
    "Open what is not for publication; members once it is with the clerk, and never after signing in by code alone",
    Where.CONTRACT,
    MANAGER, CLERK, ADMINISTRATOR, MEMBER,
)  # fmt: skip
TAKES_ZIP: Final = Deed(
    Under.READING, "Take everything of a paper away as one zip", Where.CONTRACT, CLERK, MANAGER, ADMINISTRATOR
)
READS_AUDIT: Final = Deed(
    Under.READING, "Read who changed what, when and from where, and take it away as a file", Where.CONTRACT,
    MANAGER, ADMINISTRATOR,
)  # fmt: skip

ENTERS: Final = Deed(Under.RETURNS, "Enter the month’s figures and their evidence", Where.AREA, OFFICER, SUPPLIER)
SUBMITS: Final = Deed(Under.RETURNS, "Submit the month’s return", Where.AREA, OFFICER)
VERIFIES: Final = Deed(
    Under.RETURNS, "Verify a month, send it back, or open it again", Where.CONTRACT, MANAGER
)  # fmt: skip

ASKS_RELIEF: Final = Deed(Under.DECISIONS, "Ask for relief", Where.CONTRACT, OFFICER, SUPPLIER, MANAGER)
DECIDES_RELIEF: Final = Deed(Under.DECISIONS, "Grant, refuse and end relief", Where.CONTRACT, MANAGER)
DISPUTES: Final = Deed(Under.DECISIONS, "Dispute a verified figure", Where.AREA, SUPPLIER)
SETTLES_DISPUTES: Final = Deed(Under.DECISIONS, "Answer a dispute", Where.CONTRACT, MANAGER)
DEFINES: Final = Deed(
    Under.DECISIONS, "Add KPIs, set their levels, restart limits of variation", Where.CONTRACT, MANAGER, ADMINISTRATOR
)

UPDATES_PROJECTS: Final = Deed(Under.PROJECTS, "Post the monthly update of a project", Where.OWN, RUNNER)
EDITS_PROJECTS: Final = Deed(Under.PROJECTS, "Add, edit and archive projects", Where.CONTRACT, ADMINISTRATOR)
IMPORTS: Final = Deed(Under.PROJECTS, "Import a workbook", Where.CONTRACT, MANAGER, ADMINISTRATOR)
REBASELINES: Final = Deed(Under.PROJECTS, "Agree another finish for a project", Where.CONTRACT, MANAGER)
PROPOSES_KEY: Final = Deed(Under.PROJECTS, "Propose the key projects", Where.CONTRACT, OFFICER, MANAGER)
RECORDS_KEY: Final = Deed(
    Under.PROJECTS, "Record the Board’s decision on the key projects", Where.CONTRACT, CLERK, MANAGER
)
NOMINATES: Final = Deed(Under.PROJECTS, "Nominate a key project for an area they chair", Where.CONTRACT, MEMBER)
SETS_CHAIRS: Final = Deed(Under.PROJECTS, "Say who chairs a scrutiny area", Where.CONTRACT, ADMINISTRATOR)

WRITES_PAPERS: Final = Deed(
    Under.PAPERS, "Write a draft’s words, mark what is exempt, have it built again", Where.CONTRACT, OFFICER, MANAGER
)
ASKS_FOR_PAPERS: Final = Deed(
    Under.PAPERS, "Have a paper written that failed or nobody started", Where.CONTRACT, MANAGER, ADMINISTRATOR
)
SIGNS_OFF: Final = Deed(Under.PAPERS, "Sign a paper off and hand it to the clerk", Where.CONTRACT, MANAGER)
ASKS_FOR_ADDENDA: Final = Deed(Under.PAPERS, "Ask for an addendum", Where.CONTRACT, OFFICER, MANAGER)
COUNTERSIGNS: Final = Deed(
    Under.PAPERS,
    "Sign beside somebody who entered or verified the figures alone",
    Where.CONTRACT,
    OFFICER, MANAGER, ADMINISTRATOR,
)  # fmt: skip
PUBLISHES: Final = Deed(
    Under.PAPERS, "Record publication and urgency, and withdraw a paper", Where.CONTRACT, CLERK
)  # fmt: skip
UPLOADS: Final = Deed(Under.PAPERS, "Keep the council’s edited file beside a paper", Where.CONTRACT, CLERK, MANAGER)
REMOVES: Final = Deed(
    Under.PAPERS, "Remove a paper’s contents, two people together", Where.CONTRACT, CLERK, MANAGER, ADMINISTRATOR
)

ASKS_QUESTIONS: Final = Deed(Under.BOARD, "Ask a question about a figure or a project", Where.CONTRACT, MEMBER)
ANSWERS_QUESTIONS: Final = Deed(
    Under.BOARD, "Answer a question that was handed to them", Where.OWN, MANAGER, OFFICER, RUNNER, SUPPLIER
)
HANDS_QUESTIONS: Final = Deed(Under.BOARD, "Answer any question, and hand it to somebody", Where.CONTRACT, MANAGER)
MINUTES_QUESTIONS: Final = Deed(Under.BOARD, "Minute a question", Where.CONTRACT, CLERK, MANAGER)
MINUTES: Final = Deed(
    Under.BOARD,
    "Minute what the Board resolved or requested",
    Where.CONTRACT,
    CLERK,
    MANAGER,
    ADMINISTRATOR,
)
KEEPS_CALENDAR: Final = Deed(
    Under.BOARD, "Plan, move and cancel a board’s meetings", Where.CONTRACT, CLERK, ADMINISTRATOR
)

LOOKS_AFTER_PEOPLE: Final = Deed(
    Under.INSTALLATION, "Add people, give and take roles, end sessions, read everybody’s e-mails",
    Where.INSTALLATION, ADMINISTRATOR,
)  # fmt: skip
SETS_UP: Final = Deed(
    Under.INSTALLATION, "Set up contracts, service areas and boards", Where.INSTALLATION, ADMINISTRATOR
)

TABLE: Final[tuple[Deed, ...]] = (
    SEES, HEARS_QUESTIONS, FOLLOWS_REQUESTS, LOOKS_INTO_RETURNS, READS_TYPED, READS_ANSWERS, SEES_OPERATIONAL_REPORTS,
    SEES_DRAFTS, READS_EXEMPT,
    TAKES_ZIP, READS_AUDIT, ENTERS, SUBMITS, VERIFIES, ASKS_RELIEF, DECIDES_RELIEF, DISPUTES, SETTLES_DISPUTES, DEFINES,
    UPDATES_PROJECTS, EDITS_PROJECTS, IMPORTS, REBASELINES, PROPOSES_KEY, RECORDS_KEY, NOMINATES, SETS_CHAIRS,
    WRITES_PAPERS, ASKS_FOR_PAPERS, SIGNS_OFF, ASKS_FOR_ADDENDA, COUNTERSIGNS, PUBLISHES, UPLOADS, REMOVES,
    ASKS_QUESTIONS, ANSWERS_QUESTIONS, HANDS_QUESTIONS, MINUTES_QUESTIONS, MINUTES, KEEPS_CALENDAR,
    LOOKS_AFTER_PEOPLE, SETS_UP,
)  # fmt: skip
"""Who may do what: every deed once, in the order in which the page shows them."""


def under_headings() -> Iterator[tuple[Under, tuple[Deed, ...]]]:
    """The table, heading by heading."""
    for heading in Under:
        yield heading, tuple(deed for deed in TABLE if deed.under is heading)
