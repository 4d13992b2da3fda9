"""How far a service area's monthly return is, by the names of its states, and what follows for everybody else."""

from typing import Final

HANDED_IN: Final = frozenset({"submitted", "verified"})
"""Out of the area's hands: its figures count, and no figure is typed into it."""
ENTERABLE: Final = frozenset({"open", "returned"})
"""With the area: what is typed is private to it. What nobody has begun is open."""


def may_count(state: str | None, is_shared: bool) -> bool:
    """Whether a result counts outside its service area; ``state`` is its return's, ``None`` where there is none yet.

    It does once it was handed in, or when it came in to be shown while its return is open.
    """
    return is_shared or state in HANDED_IN
