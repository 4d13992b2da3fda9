"""Adding a series of meetings: the rule, the days it gives to look at, then the days that were ticked."""

from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, takes_a_form
from contracts.models import Contract
from contracts.queries import calendar_with
from reports.forms.meetings import SeriesForm, days_chosen
from reports.models import Board
from reports.queries.calendar import preview_series
from reports.rules.series import Proposal, SeriesNotPossible
from reports.services.meetings import plan_series
from reports.views.calendar import board_of


@takes_a_form
def series(request: PageRequest, contract: str, board: int) -> HttpResponse:
    """The first post shows the days, the second, which bears the mark of what was shown, plans those ticked."""
    shown, row = board_of(request, contract, board)
    form = SeriesForm(request.POST or None)
    if not form.is_valid():
        return _form(request, shown, row, form, UNPROCESSABLE if request.method == "POST" else 200)
    try:
        asked = form.series
    except SeriesNotPossible as refusal:
        form.add_error(refusal.field, str(refusal))
        return _form(request, shown, row, form, UNPROCESSABLE)
    proposals = preview_series(row, asked, calendar_with(request.closed_days), request.today)
    mark = request.POST.get("shown", "")
    chosen = days_chosen(request.POST.getlist("days")) & {each.day for each in proposals if each.is_free}
    if mark == mark_of(proposals) and chosen:
        made = plan_series(
            board=row, by=request.user, on=request.today, days=chosen, why=asked.in_words(), details=form.details
        )
        messages.success(request, f"{len(made)} meetings are planned." if len(made) != 1 else "1 meeting is planned.")
        return redirect("reports:board_calendar", shown.reference, row.pk)
    if mark == mark_of(proposals):
        problem, status = "Tick at least one day, or go back to the calendar.", UNPROCESSABLE
    else:
        problem, status = (MOVED_ON, CONFLICT) if mark else ("", 200)
    ticked = chosen if mark else {each.day for each in proposals if each.is_chosen}
    values = {"proposals": proposals, "words": asked.in_words(), "mark": mark_of(proposals), "ticked": ticked}
    return _form(request, shown, row, form, status, problem=problem, **values)


MOVED_ON = "The calendar has changed since you looked. Look at the days again."


def mark_of(proposals: tuple[Proposal, ...]) -> str:
    """Stands for what was shown: the same days with the same said of each."""
    said = "\n".join(f"{each.day.isoformat()} {each.words}" for each in proposals)
    return sha256(said.encode()).hexdigest()[:32]


def _form(
    request: PageRequest, shown: Contract, row: Board, form: SeriesForm, status: int, **values: object
) -> HttpResponse:
    page = {"contract": shown, "board": row, "form": form, "proposals": None, "problem": ""}
    return render(request, "reports/calendar_series.html", page | values, status=status)
