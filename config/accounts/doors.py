"""
What happens at the door is written down for the audit: who came in and with what, who was refused and why, who left.

Each is noted where allauth asks its adapter or its form about it, so that there is one place for each and no signal.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpRequest
from django.utils import timezone

from contracts.models import Access, Person
from contracts.services.accesses import note_access
from contracts.services.people.doors import RESET_BY_LINK

Kind = Access.Kind
FACTORS: Final = {"totp": "a second factor", "recovery_codes": "a recovery code"}
SET_UP: Final = "mfa/email/totp_activated"
CHANGES: Final = {
    "account/email/password_changed": "password changed",
    "account/email/password_set": "password set",
    "account/email/password_reset": RESET_BY_LINK,
    SET_UP: "second factor set up",
    "mfa/email/totp_deactivated": "second factor taken away",
    "mfa/email/recovery_codes_generated": "recovery codes made anew",
}
"""By the e-mail that allauth has for it, sent or not."""
LOCKED_OUT: Final = "too many tries: locked out for a while"


def note_sign_in(request: HttpRequest, person: Person) -> None:
    shown: Iterable[Mapping[str, Any]] = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, ())
    note_access(Kind.SIGNED_IN, person=person, subject=with_what(shown), at=timezone.now())


def with_what(shown: Iterable[Mapping[str, Any]]) -> str:
    """`password and a second factor`: what somebody has shown, in the order in which they did."""
    words = dict.fromkeys(_in_words(each) for each in shown)
    return " and ".join(words) or "without a password"


def note_refusal(tried: str, why: str, person: Person | None = None) -> None:
    """``tried`` is the e-mail address, as it was typed."""
    note_access(Kind.REFUSED, person=person, subject=f"{tried}: {why}" if tried else why, at=timezone.now())


def note_wrong_password(tried: str) -> None:
    """Says for the audit alone what the page does not tell: whether there is such an address."""
    person = Person.objects.filter(email__iexact=tried).first()
    if person is None:
        why = "nobody here has this address"
    elif not person.is_active:
        why = "the account is closed"
    else:
        why = "wrong password"
    note_refusal(tried, why, person)


def note_lock_out(tried: str) -> None:
    note_refusal(tried, LOCKED_OUT, Person.objects.filter(email__iexact=tried).first())


def note_sign_out(person: Person, why: str = "") -> None:
    note_access(Kind.SIGNED_OUT, person=person, subject=why, at=timezone.now())


def note_change(person: Person, template: str) -> None:
    """A change of how somebody signs in, named by the e-mail that would tell them of it."""
    if template in CHANGES:
        note_access(Kind.ACCOUNT, person=person, subject=CHANGES[template], at=timezone.now())


def _in_words(shown: Mapping[str, Any]) -> str:
    method = shown.get("method")
    if method == "mfa":
        return FACTORS.get(str(shown.get("type")), "a second factor")
    if method == "socialaccount":
        return f"the sign-in of {shown.get('provider')}"
    return {"password": "password", "code": "a code sent by e-mail"}.get(str(method), str(method))
