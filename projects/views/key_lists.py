"""Pages about the key list: what it is or was, what is proposed, and what the Board decided."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config.ui.formats import day
from contracts.http import PageRequest, contract_of, takes_a_form
from contracts.models import Contract
from contracts.rules.typed import key_sent
from projects.forms.key_list import DecisionForm, OnDayForm
from projects.forms.refusals import show_faults
from projects.queries.key_duties import KeyDuties, key_duties_of
from projects.queries.key_lists import load_key_page, load_proposal_page
from projects.services.key_lists import (
    KeyListRefused,
    discard_proposal,
    record_decision,
    take_back_proposal,
)


@require_safe
def key(request: PageRequest, contract: str) -> HttpResponse:
    """The list in force today, or as it was on the day asked for."""
    shown, duties = enter(request, contract)
    form = OnDayForm(request.GET) if "on_day" in request.GET else OnDayForm()
    on = _day_asked(form, request.today) if form.is_bound else request.today
    page = load_key_page(shown, request.user, request.today, on)
    values = {"contract": shown, "duties": duties, "page": page, "form": form, "today": request.today}
    return render(request, "projects/key.html", values, status=400 if form.errors else 200)


@require_safe
def proposal(request: PageRequest, contract: str) -> HttpResponse:
    """The proposal against the list in force, with what can be done about it."""
    shown, duties = enter(request, contract)
    page = load_proposal_page(shown, request.user, request.today)
    return render(request, "projects/key_proposal.html", {"contract": shown, "duties": duties, "page": page})


@require_http_methods(["POST"])
def discard(request: PageRequest, contract: str) -> HttpResponse:
    """Taking a proposal away: the list in force stays."""
    shown = proposing(request, contract)
    try:
        discard_proposal(contract=shown, by=request.user, on=request.today, version=version_of(request))
    except KeyListRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("projects:key_proposal", shown.reference)
    messages.success(request, "The proposal is discarded. The list in force stays as it is.")
    return redirect("projects:key", shown.reference)


@require_http_methods(["POST"])
def take_back(request: PageRequest, contract: str) -> HttpResponse:
    """Taking the proposal back from its meeting."""
    shown = proposing(request, contract)
    try:
        take_back_proposal(contract=shown, by=request.user, version=version_of(request))
    except KeyListRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The proposal is taken back: it can be changed, and put to a meeting again.")
    return redirect("projects:key_proposal", shown.reference)


@takes_a_form
def decide(request: PageRequest, contract: str) -> HttpResponse:
    """Recording that the Board decided the list as it was proposed."""
    shown = deciding(request, contract)
    page = load_proposal_page(shown, request.user, request.today)
    if page is None or page.proposal.put_to_board_on is None:
        return redirect("projects:key_proposal", shown.reference)
    form = DecisionForm(request.POST or None, initial={"decided_on": page.proposal.put_to_board_on})
    if form.is_valid():
        try:
            record_decision(
                contract=shown,
                by=request.user,
                on=request.today,
                version=version_of(request),
                decided_on=form.cleaned_data["decided_on"],
                decision=form.cleaned_data["decision"],
            )
        except KeyListRefused as refusal:
            show_faults(form, refusal)
        else:
            return decided(request, shown, form.cleaned_data["decided_on"])
    return render(request, "projects/key_decide.html", {"contract": shown, "page": page, "form": form})


def enter(request: PageRequest, reference: str) -> tuple[Contract, KeyDuties]:
    """The contract and what the person may do about its key projects."""
    contract: Contract = contract_of(request, reference)
    return contract, key_duties_of(request.held, request.user, contract)


def proposing(request: PageRequest, reference: str) -> Contract:
    """The contract, for those who propose."""
    contract, duties = enter(request, reference)
    if not duties.may_propose:
        raise PermissionDenied
    return contract


def deciding(request: PageRequest, reference: str) -> Contract:
    """The contract, for those who record decisions."""
    contract, duties = enter(request, reference)
    if not duties.may_decide:
        raise PermissionDenied
    return contract


def decided(request: PageRequest, contract: Contract, on: date) -> HttpResponse:
    """On to the list that is in force from now on."""
    messages.success(
        request, f"The Board’s decision of {day(on)} is on record. The list is in force and never changes."
    )
    return redirect("projects:key", contract.reference)


def version_of(request: PageRequest) -> int:
    """The version that the page showed; without one the page is taken for a stale one."""
    version = key_sent(request.POST.get("version", ""))
    return -1 if version is None else version


def _day_asked(form: OnDayForm, today: date) -> date:
    """The day typed; today where it cannot be understood or has not come."""
    if form.is_valid():
        on: date = form.cleaned_data["on"]
        if on <= today:
            return on
        form.add_error("on", f"That day has not come: today is {day(today)}. Enter a day until today.")
    return today
