"""Why something about a dispute is refused: one class for each reason, with the words for whoever tried."""

from django.core.exceptions import PermissionDenied

from contracts.rules.months import Month, month_long
from contracts.services.refusals import Refused
from kpis.models import Dispute, Result


class DisputeRefused(Refused):
    """Something about a dispute that cannot be done."""


class NotYoursToDispute(PermissionDenied):
    """Only the supplier's people dispute the figures of their contract, and take a dispute back."""


class NotYoursToAnswer(PermissionDenied):
    """Only the contract manager of the contract, or who is named as deputy, answers a dispute."""


class NotVerified(DisputeRefused):
    """What is not verified yet needs no dispute: it can still be changed."""

    def __init__(self, result: Result) -> None:
        super().__init__(
            f"{named(result)} is not verified: it can still be changed in the return."
            " Only a verified figure is disputed."
        )


class DisputedAlready(DisputeRefused):
    def __init__(self, result: Result) -> None:
        super().__init__(f"{named(result)} is disputed already, and that dispute waits for its answer.")


class FigureChanged(DisputeRefused):
    """Another figure stands there than the one on the page."""

    def __init__(self, result: Result) -> None:
        super().__init__(
            f"{named(result)} has changed since you opened this page. Look at the figure that stands there now."
        )


class NoteMissing(DisputeRefused):
    field = "note"

    def __init__(self) -> None:
        super().__init__("Say what is wrong with the figure.")


class AnswerMissing(DisputeRefused):
    field = "answer"

    def __init__(self) -> None:
        super().__init__("Say why. The supplier and the Board may read it.")


class NotOpen(DisputeRefused):
    """It was answered or withdrawn a moment ago."""

    def __init__(self, dispute: Dispute) -> None:
        by = f" by {dispute.settled_by}" if dispute.settled_by else ""
        super().__init__(f"This dispute does not wait for an answer any more: it was {dispute.state}{by}.")


class OwnDispute(DisputeRefused):
    def __init__(self) -> None:
        super().__init__("You raised this dispute yourself: somebody else answers it.")


def named(result: Result) -> str:
    """`CSC_KPI_04 of January 2018`"""
    return f"{result.kpi.code} of {month_long(Month(result.month))}"
