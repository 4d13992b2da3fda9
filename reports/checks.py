"""What no single row of the boards' tables can hold: for `check_register`. Papers are checked by `verify_papers`."""

from collections.abc import Iterator

from django.db.models import F

from contracts.models import Contract
from reports.models import ReviewPeriod


def breaches(contract: Contract) -> Iterator[str]:
    """A plain line for each breach."""
    for period in ReviewPeriod.objects.filter(contract=contract).exclude(meeting__board__contracts=F("contract")):
        yield f"{contract.reference}: {period} is a review period of a board that does not watch the contract"
