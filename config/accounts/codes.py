"""
Signing in with a code sent by e-mail: for members of the Board, who come once a month and read.

Whoever enters, decides or publishes signs in with a password. To everybody else's address no code is sent, and the page
does not tell whose address it was.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.accounts.doors import note_refusal
from contracts.middleware import FROM_MAILBOX, came_by_code, shown_by
from contracts.models import Person
from contracts.queries.people import may_come_by_code
from contracts.services.people.doors import is_password_from_the_mailbox

LIKE_A_CODE: Final = (
    "You set your password by a link that you asked for yourself. It opens what a code sent by e-mail opens, and"
    " nothing that is not for publication, until you set it by a link that an administrator sends you."
)


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for the address; who holds another role than a code is for is treated as nobody."""

    def clean_email(self) -> Any:
        email = super().clean_email()
        person: Person | None = getattr(self, "_user", None)
        if person is not None and not may_come_by_code(person):
            self._user = None
            note_refusal(str(email), "no code is sent to who holds another role than one for codes", person)
        elif person is None:
            note_refusal(str(email), "no code is sent: nobody here has this address")
        return email


class TypedCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """Takes the code; a wrong one is noted for the audit."""

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError:
            stage = getattr(context.request, "_login_stage", None)
            person = stage.login.user if stage else None
            note_refusal(person.email if person else "", "wrong code sent by e-mail", person)
            raise
        return code


def mark_by_mailbox(request: HttpRequest, person: Person) -> None:
    """
    Takes a sign-in with a password that only the mailbox vouches for as what it is: as good as a code, and no better.

    A second factor beside it vouches for it: who came by the mailbox alone could set none up.
    """
    shown = shown_by(request)
    if "password" in shown and "mfa" not in shown and is_password_from_the_mailbox(person):
        request.session[FROM_MAILBOX] = True
        messages.info(request, LIKE_A_CODE)


def not_by_code_alone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keeps who has shown nothing but a code from giving themselves a way in that lasts longer than the code."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if came_by_code(request):
            is_from_mailbox = is_password_from_the_mailbox(cast(Person, request.user))
            if is_from_mailbox or "password" not in shown_by(request):
                context = {"is_from_mailbox": is_from_mailbox}
                return render(request, "account/by_code.html", context, status=403)
        return view(request, *args, **kwargs)

    return asked
