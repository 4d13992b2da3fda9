"""What a person had to do with the figures of a paper, and whether somebody else signs it too."""

from contracts.models import Person
from kpis.models import Result, Return
from reports.models import Paper
from reports.models.paper import Kind
from reports.rules.signatures import Share, why_second


def share_of(person: int, paper: Paper) -> Share:
    """
    Of the months that the paper judges. A projects paper judges none. Two queries.

    ``person`` is a primary key. A return is submitted by who handed it in, and verified by who closed it last.
    """
    if paper.kind == Kind.PROJECTS:
        return Share()
    months = {"month__gte": paper.review_from, "month__lte": paper.review_to}
    results = Result.objects.filter(kpi__contract=paper.contract_id, entered_by=person, **months)
    returns = Return.objects.filter(service_area__contract=paper.contract_id, **months)
    done = list(returns.values_list("submitted_by", "verified_by", "state"))
    return Share(
        results_entered=results.count(),
        returns_submitted=sum(submitted_by == person for submitted_by, _, _ in done),
        returns_verified=sum(by == person and state == Return.State.VERIFIED for _, by, state in done),
    )


def why_another_signs(signer: Person, paper: Paper) -> str:
    """`because the Contract manager verified 9 returns …`; blank where the signature is enough."""
    why = why_second(share_of(signer.pk, paper))
    return f"{signer} {why}" if why else ""
