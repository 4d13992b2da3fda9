"""What the Board opens: the meetings about a contract, and their papers."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contracts.http import PageRequest, contract_of
from contracts.models import Contract
from contracts.rules.roles import ASKS_FOR_PAPERS, SEES_DRAFTS
from reports.models import Meeting, Paper, PaperFile, PaperRun
from reports.models.paper import Kind
from reports.queries.meetings import load_meeting, load_meetings
from reports.queries.runs import progress_of
from reports.render.words import document
from reports.services.asking import TooEarly, ask_for_paper
from reports.services.drafts import REFUSALS
from reports.snapshot import from_json


@require_safe
def meetings(request: PageRequest, contract: str) -> HttpResponse:
    """The meetings of the boards that watch a contract."""
    shown = contract_of(request, contract)
    rows = load_meetings(shown, request.user)
    return render(request, "reports/meetings.html", {"contract": shown, "meetings": rows})


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


@require_safe
def paper(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """A paper as a page: the snapshot that was stored, nothing newer."""
    stored = _stored(request, contract, paper)
    if stored.meeting_id is None:
        raise Http404("A month’s report has an address of its own.")
    shown = document(from_json(stored.snapshot))
    return render(request, "reports/paper_page.html", {"contract": stored.contract, "paper": stored, "document": shown})


@require_safe
def file(request: PageRequest, contract: str, paper: int, name: str) -> FileResponse:
    """One of a paper's files."""
    stored = get_object_or_404(PaperFile, paper=_stored(request, contract, paper), name=name)
    path = settings.PAPERS_DIR / stored.path
    if not path.is_file():
        raise Http404(f"The file {name} is no longer in the papers’ folder.")
    return FileResponse(path.open("rb"), as_attachment=True, filename=stored.name)


def _meeting(request: PageRequest, reference: str, pk: int) -> tuple[Contract, Meeting]:
    shown = contract_of(request, reference)
    return shown, get_object_or_404(Meeting.objects.select_related("board"), pk=pk, board__contracts=shown)


def _stored(request: PageRequest, reference: str, pk: int) -> Paper:
    contract = contract_of(request, reference)
    stored: Paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=pk, contract=contract)
    return stored


def asked_in_words(run: PaperRun) -> str:
    """What became of asking for a paper: asked for again while it is written, it is still written once."""
    name = Kind(run.kind).label.capitalize()
    if run.state == PaperRun.State.FINISHED:
        return f"{name}: it is written already."
    return f"{name}: it is being written. This page shows how far it is."
