"""Ending somebody's sessions: whoever holds one is out with the next page."""

from allauth.usersessions.models import UserSession

from contracts.models import Person


def close_sessions(person: Person, *, but: str | None = None) -> int:
    """Ends every session of theirs, but for one named by its key; how many there were."""
    sessions = list(UserSession.objects.filter(user=person).exclude(session_key=but or ""))
    for session in sessions:
        session.end()
    return len(sessions)
