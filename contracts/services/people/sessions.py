"""Ending somebody's sessions: whoever holds one is out with the next page."""

from allauth.usersessions.models import UserSession

from contracts.models import Person


def close_sessions(person: Person) -> int:
    """Ends every session of theirs; how many there were."""
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)
