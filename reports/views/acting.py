"""
What the pages of all acts on a paper have in common.

A page says by one number which acts it has shown. Whoever sends it after somebody else has acted is told what was done
meanwhile, with what they typed; whoever sends it twice has done it once.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from config.ui.formats import moment
from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest
from contracts.rules.typed import key_sent
from reports.models import PaperAct
from reports.queries.deeds import DOES, Case, case_of, may_do
from reports.services.acts import ActRefused, NotAsItStands
from reports.views.papers import board_paper

NOT_NOW: Final = "This is not to be done with the paper as it stands."
Kind = PaperAct.Kind


def acted_on(request: PageRequest, contract: str, paper: int, name: str) -> Case:
    """The paper as it stands, for who may do what the page is for; one that is not theirs to see is not found."""
    case = case_of(board_paper(request, contract, paper), request.held, request.user.pk, request.today)
    if not any(deed.name == name and case.holds(deed.roles) for deed in DOES):
        raise PermissionDenied
    return case


def typed(request: PageRequest) -> QueryDict | None:
    """What was sent, even where nothing was filled in."""
    return request.POST if request.method == "POST" else None


def act_page(
    request: PageRequest,
    case: Case,
    name: str,
    template: str,
    form: forms.Form,
    do: Callable[[], str],
    leaves: Collection[str],
    values: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """
    The page of an act: shown, or done and led back to the paper.

    ``do`` does it and says what was done; ``leaves`` are the kinds of acts that it leaves behind.
    """
    if request.method != "POST":
        return _shown(request, case, name, template, form, values, CONFLICT if not may_do(name, case) else 200)
    if key_sent(request.POST.get("seen", "")) != case.life.seen:
        return _meanwhile(request, case, name, template, form, leaves, values)
    if not may_do(name, case):
        return _shown(request, case, name, template, form, values, CONFLICT)
    if not form.is_valid():
        return _shown(request, case, name, template, form, values, UNPROCESSABLE)
    try:
        messages.success(request, do())
    except NotAsItStands as refusal:
        show_refusal(form, refusal)
        return _meanwhile(request, _anew(request, case), name, template, form, leaves, values)
    except ActRefused as refusal:
        show_refusal(form, refusal)
        return _shown(request, case, name, template, form, values, UNPROCESSABLE)
    return redirect("reports:paper", case.contract, case.paper.pk)


def show_act(
    request: PageRequest, case: Case, name: str, template: str, form: forms.Form, values: Mapping[str, Any]
) -> HttpResponse:
    """The page of an act once more with what was typed into it, and nothing done yet."""
    if key_sent(request.POST.get("seen", "")) != case.life.seen:
        return _meanwhile(request, case, name, template, form, (), values)
    return _shown(request, case, name, template, form, values, UNPROCESSABLE if form.errors else 200)


def _meanwhile(
    request: PageRequest,
    case: Case,
    name: str,
    template: str,
    form: forms.Form,
    leaves: Collection[str],
    values: Mapping[str, Any] | None,
) -> HttpResponse:
    """Somebody acted after the page was opened: they themselves a moment ago, or another person."""
    last = case.life.last
    is_own = last is not None and last.kind in leaves and last.by_pk == request.user.pk
    if is_own and key_sent(request.POST.get("seen", "")) == case.life.seen_before:
        messages.info(request, "It is done already.")
        return redirect("reports:paper", case.contract, case.paper.pk)
    if last is not None and not form.non_field_errors():
        form.add_error(None, f"Nothing was done yet. Meanwhile: {last.name}, {last.by}, {moment(last.at)}.")
    elif not form.non_field_errors():
        form.add_error(None, "Nothing was done yet: look at it once more, and send it again.")
    return _shown(request, case, name, template, form, values, CONFLICT)


def _anew(request: PageRequest, case: Case) -> Case:
    paper = board_paper(request, case.contract, case.paper.pk)
    return case_of(paper, request.held, request.user.pk, request.today)


def _shown(
    request: PageRequest,
    case: Case,
    name: str,
    template: str,
    form: forms.Form,
    values: Mapping[str, Any] | None,
    status: int,
) -> HttpResponse:
    """The form; where the act is not to be done as the paper stands, only why."""
    is_open = may_do(name, case)
    given = dict(values or {})
    shown = {
        "contract": case.paper.contract,
        "paper": case.paper,
        "case": case,
        "form": form,
        "is_open": is_open,
        **given,
        "why_not": given.get("why_not") or NOT_NOW,
    }
    return render(request, template, shown, status=status)
