"""The roles of the field: who does what with a contract's performance."""

from enum import StrEnum


class Role(StrEnum):
    """A role, named as the group that carries it is named."""

    OFFICER = "Officer"
    CONTRACT_MANAGER = "Contract manager"
    CLERK = "Clerk"
    BOARD_MEMBER = "Board member"
    PROJECT_MANAGER = "Project manager"
    SUPPLIER = "Supplier"
    ADMINISTRATOR = "Administrator"


EVERYWHERE = frozenset({Role.CLERK, Role.ADMINISTRATOR})
"""Roles that see every contract; the others see the contracts they are assigned to."""

SEES_DRAFTS = frozenset({Role.OFFICER, Role.CONTRACT_MANAGER, Role.CLERK, Role.ADMINISTRATOR})
"""Roles that may open a paper before it is published."""

SEES_OPERATIONAL_REPORTS = SEES_DRAFTS | {Role.PROJECT_MANAGER}
"""
Roles that open the operational project reports: those who run the projects and the contract. They are the council's own
working papers, below the Board's level: the Board is told in its papers, and the supplier sees each project's page.
"""

ASKS_FOR_PAPERS = frozenset({Role.CONTRACT_MANAGER, Role.ADMINISTRATOR})
"""Roles that may have a paper written that nobody has started, or again one that has failed."""

ENTERS = frozenset({Role.OFFICER, Role.SUPPLIER})
"""Roles that enter the month's figures; only an officer submits them."""

DISPUTES = frozenset({Role.SUPPLIER})
"""Roles that dispute a verified figure."""

LOOKS_INTO_RETURNS = ENTERS | {Role.CONTRACT_MANAGER, Role.ADMINISTRATOR}
"""Roles that open monthly returns: to enter them, to verify them, or to look after everything."""

WRITES_PAPERS = frozenset({Role.OFFICER, Role.CONTRACT_MANAGER})
"""Roles that write a draft's words, mark what is exempt, and have it built again."""

SIGNS_OFF = frozenset({Role.CONTRACT_MANAGER})
"""Roles that sign a paper off, and hand it to the clerk."""

COUNTERSIGNS = frozenset({Role.OFFICER, Role.CONTRACT_MANAGER, Role.ADMINISTRATOR})
"""Roles that sign beside somebody who entered or verified the paper's figures alone."""

PUBLISHES = frozenset({Role.CLERK})
"""Roles that record publication and urgency, and withdraw a paper."""

REMOVES = frozenset({Role.CLERK, Role.CONTRACT_MANAGER, Role.ADMINISTRATOR})
"""Roles of which two people together remove a paper's contents."""

READS_EXEMPT = frozenset({Role.CONTRACT_MANAGER, Role.CLERK, Role.ADMINISTRATOR, Role.BOARD_MEMBER})
"""Roles that open what is not for publication; a board member once the paper is with the clerk."""

KEEPS_CALENDAR = frozenset({Role.CLERK, Role.ADMINISTRATOR})
"""Roles that plan, move and cancel a board's meetings."""

MINUTES = frozenset({Role.CLERK, Role.CONTRACT_MANAGER, Role.ADMINISTRATOR})
"""Roles that minute what the Board resolved, asked or requested, and close it."""
