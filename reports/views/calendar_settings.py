"""The settings of a board, and the days on which the council itself closes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, contract_of, takes_a_form, version_sent
from contracts.models import ClosedDay, Contract
from contracts.rules.months import day_long
from contracts.rules.roles import KEEPS_CALENDAR
from contracts.services.refusals import Refused
from reports.forms.meetings import BoardForm, ClosedDayForm, OpenDayForm
from reports.models import Board
from reports.queries.calendar import load_closed_days
from reports.services.board_settings import BoardMovedOn, change_board, close_day, open_day
from reports.views.calendar import board_of


@takes_a_form
def settings(request: PageRequest, contract: str, board: int) -> HttpResponse:
    """The dates before a board's meetings, and what its papers say."""
    shown, row = board_of(request, contract, board)
    form = BoardForm(request.POST or None, instance=Board.objects.get(pk=row.pk))
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
    if form.is_valid():
        try:
            change_board(board=row, by=request.user, version=version_sent(request), settings=form.settings)
        except BoardMovedOn as refusal:
            form.add_error(None, str(refusal))
            return _settings(request, shown, refusal.now, form, CONFLICT, is_stale=True)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"The settings of {row.name} are saved.")
            return redirect("reports:board_calendar", shown.reference, row.pk)
    return _settings(request, shown, row, form, status)


def _settings(
    request: PageRequest, shown: Contract, row: Board, form: BoardForm, status: int, *, is_stale: bool = False
) -> HttpResponse:
    version = row.version if is_stale or request.method != "POST" else version_sent(request)
    values = {"contract": shown, "board": row, "form": form, "is_stale": is_stale, "version": version}
    values["standing"] = [(form.fields[name].label, str(getattr(row, name))) for name in BoardForm.Meta.fields]
    return render(request, "reports/calendar_settings.html", values, status=status)


@takes_a_form
def closed_days(request: PageRequest, contract: str) -> HttpResponse:
    """The days on which the council closes besides weekends and bank holidays, and adding one."""
    shown = _kept(request, contract)
    form = ClosedDayForm(request.POST or None)
    if form.is_valid():
        try:
            row = close_day(day=form.cleaned_data["day"], reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"The council is closed on {day_long(row.closed_on)}.")
            return redirect("reports:closed_days", shown.reference)
    rows = load_closed_days()
    status = UNPROCESSABLE if request.method == "POST" else 200
    values = {"contract": shown, "form": form, "days": rows}
    return render(request, "reports/calendar_closed.html", values, status=status)


@takes_a_form
def remove_closed_day(request: PageRequest, contract: str, day: int) -> HttpResponse:
    """Taking a closed day away, with the reason."""
    shown = _kept(request, contract)
    row = get_object_or_404(ClosedDay, pk=day)
    form = OpenDayForm(request.POST or None)
    if form.is_valid():
        try:
            open_day(row=row, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"The council is open on {day_long(row.closed_on)}.")
            return redirect("reports:closed_days", shown.reference)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reports/calendar_open.html", {"contract": shown, "form": form, "day": row}, status=status)


def _kept(request: PageRequest, reference: str) -> Contract:
    shown = contract_of(request, reference)
    if not request.held.holds(KEEPS_CALENDAR, shown.reference):
        raise PermissionDenied
    return shown
