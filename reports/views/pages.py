"""What the Board opens: the meetings about a contract, how far their papers are, and having them written."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contracts.http import PageRequest, contract_of
from contracts.models import Contract
from contracts.rules.roles import ASKS_FOR_PAPERS, SEES_DRAFTS
from reports.models import Meeting, PaperRun
from reports.models.paper import Kind
from reports.queries.meeting_list import load_meetings
from reports.queries.meetings import load_meeting
from reports.queries.runs import progress_of
from reports.services.asking import TooEarly, ask_for_paper
from reports.services.drafts import REFUSALS


@require_safe
def meetings(request: PageRequest, contract: str) -> HttpResponse:
    """The meetings of the boards that watch a contract."""
    shown = contract_of(request, contract)
    page = load_meetings(shown, request.held, request.today)
    return render(request, "reports/meetings.html", {"contract": shown, "page": page})


@require_safe
def meeting(request: PageRequest, contract: str, meeting: int) -> HttpResponse:
    """One meeting: the dates before it, the months it judges, its papers and how far they are."""
    shown, row = _meeting(request, contract, meeting)
    page = load_meeting(shown, row, request.user, request.held, request.today)
    return render(request, "reports/meeting.html", {"contract": shown, "page": page, "meeting": row})


@require_safe
def progress(request: PageRequest, contract: str, meeting: int, kind: str) -> HttpResponse:
    """How far a paper of the meeting is, as the fragment that the meeting's page renews."""
    shown, row = _meeting(request, contract, meeting)
    if kind not in Kind or not request.held.holds(SEES_DRAFTS, shown.reference):
        raise Http404("Drafts are not shown to this role.")
    return render(request, "reports/progress.html", {"run": progress_of(shown, row, kind)})


@require_POST
def write(request: PageRequest, contract: str, meeting: int, kind: str) -> HttpResponse:
    """Having a paper of the meeting written that nobody has started, or again one that has failed."""
    shown, row = _meeting(request, contract, meeting)
    if not request.held.holds(ASKS_FOR_PAPERS, shown.reference):
        raise PermissionDenied
    if kind not in Kind:
        raise Http404(f"There is no paper called {kind}.")
    try:
        run = ask_for_paper(
            contract=shown, meeting=row, kind=kind, by=request.user, on=request.today, now=timezone.now()
        )
    except (TooEarly, *REFUSALS) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, asked_in_words(run))
    return redirect("reports:meeting", shown.reference, row.pk)


def _meeting(request: PageRequest, reference: str, pk: int) -> tuple[Contract, Meeting]:
    shown = contract_of(request, reference)
    return shown, get_object_or_404(Meeting.objects.select_related("board"), pk=pk, board__contracts=shown)


def asked_in_words(run: PaperRun) -> str:
    """What became of asking for a paper: asked for again while it is written, it is still written once."""
    name = Kind(run.kind).label.capitalize()
    if run.state == PaperRun.State.FINISHED:
        return f"{name}: it is written already."
    return f"{name}: it is being written. This page shows how far it is."
