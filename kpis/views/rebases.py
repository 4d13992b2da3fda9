"""Pages on which the contract manager restarts the limits of a KPI's XmR chart, or takes that back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from contracts.forms.refusals import show_refusal
from contracts.http import PageRequest, takes_a_form
from contracts.queries import instant_on
from contracts.rules.months import Month, last_ended, month_long
from kpis.drawings import signal_charts
from kpis.forms.rebases import RebaseForm, WithdrawRebaseForm
from kpis.models import Kpi, Rebase
from kpis.queries import KpiPage, load_kpi_page
from kpis.queries.duties import duties_of
from kpis.queries.kpi_page import with_rebase
from kpis.services.rebases import RebaseRefused, set_rebase, withdraw_rebase
from kpis.views.pages import find_kpi


@takes_a_form
def rebase(request: PageRequest, contract: str, code: str) -> HttpResponse:
    """Limits from a month on; what they would be is shown before they are."""
    kpi = _enter(request, contract, code)
    page = load_kpi_page(kpi, last_ended(request.today))
    form = RebaseForm(request.POST or None)
    if not form.is_valid():
        return _form_page(request, kpi, page, form)
    month = Month(form.cleaned_data["from_month"])
    if "preview" in request.POST:
        return _form_page(request, kpi, page, form, preview=with_rebase(page, month))
    try:
        set_rebase(
            kpi=kpi, by=request.user, at=instant_on(request.today), on=last_ended(request.today), **form.cleaned_data
        )
    except RebaseRefused as refusal:
        show_refusal(form, refusal)
        return _form_page(request, kpi, page, form)
    messages.success(request, f"The limits of {kpi.code} restart in {month_long(month)}.")
    return _back(kpi)


@takes_a_form
def withdraw(request: PageRequest, contract: str, code: str, rebase: int) -> HttpResponse:
    """A restart taken back, with the reason."""
    kpi = _enter(request, contract, code)
    row: Rebase = get_object_or_404(Rebase, pk=rebase, kpi=kpi)
    if row.withdrawn_at is not None and request.method != "POST":
        raise Http404
    form = WithdrawRebaseForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_rebase(
                rebase=row, by=request.user, at=instant_on(request.today), reason=form.cleaned_data["reason"]
            )
        except RebaseRefused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"The limits of {kpi.code} no longer restart in {month_long(row.from_month)}.")
            return _back(kpi)
    return render(
        request, "kpis/rebase_withdraw.html", {"contract": kpi.contract, "kpi": kpi, "row": row, "form": form}
    )


def _enter(request: PageRequest, contract: str, code: str) -> Kpi:
    kpi = find_kpi(request, contract, code)
    if not duties_of(request.held, kpi.contract).may_decide:
        raise PermissionDenied
    return kpi


def _back(kpi: Kpi) -> HttpResponse:
    return redirect(f"{reverse('kpis:kpi', args=[kpi.contract.reference, kpi.code])}?view=signal#rebases")


def _form_page(
    request: PageRequest, kpi: Kpi, page: KpiPage, form: RebaseForm, preview: KpiPage | None = None
) -> HttpResponse:
    values = {
        "contract": kpi.contract,
        "kpi": kpi,
        "page": page,
        "form": form,
        "preview": preview,
        "drawn": signal_charts(preview or page),
    }
    return render(request, "kpis/rebase_form.html", values)
