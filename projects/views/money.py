"""The portfolio in pounds against the yearly funding, and the pages on which the administrator keeps that funding."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from contracts.http import PageRequest, contract_of, takes_a_form, version_sent
from contracts.models import Contract
from projects.forms.funding import FundingForm, RemoveFundingForm
from projects.forms.refusals import show_faults
from projects.models import Funding
from projects.queries.duties import portfolio_duties_of
from projects.queries.money import funding_years, load_money_page
from projects.rules.money import WHAT_THEY_ARE, money_headline, pounds, year_name
from projects.services.funding import add_funding, change_funding, remove_funding
from projects.services.refusals import ProjectRefused


@require_safe
def money(request: PageRequest, contract: str) -> HttpResponse:
    """What the projects cost against what was set aside, by year and by stage; who is over budget."""
    shown = contract_of(request, contract)
    page = load_money_page(shown, request.today)
    values = {
        "contract": shown,
        "page": page,
        "money": page.money,
        "headline": money_headline(page.money, request.today),
        "notes": WHAT_THEY_ARE,
        "pounds": pounds,
        "may_edit": portfolio_duties_of(request.held, shown).may_edit,
    }
    return render(request, "projects/money.html", values)


@takes_a_form
def add(request: PageRequest, contract: str) -> HttpResponse:
    """A sum that was set aside."""
    shown = _enter(request, contract)
    form = FundingForm(request.POST or None, years=funding_years(shown, request.today))
    if form.is_valid():
        try:
            made = add_funding(contract=shown, by=request.user, details=form.details)
        except ProjectRefused as refusal:
            show_faults(form, refusal)
        else:
            messages.success(request, f"{pounds(made.amount)} for {year_name(made.begins_on)} is on record.")
            return redirect("projects:money", shown.reference)
    return _page(request, shown, form, None)


@takes_a_form
def change(request: PageRequest, contract: str, pk: int) -> HttpResponse:
    """A sum that is another than was thought."""
    shown = _enter(request, contract)
    row = get_object_or_404(Funding.objects.select_related("contract"), contract=shown, pk=pk)
    years = funding_years(shown, request.today, row.begins_on)
    form = FundingForm(request.POST or None, years=years, funding=row)
    if form.is_valid():
        try:
            has_changed = change_funding(
                funding=row,
                by=request.user,
                version=version_sent(request),
                details=form.details,
                why=form.cleaned_data["why"],
            )
        except ProjectRefused as refusal:
            show_faults(form, refusal)
        else:
            messages.success(request, "The funding is changed." if has_changed else "Nothing was changed.")
            return redirect("projects:money", shown.reference)
    return _page(request, shown, form, row)


@takes_a_form
def remove(request: PageRequest, contract: str, pk: int) -> HttpResponse:
    """A sum that was not set aside after all; the history keeps it."""
    shown = _enter(request, contract)
    row = get_object_or_404(Funding.objects.select_related("contract"), contract=shown, pk=pk)
    form = RemoveFundingForm(request.POST or None)
    if form.is_valid():
        try:
            remove_funding(funding=row, by=request.user, version=version_sent(request), why=form.cleaned_data["why"])
        except ProjectRefused as refusal:
            show_faults(form, refusal)
        else:
            messages.success(request, "The funding is taken away. Its history says so.")
            return redirect("projects:money", shown.reference)
    values = {"contract": shown, "form": form, "fund": row, "year": year_name(row.begins_on), "pounds": pounds}
    return render(request, "projects/funding_remove.html", values)


def _enter(request: PageRequest, reference: str) -> Contract:
    contract: Contract = contract_of(request, reference)
    if not portfolio_duties_of(request.held, contract).may_edit:
        raise PermissionDenied
    return contract


def _page(request: PageRequest, contract: Contract, form: FundingForm, fund: Funding | None) -> HttpResponse:
    return render(request, "projects/funding_form.html", {"contract": contract, "form": form, "fund": fund})
