"""Pages on which the contract manager adds a KPI, agrees new levels for one, or ends one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from contracts.forms.refusals import show_refusal
from contracts.http import UNPROCESSABLE, PageRequest, contract_of, takes_a_form
from contracts.models import Contract
from contracts.rules.months import Month, last_ended, month_long, month_of
from kpis.forms.definitions import AddKpiForm, AgreedForm, EndKpiForm, LevelForm
from kpis.models import Kpi
from kpis.queries import load_kpi_page
from kpis.queries.definition_pages import load_definitions
from kpis.queries.duties import duties_of
from kpis.queries.touched import Touched
from kpis.services.definitions import DefinitionRefused, VerifiedMonthsTouched, add_kpi, end_kpi, set_level


@require_safe
def definitions(request: PageRequest, contract: str) -> HttpResponse:
    """Every KPI with its levels in force, and what can be done to it."""
    shown = _enter(request, contract)
    rows = load_definitions(shown, request.today)
    return render(request, "kpis/definitions.html", {"contract": shown, "rows": rows})


@takes_a_form
def add(request: PageRequest, contract: str) -> HttpResponse:
    """A new KPI from a month on."""
    shown = _enter(request, contract)
    initial = {"due_months": [str(month) for month in range(1, 13)], "in_force_from": month_of(request.today)}
    form = AddKpiForm(request.POST or None, areas=shown.service_areas.in_order(), initial=initial)
    touched = None
    if form.is_valid():
        try:
            made = add_kpi(
                contract=shown,
                by=request.user,
                on=request.today,
                new=form.new,
                agreed=form.agreed,
                accepts=request.POST.get("accepts", ""),
            )
        except DefinitionRefused as refusal:
            touched = _put(form, refusal)
        else:
            messages.success(request, f"{made.code} is added, in force from {month_long(form.new.in_force_from)}.")
            return redirect("kpis:kpi", shown.reference, made.code)
    return _form_page(request, shown, form, touched, title="Add a KPI", button="Add the KPI", kpi=None)


@takes_a_form
def relevel(request: PageRequest, contract: str, code: str) -> HttpResponse:
    """New levels of a KPI from a month on."""
    shown = _enter(request, contract)
    kpi = _kpi(shown, code)
    form = LevelForm(request.POST or None, kpi=kpi, initial={"effective_from": month_of(request.today)})
    touched = None
    if form.is_valid():
        month = Month(form.cleaned_data["effective_from"])
        try:
            set_level(
                kpi=kpi,
                by=request.user,
                on=request.today,
                effective_from=month,
                target=form.cleaned_data["target"],
                minimum=form.cleaned_data["minimum"],
                agreed=form.agreed,
                accepts=request.POST.get("accepts", ""),
            )
        except DefinitionRefused as refusal:
            touched = _put(form, refusal)
        else:
            messages.success(request, f"{kpi.code} has new levels from {month_long(month)}.")
            return redirect("kpis:kpi", shown.reference, kpi.code)
    return _form_page(request, shown, form, touched, title="New levels", button="Set the levels", kpi=kpi)


@takes_a_form
def end(request: PageRequest, contract: str, code: str) -> HttpResponse:
    """The last month of a KPI."""
    shown = _enter(request, contract)
    kpi = _kpi(shown, code)
    form = EndKpiForm(request.POST or None, initial={"in_force_to": kpi.in_force_to or month_of(request.today)})
    touched = None
    if form.is_valid():
        month = Month(form.cleaned_data["in_force_to"])
        try:
            end_kpi(
                kpi=kpi,
                by=request.user,
                on=request.today,
                in_force_to=month,
                agreed=form.agreed,
                accepts=request.POST.get("accepts", ""),
            )
        except DefinitionRefused as refusal:
            touched = _put(form, refusal)
        else:
            messages.success(request, f"{kpi.code} ends with {month_long(month)}.")
            return redirect("kpis:kpi", shown.reference, kpi.code)
    return _form_page(request, shown, form, touched, title="End a KPI", button="End the KPI", kpi=kpi)


def _enter(request: PageRequest, reference: str) -> Contract:
    contract = contract_of(request, reference)
    if not duties_of(request.held, contract).may_define:
        raise PermissionDenied
    return contract


def _kpi(contract: Contract, code: str) -> Kpi:
    row: Kpi = get_object_or_404(Kpi.objects.select_related("contract", "service_area"), contract=contract, code=code)
    return row


def _put(form: AgreedForm, refusal: DefinitionRefused) -> Touched | None:
    """Shows the refusal beside its field, and gives the list that has to be accepted, if that is why."""
    if isinstance(refusal, VerifiedMonthsTouched):
        form.must_accept(refusal)
        return refusal.touched
    show_refusal(form, refusal)
    return None


def _form_page(
    request: PageRequest,
    contract: Contract,
    form: AgreedForm,
    touched: Touched | None,
    *,
    title: str,
    button: str,
    kpi: Kpi | None,
) -> HttpResponse:
    last = last_ended(request.today)
    values = {
        "contract": contract,
        "form": form,
        "touched": touched,
        "title": title,
        "button": button,
        "kpi": kpi,
        "page": load_kpi_page(kpi, last) if kpi else None,
    }
    return render(request, "kpis/definition_form.html", values, status=UNPROCESSABLE if form.errors else 200)
