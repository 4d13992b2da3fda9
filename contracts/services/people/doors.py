"""How somebody gets in: a link to set a password, sessions, a lost second factor, wrong passwords forgotten."""

from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Final
from unicodedata import normalize

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from contracts.models import Access, Person
from contracts.services.people.guards import HasLeft, PeopleRefused, hold, must_look_after, note, said
from contracts.services.people.news import tell_account_changed
from contracts.services.people.sessions import close_sessions

LINK_SENT: Final = "a link to set a password was sent"
RESET_BY_LINK: Final = "password set anew by a link sent by e-mail"
LINK_FAILED: Final = "the link to set a password could not be sent"
COUNTED_FOR: Final = timedelta(hours=1)
"""No wrong password counts for longer."""
APART: Final = timedelta(minutes=5)
"""A link is not sent again sooner: whoever presses twice sends once."""
APP: Final = "allauth.account"
FAILED, FAILED_HERE = "login_failed", "login_failed_here"
"""The names under which wrong passwords for an address are counted: from everywhere, and from one place."""


class LinkNotSent(PeopleRefused):
    """The mail server is away, or a link went out a moment ago."""


class NoSecondFactor(PeopleRefused):
    """There is none to take away."""


def send_link(*, person: Person, by: Person, now: datetime) -> None:
    """
    Sends somebody a link by which they set their own password, at once: it is kept nowhere that others read.

    Raises LinkNotSent; it was not sent then, and can be asked for again.
    """
    _note_link(person, by, now)
    link = f"{settings.SITE_URL}{_path(person)}"
    email = EmailMessage(
        subject="Set your password for Scrutineer",
        body=(
            f"{by} has opened the way for you to Scrutineer, where the performance of your council's contracts is kept."
            f"\n\nSet your password here:\n\n{link}\n\n"
            f"The link works for {settings.PASSWORD_RESET_TIMEOUT // 86_400} days and once. After that you can ask for "
            f"another on the page to sign in, under “Forgotten your password?”.\n\n"
            f"You sign in with this address: {person.email}\n"
        ),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        email.send()
    except (OSError, SMTPException) as silence:
        note(person, LINK_FAILED, by=by)
        raise LinkNotSent(f"The link could not be sent: {silence}. Send it again in a while.") from silence


@transaction.atomic
def _note_link(person: Person, by: Person, now: datetime) -> None:
    must_look_after(by)
    if not settings.SITE_URL:
        raise LinkNotSent("No link can be sent: the installation does not know its own address (SITE_URL).")
    held = hold(person, by=by)
    if not held.is_active:
        raise HasLeft(held)
    last = (
        held.history.filter(history_change_reason__in=(LINK_SENT, LINK_FAILED)).order_by("-history_date", "-pk").first()
    )
    if last is not None and last.history_change_reason == LINK_SENT and now - last.history_date < APART:
        raise LinkNotSent("A link was sent a moment ago. Wait five minutes before you send another.")
    note(held, LINK_SENT, by=by)


def _path(person: Person) -> str:
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])


def is_password_from_the_mailbox(person: Person) -> bool:
    """
    Whether nothing but their e-mail vouches for somebody's password: they set it by a link they asked for themselves.

    What is set first after an administrator sent a link, while that works, the administrator vouches for. To change a
    password later takes no more than knowing it, and so makes no more of it.
    """
    resets = person.accesses.filter(kind=Access.Kind.ACCOUNT, subject=RESET_BY_LINK).order_by("-at", "-pk")
    last = resets.first()
    if last is None:
        return False
    works_for = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    sent = person.history.filter(history_change_reason=LINK_SENT, history_date__range=(last.at - works_for, last.at))
    by_another = sent.exclude(history_user=person).order_by("-history_date").first()
    return by_another is None or resets.filter(at__gt=by_another.history_date).exclude(pk=last.pk).exists()


@transaction.atomic
def end_sessions(*, person: Person, by: Person) -> int:
    """Signs somebody out everywhere; how many sessions that ended."""
    must_look_after(by)
    held = hold(person, by=by)
    ended = close_sessions(held)
    if ended:
        note(held, f"signed out everywhere: {ended} session{'' if ended == 1 else 's'} ended", by=by)
    return ended


@transaction.atomic
def take_second_factor(*, person: Person, by: Person, why: str) -> None:
    """Takes a lost authenticator app and its recovery codes away, ends the sessions, and tells whom it was done to."""
    must_look_after(by)
    reason, held = said(why), hold(person, by=by)
    taken, _ = Authenticator.objects.filter(user=held).delete()
    if not taken:
        raise NoSecondFactor(f"{held} has no second factor.")
    note(held, f"second factor taken away: {reason}", by=by)
    close_sessions(held)
    tell_account_changed(held, "Your second factor was taken away: set up another in your account.", by=by)


def counted_as(address: str) -> str:
    """
    The one name under which wrong passwords for an address are counted, however it is spelled.

    A database that looks people up without regard to capitals takes more spellings for the same than ``lower`` does:
    what has the same capitals is counted together.
    """
    return normalize("NFKC", address.strip()).upper().casefold()


def counted_here(address: str, place: str) -> str:
    """The same for those that come from one IP address, or one network of them."""
    return f"{counted_as(address)} from {place}"


def is_locked(person: Person, now: datetime) -> bool:
    """Whether so many wrong passwords were tried, somewhere or everywhere, that the right one is refused there now."""
    rates = _rates(person, now)
    tried = cache.get_many(rates)
    return any(not ratelimit.apply_rate(tried[key], now.timestamp(), rates[key], dry_run=True)[0] for key in tried)


@transaction.atomic
def unlock(*, person: Person, by: Person, now: datetime) -> bool:
    """Forgets the wrong passwords that were tried with somebody's address; whether that opened the door."""
    must_look_after(by)
    if not is_locked(person, now):
        return False
    cache.delete_many(_rates(person, now))
    note(hold(person, by=by), "unlocked after wrong passwords", by=by)
    return True


def _rates(person: Person, now: datetime) -> dict[str, ratelimit.Rate]:
    """allauth's counts of wrong passwords for this address, by key; what else came from a place is not theirs."""
    refused = Access.objects.filter(person=person, kind=Access.Kind.REFUSED, address__isnull=False)
    of = {counted_as(person.email): FAILED}
    for place in refused.filter(at__gte=now - COUNTED_FOR).order_by().values_list("address", flat=True).distinct():
        of[counted_here(person.email, ratelimit.truncate_ip(place))] = FAILED_HERE
    return {
        ratelimit.get_cache_key(None, app=APP, action=action, rate=rate, key=key): rate
        for key, action in of.items()
        for rate in ratelimit.get_rates(app=APP, action=action)
        if rate.per == "key"
    }
