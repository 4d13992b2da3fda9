"""Whether a draft is ready for sign-off, and what changed between two papers."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contracts.http import PageRequest
from contracts.rules.roles import SEES_DRAFTS, SIGNS_OFF, WRITES_PAPERS
from reports.models import Paper
from reports.queries.comparison import NOW, load_comparison, load_comparison_with_now
from reports.queries.signing import load_readiness
from reports.rules.readiness import KINDS
from reports.services.drafts import REFUSALS
from reports.services.editions import read_halves
from reports.views.papers import note_findings


@require_safe
def compare(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """What changed since the paper before, or between this one and another of the contract."""
    stored = _seen(request, contract, paper)
    wanted, shown, problem = request.GET.get("with", ""), None, ""
    if wanted == NOW:
        if stored.status != Paper.Status.DRAFT or not request.held.holds(SEES_DRAFTS, contract):
            raise Http404("Only a draft can be built again, by those who work on it.")
        try:
            shown = load_comparison_with_now(stored, request.user, read_halves(stored, on=request.today))
        except REFUSALS as refusal:
            problem = str(refusal)
    else:
        shown = load_comparison(stored, request.user, wanted=wanted)
    if shown is None and not problem:
        raise Http404("There is no such other paper.")
    values = {"contract": stored.contract, "paper": stored, "shown": shown, "problem": problem}
    return render(request, "reports/compare.html", values)


@require_safe
def readiness(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """What to look at before the draft is signed off, each with the page on which it is mended."""
    stored = _seen(request, contract, paper)
    if not request.held.holds(SEES_DRAFTS, contract):
        raise Http404("Drafts are not shown to this role.")
    closed, found = load_readiness(stored, request.today)
    if not closed:
        note_findings(request, stored)
    by_kind = [(KINDS[kind], list(own)) for kind, own in groupby(found, key=lambda each: each.kind)]
    values = {
        "contract": stored.contract,
        "paper": stored,
        "closed": closed,
        "findings": found,
        "by_kind": by_kind,
        "blocking": sum(each.blocks for each in found),
        "may_sign": request.held.holds(SIGNS_OFF, contract),
        "may_write": request.held.holds(WRITES_PAPERS, contract),
    }
    return render(request, "reports/readiness.html", values)


def _seen(request: PageRequest, reference: str, pk: int) -> Paper:
    if not request.held.sees(reference):
        raise Http404(f"There is no contract {reference}.")
    seen = Paper.objects.visible_to(request.user).for_meetings().exclude(status=Paper.Status.REMOVED)
    stored: Paper = get_object_or_404(
        seen.select_related("contract", "meeting__board", "of", "run__contract", "run__meeting__board", "run__of"),
        pk=pk,
        contract__reference=reference,
    )
    return stored
