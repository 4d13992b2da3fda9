"""allauth's adapters: an administrator makes the account, or the council's own sign-in does; nobody signs up."""

import re
from collections.abc import Collection
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.accounts import codes, doors
from contracts.models import Person
from contracts.services.people.doors import APP, FAILED_HERE, counted_as, counted_here
from contracts.services.people.sessions import close_sessions

VIEW_BOX: Final = re.compile(r'viewBox="([^"]+)"')
SQUARES: Final = re.compile(r'<path d="([^"]+)"')
SHOWN: Final = ("GET", "HEAD")
"""Requests that change nothing."""


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's adapter with the sign-up door shut; it notes who comes through the others."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """allauth counts apart what comes under another name or port of the site; here it counts together."""
        return counted_as(str(credentials.get("email", "")))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link leads to the site as a setting names it, whatever name or port it was asked for under."""
        found = urlsplit(super().get_reset_password_from_key_url(key))
        return f"{settings.SITE_URL}{found.path}" if settings.SITE_URL else found.geturl()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords count by where they come from first: whoever guesses locks out nobody but themselves."""
        tried = str(credentials.get("email", ""))
        key = counted_here(tried, ratelimit.get_ip(request))
        self._tries_here = ratelimit.consume(request, app=APP, action=FAILED_HERE, key=key)
        try:
            if not self._tries_here:
                raise self.validation_error("too_many_login_attempts")
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            doors.note_lock_out(tried)
            raise

    def _rollback_login_failed_rl_usage(self) -> None:
        """A right password takes back what it was counted as beforehand."""
        super()._rollback_login_failed_rl_usage()
        if self._tries_here:
            self._tries_here.rollback()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        doors.note_wrong_password(str(credentials.get("email", "")))

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        doors.note_refusal(user.email, "the account is closed", user)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        doors.note_sign_in(request, user)
        codes.mark_by_mailbox(request, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Person):
            doors.note_sign_out(request.user)
        super().logout(request)

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        """Called at every change of how somebody signs in; whether an e-mail goes is a setting."""
        doors.note_change(user, template_prefix)
        if template_prefix == doors.SET_UP:
            # Whoever came in elsewhere with the password alone would go on without the factor, and could take it away.
            close_sessions(user, but=self.request.session.session_key)
        super().send_notification_mail(template_prefix, user, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names the installation in people's authenticator apps, and knows whether somebody has one."""

    def get_totp_issuer(self) -> str:
        return "Scrutineer"

    def build_totp_svg(self, url: str) -> SafeString:
        """The picture that an app reads, to stand in the page itself; allauth's is a document of its own."""
        drawn = super().build_totp_svg(url)
        (box,), (squares,) = VIEW_BOX.findall(drawn), SQUARES.findall(drawn)
        return format_html('<svg viewBox="{}"><path d="{}"/></svg>', box, squares)

    def is_mfa_enabled(self, user: Any, types: Collection[str] | None = None) -> bool:
        """Asked of one kind after another, and then once more: while a page is only shown, one reading answers all."""
        request: Any = context.request
        if request is None or request.method not in SHOWN or user.is_anonymous:
            return bool(super().is_mfa_enabled(user, types))
        known: dict[int, frozenset[str]] = request.__dict__.setdefault("_kinds_of_second_factor", {})
        if user.pk not in known:
            known[user.pk] = frozenset(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
        return bool(known[user.pk] if types is None else known[user.pk].intersection(types))


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Notes that somebody ended their sessions elsewhere."""

    def end_sessions(self, sessions: Collection[UserSession]) -> None:
        super().end_sessions(sessions)
        for person in {session.user for session in sessions}:
            count = sum(session.user == person for session in sessions)
            doors.note_sign_out(person, f"everywhere else: {count} {'session' if count == 1 else 'sessions'} ended")
