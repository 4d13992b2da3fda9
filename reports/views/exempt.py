"""Marking what of a paper is not for publication."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, takes_a_form
from contracts.services.refusals import Refused
from reports.forms.exempt import ExemptForm
from reports.models import Paper
from reports.queries.exempt import ExemptPage, load_exempt_page
from reports.rules.exempt import parts_of
from reports.services.drafts import REFUSALS
from reports.services.exempt import MarksChanged, MarksRefused, mark_exempt
from reports.services.rebuilding import rebuild
from reports.views.drafts import written_by
from reports.views.papers import note_reading


@takes_a_form
def exempt(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Which parts of a draft go into a second paper that is not for publication; after sign-off, reading which did."""
    stored = written_by(request, contract, paper)
    if not parts_of(stored.kind):
        raise Http404("Nothing of such a paper is withheld.")
    page = load_exempt_page(stored)
    form = ExemptForm(request.POST if request.method == "POST" else None, page=page)
    if page.newest.has_exempt_part or page.appendices:
        note_reading(request, stored, "what is not for publication")
    if page.closed:
        return _shown(request, stored, page, form, CONFLICT if request.method == "POST" else 200)
    if not form.is_valid():
        return _shown(request, stored, page, form, UNPROCESSABLE if form.is_bound else 200)
    try:
        is_changed = mark_exempt(
            paper=stored,
            by=request.user,
            at=timezone.now(),
            shown=request.POST.get("state", ""),
            marks=form.marks,
            appendices=form.appendices,
        )
    except MarksChanged as refusal:
        show_refusal(form, refusal)
        return _shown(request, stored, page, form, CONFLICT, is_stale=True)
    except MarksRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("reports:exempt", contract, stored.pk)
    if not is_changed:
        messages.success(request, "Nothing was changed.")
        return redirect("reports:exempt", contract, stored.pk)
    return _built_again(request, page.newest)


def _built_again(request: PageRequest, paper: Paper) -> HttpResponse:
    """A draft is parted as it is built, so the marks are in the next revision and in none before it."""
    try:
        run = rebuild(paper=paper, by=request.user, on=request.today, now=timezone.now(), reason="exempt parts changed")
    except (Refused, *REFUSALS) as refusal:
        messages.warning(request, f"What is not for publication is saved, but the draft was not built again: {refusal}")
        return redirect("reports:exempt", paper.contract.reference, paper.pk)
    messages.success(request, f"What is not for publication is saved. Revision {run.revision} is being built with it.")
    return redirect("reports:meeting", paper.contract.reference, paper.meeting_id)


def _shown(
    request: PageRequest, paper: Paper, page: ExemptPage, form: ExemptForm, status: int, *, is_stale: bool = False
) -> HttpResponse:
    values = {"contract": paper.contract, "paper": paper, "page": page, "form": form, "is_stale": is_stale}
    return render(request, "reports/exempt.html", values, status=status)
