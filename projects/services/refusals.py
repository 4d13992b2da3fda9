"""Why a change of a project is refused: one class for each reason, with the words for whoever tried."""

from collections.abc import Sequence
from datetime import date

from contracts.rules.months import month_long, month_of
from projects.models import Project
from projects.rules.details import Fault


class ProjectRefused(ValueError):
    """Nothing was written; the words say why and what to do. ``faults`` name the fields to look at."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(" ".join(fault.words for fault in faults))
        self.faults = faults


class DetailsWrong(ProjectRefused):
    """The details contradict each other or lack something."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(*faults)


class ProjectChanged(ProjectRefused):
    """A stale page: somebody was quicker."""

    def __init__(self, project: Project) -> None:
        words = f"{project.reference} was changed by somebody else while you were looking at it."
        super().__init__(Fault("", f"{words} Look at it again; what you typed is still here."))


class ReferenceTaken(ProjectRefused):
    def __init__(self, reference: str) -> None:
        super().__init__(Fault("reference", f"This contract already has a project {reference}: give another one."))


class OriginalStays(ProjectRefused):
    def __init__(self, field: str, before: date, place: int | None = None) -> None:
        words = f"The original date, {day(before)}, never changes: agree another one instead."
        super().__init__(Fault(field, words, place))


class KeyProject(ProjectRefused):
    def __init__(self, reference: str) -> None:
        words = f"{reference} is on the key list, which the Board watches: take it off that list first."
        super().__init__(Fault("reason", words))


class IsArchived(ProjectRefused):
    def __init__(self, reference: str) -> None:
        super().__init__(Fault("", f"{reference} is archived: take it back into the register first."))


class NotArchived(ProjectRefused):
    def __init__(self, reference: str) -> None:
        super().__init__(Fault("", f"{reference} is in the register: it is not archived."))


class NotRebaselined(ProjectRefused):
    """A finish that cannot be agreed, for the reason the words give."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(Fault(field, words))


class NotJoined(ProjectRefused):
    """A dependency that cannot be, for the reason the words give."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(Fault(field, words))


def nothing_said(field: str, what: str) -> ProjectRefused:
    return ProjectRefused(Fault(field, f"Say {what}."))


def day(given: date) -> str:
    return f"{given.day} {month_long(month_of(given))}"
