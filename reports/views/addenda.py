"""Asking for an addendum to a report, and declaring months publishable as provisional."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, contract_of, takes_a_form
from contracts.models import Contract
from contracts.queries import instant_on
from contracts.rules.months import Month, month_long
from contracts.rules.roles import ASKS_FOR_ADDENDA, SEES_DRAFTS, SIGNS_OFF
from contracts.services.refusals import Refused
from reports.forms.addenda import AddendumForm, PublishableForm
from reports.models import Paper
from reports.models.paper import Kind
from reports.queries.addendum_page import load_addendum_page
from reports.queries.new_months import meeting_of
from reports.queries.publishable import load_publishable
from reports.services.addenda import ask_for_addendum
from reports.services.drafts import REFUSALS
from reports.services.publishable import declare_publishable, withdraw_publishable
from reports.views.papers import paper_seen


@takes_a_form
def addendum(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Asking for an addendum to a report that went to the clerk, with the reason."""
    report = _report(request, contract, paper)
    form, status = AddendumForm(request.POST or None), 200
    if form.is_valid():
        try:
            run = ask_for_addendum(
                contract=report.contract,
                meeting=meeting_of(report),
                by=request.user,
                on=request.today,
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except (Refused, *REFUSALS) as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, f"Addendum {run.number} is being written. This page shows how far it is.")
            return redirect("reports:meeting", report.contract.reference, report.meeting_id)
    elif request.method == "POST":
        status = UNPROCESSABLE
    page = load_addendum_page(report, request.today)
    values = {
        "contract": report.contract,
        "report": report,
        "page": page,
        "form": form,
        "may_declare": request.held.holds(SIGNS_OFF, contract),
    }
    return render(request, "reports/addendum.html", values, status=status)


@takes_a_form
def publishable(request: PageRequest, contract: str) -> HttpResponse:
    """The months that are told as provisional, and declaring another."""
    shown = _worked_on(request, contract)
    may_declare = request.held.holds(SIGNS_OFF, contract)
    if request.method == "POST" and not may_declare:
        raise PermissionDenied
    page, status = load_publishable(shown, request.today), 200
    form = PublishableForm(request.POST if request.method == "POST" else None, months=page.choices)
    if form.is_valid():
        try:
            row = declare_publishable(
                contract=shown, by=request.user, on=request.today, at=instant_on(request.today), **form.cleaned_data
            )
        except Refused as refusal:
            show_refusal(form, refusal)
            status = CONFLICT
        else:
            messages.success(request, f"{month_long(Month(row.month))} may be told as provisional.")
            return redirect("reports:publishable", contract)
    elif form.is_bound:
        status = UNPROCESSABLE
    values = {"contract": shown, "page": page, "form": form, "may_declare": may_declare}
    return render(request, "reports/addendum_publishable.html", values, status=status)


@require_POST
def withdraw(request: PageRequest, contract: str, month: Month) -> HttpResponse:
    """The month waits to be verified again."""
    shown = _worked_on(request, contract)
    try:
        withdraw_publishable(contract=shown, month=month, by=request.user, at=instant_on(request.today))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{month_long(month)} waits to be verified again.")
    return redirect("reports:publishable", contract)


def _report(request: PageRequest, reference: str, pk: int) -> Paper:
    report = paper_seen(request, reference, pk)
    if report.kind != Kind.REPORT:
        raise Http404("An addendum adds to an exception report.")
    if not request.held.holds(ASKS_FOR_ADDENDA, reference):
        raise PermissionDenied
    return report


def _worked_on(request: PageRequest, reference: str) -> Contract:
    """The contract, for those whose role works on papers; for everybody else there is no such page."""
    shown = contract_of(request, reference)
    if not request.held.holds(SEES_DRAFTS, reference):
        raise Http404("Provisional months are not shown to this role.")
    return shown
