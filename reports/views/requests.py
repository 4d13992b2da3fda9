"""Pages about what the Board asked for: the register, minuting at a meeting, and one request and what is done to it."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from config.ui.formats import day_long
from config.ui.querystring import querystring
from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, contract_of, takes_a_form, version_sent
from contracts.rules.typed import key_sent
from reports.forms.requests import AnswerRequestForm, HandRequestForm, MinuteRequestForm, MoveDueForm, ReopenForm
from reports.models import BoardRequest
from reports.queries.requests import (
    Register,
    RequestDuties,
    load_minuted_at,
    load_register,
    load_request_duties,
    load_request_page,
    load_takers,
    may_minute,
    people_of,
    planned_after,
    read_wanted,
    taken_place,
)
from reports.services.requests import (
    RequestRefused,
    answer_request,
    close_request,
    free_reference,
    hand_request,
    minute_request,
    move_due,
    reopen_request,
)
from reports.workbook.request_table import requests_csv

ROWS_PER_PAGE: Final = 50
Forms = dict[str, forms.Form | None]


@require_safe
def requests(request: PageRequest, contract: str) -> HttpResponse:
    """The register: what the Board waits for first, filtered as the address asks."""
    shown = contract_of(request, contract)
    wanted = read_wanted(request.GET)
    register = load_register(shown, wanted, request.today)
    values = {
        "contract": shown,
        "register": register,
        "wanted": wanted,
        "choices": _choices(register),
        "page": Paginator(register.rows, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "query": lambda number: querystring(request, page=number),
        "file": reverse("reports:requests_csv", args=[shown.reference]) + querystring(request, page=None),
        "may_minute": may_minute(shown, request.held),
    }
    return render(request, "reports/requests.html", values)


@require_safe
def requests_file(request: PageRequest, contract: str) -> HttpResponse:
    """The same rows as CSV."""
    shown = contract_of(request, contract)
    register = load_register(shown, read_wanted(request.GET), request.today)
    named = f'attachment; filename="{shown.reference.lower()}-requests-of-the-board.csv"'
    content = requests_csv(register.rows)
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": named})


@takes_a_form
def minute(request: PageRequest, contract: str) -> HttpResponse:
    """Putting on record what a meeting resolved, asked or requested; one saved, the next can follow."""
    shown = contract_of(request, contract)
    if not may_minute(shown, request.held):
        raise PermissionDenied
    held = taken_place(shown, request.today)
    asked = key_sent(request.GET.get("meeting", ""))
    at = next((each for each in held if each.pk == asked), held[0] if held else None)
    people, coming = load_takers(shown, request.today)
    form = MinuteRequestForm(
        request.POST or None,
        initial={"meeting": at.pk if at else None, "due": coming[0].pk if coming else None},
        meetings=held,
        coming=coming,
        people=people,
        free=free_reference(shown),
    )
    if form.is_valid():
        try:
            made = minute_request(contract=shown, by=request.user, on=request.today, **form.said())
        except RequestRefused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"{made.reference} is minuted. It heads the next paper until it is closed.")
            here = reverse("reports:minute_request", args=[shown.reference])
            return redirect(f"{here}?meeting={made.meeting_id}")
    minuted = load_minuted_at(shown, at, request.today) if at else ()
    values = {"contract": shown, "form": form, "meeting": at, "minuted": minuted}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "reports/request_minute.html", values, status=status)


@require_safe
def one(request: PageRequest, contract: str, request_pk: int) -> HttpResponse:
    """One request, how it stands, and what the person may do with it."""
    row = _request(request, contract, request_pk)
    return _page(request, row, load_request_duties(row, request.user, request.held))


@require_POST
def answer(request: PageRequest, contract: str, request_pk: int) -> HttpResponse:
    """Answering, answering again, or closing it with the answer."""
    row = _request(request, contract, request_pk)
    is_last = bool(request.POST.get("close"))
    duties = load_request_duties(row, request.user, request.held)
    form = AnswerRequestForm(request.POST)
    do = close_request if is_last else answer_request
    said = f"{row.reference} is {'closed: it heads no paper from now on' if is_last else 'answered'}."
    is_theirs = duties.may_close if is_last else duties.may_answer
    return _done(request, row, form, "answer", said, lambda: do(**_about(request, row), **form.cleaned_data), is_theirs)


@require_POST
def hand(request: PageRequest, contract: str, request_pk: int) -> HttpResponse:
    """Making another post its owner."""
    row = _request(request, contract, request_pk)
    duties = load_request_duties(row, request.user, request.held)
    form = HandRequestForm(request.POST, people=people_of(row.contract) if duties.may_hand else ())

    def do() -> BoardRequest:
        return hand_request(**_about(request, row), owner=form.cleaned_data["owner"], assigned_to=form.chosen)

    return _done(request, row, form, "hand", f"{row.reference} is handed over.", do, duties.may_hand)


@require_POST
def due(request: PageRequest, contract: str, request_pk: int) -> HttpResponse:
    """Putting the answer off to another meeting."""
    row = _request(request, contract, request_pk)
    duties = load_request_duties(row, request.user, request.held)
    form = MoveDueForm(request.POST, coming=planned_after(row.contract, request.today) if duties.may_move else ())

    def do() -> BoardRequest:
        return move_due(**_about(request, row), due=form.chosen, reason=form.cleaned_data["reason"])

    said = f"{row.reference} is due at another meeting."
    return _done(request, row, form, "move", said, do, duties.may_move)


@require_POST
def reopen(request: PageRequest, contract: str, request_pk: int) -> HttpResponse:
    """Opening a closed one again."""
    row = _request(request, contract, request_pk)
    duties = load_request_duties(row, request.user, request.held)
    form = ReopenForm(request.POST)
    said = f"{row.reference} is open again."
    do: Callable[[], BoardRequest] = lambda: reopen_request(**_about(request, row), **form.cleaned_data)  # noqa: E731
    return _done(request, row, form, "reopen", said, do, duties.may_reopen)


def _request(request: PageRequest, contract: str, pk: int) -> BoardRequest:
    known = BoardRequest.objects.known_on(contract_of(request, contract), request.today)
    row: BoardRequest = get_object_or_404(known.select_related("contract", "assigned_to", "question"), pk=pk)
    return row


def _about(request: PageRequest, row: BoardRequest) -> dict[str, Any]:
    return {"request": row, "by": request.user, "on": request.today, "version": version_sent(request)}


def _done(
    request: PageRequest,
    row: BoardRequest,
    form: forms.Form,
    name: str,
    said: str,
    do: Callable[[], BoardRequest],
    is_theirs: bool,
) -> HttpResponse:
    """
    Does it and leads back to the request, or shows the page again with what was typed and why it was not taken.

    A request that has moved on since the page was opened is shown as it stands now, beside what was typed.
    """
    if not may_minute(row.contract, request.held) and row.assigned_to_id != request.user.pk:
        raise PermissionDenied
    if is_theirs and not form.is_valid():
        duties = load_request_duties(row, request.user, request.held)
        return _page(request, row, duties, UNPROCESSABLE, {name: form})
    try:
        if not is_theirs:
            raise RequestRefused(_moved_on(request, row))
        do()
    except RequestRefused as refusal:
        row.refresh_from_db()
        if form.is_bound and form.errors is not None:
            show_refusal(form, refusal)
        duties = load_request_duties(row, request.user, request.held)
        return _page(request, row, duties, CONFLICT, {name: form})
    messages.success(request, said)
    return redirect("reports:request", row.contract.reference, row.pk)


def _moved_on(request: PageRequest, row: BoardRequest) -> str:
    return f"{row.reference} is {row.status} now, so that nothing was changed."


def _page(
    request: PageRequest, row: BoardRequest, duties: RequestDuties, status: int = 200, sent: Forms | None = None
) -> HttpResponse:
    """The request with its forms; the one that was filled in wrongly as it was, even where it can no longer be sent."""
    typed: Forms = sent or {}
    people, coming = load_takers(row.contract, max(row.raised_on, request.today))
    begin = {"owner": row.owner, "assigned_to": row.assigned_to_id}
    shown: Forms = {
        "answer": AnswerRequestForm(initial={"answer": row.answer}) if duties.may_answer else None,
        "hand": HandRequestForm(people=people, initial=begin) if duties.may_hand else None,
        "move": MoveDueForm(coming=coming) if duties.may_move and coming else None,
        "reopen": ReopenForm() if duties.may_reopen else None,
    }
    values = {
        "contract": row.contract,
        "version": row.version,
        "page": load_request_page(row, request.held, request.today),
        "duties": duties,
        "forms": shown | typed,
        "form": next(iter(typed.values()), None) or AnswerRequestForm(),
    }
    return render(request, "reports/request.html", values, status=status)


def _choices(register: Register) -> dict[str, list[tuple[str, str]]]:
    return {
        "status": [("", "Any"), *((each, each.capitalize()) for each in register.counts)],
        "kind": [("", "Any"), *((kind.value, kind.label.capitalize()) for kind in BoardRequest.Kind)],
        "meeting": [("", "Any"), *((str(pk), day_long(day)) for pk, day in register.meetings)],
        "owner": [("", "Anybody"), *((owner, owner) for owner in register.owners)],
        "overdue": [("", "Overdue or not"), ("yes", "Overdue")],
    }
