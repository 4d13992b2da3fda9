"""The errata of a paper, and having a slip of them written."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contracts.http import PageRequest
from contracts.rules.roles import WRITES_PAPERS
from reports.build.told_errata import ISSUED
from reports.queries.errata import errata_of, may_have_errata, untold
from reports.rules.errata import NothingToCorrect
from reports.services.acts import ActRefused
from reports.services.slips import ask_for_slip
from reports.views.papers import paper_seen


@require_safe
def errata(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """What should read otherwise in a paper that was issued, by the corrections that caused it."""
    stored = paper_seen(request, contract, paper)
    is_issued = stored.status in ISSUED
    found = errata_of(stored, with_exempt=request.held.reads_exempt(contract))
    values = {
        "contract": stored.contract,
        "paper": stored,
        "errata": found,
        "is_issued": is_issued,
        "may_have_errata": may_have_errata(stored),
        "untold": untold(stored) if is_issued and found.groups else 0,
        "may_issue": is_issued and request.held.holds(WRITES_PAPERS, contract),
    }
    return render(request, "reports/errata.html", values)


@require_POST
def slip(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Having a slip written of the errata that no paper has told yet."""
    stored = paper_seen(request, contract, paper)
    try:
        run = ask_for_slip(stored, by=request.user, on=request.today, now=timezone.now())
    except (ActRefused, NothingToCorrect) as refusal:
        messages.warning(request, str(refusal))
        return redirect("reports:errata", stored.contract.reference, stored.pk)
    messages.success(request, f"Slip of errata {run.number} is being written. This page shows how far it is.")
    return redirect("reports:meeting", stored.contract.reference, stored.meeting_id)
