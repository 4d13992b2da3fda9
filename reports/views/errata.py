"""The errata of a paper, sentences of it that may need correcting, and having a slip of errata written."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, takes_a_form
from contracts.rules.roles import SIGNS_OFF, WRITES_PAPERS
from reports.build.told_errata import ISSUED
from reports.forms.errata import TypedWordsForm
from reports.models import Paper, TypedWords
from reports.queries.errata import TypedRow, errata_of, may_have_errata, typed_words_of, untold
from reports.rules.errata import NothingToCorrect
from reports.services.acts import ActRefused
from reports.services.slips import ask_for_slip
from reports.services.typed_words import AlreadySettled, WordsRefused, let_it_stay, word_it
from reports.views.papers import note_reading, paper_seen


@require_safe
def errata(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """What should read otherwise in a paper that was issued, by the corrections that caused it."""
    stored = paper_seen(request, contract, paper)
    is_issued = stored.status in ISSUED
    reads_exempt = request.held.reads_exempt(contract)
    found = errata_of(stored, with_exempt=reads_exempt)
    works = request.held.holds(WRITES_PAPERS | SIGNS_OFF, contract)
    typed = typed_words_of(stored, with_exempt=reads_exempt) if works else ()
    if found.has_exempt or any(each.is_exempt for each in typed):
        note_reading(request, stored, "its errata")
    values = {
        "typed": typed,
        "may_word": is_issued and request.held.holds(SIGNS_OFF, contract),
        "contract": stored.contract,
        "paper": stored,
        "errata": found,
        "is_issued": is_issued,
        "may_have_errata": may_have_errata(stored),
        "untold": untold(stored, with_exempt=reads_exempt) if is_issued and found.groups else 0,
        "may_issue": is_issued and request.held.holds(WRITES_PAPERS, contract),
    }
    return render(request, "reports/errata.html", values)


@require_POST
def slip(request: PageRequest, contract: str, paper: int) -> HttpResponse:
    """Having a slip written of the errata that no paper has told yet."""
    stored = paper_seen(request, contract, paper)
    try:
        run = ask_for_slip(stored, by=request.user, on=request.today, now=timezone.now())
    except (ActRefused, NothingToCorrect) as refusal:
        messages.warning(request, str(refusal))
        return redirect("reports:errata", stored.contract.reference, stored.pk)
    messages.success(request, f"Slip of errata {run.number} is being written. This page shows how far it is.")
    return redirect("reports:meeting", stored.contract.reference, stored.meeting_id)


@takes_a_form
def typed_words(request: PageRequest, contract: str, paper: int, sentence: int) -> HttpResponse:
    """What a sentence that people wrote should say, now that a number in it moved; or why it may stay."""
    stored = paper_seen(request, contract, paper)
    if not request.held.holds(SIGNS_OFF, contract):
        raise PermissionDenied
    reads_exempt = request.held.reads_exempt(contract)
    row = next((each for each in typed_words_of(stored, with_exempt=reads_exempt) if each.pk == sentence), None)
    if row is None:
        raise Http404("No such sentence of this paper was looked at.")
    if row.is_exempt:
        note_reading(request, stored, "a typed sentence")
    form = TypedWordsForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _sentence(request, stored, row, form, UNPROCESSABLE if form.is_bound else 200)
    try:
        _settle(TypedWords.objects.select_related("paper__contract").get(pk=row.pk), form, request)
    except AlreadySettled as refusal:
        show_refusal(form, refusal)
        return _sentence(request, stored, row, form, CONFLICT)
    except WordsRefused as refusal:
        show_refusal(form, refusal)
        return _sentence(request, stored, row, form, UNPROCESSABLE)
    messages.success(request, "It is an erratum now." if form.is_worded else "It stays as it is; your reason is kept.")
    return redirect("reports:errata", stored.contract.reference, stored.pk)


def _settle(item: TypedWords, form: TypedWordsForm, request: PageRequest) -> None:
    said = form.cleaned_data
    if form.is_worded:
        word_it(item, by=request.user, at=timezone.now(), should_read=said["should_read"])
    else:
        let_it_stay(item, by=request.user, at=timezone.now(), reason=said["reason"])


def _sentence(request: PageRequest, paper: Paper, row: TypedRow, form: TypedWordsForm, status: int) -> HttpResponse:
    values = {"contract": paper.contract, "paper": paper, "row": row, "form": form}
    return render(request, "reports/typed_words.html", values, status=status)
