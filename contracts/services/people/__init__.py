"""
Looking after people: who there is, which role each holds where, who stands in for whom, and how they get in.

Nobody is ever deleted, and the installation is never left without an administrator who can sign in.
"""

from contracts.services.people.accounts import add_person, change_person
from contracts.services.people.leaving import come_back, leave
from contracts.services.people.roles import give_role, grant_role, name_deputy, take_role, withdraw_role

__all__ = [
    "add_person",
    "change_person",
    "come_back",
    "give_role",
    "grant_role",
    "leave",
    "name_deputy",
    "take_role",
    "withdraw_role",
]
