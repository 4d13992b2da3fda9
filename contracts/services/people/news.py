"""Telling somebody what was changed about their account: they may be the only one who knows that it should not be."""

import secrets

from django.conf import settings

from contracts.models import Message, Person
from contracts.services.messages import write_message


def tell_account_changed(person: Person, what: str, *, by: Person) -> None:
    """An e-mail to whom it was done to, unless they did it themselves or have left."""
    if person.pk == by.pk:
        return
    ask = f"If that is not right, ask your administrator: {settings.SUPPORT_EMAIL}."
    link = f"\n\n{settings.SITE_URL}/account/" if settings.SITE_URL else ""
    write_message(
        to=person,
        kind=Message.Kind.ACCOUNT,
        key=f"account:{secrets.token_hex(16)}",
        subject="Your account was changed",
        body=f"{what}\n\n{ask}{link}\n",
    )
