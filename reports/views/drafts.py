"""A draft's words and its building again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, PageRequest, takes_a_form, version_sent
from contracts.rules.roles import WRITES_PAPERS
from contracts.rules.typed import text_typed
from contracts.services.refusals import Refused
from reports.forms.narratives import WordsForm, values_shown
from reports.models import Paper
from reports.queries.narratives import WordsPage, in_version, last_saved, load_words_page
from reports.services.drafts import REFUSALS
from reports.services.narratives import WordsChanged, WordsRefused, save_words
from reports.services.rebuilding import rebuild as build_again
from reports.views.papers import note_reading


@takes_a_form
def words(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Writing the words around a paper's figures; from its signing off on, reading them."""
    stored = written_by(request, contract, paper)
    page = load_words_page(stored, request.today)
    form = WordsForm(request.POST if request.method == "POST" else None, page=page)
    if page.withholds:
        note_reading(request, stored, "its words")
    if page.closed:
        values = {"contract": stored.contract, "paper": stored, "page": page}
        shown = {"said": values_shown(page.on_record.words)}
        return render(request, "reports/words_closed.html", values | shown, status=CONFLICT if form.is_bound else 200)
    if not form.is_bound or "add" in request.POST or not form.is_valid():
        version = version_sent(request) if form.is_bound else page.on_record.version
        return _words(request, stored, page, form, {"version": version})
    try:
        is_changed = save_words(
            paper=stored,
            by=request.user,
            at=timezone.now(),
            version=version_sent(request),
            words=form.words,
            remarks=form.remarks,
        )
    except WordsChanged as refusal:
        show_refusal(form, refusal)
        changed = form.merge(in_version(stored, version_sent(request)), page.on_record)
        told = {"version": page.on_record.version, "changed": changed, "last": last_saved(stored)}
        return _words(request, stored, page, form, told, CONFLICT)
    except WordsRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("reports:words", contract, stored.pk)
    messages.success(request, "The words are saved." if is_changed else "Nothing was changed.")
    if request.POST.get("then") == "rebuild":
        return _build_again(request, stored, "")
    return redirect("reports:words", contract, stored.pk)


@require_POST
def rebuild(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Having a draft built again, of the figures and words as they stand now."""
    stored = written_by(request, contract, paper)
    return _build_again(request, stored, text_typed(request.POST.get("reason", "")))


def written_by(request: PageRequest, reference: str, pk: int) -> Paper:
    """A paper of a meeting, for somebody who writes papers of its contract."""
    if not request.held.sees(reference):
        raise Http404(f"There is no contract {reference}.")
    seen = Paper.objects.visible_to(request.user).for_meetings().select_related("contract", "meeting__board", "of")
    stored: Paper = get_object_or_404(seen, pk=pk, contract__reference=reference)
    if not request.held.holds(WRITES_PAPERS, reference):
        raise PermissionDenied
    if stored.status == Paper.Status.REMOVED:
        raise Http404("Its contents were removed.")
    return stored


def _build_again(request: PageRequest, paper: Paper, reason: str) -> HttpResponse:
    try:
        run = build_again(paper=paper, by=request.user, on=request.today, now=timezone.now(), reason=reason)
    except (Refused, *REFUSALS) as refusal:
        messages.warning(request, str(refusal))
        return redirect("reports:paper", paper.contract.reference, paper.pk)
    messages.success(request, f"Revision {run.revision} is being built. This page shows how far it is.")
    return redirect("reports:meeting", paper.contract.reference, paper.meeting_id)


def _words(
    request: PageRequest,
    paper: Paper,
    page: WordsPage,
    form: WordsForm,
    more: dict[str, object],
    status: int = 200,
) -> HttpResponse:
    values = {"contract": paper.contract, "paper": paper, "page": page, "form": form, "changed": [], "last": None}
    if form.is_bound and form.errors and status == 200:
        status = 422
    return render(request, "reports/words.html", values | more, status=status)
