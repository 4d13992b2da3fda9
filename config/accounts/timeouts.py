"""
Sessions end: when nobody has used them for a while, and some hours after they began whatever happens.

What somebody was typing then is kept by :mod:`contracts.kept` until they have signed in again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from config.accounts.doors import note_sign_out
from contracts.http import is_open_to_all
from contracts.models import Person

BEGAN: Final = "began_at"
SEEN: Final = "seen_at"
NOTED_EVERY: Final = timedelta(minutes=1)
"""Being seen is written down no more often: a page that is only read need not write."""


def ended_in_time(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Signs out whose session is over, before anything of theirs is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Pages that are open to all do not ask who it is.
        if not is_open_to_all(request) and request.user.is_authenticated:
            now = timezone.now()
            if why := _why_over(request, now):
                if isinstance(request.user, Person):
                    note_sign_out(request.user, why)
                logout(request)
            else:
                _note(request, now)
        return get_response(request)

    return middleware


def _why_over(request: HttpRequest, now: datetime) -> str:
    """Nothing while it goes on."""
    began, seen = _read(request, BEGAN), _read(request, SEEN)
    if began is not None and now - began >= timedelta(hours=settings.SESSION_HOURS):
        return f"the session was over after {settings.SESSION_HOURS} hours"
    if seen is not None and now - seen >= timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        return f"the session was over: not used for {settings.SESSION_IDLE_MINUTES} minutes"
    return ""


def _note(request: HttpRequest, now: datetime) -> None:
    seen = _read(request, SEEN)
    if _read(request, BEGAN) is None:
        request.session[BEGAN] = now.isoformat()
    # A clock that was set back must not make a session everlasting.
    if seen is None or abs(now - seen) >= NOTED_EVERY:
        request.session[SEEN] = now.isoformat()


def _read(request: HttpRequest, key: str) -> datetime | None:
    kept = request.session.get(key)
    return datetime.fromisoformat(kept) if kept else None
