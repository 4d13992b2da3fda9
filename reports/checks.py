"""What no single row of the boards' and papers' tables can hold: for `check_register`."""

from collections.abc import Iterator

from django.db.models import F

from contracts.models import Contract
from reports.models import Paper, ReviewPeriod
from reports.snapshot import fingerprint


def breaches(contract: Contract) -> Iterator[str]:
    """A plain line for each breach."""
    for period in ReviewPeriod.objects.filter(contract=contract).exclude(meeting__board__contracts=F("contract")):
        yield f"{contract.reference}: {period} is a review period of a board that does not watch the contract"
    for paper in Paper.objects.filter(contract=contract).select_related("meeting").iterator(chunk_size=20):
        if fingerprint(paper.snapshot) != paper.sha256:
            yield f"{contract.reference}: the snapshot of {paper} is not the one its SHA-256 was taken of"
