"""What the pages before a signature read: what there is to look at in a draft, and who else has to sign it."""

from datetime import date

from contracts.readings import beside, read_now
from reports.build.paper import one_reading
from reports.models import Paper
from reports.queries.narratives import closed_words, read_closed_words
from reports.queries.readiness import Finding, read_findings
from reports.queries.signatures import read_why_another_signs


def load_readiness(paper: Paper, on: date) -> tuple[str, tuple[Finding, ...]]:
    """Why nothing of the paper is changed any more, blank where it is; and while it is, what there is to look at."""
    if paper.status != Paper.Status.DRAFT:
        return closed_words(paper), ()
    with one_reading():
        closed, found = read_now(beside(read_closed_words(paper), read_findings(paper, on)))
    return closed, () if closed else found


def load_before_signing(
    paper: Paper, on: date, *, signer: int, name: str, is_to_sign: bool
) -> tuple[tuple[Finding, ...], str]:
    """
    What there is to look at, where the paper is to be signed; and why somebody else signs beside the signer, who is
    given by primary key and name.
    """
    with one_reading():
        reads = read_findings(paper, on) if is_to_sign else beside()
        found, why = read_now(beside(reads, read_why_another_signs(signer, name, paper)))
    return found, why
