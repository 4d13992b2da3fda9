"""Pages on which a project is archived, taken back, given another agreed finish, or joined to others."""

from datetime import date
from typing import Protocol

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config.ui.formats import day
from contracts.http import PageRequest, contract_of, takes_a_form, version_sent
from contracts.models import Person
from projects.forms.acts import DependencyForm, ReasonForm, RebaselineForm
from projects.forms.refusals import show_faults
from projects.models import Project
from projects.queries.archived import load_archived, load_references
from projects.queries.dependencies import load_dependencies
from projects.queries.duties import portfolio_duties_of
from projects.queries.portfolio import load_portfolio, thresholds_of
from projects.rules.rebaselining import RebaselineEffect, rebaseline_effect
from projects.services.archive import archive_project, take_back
from projects.services.dependencies import Relation, add_dependency, remove_dependency
from projects.services.rebaselining import EffectNotShown, check_rebaseline, rebaseline
from projects.services.refusals import ProjectRefused


@require_safe
def archived(request: PageRequest, contract: str) -> HttpResponse:
    """The projects that have left the register, with why."""
    shown = contract_of(request, contract)
    rows = load_archived(shown, request.today)
    return render(request, "projects/archived.html", {"contract": shown, "rows": rows})


@takes_a_form
def archive(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Taking a project out of the register."""
    words = {"title": "Archive", "button": "Archive the project", "is_leaving": True}
    told = "is archived. It can be taken back."
    return _with_a_reason(request, contract, reference, archive_project, told, words)


@takes_a_form
def restore(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Putting an archived project back into the register."""
    words = {"title": "Take back", "button": "Take it back into the register", "is_leaving": False}
    return _with_a_reason(request, contract, reference, take_back, "is in the register again.", words)


@takes_a_form
def agree(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Agreeing another finish: what it would do is shown first, and only what was shown is done."""
    row = _project(request, contract, reference, for_administrator=False)
    facts = load_portfolio(row.contract, request.today, row.reference).projects[0]
    form = RebaselineForm(request.POST or None, milestones=facts.milestones)
    effect: RebaselineEffect | None = None
    if form.is_valid():
        agreed, milestones = form.agreed, form.milestones
        try:
            if "shown" in request.POST:
                rebaseline(
                    project=row,
                    by=request.user,
                    on=request.today,
                    agreed=agreed,
                    milestones=milestones,
                    shown=request.POST["shown"],
                )
                messages.success(request, f"{row.reference} is now to finish on {day(agreed.agreed_finish)}.")
                return redirect("projects:project", row.contract.reference, row.reference)
            check_rebaseline(facts, agreed, milestones, on=request.today)
            effect = rebaseline_effect(facts, agreed, milestones, thresholds_of(row.contract))
        except EffectNotShown as refusal:
            effect = refusal.effect
            show_faults(form, refusal)
        except ProjectRefused as refusal:
            show_faults(form, refusal)
    values = {"contract": row.contract, "project": facts, "form": form, "effect": effect}
    return render(request, "projects/rebaseline_form.html", values)


@takes_a_form
def dependencies(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """What the project is joined to, with a form that joins it to another one."""
    row = _project(request, contract, reference, for_administrator=True)
    form = DependencyForm(request.POST or None, reference=row.reference)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = add_dependency(
                project=row,
                by=request.user,
                relation=Relation(said["relation"]),
                other=said["other"],
                note=said["note"],
            )
        except ProjectRefused as refusal:
            show_faults(form, refusal)
        else:
            messages.success(request, f"On record: {made}.")
            return redirect("projects:dependencies", row.contract.reference, row.reference)
    values = {
        "contract": row.contract,
        "project": row,
        "form": form,
        "dependencies": load_dependencies(row.contract, row.reference, request.today),
        "references": load_references(row.contract, request.today),
    }
    return render(request, "projects/dependencies.html", values)


@require_http_methods(["POST"])
def separate(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """Taking a dependency away."""
    row = _project(request, contract, reference, for_administrator=True)
    typed = request.POST.get("dependency", "")
    pk = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0
    gone = remove_dependency(project=row, by=request.user, pk=pk)
    messages.success(request, f"No longer on record: {gone}." if gone else "It was taken away already.")
    return redirect("projects:dependencies", row.contract.reference, row.reference)


def _project(request: PageRequest, contract: str, reference: str, *, for_administrator: bool) -> Project:
    """The project, for those who may do it: the administrator, or else the contract manager."""
    shown = contract_of(request, contract)
    duties = portfolio_duties_of(request.held, shown)
    if not (duties.may_edit if for_administrator else duties.may_rebaseline):
        raise PermissionDenied
    row: Project = get_object_or_404(Project.objects.select_related("contract"), contract=shown, reference=reference)
    return row


class _Act(Protocol):
    """What is done to a whole project, for a reason."""

    def __call__(self, *, project: Project, by: Person, on: date, reason: str, version: int) -> object: ...


def _with_a_reason(
    request: PageRequest, contract: str, reference: str, act: _Act, told: str, words: dict[str, object]
) -> HttpResponse:
    row = _project(request, contract, reference, for_administrator=True)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason, version = form.cleaned_data["reason"], version_sent(request)
        try:
            act(project=row, by=request.user, on=request.today, reason=reason, version=version)
        except ProjectRefused as refusal:
            show_faults(form, refusal)
        else:
            messages.success(request, f"{row.reference} {told}")
            return redirect("projects:project", row.contract.reference, row.reference)
    return render(
        request, "projects/reason_form.html", {"contract": row.contract, "project": row, "form": form, **words}
    )
