"""What a person had to do with the figures of a paper, and whether somebody else signs it too."""

from django.db.models import Count

from contracts.models import Person
from contracts.readings import Reading, read_now
from kpis.models import Result, Return
from reports.models import Paper
from reports.models.paper import Kind
from reports.rules.signatures import Share, why_second


def _read_share(person: int, paper: Paper) -> Reading[Share]:
    """
    Of the months that the paper judges. A projects paper judges none. One step.

    ``person`` is a primary key. A return is submitted by who handed it in, and verified by who closed it last.
    """
    if paper.kind == Kind.PROJECTS:
        return Share()
    months = {"month__gte": paper.review_from, "month__lte": paper.review_to}
    results = Result.objects.filter(kpi__contract=paper.contract_id, entered_by=person, **months)
    returns = Return.objects.filter(service_area__contract=paper.contract_id, **months)
    entered, done = yield (
        results.order_by().values("entered_by").annotate(number=Count("pk")).values_list("number"),
        returns.order_by().values_list("submitted_by", "verified_by", "state"),
    )
    return Share(
        results_entered=sum(number for (number,) in entered),
        returns_submitted=sum(submitted_by == person for submitted_by, _, _ in done),
        returns_verified=sum(by == person and state == Return.State.VERIFIED for _, by, state in done),
    )


def why_another_signs(signer: Person, paper: Paper) -> str:
    """`because the Contract manager verified 9 returns …`; blank where the signature is enough."""
    return read_now(read_why_another_signs(signer.pk, str(signer), paper))


def read_why_another_signs(person: int, name: str, paper: Paper) -> Reading[str]:
    """The same in one step beside whatever else is read, of somebody by primary key and name."""
    why = why_second((yield from _read_share(person, paper)))
    return f"{name} {why}" if why else ""
