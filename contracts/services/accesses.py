"""Writing down who came in, who was refused, who left, and who opened what not everybody may."""

from datetime import datetime

from contracts.models import Access, Person

LONGEST = 300


def note_access(kind: Access.Kind, *, person: Person | None, subject: str, at: datetime) -> Access:
    """
    Leaves a row that never changes; where it came from is the request's, see :mod:`contracts.origin`.

    ``subject`` says what was opened or asked for, or at a refusal which address was tried and why it was refused.
    """
    said = subject.replace("\x00", "")
    if len(said) > LONGEST:
        said = f"{said[: LONGEST - 1]}…"
    row: Access = Access.objects.create(kind=kind, person=person, subject=said, at=at)
    return row
