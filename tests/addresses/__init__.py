"""
What every address of the project answers to whom: to GET in ``PAGES``, to an empty POST in ``ACTIONS``.

Anonymous: to the sign-in page. Not yours to see: 404. Not yours to do: 403. :mod:`tests.test_permissions` tries it.
"""

from tests.addresses.actions import ACTIONS
from tests.addresses.answers import ANONYMOUS, FREE, NOBODY, SIGN_IN, Statuses
from tests.addresses.pages import PAGES
from tests.addresses.stage import Address, Stage

__all__ = ["ACTIONS", "ANONYMOUS", "FREE", "NOBODY", "PAGES", "SIGN_IN", "Address", "Stage", "Statuses"]
