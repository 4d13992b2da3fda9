"""Pages of the monthly return: what is owed, the entry form, and the draft that saves itself."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contracts.http import CONFLICT, PageRequest, contract_of, takes_a_form
from contracts.queries import calendar_with, instant_on
from contracts.readings import ask, beside, read_now
from contracts.rules.months import Month, last_owed, month_of
from contracts.rules.typed import key_sent
from kpis.forms.returns import read_offers, read_rows, wants_offer
from kpis.forms.rows import LABELS, FormRow, form_rows
from kpis.models import Return
from kpis.queries.desk import Desk, Enterable
from kpis.queries.duties import duties_of
from kpis.queries.evidence import load_beside
from kpis.queries.owed import read_owed
from kpis.rules.checks import CELLS, Tally, tally
from kpis.services.entries import ReturnClosed, Row, Saved, save_entries
from kpis.views.places import Place, find_enterable, find_place
from kpis.views.return_rows import frame_of, written_rows

SIGNED_OUT = 401
RECENTLY_CLOSED = 12
SAID = CELLS[3:]
"""What a row says beside its figures."""
SAID_TO_THE_SUPPLIER = tuple(cell for cell in SAID if cell != "comment")
"""Once the month is handed in, a comment is between the area and the contract manager."""


@require_safe
def owed(request: PageRequest, contract: str) -> HttpResponse:
    """The months that the person's areas owe, and what became of the last ones."""
    shown, held = contract_of(request, contract), request.held
    if not held.looks_into_some(contract):
        raise Http404(f"No return of {contract} is theirs to open.")
    keys, waiting = read_now(
        beside(
            ask(shown.service_areas.values_list("pk", flat=True)),
            read_owed(shown, request.today, calendar_with(request.closed_days)),
        )
    )
    last = last_owed(shown.ends_on, request.today)
    own = [pk for pk in keys[0] if held.looks_into(contract, pk)]
    areas, entered = set(own), {pk for pk in own if held.enters(contract, pk)}
    private = {pk for pk in own if not held.reads_typed(contract, pk)}
    closed = Return.objects.filter(service_area__in=areas, state__in=(Return.State.SUBMITTED, Return.State.VERIFIED))
    return render(
        request,
        "kpis/returns.html",
        {
            "contract": shown,
            "owed": [(each, each.days_overdue(request.today)) for each in waiting if each.area.pk in areas],
            "entered": entered,
            "private": private,
            "last": last if last >= month_of(shown.commences_on) else None,
            "handed_in": closed.select_related("service_area", "submitted_by", "verified_by").order_by(
                "-month", "service_area"
            )[:RECENTLY_CLOSED],
        },
    )


@takes_a_form
def form(request: PageRequest, contract: str, area: str, month: Month) -> HttpResponse:
    """One row per KPI in force; a return that takes no figures is shown as it stands."""
    if request.method == "POST":
        return _save(request, find_enterable(request, contract, area, month))
    place = find_place(request, contract, area, month)
    desk = place.desk()
    shows_all = "checked" in request.GET
    return _show(request, place, desk, form_rows(desk, request.today, shows_all=shows_all))


def _save(request: PageRequest, place: Place) -> HttpResponse:
    enterable = place.enterable()
    rows = _read(request, place, enterable)
    try:
        saved = save_entries(
            area=place.area, month=place.month, rows=rows, by=request.user, at=instant_on(request.today)
        )
    except ReturnClosed:
        desk = place.desk_now()
        return _show(request, place, desk, form_rows(desk, request.today), lost=_unsaved(rows, desk), status=CONFLICT)
    address = [place.contract.reference, place.area.code, place.month]
    if saved.stale:
        desk = place.desk_now()
        return _show(request, place, desk, _rows_after(desk, rows, saved, request), status=CONFLICT)
    if "check" in request.POST:
        return redirect("kpis:return_check", *address)
    messages.success(request, f"The draft was saved at {_clock(saved)}.")
    if code := next((row.code for row in enterable.values() if row.code == request.POST.get("evidence")), ""):
        return redirect("kpis:evidence", *address, code)
    response = redirect("kpis:return_form", *address)
    if "take" in request.POST:
        response["Location"] += f"#row-{request.POST['take']}"
    return response


def _read(request: PageRequest, place: Place, enterable: Mapping[int, Enterable]) -> tuple[Row, ...]:
    sent = request.POST.dict()
    offered = read_offers(sent, place.desk().lines) if wants_offer(sent) else {}
    return read_rows(sent, enterable, offered)


@require_POST
def autosave(request: PageRequest, contract: str, area: str, month: Month) -> HttpResponse:
    """Saves the rows that a page with scripts sends as they change; answers what they mean now."""
    place = find_enterable(request, contract, area, month)
    if request.POST.get("as", str(request.user.pk)) != str(request.user.pk):
        return JsonResponse({"said": "Somebody else is signed in here now."}, status=SIGNED_OUT)
    rows = _read(request, place, place.enterable())
    try:
        saved = save_entries(
            area=place.area, month=place.month, rows=rows, by=request.user, at=instant_on(request.today)
        )
    except ReturnClosed as closed:
        return JsonResponse({"said": _closed(closed.area_return)}, status=CONFLICT)
    desk = place.desk_now()
    sent = {pk for name in request.POST if (pk := key_sent(name.removesuffix("-version")))}
    shown = _rows_after(desk, rows, saved, request, only=sent)
    return JsonResponse(
        {
            "bar": f"{_tally(shown, desk, request).words} · draft saved {_clock(saved)}",
            "rows": {row.pk: _answer(request, row) for row in shown},
        }
    )


def _answer(request: HttpRequest, row: FormRow) -> dict[str, Any]:
    """What the page puts into a row: what it means, the version to name next, and what stands in its cells."""
    return {
        "said": render_to_string("kpis/return_answer.html", {"row": row}, request),
        "version": row.version,
        "asks": row.asks_why,
        "is_stale": row.stale is not None,
        "cells": {cell: getattr(row.typed, cell) for cell in CELLS},
    }


def _rows_after(
    desk: Desk, sent: tuple[Row, ...], saved: Saved, request: PageRequest, only: Collection[int] | None = None
) -> tuple[FormRow, ...]:
    versions = {row.kpi: f"{row.version} {row.was}" for row in sent}
    return form_rows(desk, request.today, stale=saved.stale, versions=versions, only=only)


def _unsaved(rows: tuple[Row, ...], desk: Desk) -> list[tuple[str, list[tuple[str, str]]]]:
    """What was typed and could not be saved, to be read and copied: by KPI, label and words."""
    codes = {line.pk: line for line in desk.lines}
    return [
        (
            codes[row.kpi].terms.code,
            [(LABELS[cell], words) for cell in CELLS if (words := getattr(row.typed, cell))],
        )
        for row in rows
        if row.is_touched and row.kpi in codes and row.typed != codes[row.kpi].standing.typed
    ]


def _show(
    request: PageRequest,
    place: Place,
    desk: Desk,
    rows: tuple[FormRow, ...],
    *,
    lost: Any = (),
    status: int = 200,
) -> HttpResponse:
    is_form = place.may_enter and desk.is_open
    is_shown = not desk.is_open or place.may_look
    counted = _tally(rows, desk, request)
    corrected, files = load_beside(desk, is_shown=is_shown)
    context: Mapping[str, Any] = {
        "contract": place.contract,
        "place": place,
        "desk": desk,
        "rows": rows if is_shown else (),
        "tally": counted,
        "labels": LABELS,
        "lost": lost,
        "is_shown": is_shown,
        "typist": request.user.pk,
        "overdue": max((request.today - place.due_on).days, 0) if place.due_on else 0,
        "bar": _bar(desk, counted),
        "said_cells": SAID if place.may_submit or not place.may_enter else SAID_TO_THE_SUPPLIER,
        "may_ask": duties_of(request.held, place.contract).may_ask,
        "corrected": corrected,
        "evidence": files,
    }
    if not is_form:
        return render(request, "kpis/return_closed.html", context, status=status)
    frame = frame_of(desk, place.contract.reference, request.today, is_read_by_supplier=place.may_submit)
    written = written_rows(rows, frame, files) if is_shown else []
    return render(request, "kpis/return_form.html", {**context, "written": written}, status=status)


def _tally(rows: tuple[FormRow, ...], desk: Desk, request: PageRequest) -> Tally:
    """Of what stands on the desk; rows that show that have been checked already."""
    known = {row.pk: row.checked for row in rows if row.stale is None}
    typed = [(line.standing.typed, line) for line in desk.lines]
    return tally((cells, known.get(line.pk) or line.check(cells, desk.month, request.today)) for cells, line in typed)


def _bar(desk: Desk, counted: Tally) -> str:
    saved_at = desk.last_saved_at
    return f"{counted.words} · draft saved {timezone.localtime(saved_at):%H:%M}" if saved_at else counted.words


def _clock(saved: Saved) -> str:
    return f"{timezone.localtime(saved.at):%H:%M}"


def _closed(area_return: Return) -> str:
    state = "verified" if area_return.state == Return.State.VERIFIED else "submitted"
    return f"The return was {state} meanwhile and takes no figures. What you typed here is kept in this browser."
