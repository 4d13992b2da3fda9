"""The forms for a second factor; a wrong code is noted for the audit."""

from collections.abc import Callable

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.exceptions import ValidationError

from config.accounts.doors import note_refusal
from contracts.models import Person


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]
    """Asks for the code of an authenticator app, or for a recovery code."""

    def clean_code(self) -> str:
        return _noted(self.user, super().clean_code)


class SecondFactorAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The same, of somebody who is in already and goes where it is asked for once more."""

    def clean_code(self) -> str:
        return _noted(self.user, super().clean_code)


def _noted(person: Person, checked: Callable[[], str]) -> str:
    try:
        return checked()
    except ValidationError:
        note_refusal(person.email, "wrong code of the second factor", person)
        raise
