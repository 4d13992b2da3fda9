"""Putting the proposed key projects to a meeting: projects know days, meetings are the Board's."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.ui.formats import day
from contracts.http import PageRequest, contract_of
from projects.queries.key_duties import key_duties_of
from projects.queries.key_lists import load_proposal_page
from projects.services.key_lists import KeyListRefused, put_to_board
from reports.forms.key_lists import PutToMeetingForm
from reports.queries.meetings import meetings_to_come


@require_http_methods(["GET", "HEAD", "POST"])
def put_key_list(request: PageRequest, contract: str) -> HttpResponse:
    """The meeting to which the proposal goes is chosen among those to come."""
    shown = contract_of(request, contract)
    if not key_duties_of(request.held, request.user, shown).may_propose:
        raise PermissionDenied
    page = load_proposal_page(shown, request.user, request.today)
    if page is None or page.proposal.put_to_board_on:
        return redirect("projects:key_proposal", shown.reference)
    form = PutToMeetingForm(request.POST or None, meetings=meetings_to_come(shown, request.today))
    if form.is_valid():
        typed, meeting = request.POST.get("version", ""), form.chosen
        version = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1
        try:
            put_to_board(
                contract=shown,
                by=request.user,
                on=request.today,
                version=version,
                meeting_on=meeting.meeting_on,
                board=meeting.board.name,
            )
        except KeyListRefused as refusal:
            for fault in refusal.faults:
                form.add_error(fault.field if fault.field in form.fields else None, fault.words)
        else:
            told = f"The proposal is put to {meeting.board.name} of {day(meeting.meeting_on)}; the clerk is told."
            messages.success(request, told)
            return redirect("projects:key_proposal", shown.reference)
    return render(request, "reports/put_key_list.html", {"contract": shown, "page": page, "form": form})
