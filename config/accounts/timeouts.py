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

from contracts.http import is_open_to_all

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
            if _is_over(request, now):
                logout(request)
            else:
                _note(request, now)
        return get_response(request)

    return middleware


def _is_over(request: HttpRequest, now: datetime) -> bool:
    began, seen = _read(request, BEGAN), _read(request, SEEN)
    if began is not None and now - began >= timedelta(hours=settings.SESSION_HOURS):
        return True
    return seen is not None and now - seen >= timedelta(minutes=settings.SESSION_IDLE_MINUTES)


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
