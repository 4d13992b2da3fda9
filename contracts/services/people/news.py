"""Telling somebody what was changed about their account: they may be the only one who knows that it should not be."""

import secrets
from typing import Final

from django.conf import settings

from contracts.models import Message, Person
from contracts.models.messages import FORMER_ADDRESS
from contracts.services.messages import write_message

LETTERS_TO_SPARE: Final = 2
"""Of a shorter name the first letter would be half of it."""


def tell_account_changed(person: Person, what: str, *, by: Person) -> None:
    """An e-mail to whom it was done to, unless they did it themselves or have left."""
    if person.pk == by.pk:
        return
    link = f"\n\n{settings.SITE_URL}/account/" if settings.SITE_URL else ""
    write_message(
        to=person,
        kind=Message.Kind.ACCOUNT,
        key=f"account:{secrets.token_hex(16)}",
        subject="Your account was changed",
        body=f"{what}\n\n{_ask()}{link}\n",
    )


def tell_former_address(person: Person, former: str) -> None:
    """
    An e-mail to the address that was theirs until now, whoever changed it.

    It gives the new address away to nobody who reads the old one's letters: its first letter at most, and its domain.
    """
    name, _, domain = person.email.rpartition("@")
    line = person.history.filter(email=former).latest()
    write_message(
        to=person,
        kind=Message.Kind.ACCOUNT,
        key=f"{FORMER_ADDRESS}{line.history_id}",
        subject="Your account has another e-mail address now",
        body=(
            f"Until now you signed in with this address: {former}. It was changed to another, "
            f"{name[: len(name) > LETTERS_TO_SPARE]}…@{domain}, and everybody who was signed in to the account was "
            f"signed out. This address does not open it any more.\n\n{_ask()}\n"
        ),
        is_owed=True,
    )


def _ask() -> str:
    return f"If that is not right, ask your administrator: {settings.SUPPORT_EMAIL}."
