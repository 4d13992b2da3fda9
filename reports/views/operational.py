"""The operational project reports: one for every month, for those who run the projects and the contract."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.ui.querystring import querystring
from contracts.http import PageRequest, contract_of
from contracts.models import Contract
from contracts.rules.months import Month, MonthNotUnderstood, month_key, month_long, parse_month
from contracts.rules.roles import ASKS_FOR_PAPERS, SEES_OPERATIONAL_REPORTS
from reports.models import Paper
from reports.models.paper import Kind
from reports.queries.operational import load_operational_reports
from reports.queries.runs import progress_of
from reports.queries.written import paper_row
from reports.render.words import document
from reports.services.asking import ask_for_paper
from reports.services.drafts import REFUSALS
from reports.snapshot import from_json
from reports.views.pages import asked_in_words

KIND = Kind.OPERATIONAL


@require_safe
def reports(request: PageRequest, contract: str) -> HttpResponse:
    """Every month's report, the newest first, and what can be asked for."""
    shown = _contract(request, contract)
    page = load_operational_reports(shown, request.today, _number(request.GET.get("page", "")))
    return render(
        request,
        "reports/operational_reports.html",
        {
            "contract": shown,
            "listed": page,
            "months": [(month_key(month), month_long(month)) for month in page.askable],
            "may_ask": request.held.holds(ASKS_FOR_PAPERS, shown.reference),
            "address": lambda number: querystring(request, page=number),
        },
    )


@require_safe
def report(request: PageRequest, contract: str, month: Month) -> HttpResponse:
    """A month's report as a page: the snapshot that was stored, nothing newer."""
    shown = _contract(request, contract)
    papers = Paper.objects.of(shown, None, KIND, month).prefetch_related("files")
    stored: Paper = get_object_or_404(papers[:1])
    row = paper_row(stored, shown.reference)
    return render(
        request,
        "reports/operational_report.html",
        {"contract": shown, "row": row, "document": document(from_json(stored.snapshot))},
    )


@require_safe
def progress(request: PageRequest, contract: str, month: Month) -> HttpResponse:
    """How far a month's report is, as the fragment that the list renews."""
    run = progress_of(_contract(request, contract), None, KIND, month)
    return render(request, "reports/progress.html", {"run": run})


@require_POST
def write(request: PageRequest, contract: str) -> HttpResponse:
    """Having the report of a month written that has ended."""
    shown = _contract(request, contract)
    if not request.held.holds(ASKS_FOR_PAPERS, shown.reference):
        raise PermissionDenied
    try:
        month = parse_month(request.POST.get("month", ""))
        run = ask_for_paper(
            contract=shown,
            meeting=None,
            kind=KIND,
            by=request.user,
            on=request.today,
            now=timezone.now(),
            month=month,
        )
    except (MonthNotUnderstood, *REFUSALS) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{month_long(month)}. {asked_in_words(run)}")
    return redirect("reports:operational_reports", shown.reference)


def _contract(request: PageRequest, reference: str) -> Contract:
    """The contract, for those whose role opens these reports; for everybody else there are none."""
    shown: Contract = contract_of(request, reference)
    if not request.held.holds(SEES_OPERATIONAL_REPORTS, reference):
        raise Http404("Operational reports are not shown to this role.")
    return shown


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
