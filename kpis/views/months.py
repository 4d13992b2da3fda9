"""
A month of the contract: what its areas handed in, and what the contract manager decides about it.

Whoever enters or verifies sees the page; deciding belongs to the contract manager. A decision that is refused shows the
page again as it stands now, with the reason and what was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, looked_into, takes_a_form
from contracts.models import Contract
from contracts.queries import calendar_with, instant_on
from contracts.readings import ask, beside, read_now
from contracts.rules.months import Month, add_months, last_owed, month_long, month_of
from contracts.rules.roles import READS_ANSWERS
from kpis.forms.decisions import DecisionForm, ReopenForm, SendBackForm, VerifyCleanForm, VerifyForm
from kpis.models import Return
from kpis.queries.completeness import load_completeness
from kpis.queries.duties import duties_of
from kpis.queries.evidence import read_month_files
from kpis.queries.month import AreaMonth, MonthPage, read_month
from kpis.queries.registers import reported_first
from kpis.services.verification import (
    DecisionRefused,
    reopen_return,
    send_back,
    verify_clean,
    verify_return,
)

deciding = takes_a_form
"""A decision is posted; who comes back to its address, as after signing in again, is led to the month."""
Deciding = Callable[[Return, dict[str, Any]], str]
"""Carries a decision out by what its form says, and gives the words for whoever took it."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The forms that an area's state allows; ``verify`` is missing where the person entered some of it."""

    area: AreaMonth
    verify: VerifyForm | None = None
    send_back: SendBackForm | None = None
    reopen: ReopenForm | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that could not be carried out, and where on the page it belongs."""

    form: Form | None = None
    code: str = ""
    kind: str = field(default="")


NOTHING_REFUSED = Refused()


@require_safe
def month(request: PageRequest, contract: str, month: Month) -> HttpResponse:
    """The month's page."""
    return _show(request, looked_into(request, contract), month)


@deciding
def verify(request: PageRequest, contract: str, month: Month, area: str) -> HttpResponse:
    """Closes one area's month."""

    def decide(found: Return, said: dict[str, Any]) -> str:
        verify_return(
            pk=found.pk,
            version=said["version"],
            how=said["how"],
            sample_size=said["sample_size"],
            by=request.user,
            at=instant_on(request.today),
        )
        return f"{found.service_area.name}: verified."

    return _decide(request, contract, month, area, "verify", VerifyForm, decide)


@deciding
def send_return_back(request: PageRequest, contract: str, month: Month, area: str) -> HttpResponse:
    """Returns one area's month with a reason."""
    decide = _with_reason(request, send_back, "sent back. The service area sees your reason.")
    return _decide(request, contract, month, area, "send-back", SendBackForm, decide)


@deciding
def reopen(request: PageRequest, contract: str, month: Month, area: str) -> HttpResponse:
    """Opens one area's verified month again."""
    decide = _with_reason(request, reopen_return, "reopened. Its figures are provisional until it is verified again.")
    return _decide(request, contract, month, area, "reopen", ReopenForm, decide)


@deciding
def verify_all_clean(request: PageRequest, contract: str, month: Month) -> HttpResponse:
    """Closes all the areas that were listed as clean."""
    shown = looked_into(request, contract)
    if request.method != "POST":
        return redirect("kpis:month", contract, month)
    _refuse_who_does_not_decide(request, shown)
    form = VerifyCleanForm(request.POST)
    if not form.is_valid():
        return _show(request, shown, month, Refused(form, kind="clean"), UNPROCESSABLE)
    try:
        closed = verify_clean(
            contract=shown,
            month=month,
            versions=form.versions(),
            how=form.cleaned_data["how"],
            by=request.user,
            at=instant_on(request.today),
        )
    except (DecisionRefused, Return.DoesNotExist) as refusal:
        form.add_error(None, str(refusal))
        return _show(request, shown, month, Refused(form, kind="clean"), CONFLICT)
    messages.success(request, f"Verified: {', '.join(each.service_area.name for each in closed) or 'nothing'}.")
    return redirect("kpis:month", contract, month)


@require_safe
def completeness(request: PageRequest, contract: str) -> HttpResponse:
    """Which areas handed their months in on time."""
    shown = looked_into(request, contract)
    page = load_completeness(shown, request.today, calendar_with(request.closed_days))
    manages = request.held.manages(shown.reference)
    return render(request, "kpis/completeness.html", {"contract": shown, "page": page, "manages": manages})


def _with_reason(request: PageRequest, service: Callable[..., Return], done: str) -> Deciding:
    """A decision that takes a month back from where it was, and says why."""

    def decide(found: Return, said: dict[str, Any]) -> str:
        at = instant_on(request.today)
        service(pk=found.pk, version=said["version"], reason=said["reason"], by=request.user, at=at)
        return f"{found.service_area.name}: {done}"

    return decide


def _decide(
    request: PageRequest,
    contract: str,
    month: Month,
    area: str,
    kind: str,
    form_class: type[DecisionForm],
    decide: Deciding,
) -> HttpResponse:
    """One decision about one area's return: carried out and back to the month, or the month with why not."""
    shown = looked_into(request, contract)
    if request.method == "POST":
        _refuse_who_does_not_decide(request, shown)
    returns = Return.objects.of_contract(shown).select_related("service_area")
    found = get_object_or_404(returns, service_area__code=area, month=month)
    if request.method != "POST":
        return redirect("kpis:month", contract, month)
    form = form_class(request.POST, auto_id=_auto_id(area, kind))
    if not form.is_valid():
        return _show(request, shown, month, Refused(form, area, kind), UNPROCESSABLE)
    try:
        done = decide(found, form.cleaned_data)
    except DecisionRefused as refusal:
        found.refresh_from_db()
        form.refuse(str(refusal), found.version)
        return _show(request, shown, month, Refused(form, area, kind), CONFLICT)
    messages.success(request, done)
    return redirect("kpis:month", contract, month)


def _show(
    request: PageRequest, contract: Contract, month: Month, refused: Refused = NOTHING_REFUSED, status: int = 200
) -> HttpResponse:
    latest = last_owed(contract.ends_on, request.today)
    if not month_of(contract.commences_on) <= month <= latest:
        raise Http404(f"{month_long(month)} has not ended, or lies outside the contract's time")
    held, duties = request.held, duties_of(request.held, contract)
    page, evidence, (reported,) = read_now(
        beside(
            read_month(contract, month, is_internal=held.holds(READS_ANSWERS, contract.reference)),
            read_month_files(contract, month, request.user),
            ask(reported_first(contract)),
        )
    )
    earliest = next(iter(reported), latest)
    may_decide = duties.may_decide
    clean = [each for each in page.areas if each.is_clean and request.user.pk not in each.own_by]
    clean_form = refused.form if refused.kind == "clean" else VerifyCleanForm(auto_id="clean-%s")
    return render(
        request,
        "kpis/month.html",
        {
            "contract": contract,
            "page": page,
            "may_decide": may_decide,
            "clean": clean if may_decide else [],
            "clean_form": clean_form,
            "areas": [_decisions(each, request, refused, may_decide=may_decide) for each in page.areas],
            "refused": refused,
            "headline": _headline(page),
            "duties": duties,
            "disputable": {each.area.pk for each in page.areas if held.disputes(contract.reference, each.area.pk)},
            "evidence": evidence,
            "earlier": add_months(month, -1) if month > earliest else None,
            "later": add_months(month, 1) if month < latest else None,
        },
        status=status,
    )


def _decisions(area: AreaMonth, request: PageRequest, refused: Refused, *, may_decide: bool) -> Decisions:
    if not may_decide:
        return Decisions(area)
    is_own = request.user.pk in area.own_by

    def form(kind: str, form_class: type[DecisionForm]) -> Any:
        if refused.code == area.area.code and refused.kind == kind:
            return refused.form
        return form_class(initial={"version": area.version}, auto_id=_auto_id(area.area.code, kind))

    if area.is_submitted:
        verifying = None if is_own else form("verify", VerifyForm)
        return Decisions(area, verify=verifying, send_back=form("send-back", SendBackForm), is_own=is_own)
    return Decisions(area, reopen=form("reopen", ReopenForm)) if area.is_verified else Decisions(area)


def _headline(page: MonthPage) -> str:
    """How many areas are closed, and what is in the way of the others."""
    if not page.areas:
        return ""
    if page.is_closed:
        areas = "its one area is" if len(page.areas) == 1 else f"all {len(page.areas)} areas are"
        return f"{month_long(page.month)} is closed: {areas} verified."
    counts = page.counts
    said = [f"{counts['verified']} of {len(page.areas)} areas {'is' if counts['verified'] == 1 else 'are'} verified"]
    for state, one, many in (
        ("submitted", "waits for a decision", "wait for a decision"),
        ("returned", "was sent back", "were sent back"),
        ("open", "has not been submitted", "have not been submitted"),
    ):
        if counts[state]:
            said.append(f"{counts[state]} {one if counts[state] == 1 else many}")
    return f"{month_long(page.month)}: {', '.join(said)}."


def _refuse_who_does_not_decide(request: PageRequest, contract: Contract) -> None:
    if not duties_of(request.held, contract).may_decide:
        raise PermissionDenied("Only the contract manager decides about the returns of this contract.")


def _auto_id(area: str, kind: str) -> str:
    return f"{area.lower()}-{kind}-%s"
