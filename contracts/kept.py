"""
What was typed into a form and sent after the session had ended: kept until its writer has signed in again.

It lies in the browser's own session on the server. A signed cookie names who was last signed in on this browser: only
that person is offered it, for anybody else it is thrown away unseen. Text alone is kept, no password and no file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

LASTS: Final = timedelta(hours=12)
MOST_CHARACTERS: Final = 400_000
"""More than a return of a hundred KPIs, each with every box full of sentences."""
SESSION_KEY: Final = "kept"
SALT: Final = "contracts.kept"
SECRET: Final = ("password", "csrfmiddlewaretoken")
OF_THE_FORM: Final = frozenset({"version", "versions", "seen", "as", "next", "save", "check", "take"})
"""Names by which a form keeps itself in order: they go back with the rest, and nobody typed them."""


class TooLong(Exception):
    """What was typed is more than is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent: where to, by whom, when, and its fields in their order."""

    path: str
    person: int
    at: datetime
    fields: tuple[tuple[str, str], ...]

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """What somebody wrote, for reading: the field in words, and what stands in it."""
        return tuple(
            (_in_words(name), value)
            for name, value in self.fields
            if value.strip() and name.rpartition("-")[2] not in OF_THE_FORM
        )


def keep(request: HttpRequest) -> bool:
    """
    Keeps an anonymous form that was sent, if it is known whose it is; it has passed the check against forgery.

    Raises :class:`TooLong`, and keeps nothing then.
    """
    person = last_person(request)
    if person is None or "text/html" not in request.headers.get("Accept", "text/html"):
        return False
    fields = [(name, value) for name, values in request.POST.lists() for value in values if not _is_secret(name)]
    if sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        raise TooLong
    request.session[SESSION_KEY] = {
        "path": request.get_full_path(),
        "person": person,
        "at": timezone.now().isoformat(),
        "fields": fields,
    }
    return True


def kept_for(request: HttpRequest) -> Kept | None:
    """What is kept for the person signed in now; what is another's, or too old, is thrown away."""
    found = request.session.get(SESSION_KEY)
    if found is None or not request.user.is_authenticated:
        return None
    kept = _read(found)
    if kept is None or kept.person != request.user.pk or timezone.now() - kept.at > LASTS:
        throw_away(request.session)
        return None
    return kept


def is_waiting(request: HttpRequest) -> bool:
    """Whether the person signed in has something to send or to throw away; what is not theirs is gone by now."""
    session, user = getattr(request, "session", None), getattr(request, "user", None)
    return session is not None and user is not None and user.is_authenticated and SESSION_KEY in session


def throw_away(session: SessionBase) -> None:
    session.pop(SESSION_KEY, None)


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Marks the browser with who is signed in on it."""
    if request.user.is_authenticated and last_person(request) != request.user.pk:
        response.set_cookie(
            settings.PERSON_COOKIE_NAME,
            signing.dumps(request.user.pk, salt=SALT),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def last_person(request: HttpRequest) -> int | None:
    """The key of who was last signed in on this browser."""
    try:
        found = signing.loads(request.COOKIES.get(settings.PERSON_COOKIE_NAME, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def _read(found: Any) -> Kept | None:
    try:
        fields = tuple((str(name), str(value)) for name, value in found["fields"])
        return Kept(found["path"], found["person"], datetime.fromisoformat(found["at"]), fields)
    except (KeyError, TypeError, ValueError):
        return None


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET)


def _in_words(name: str) -> str:
    words: Iterable[str] = (word for word in name.replace("_", "-").split("-") if not word.isdecimal())
    said = " ".join(words) or name
    return said[:1].upper() + said[1:]
