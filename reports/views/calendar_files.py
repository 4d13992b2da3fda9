"""Meetings and their dates as a file for people's own calendars."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from contracts.http import PageRequest, contract_of
from contracts.models import Contract
from contracts.queries import calendar_with
from contracts.rules.roles import SEES_DRAFTS
from reports.models import Board, Meeting
from reports.queries.calendar import events_of
from reports.render.ics import calendar_file


@require_safe
def meeting_ics(request: PageRequest, contract: str, meeting: int) -> HttpResponse:
    """One meeting with its dates."""
    shown = contract_of(request, contract)
    row: Meeting = get_object_or_404(Meeting.objects.select_related("board"), pk=meeting, board__contracts=shown)
    name = f"{shown.reference}-meeting-{row.meeting_on.isoformat()}"
    return _file(request, shown, [row], row.board.name, name)


@require_safe
def board_ics(request: PageRequest, contract: str, board: int) -> HttpResponse:
    """The meetings of a board to come, cancelled ones among them, so that a calendar that has them crosses them out."""
    shown = contract_of(request, contract)
    row: Board = get_object_or_404(Board, pk=board, contracts=shown)
    coming = Meeting.objects.to_come_of(row, request.today)
    return _file(request, shown, coming, row.name, f"{shown.reference}-meetings")


def _file(request: PageRequest, shown: Contract, meetings: Iterable[Meeting], title: str, name: str) -> HttpResponse:
    events = events_of(
        shown,
        meetings,
        calendar_with(request.closed_days),
        works_on_papers=request.held.holds(SEES_DRAFTS, shown.reference),
        address=settings.SITE_URL,
    )
    content = calendar_file(title, events, stamp=timezone.now())
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )
