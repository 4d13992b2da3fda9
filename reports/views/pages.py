"""What the Board opens: the meetings about a contract, and their papers."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contracts.http import PageRequest, contract_of
from contracts.models import Contract
from contracts.rules.roles import SEES_DRAFTS
from reports.models import Meeting, Paper, PaperFile
from reports.queries.meetings import load_meeting, load_meetings
from reports.queries.runs import PaperProgress, progress_of
from reports.render.words import document
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
    page = load_meeting(shown, row, request.user, request.today)
    return render(
        request,
        "reports/meeting.html",
        {"contract": shown, "page": page, "meeting": row, "run": _progress(request, shown, row)},
    )


@require_safe
def progress(request: PageRequest, contract: str, meeting: int) -> HttpResponse:
    """How far the meeting's paper is, as the fragment that the meeting's page renews."""
    shown, row = _meeting(request, contract, meeting)
    run = _progress(request, shown, row)
    if run is None:
        raise Http404("Drafts are not shown to this role.")
    return render(request, "reports/progress.html", {"contract": shown, "meeting": row, "run": run})


@require_safe
def paper(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """A paper as a page: the snapshot that was stored, nothing newer."""
    stored = _stored(request, contract, paper)
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


def _progress(request: PageRequest, contract: Contract, meeting: Meeting) -> PaperProgress | None:
    """How far the draft is, for those whose role works on drafts."""
    if not request.held.holds(SEES_DRAFTS, contract.reference):
        return None
    return progress_of(contract, meeting)
