"""The page on which who manages a contract sees how the work on its papers goes, and has what failed begun again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.ui.querystring import querystring
from contracts.http import PageRequest, contract_of
from contracts.models import Contract
from reports.models import PaperRun
from reports.queries.work import load_work
from reports.services.drafts import REFUSALS
from reports.services.work import run_again


@require_safe
def work(request: PageRequest, contract: str) -> HttpResponse:
    """What ran, what is due, what is hindered, what failed, which messages could not be sent."""
    shown = _managed(request, contract)
    values = {
        "contract": shown,
        "work": load_work(shown, request.today, request.GET.get("page")),
        "query": lambda number: querystring(request, page=number),
        "reads_emails": request.held.looks_after_people,
    }
    return render(request, "reports/work.html", values)


@require_POST
def again(request: PageRequest, contract: str, run: int) -> HttpResponse:
    """Beginning a run again that has failed."""
    shown = _managed(request, contract)
    row = get_object_or_404(PaperRun.objects.select_related("contract", "meeting__board"), pk=run, contract=shown)
    try:
        is_begun = run_again(run=row, by=request.user, on=request.today, now=timezone.now())
    except REFUSALS as refusal:
        messages.warning(request, f"It cannot be written yet. {refusal}")
    else:
        if is_begun:
            messages.success(request, "It is begun again, with all its attempts.")
        else:
            messages.warning(request, "Nothing was changed: it is being written, or is written already.")
    return redirect("reports:work", shown.reference)


def _managed(request: PageRequest, reference: str) -> Contract:
    shown = contract_of(request, reference)
    if not request.held.asks_for_papers(shown.reference):
        raise PermissionDenied
    return shown
