"""Pages about disputes, and the list of what was decided about a contract's figures."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config.ui.querystring import querystring
from contracts.http import PageRequest, contract_of
from contracts.models import Contract, ServiceArea
from contracts.queries import instant_on
from contracts.rules.months import Month, month_long
from contracts.rules.roles import LOOKS_INTO_RETURNS
from contracts.rules.typed import key_sent
from kpis.forms.disputes import UPHELD, AnswerDisputeForm, RaiseDisputeForm
from kpis.models import Dispute, Result
from kpis.queries import verified_months
from kpis.queries.decisions import load_decisions
from kpis.queries.dispute_pages import DisputePage, figure_that_stands, load_dispute_page
from kpis.queries.duties import duties_of
from kpis.rules.disputes import State
from kpis.services.disputes import (
    DisputeRefused,
    NotVerified,
    answer_dispute,
    is_verified,
    raise_dispute,
    withdraw_dispute,
)

ON_ONE_PAGE = 40
RECENT_MONTHS = 12
CONFLICT, UNPROCESSABLE = 409, 422
takes_a_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def decisions(request: PageRequest, contract: str) -> HttpResponse:
    """Reliefs, disputes, corrections and reopened months, newest first."""
    looked_into = Contract.objects.where_held(request.user, LOOKS_INTO_RETURNS)
    shown = get_object_or_404(looked_into, reference=contract)
    listed = load_decisions(shown)
    return render(
        request,
        "kpis/decisions.html",
        {
            "contract": shown,
            "duties": duties_of(request.held, shown),
            "may_dispute": _disputes_in(request, shown).exists(),
            "listed": listed,
            "page": Paginator(listed.happened, ON_ONE_PAGE).get_page(request.GET.get("page")),
            "query": lambda number: querystring(request, page=number),
            "verified": verified_months(shown)[: -RECENT_MONTHS - 1 : -1],
        },
    )


@require_safe
def dispute(request: PageRequest, contract: str, pk: int) -> HttpResponse:
    """One dispute: the figure, what is said against it, what was answered."""
    shown = _contract(request, contract)
    row = _dispute(shown, pk)
    page = load_dispute_page(row)
    duties = duties_of(request.held, shown)
    values = {
        "contract": shown,
        "page": page,
        "may_answer": duties.may_decide,
        "is_own": row.raised_by_id == request.user.pk,
        "may_withdraw": _disputes_in(request, shown).filter(pk=row.result.kpi.service_area_id).exists(),
    }
    return render(request, "kpis/dispute.html", values)


@takes_a_form
def raise_one(request: PageRequest, contract: str, code: str, month: Month) -> HttpResponse:
    """The form on which the supplier disputes a verified figure."""
    shown = _contract(request, contract)
    results = Result.objects.select_related("kpi__contract", "kpi__service_area").filter(kpi__contract=shown)
    result: Result = get_object_or_404(results, kpi__code=code, month=month)
    if not _disputes_in(request, shown).filter(pk=result.kpi.service_area_id).exists():
        raise PermissionDenied("Only the supplier disputes a figure of this contract.")
    waiting = result.disputes.filter(state=State.OPEN).first()
    if waiting is not None and request.method != "POST":
        return redirect("kpis:dispute", shown.reference, waiting.pk)
    if request.method != "POST" and not is_verified(result):
        messages.warning(request, str(NotVerified(result)))
        return redirect("kpis:kpi", shown.reference, code)
    form = RaiseDisputeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            raised = raise_dispute(
                result=result, version=_version(request), by=request.user, at=instant_on(request.today),
                **form.cleaned_data,
            )  # fmt: skip
        except DisputeRefused as refusal:
            status = _put(form, refusal)
        else:
            messages.success(request, f"{code}, {month_long(month)}: disputed. The contract manager answers it.")
            return redirect("kpis:dispute", shown.reference, raised.pk)
    values = {
        "contract": shown,
        "kpi": result.kpi,
        "month": month,
        "version": result.version,
        "figure": figure_that_stands(result),
        "form": form,
    }
    return render(request, "kpis/dispute_raise.html", values, status=status)


@takes_a_form
def answer(request: PageRequest, contract: str, pk: int) -> HttpResponse:
    """Upholding a dispute, or saying why the figure stands."""
    shown = _contract(request, contract)
    row = _dispute(shown, pk)
    if not duties_of(request.held, shown).may_decide:
        raise PermissionDenied("Only the contract manager answers a dispute.")
    if request.method != "POST" and row.state != State.OPEN:
        return redirect("kpis:dispute", shown.reference, row.pk)
    form = AnswerDisputeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            done = answer_dispute(
                dispute=row,
                version=_version(request),
                is_upheld=form.cleaned_data["decision"] == UPHELD,
                answer=form.cleaned_data["answer"],
                by=request.user,
                at=instant_on(request.today),
            )
        except DisputeRefused as refusal:
            status = _put(form, refusal)
        else:
            messages.success(request, f"The dispute is {done.state}. The supplier is told.")
            return redirect("kpis:dispute", shown.reference, row.pk)
    is_own = row.raised_by_id == request.user.pk
    return _form_page(request, row, form, title="Answer", button="Answer the dispute", is_own=is_own, status=status)


@takes_a_form
def withdraw(request: PageRequest, contract: str, pk: int) -> HttpResponse:
    """Taking back a dispute that is not answered yet."""
    shown = _contract(request, contract)
    row = _dispute(shown, pk)
    if not _disputes_in(request, shown).filter(pk=row.result.kpi.service_area_id).exists():
        raise PermissionDenied("Only the supplier withdraws a dispute.")
    if request.method != "POST" and row.state != State.OPEN:
        return redirect("kpis:dispute", shown.reference, row.pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            withdraw_dispute(dispute=row, version=_version(request), by=request.user, at=instant_on(request.today))
        except DisputeRefused as refusal:
            status = _put(form, refusal)
        else:
            messages.success(request, "The dispute is withdrawn.")
            return redirect("kpis:dispute", shown.reference, row.pk)
    return _form_page(request, row, form, title="Withdraw", button="Withdraw the dispute", status=status)


def _form_page(
    request: PageRequest, row: Dispute, form: forms.Form, *, title: str, button: str, is_own: bool = False, status: int
) -> HttpResponse:
    page: DisputePage = load_dispute_page(row)
    values = {
        "contract": row.result.kpi.contract,
        "row": row,
        "page": page,
        "form": form,
        "title": title,
        "button": button,
        "is_own": is_own,
    }
    return render(request, "kpis/dispute_form.html", values, status=status)


def _contract(request: PageRequest, reference: str) -> Contract:
    found: Contract = contract_of(request, reference)
    return found


def _dispute(contract: Contract, pk: int) -> Dispute:
    rows = Dispute.objects.select_related("result__kpi__contract", "result__kpi__service_area")
    row: Dispute = get_object_or_404(rows, result__kpi__contract=contract, pk=pk)
    return row


def _disputes_in(request: PageRequest, contract: Contract) -> Any:
    """The areas of the contract whose figures this person may dispute."""
    return ServiceArea.objects.filter(contract=contract).disputed_by(request.user)


def _version(request: PageRequest) -> int:
    """The version that the page showed; without one the page is taken for a stale one."""
    return key_sent(request.POST.get("version", "")) or 0


def _put(form: forms.Form, refusal: DisputeRefused) -> int:
    """Shows the refusal beside its field; the status says whether what was typed or what stands there is in the way."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return UNPROCESSABLE if refusal.field else CONFLICT
