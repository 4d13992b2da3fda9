"""
Signing in with a code sent by e-mail: for members of the Board, who come once a month and read.

Whoever enters, decides or publishes signs in with a password. To everybody else's address no code is sent, and the page
does not tell whose address it was.
"""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from django.conf import settings

from contracts.models import Person


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for the address; who holds another role than a code is for is treated as nobody."""

    def clean_email(self) -> Any:
        email = super().clean_email()
        person: Person | None = getattr(self, "_user", None)
        if person is not None and not may_come_by_code(person):
            self._user = None
        return email


def may_come_by_code(person: Person) -> bool:
    """Whether every role of the person is one that may sign in with a code, and there is one."""
    held = set(person.groups.values_list("name", flat=True))
    return bool(held) and held <= set(settings.CODE_SIGN_IN_ROLES) and not person.is_superuser
