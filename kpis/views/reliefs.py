"""Pages about mitigation relief: all of them, one of them, asking, deciding, ending, withdrawing."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from contracts.forms.refusals import show_refusal
from contracts.http import UNPROCESSABLE, PageRequest, contract_of, takes_a_form, version_sent
from contracts.models import Contract
from contracts.readings import beside, read_now
from contracts.rules.months import Month, last_ended, month_long
from kpis.forms.reliefs import (
    AskReliefForm,
    DecideReliefForm,
    EndReliefForm,
    WithdrawReliefForm,
    asked_before,
    keep_errors_of_months,
    typed_span,
)
from kpis.models import Relief
from kpis.queries import kpis_in_order, load_areas
from kpis.queries.duties import Duties, duties_of
from kpis.queries.effects import Effect, as_granted
from kpis.queries.evidence import Files, read_relief_files
from kpis.queries.relief_pages import ReliefPage, load_relief_list, load_relief_page, read_relief_page
from kpis.rules.effects import in_words
from kpis.rules.relief import Cause, Decision
from kpis.services.reliefs import (
    EffectNotShown,
    ReliefRefused,
    ask_relief,
    decide_relief,
    end_relief,
    withdraw_relief,
)


@require_safe
def reliefs(request: PageRequest, contract: str) -> HttpResponse:
    """All reliefs with their age, oldest first."""
    shown, duties = _enter(request, contract)
    listed = load_relief_list(shown, request.today)
    return render(request, "kpis/reliefs.html", {"contract": shown, "listed": listed, "duties": duties})


@require_safe
def relief(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """One relief: what was asked, what it does to the statuses, what was decided, its history."""
    shown, duties = _enter(request, contract)
    row = _relief(shown, reference)
    page, files = _page(request, row)
    values = {
        "contract": shown,
        "duties": duties,
        "page": page,
        "key": row.pk,
        "is_own": row.requester_id == request.user.pk,
        "may_withdraw": duties.may_ask and row.requester_id in (None, request.user.pk),
        "files": files,
        "may_add_files": _may_add_files(row, duties),
    }
    return render(request, "kpis/relief.html", values)


@takes_a_form
def ask(request: PageRequest, contract: str) -> HttpResponse:
    """Asking for relief, with a KPI and month chosen beforehand where a link says so."""
    shown, duties = _enter(request, contract)
    if not duties.may_ask:
        raise PermissionDenied
    kpis = kpis_in_order(shown, load_areas(shown))
    form = AskReliefForm(request.POST or None, kpis=kpis, initial=asked_before(request.GET, kpis))
    if form.is_valid():
        try:
            asked = ask_relief(
                contract=shown,
                by=request.user,
                on=request.today,
                kpis=form.chosen,
                is_blanket=form.is_blanket,
                from_month=form.cleaned_data["from_month"],
                to_month=form.cleaned_data["to_month"],
                cause=Cause(form.cleaned_data["cause"]),
                narrative=form.cleaned_data["narrative"],
            )
        except ReliefRefused as refusal:
            _put(form, refusal)
        else:
            messages.success(request, f"{asked.reference} is asked for. The contract manager decides it.")
            return redirect("kpis:relief", shown.reference, asked.reference)
    return render(request, "kpis/relief_ask.html", {"contract": shown, "form": form}, status=_status(form))


@takes_a_form
def decide(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Granting or refusing a relief, with its effect on the statuses shown first."""
    shown, duties = _enter(request, contract)
    if not duties.may_decide:
        raise PermissionDenied
    row = _relief(shown, reference)
    if request.method != "POST" and row.decision != Decision.REQUESTED:
        return redirect("kpis:relief", shown.reference, row.reference)
    page, files = _page(request, row)
    form = DecideReliefForm(request.POST or None, initial={"from_month": row.from_month, "to_month": row.to_month})
    effect = _effect(page, *typed_span(form, (Month(row.from_month), row.to_month)))
    if "preview" in request.POST:
        keep_errors_of_months(form)
    elif form.is_valid():
        try:
            decided = decide_relief(
                relief=row,
                by=request.user,
                on=request.today,
                decision=Decision(form.cleaned_data["decision"]),
                reason=form.cleaned_data["reason"],
                version=version_sent(request),
                from_month=form.cleaned_data["from_month"],
                to_month=form.cleaned_data["to_month"],
                shown=request.POST.get("shown", ""),
            )
        except ReliefRefused as refusal:
            effect = _put(form, refusal) or effect
        else:
            messages.success(request, f"{decided.reference} is {decided.decision}.")
            return redirect("kpis:relief", shown.reference, decided.reference)
    is_own = row.requester_id == request.user.pk
    return _form_page(request, row, form, page, files, effect=effect, title="Decide", button="Decide", is_own=is_own)


@takes_a_form
def end(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Setting the last month of a granted relief, with what becomes of the statuses after it shown first."""
    shown, duties = _enter(request, contract)
    if not duties.may_decide:
        raise PermissionDenied
    row = _relief(shown, reference)
    if request.method != "POST" and row.decision != Decision.GRANTED:
        return redirect("kpis:relief", shown.reference, row.reference)
    page, files = _page(request, row)
    proposed = max(last_ended(request.today), Month(row.from_month))
    form = EndReliefForm(request.POST or None, initial={"to_month": proposed})
    begun = Month(row.from_month)
    _, last = typed_span(form, (begun, proposed))
    effect = _effect(page, begun, last)
    if "preview" in request.POST:
        keep_errors_of_months(form)
    elif form.is_valid():
        try:
            ended = end_relief(
                relief=row,
                by=request.user,
                on=request.today,
                to_month=form.cleaned_data["to_month"],
                reason=form.cleaned_data["reason"],
                version=version_sent(request),
                shown=request.POST.get("shown", ""),
            )
        except ReliefRefused as refusal:
            effect = _put(form, refusal) or effect
        else:
            messages.success(request, f"{ended.reference} ends with {month_long(Month(ended.to_month))}.")
            return redirect("kpis:relief", shown.reference, ended.reference)
    return _form_page(
        request, row, form, page, files, effect=effect, title="End", button="End the relief", is_own=False
    )


@takes_a_form
def withdraw(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Taking back a request that is not decided yet."""
    shown, duties = _enter(request, contract)
    row = _relief(shown, reference)
    if not duties.may_ask or row.requester_id not in (None, request.user.pk):
        raise PermissionDenied
    if request.method != "POST" and row.decision != Decision.REQUESTED:
        return redirect("kpis:relief", shown.reference, row.reference)
    form = WithdrawReliefForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_relief(
                relief=row,
                by=request.user,
                on=request.today,
                reason=form.cleaned_data["reason"],
                version=version_sent(request),
            )
        except ReliefRefused as refusal:
            _put(form, refusal)
        else:
            messages.success(request, f"{row.reference} is withdrawn.")
            return redirect("kpis:relief", shown.reference, row.reference)
    page, files = _page(request, row)
    return _form_page(
        request, row, form, page, files, effect=None, title="Withdraw", button="Withdraw the request", is_own=False
    )


def _enter(request: PageRequest, reference: str) -> tuple[Contract, Duties]:
    contract = contract_of(request, reference)
    return contract, duties_of(request.held, contract)


def _relief(contract: Contract, reference: str) -> Relief:
    row: Relief = get_object_or_404(Relief.objects.select_related("contract"), contract=contract, reference=reference)
    return row


def _page(request: PageRequest, row: Relief) -> tuple[ReliefPage, Files | None]:
    """The relief, and the evidence for it; none for who does not look into returns."""
    if not request.held.looks_into_some(row.contract.reference):
        return load_relief_page(row, request.today), None
    page, files = read_now(beside(read_relief_page(row, request.today), read_relief_files(row)))
    return page, files


def _effect(page: ReliefPage, first: Month, last: Month | None) -> Effect:
    """What it would do that this relief is granted for these months, and nothing else changes."""
    return page.effect_as(as_granted(page.relief, first, last))


def _put(form: forms.Form, refusal: ReliefRefused) -> Effect | None:
    """Shows the refusal beside its field, and gives the effect that has to be seen first, if that is why."""
    show_refusal(form, refusal)
    return refusal.effect if isinstance(refusal, EffectNotShown) else None


def _status(form: forms.Form) -> int:
    return UNPROCESSABLE if form.errors else 200


def _form_page(
    request: PageRequest,
    row: Relief,
    form: forms.Form,
    page: ReliefPage,
    files: Files | None,
    *,
    effect: Effect | None,
    title: str,
    button: str,
    is_own: bool,
) -> HttpResponse:
    values = {
        "contract": row.contract,
        "row": row,
        "form": form,
        "page": page,
        "effect": effect,
        "effect_in_words": _told(effect),
        "title": title,
        "button": button,
        "is_own": is_own,
        "files": files,
        "may_add_files": _may_add_files(row, duties_of(request.held, row.contract)),
    }
    return render(request, "kpis/relief_form.html", values, status=_status(form))


def _may_add_files(row: Relief, duties: Duties) -> bool:
    return duties.may_ask and row.decision == Decision.REQUESTED


def _told(effect: Effect | None) -> str:
    moved = in_words(effect.moves, "This would turn") if effect else ""
    return moved or "This would change no status: what is covered by it has not been missed, or is not reported yet."
