"""Pages about disputes, and the list of what was decided about a contract's figures."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from config.ui.querystring import querystring
from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, contract_of, looked_into, takes_a_form, version_sent
from contracts.models import Contract
from contracts.queries import instant_on
from contracts.readings import beside, read_now
from contracts.rules.months import Month, month_long
from contracts.rules.roles import DISPUTES
from kpis.forms.disputes import UPHELD, AnswerDisputeForm, RaiseDisputeForm
from kpis.models import Dispute, Result
from kpis.queries.decisions import read_decisions
from kpis.queries.dispute_pages import DisputePage, figure_that_stands, load_dispute_page
from kpis.queries.duties import duties_of
from kpis.queries.registers import read_verified_months
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


@require_safe
def decisions(request: PageRequest, contract: str) -> HttpResponse:
    """Reliefs, disputes, corrections and reopened months, newest first."""
    shown = looked_into(request, contract)
    listed, verified = read_now(beside(read_decisions(shown), read_verified_months(shown)))
    return render(
        request,
        "kpis/decisions.html",
        {
            "contract": shown,
            "duties": duties_of(request.held, shown),
            "may_dispute": request.held.fills(DISPUTES, contract),
            "listed": listed,
            "page": Paginator(listed.happened, ON_ONE_PAGE).get_page(request.GET.get("page")),
            "query": lambda number: querystring(request, page=number),
            "verified": verified[: -RECENT_MONTHS - 1 : -1],
        },
    )


@require_safe
def dispute(request: PageRequest, contract: str, pk: int) -> HttpResponse:
    """One dispute: the figure, what is said against it, what was answered."""
    shown = contract_of(request, contract)
    row = _dispute(shown, pk)
    page = load_dispute_page(row)
    duties = duties_of(request.held, shown)
    values = {
        "contract": shown,
        "page": page,
        "may_answer": duties.may_decide,
        "is_own": row.raised_by_id == request.user.pk,
        "may_withdraw": request.held.disputes(contract, row.result.kpi.service_area_id),
    }
    return render(request, "kpis/dispute.html", values)


@takes_a_form
def raise_one(request: PageRequest, contract: str, code: str, month: Month) -> HttpResponse:
    """The form on which the supplier disputes a verified figure."""
    shown = contract_of(request, contract)
    results = Result.objects.select_related("kpi__contract", "kpi__service_area").filter(kpi__contract=shown)
    result: Result = get_object_or_404(results, kpi__code=code, month=month)
    if not request.held.disputes(contract, result.kpi.service_area_id):
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
                result=result, version=version_sent(request), by=request.user, at=instant_on(request.today),
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
    shown = contract_of(request, contract)
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
                version=version_sent(request),
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
    shown = contract_of(request, contract)
    row = _dispute(shown, pk)
    if not request.held.disputes(contract, row.result.kpi.service_area_id):
        raise PermissionDenied("Only the supplier withdraws a dispute.")
    if request.method != "POST" and row.state != State.OPEN:
        return redirect("kpis:dispute", shown.reference, row.pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            withdraw_dispute(dispute=row, version=version_sent(request), by=request.user, at=instant_on(request.today))
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


def _dispute(contract: Contract, pk: int) -> Dispute:
    rows = Dispute.objects.select_related("result__kpi__contract", "result__kpi__service_area")
    row: Dispute = get_object_or_404(rows, result__kpi__contract=contract, pk=pk)
    return row


def _put(form: forms.Form, refusal: DisputeRefused) -> int:
    """Shows the refusal beside its field; the status says whether what was typed or what stands there is in the way."""
    show_refusal(form, refusal)
    return UNPROCESSABLE if refusal.field else CONFLICT
