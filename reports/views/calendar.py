"""The calendar of a board: its meetings, adding one or a series, and what changes a meeting."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, contract_of, takes_a_form, version_sent
from contracts.models import Contract
from contracts.queries import calendar_with
from contracts.rules.months import day_long
from contracts.rules.roles import KEEPS_CALENDAR, WRITES_PAPERS
from contracts.services.refusals import Refused
from reports.forms.meetings import AddForm, AgainForm, CancelForm, ChangeForm
from reports.models import Board, Meeting
from reports.queries.calendar import coming_requests, load_calendar
from reports.services.meetings import (
    Stale,
    cancel_meeting,
    change_meeting,
    hold_meeting,
    plan_again,
    plan_meeting,
)


@require_safe
def board_calendar(request: PageRequest, contract: str, board: int) -> HttpResponse:
    """All meetings of a board, past and to come."""
    shown, row = board_of(request, contract, board)
    page = load_calendar(shown, row, calendar_with(request.closed_days), request.today)
    may_add = request.held.holds(WRITES_PAPERS, shown.reference)
    values = {"contract": shown, "board": row, "page": page, "may_add": may_add}
    return render(request, "reports/calendar.html", values)


@takes_a_form
def add(request: PageRequest, contract: str, board: int) -> HttpResponse:
    """Adding one meeting."""
    shown, row = board_of(request, contract, board)
    form = AddForm(request.POST or None)
    if form.is_valid():
        try:
            made = plan_meeting(
                board=row, by=request.user, on=request.today, day=form.cleaned_data["day"], details=form.details
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"The meeting of {day_long(made.meeting_on)} is planned.")
            return redirect("reports:board_calendar", shown.reference, row.pk)
    values = {"contract": shown, "board": row, "form": form}
    return render(request, "reports/calendar_add.html", values, status=_status(request))


@takes_a_form
def change(request: PageRequest, contract: str, meeting: int) -> HttpResponse:
    """Moving a meeting, or changing its time or place."""
    shown, row = kept_meeting(request, contract, meeting)
    form = ChangeForm(request.POST or None, initial=ChangeForm.begin(row))

    def move() -> str:
        day = form.cleaned_data["day"]
        followed = change_meeting(
            meeting=row, by=request.user, on=request.today, now=timezone.now(), version=version_sent(request),
            day=day, details=form.details, reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return f"The meeting is on {day_long(day)}. {followed.in_words}"

    return _carried_out(request, shown, row, form, "change", move)


@takes_a_form
def cancel(request: PageRequest, contract: str, meeting: int) -> HttpResponse:
    """Cancelling a meeting, with the reason."""
    shown, row = kept_meeting(request, contract, meeting)
    form = CancelForm(request.POST or None)

    def call_off() -> str:
        followed = cancel_meeting(
            meeting=row, by=request.user, on=request.today, now=timezone.now(), version=version_sent(request),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return f"The meeting of {day_long(row.meeting_on)} is cancelled. {followed.in_words}"

    return _carried_out(request, shown, row, form, "cancel", call_off)


@takes_a_form
def again(request: PageRequest, contract: str, meeting: int) -> HttpResponse:
    """Planning a cancelled meeting again."""
    shown, row = kept_meeting(request, contract, meeting)
    form = AgainForm(request.POST or None, initial={"day": row.meeting_on})

    def plan() -> str:
        day = form.cleaned_data["day"]
        followed = plan_again(
            meeting=row, by=request.user, on=request.today, now=timezone.now(), version=version_sent(request), day=day
        )
        return f"The meeting is planned again, for {day_long(day)}. {followed.in_words}"

    return _carried_out(request, shown, row, form, "again", plan)


@require_POST
def hold(request: PageRequest, contract: str, meeting: int) -> HttpResponse:
    """Noting that a meeting took place."""
    shown, row = kept_meeting(request, contract, meeting)
    try:
        hold_meeting(meeting=row, by=request.user, on=request.today, version=version_sent(request))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"The meeting of {day_long(row.meeting_on)} is marked as held.")
    return redirect("reports:meeting", shown.reference, row.pk)


def board_of(request: PageRequest, reference: str, pk: int) -> tuple[Contract, Board]:
    """A board whose calendar is the person's to keep."""
    shown = contract_of(request, reference)
    row: Board = get_object_or_404(Board, pk=pk, contracts=shown)
    if not request.held.holds(KEEPS_CALENDAR, shown.reference):
        raise PermissionDenied
    return shown, row


def kept_meeting(request: PageRequest, reference: str, pk: int) -> tuple[Contract, Meeting]:
    """A meeting that is the person's to plan, move and cancel."""
    shown = contract_of(request, reference)
    row: Meeting = get_object_or_404(Meeting.objects.select_related("board"), pk=pk, board__contracts=shown)
    if not request.held.holds(KEEPS_CALENDAR, shown.reference):
        raise PermissionDenied
    return shown, row


def _carried_out(
    request: PageRequest,
    shown: Contract,
    row: Meeting,
    form: AgainForm | CancelForm | ChangeForm,
    page: str,
    act: Callable[[], str],
) -> HttpResponse:
    """
    Does what the form asks for and tells it in the words that come back.

    Otherwise the form again with what was typed; where somebody else was faster, beside what stands there now.
    """
    if not form.is_valid():
        return _form(request, shown, row, form, page, _status(request))
    try:
        told = act()
    except Refused as refusal:
        show_refusal(form, refusal)
        if isinstance(refusal, Stale):
            return _form(request, shown, refusal.now, form, page, CONFLICT, is_stale=True)
        return _form(request, shown, row, form, page, UNPROCESSABLE)
    messages.success(request, told.strip())
    return redirect("reports:meeting", shown.reference, row.pk)


def _form(
    request: PageRequest,
    shown: Contract,
    row: Meeting,
    form: AgainForm | CancelForm | ChangeForm,
    page: str,
    status: int,
    *,
    is_stale: bool = False,
) -> HttpResponse:
    version = row.version if is_stale or request.method != "POST" else version_sent(request)
    values = {"contract": shown, "meeting": row, "form": form, "is_stale": is_stale, "version": version}
    values["requests"] = coming_requests(row)
    return render(request, f"reports/calendar_{page}.html", values, status=status)


def _status(request: PageRequest) -> int:
    return UNPROCESSABLE if request.method == "POST" else 200
