"""allauth's adapters: an administrator makes the account, or the council's own sign-in does; nobody signs up."""

from collections.abc import Collection
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from config.accounts import doors
from contracts.models import Person


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's adapter with the sign-up door shut; it notes who comes through the others."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            doors.note_lock_out(str(credentials.get("email", "")))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        doors.note_wrong_password(str(credentials.get("email", "")))

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        doors.note_refusal(user.email, "the account is closed", user)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        doors.note_sign_in(request, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Person):
            doors.note_sign_out(request.user)
        super().logout(request)

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        """Called at every change of how somebody signs in; whether an e-mail goes is a setting."""
        doors.note_change(user, template_prefix)
        super().send_notification_mail(template_prefix, user, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names the installation in people's authenticator apps."""

    def get_totp_issuer(self) -> str:
        return "Scrutineer"


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Notes that somebody ended their sessions elsewhere."""

    def end_sessions(self, sessions: Collection[UserSession]) -> None:
        super().end_sessions(sessions)
        for person in {session.user for session in sessions}:
            count = sum(session.user == person for session in sessions)
            doors.note_sign_out(person, f"everywhere else: {count} {'session' if count == 1 else 'sessions'} ended")
