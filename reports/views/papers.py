"""One paper: as a page with its desk at the head, and as files."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from contracts.http import PageRequest, contract_of
from contracts.models import Access
from contracts.readings import together
from contracts.rules.roles import TAKES_ZIP
from contracts.services.accesses import note_access
from reports.models import FrozenFile, Paper, PaperFile, UploadedEdition
from reports.models.paper import Audience
from reports.queries.bundle import BundleDamaged, clerk_bundle
from reports.queries.comparison import changes_since_last
from reports.queries.desk import Desk, load_desk, text_of, title_of
from reports.queries.written import frozen_files, with_files
from reports.render.document import Document
from reports.render.words import document
from reports.rules.reading import Reader, reader_of
from reports.snapshot import from_json
from reports.views.files import stored_file

IN_PRINT = {Paper.Status.SIGNED_OFF: "signed off"}


@require_safe
def paper(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """A paper as a page: the snapshot that was stored, nothing newer; above it where it stands."""
    stored = board_paper(request, contract, paper)
    reader = reader_of(request.held, contract)
    desk = load_desk(stored, request.held, request.user.pk, request.today)
    reads_exempt = stored.has_exempt_part and _reads_exempt(stored, reader)
    part = Audience.EXEMPT if reads_exempt and request.GET.get("part") == "exempt" else Audience.PUBLIC
    if part == Audience.EXEMPT:
        note_reading(request, stored, "the page")
    return render(
        request,
        "reports/paper_page.html",
        {
            "contract": stored.contract,
            "desk": desk,
            "changes": changes_since_last(stored, request.user) if _is_draft(desk) else None,
            "title": title_of(stored),
            "document": _document(desk, part),
            "part": part,
            "has_exempt_part": reads_exempt,
        },
    )


def _is_draft(desk: Desk) -> bool:
    return desk.is_for_workers and desk.paper.status == Paper.Status.DRAFT


@require_safe
def file(request: PageRequest, contract: str, paper: int, name: str, edition: str) -> HttpResponseBase:
    """A file of a draft, or of a paper as it was signed off, for those who work on papers."""
    stored, reader = paper_seen(request, contract, paper), reader_of(request.held, contract)
    found = get_object_or_404(PaperFile, paper=stored, edition=edition, name=name)
    is_exempt = found.audience == Audience.EXEMPT
    is_for_a_month = stored.meeting_id is None
    if not is_for_a_month and (stored.status == Paper.Status.REMOVED or not reader.opens_draft(is_exempt=is_exempt)):
        raise Http404(f"The file {name} is not theirs to open.")
    return _sent(request, stored, found, is_exempt=is_exempt)


@require_safe
def frozen_file(request: PageRequest, contract: str, paper: int, name: str) -> HttpResponseBase:
    """A file as it went to the clerk."""
    stored = _of_the_contract(request, contract, paper)
    reader = reader_of(request.held, contract)
    for found in frozen_files(stored, name):
        is_exempt = found.frozen.audience == Audience.EXEMPT
        if reader.opens_frozen(stored.status, is_exempt=is_exempt):
            return _sent(request, stored, found, is_exempt=is_exempt)
    raise Http404(f"The file {name} is not theirs to open.")


@require_safe
def uploaded_edition(request: PageRequest, contract: str, paper: int, edition: int) -> HttpResponse:
    """A file as the council edited it."""
    stored, reader = paper_seen(request, contract, paper), reader_of(request.held, contract)
    found = get_object_or_404(UploadedEdition, pk=edition, paper=stored)
    is_exempt = found.audience == Audience.EXEMPT
    if not reader.opens_frozen(stored.status, is_exempt=is_exempt):
        raise Http404("This file is not theirs to open.")
    if is_exempt:
        note_reading(request, stored, found.name)
    named = {"Content-Disposition": content_disposition_header(True, found.name) or "attachment"}
    return HttpResponse(bytes(found.content), content_type=found.content_type, headers=named)


@require_safe
def paper_zip(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Everything that went to the clerk, as one zip; none is made of files that are not what they were."""
    stored = board_paper(request, contract, paper)
    if not request.held.holds(TAKES_ZIP, contract):
        raise PermissionDenied
    if stored.status == Paper.Status.REMOVED or not stored.frozen.all():
        raise Http404("Nothing of this paper went to the clerk, or it was removed.")
    try:
        name, content = clerk_bundle(stored)
    except BundleDamaged as refusal:
        messages.warning(request, f"The zip was not made: {refusal}")
        return redirect("reports:paper", contract, stored.pk)
    if stored.has_exempt_part:
        note_reading(request, stored, name)
    named = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type="application/zip", headers=named)


def paper_seen(request: PageRequest, reference: str, pk: int) -> Paper:
    """The paper, if it is theirs to see; with its contract, its meeting and its files."""
    if not request.held.sees(reference):
        raise Http404(f"There is no contract {reference}.")
    seen = Paper.objects.visible_to(request.user).filter(pk=pk, contract__reference=reference)
    (found,) = together(with_files(seen).select_related("contract", "meeting__board"))
    if not found:
        raise Http404(f"{reference} has no such paper.")
    stored: Paper = found[0]
    return stored


def board_paper(request: PageRequest, reference: str, pk: int) -> Paper:
    """The same, of a meeting: a month's report is signed by nobody, and has an address of its own."""
    stored = paper_seen(request, reference, pk)
    if stored.meeting_id is None:
        raise Http404("A month’s report has an address of its own.")
    return stored


def _of_the_contract(request: PageRequest, reference: str, pk: int) -> Paper:
    """Any paper of a contract that they see: who opens which of its files is decided file by file."""
    stored: Paper = get_object_or_404(Paper.objects.light(), pk=pk, contract=contract_of(request, reference))
    return stored


def _reads_exempt(paper: Paper, reader: Reader) -> bool:
    """Whether the exempt half is theirs to read on the page, as far as the paper has come."""
    return reader.opens_draft(is_exempt=True) or reader.opens_frozen(paper.status, is_exempt=True)


def _document(desk: Desk, part: str) -> Document | None:
    """The half of the paper in words; of one that is gone, only those who work on papers still read what is left."""
    paper = desk.paper
    if not desk.is_for_workers and paper.status != Paper.Status.PUBLISHED:
        return None
    text = text_of(paper, part)
    if not text:
        return None
    snapshot = from_json(text)
    return document(replace(snapshot, status=IN_PRINT.get(Paper.Status(paper.status), snapshot.status)))


def _sent(request: PageRequest, paper: Paper, file: PaperFile | FrozenFile, *, is_exempt: bool) -> HttpResponseBase:
    if is_exempt:
        note_reading(request, paper, file.name)
    return stored_file(file)


def note_findings(request: PageRequest, paper: Paper) -> None:
    """What to look at before a draft is signed off is read in both its parts together, which is written down."""
    if paper.has_exempt_part:
        note_reading(request, paper, "what to look at")


def note_reading(request: PageRequest, paper: Paper, what: str) -> None:
    """Who opened what is not for publication is written down for the audit, where it stays."""
    subject = f"{paper}: {what}"
    note_access(Access.Kind.EXEMPT, person=request.user, subject=subject, at=timezone.now())
