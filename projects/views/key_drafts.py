"""Pages on which a key list is put together: the officers' proposal, and what the Board made of it at the meeting."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from contracts.http import PageRequest, takes_a_form
from contracts.models import Contract
from projects.forms.key_list import (
    AmendedForm,
    Contested,
    KeyDraftForm,
    contested,
    keys_in,
    rearranged,
    wants_to_save,
)
from projects.queries.key_candidates import find_candidates, load_named
from projects.queries.key_lists import draft_of, load_key_lists, load_nominations, proposal_of
from projects.rules.key_list import KeyListFacts, in_force, size_warning
from projects.services.key_lists import KeyListRefused, ProposalChanged, record_decision, save_proposal
from projects.views.key_lists import decided, deciding, proposing, version_of


@takes_a_form
def propose(request: PageRequest, contract: str) -> HttpResponse:
    """The officers' proposal, beginning with the list in force."""
    shown = proposing(request, contract)
    lists = load_key_lists(shown)
    proposal = proposal_of(lists)
    if proposal and proposal.put_to_board_on and request.method != "POST":
        return redirect("projects:key_proposal", shown.reference)
    form, data = _form(KeyDraftForm, request, shown, lists)
    version = _version(request, proposal)
    clashes: tuple[Contested, ...] = ()
    if form.is_bound and wants_to_save(request.POST) and form.is_valid():
        try:
            save_proposal(contract=shown, by=request.user, on=request.today, version=version, draft=form.draft)
        except ProposalChanged as refusal:
            form.show(refusal.faults)
            version, clashes = _now(proposal), contested(proposal or KeyListFacts(), form.draft)
        except KeyListRefused as refusal:
            form.show(refusal.faults)
        else:
            messages.success(request, "The proposal is saved. Nothing is put to the Board yet.")
            return redirect("projects:key_proposal", shown.reference)
    return _page(request, shown, form, data, lists=lists, version=version, clashes=clashes, is_amended=False)


@takes_a_form
def amend(request: PageRequest, contract: str) -> HttpResponse:
    """The Board's decision where it changed the proposal at the meeting."""
    shown = deciding(request, contract)
    lists = load_key_lists(shown)
    proposal = proposal_of(lists)
    if proposal is None or proposal.put_to_board_on is None:
        return redirect("projects:key_proposal", shown.reference)
    form, data = _form(AmendedForm, request, shown, lists)
    form.initial["decided_on"] = proposal.put_to_board_on
    version = _version(request, proposal)
    clashes: tuple[Contested, ...] = ()
    if form.is_bound and wants_to_save(request.POST) and form.is_valid():
        said = form.cleaned_data
        try:
            record_decision(
                contract=shown,
                by=request.user,
                on=request.today,
                version=version,
                decided_on=said["decided_on"],
                decision=said["decision"],
                amended=form.draft,
            )
        except ProposalChanged as refusal:
            form.show(refusal.faults)
            version, clashes = _now(proposal), contested(proposal, form.draft)
        except KeyListRefused as refusal:
            form.show(refusal.faults)
        else:
            return decided(request, shown, said["decided_on"])
    return _page(request, shown, form, data, lists=lists, version=version, clashes=clashes, is_amended=True)


def _form(
    kind: type[KeyDraftForm], request: PageRequest, contract: Contract, lists: tuple[KeyListFacts, ...]
) -> tuple[KeyDraftForm, QueryDict]:
    """The form as it is after the button pressed, with what the page holds by now."""
    data = rearranged(request.POST) if request.method == "POST" else QueryDict()
    now = in_force(lists, request.today) or KeyListFacts()
    start = proposal_of(lists) or KeyListFacts(places=now.places)
    stood = [place.reference for place in now.places]
    references = {*stood, *(place.reference for place in start.places), *(each.reference for each in start.near_misses)}
    named = load_named(contract, keys_in(data), references)
    form = kind(data if request.method == "POST" else None, start=draft_of(start), stood=stood, named=named)
    if form.is_bound and not wants_to_save(request.POST):
        form.judge_nothing()
    return form, data


def _version(request: PageRequest, proposal: KeyListFacts | None) -> int:
    return version_of(request) if request.method == "POST" else _now(proposal)


def _now(proposal: KeyListFacts | None) -> int:
    return proposal.version if proposal else 0


def _page(
    request: PageRequest,
    contract: Contract,
    form: KeyDraftForm,
    data: QueryDict,
    *,
    lists: tuple[KeyListFacts, ...],
    version: int,
    clashes: tuple[Contested, ...],
    is_amended: bool,
) -> HttpResponse:
    words = data.get("words", "")
    nominations = load_nominations(contract, request.user, proposal_of(lists))
    on_page = {line.candidate.reference for line in (*form.entries, *form.near_misses)}
    nominated = [row for row in nominations if not row.outcome and row.reference not in on_page]
    values = {
        "contract": contract,
        "form": form,
        "is_amended": is_amended,
        "proposal": proposal_of(lists) or KeyListFacts(),
        "version": version,
        "clashes": clashes,
        "warning": size_warning(form.number, contract.key_project_count),
        "is_longer": form.number > contract.key_project_count,
        "words": words,
        "found": find_candidates(contract, words, request.today, form.keys),
        "nominated": nominated,
        "keys": {each.reference: each.pk for each in load_named(contract, (), {row.reference for row in nominated})},
    }
    return render(request, "projects/key_draft.html", values)
