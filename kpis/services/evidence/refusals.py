"""Why evidence is not added or not removed, beside what :mod:`contracts.uploads` says of the file itself."""

from django.core.exceptions import PermissionDenied

from kpis.models import Evidence, Relief


class NotYoursToAdd(PermissionDenied):
    """Only who enters the figures of the area, or may ask for relief, adds evidence."""


class NotYoursToRemove(PermissionDenied):
    """Only who enters the figures of the area, or added the file to the relief, removes it."""


class EvidenceRefused(Exception):
    """The words are for the person, and name the file."""


class TooMany(EvidenceRefused):
    def __init__(self, name: str, most: int) -> None:
        super().__init__(f"“{name}” would be one more than the {most} files that are kept here: remove another first.")


class AlreadyThere(EvidenceRefused):
    """The same bytes, whatever the name."""

    def __init__(self, name: str, other: Evidence) -> None:
        known = "is there already" if name == other.name else f"is there already, as “{other.name}”"
        super().__init__(f"“{name}” {known}.")


class ReliefDecided(EvidenceRefused):
    def __init__(self, relief: Relief) -> None:
        super().__init__(f"{relief.reference} is {relief.decision}: its evidence is closed with the decision.")


class SaysNoReason(EvidenceRefused):
    def __init__(self) -> None:
        super().__init__("Say why it is removed: others have relied on it.")


class GoneAlready(EvidenceRefused):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” was removed already, a moment ago.")
