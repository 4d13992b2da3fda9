"""How people get in: an administrator makes the account; nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's adapter with the sign-up door shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
