"""Pages on which the administrator adds a project and edits one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contracts.http import PageRequest, contract_of, takes_a_form, version_sent
from contracts.models import Contract
from projects.forms.merging import Difference, merge
from projects.forms.project import NEW_AT_FIRST, ProjectForm
from projects.models import Project
from projects.queries.duties import portfolio_duties_of
from projects.queries.editing import (
    EditChoices,
    LastSaved,
    load_choices_and_milestones,
    load_choices_of,
    load_last_saved,
    values_in_version,
    values_of,
)
from projects.services.portfolio import add_project, change_project
from projects.services.refusals import ProjectChanged, ProjectRefused


@takes_a_form
def add(request: PageRequest, contract: str) -> HttpResponse:
    """A new project, with its first milestones."""
    shown = _enter(request, contract)
    choices = load_choices_of(shown)
    data = request.POST or None
    form = ProjectForm(data, contract=shown, people=choices.people, new_rows=_new_rows(request, NEW_AT_FIRST))
    if not _wants_more_rows(request, form) and form.is_valid():
        try:
            made = add_project(
                contract=shown,
                by=request.user,
                on=request.today,
                reference=form.cleaned_data["reference"],
                details=form.details,
                milestones=form.milestones,
            )
        except ProjectRefused as refusal:
            form.show(refusal.faults)
        else:
            messages.success(request, f"{made.reference} is in the register.")
            return redirect("projects:project", shown.reference, made.reference)
    return _page(request, shown, form, None, choices=choices, title="Add a project", button="Add the project")


@takes_a_form
def edit(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """The details and milestones of a project; what somebody else changed meanwhile is shown, and nothing lost."""
    shown = _enter(request, contract)
    row = get_object_or_404(Project.objects.select_related("contract"), contract=shown, reference=reference)
    if row.archived_on is not None:
        return redirect("projects:project", shown.reference, row.reference)
    choices, milestones = load_choices_and_milestones(row)
    form = ProjectForm(
        request.POST or None,
        contract=shown,
        people=choices.people,
        project=row,
        milestones=milestones,
        new_rows=_new_rows(request, 1),
    )
    version, differences, last = row.version, [], None
    if not _wants_more_rows(request, form) and form.is_valid():
        try:
            has_changed = change_project(
                project=row,
                by=request.user,
                on=request.today,
                version=version_sent(request),
                details=form.details,
                milestones=form.milestones,
                why=form.cleaned_data["why"],
            )
        except ProjectChanged as refusal:
            form.show(refusal.faults)
            last = load_last_saved(row)
            differences = merge(form, values_in_version(row, version_sent(request)), values_of(row, milestones))
        except ProjectRefused as refusal:
            form.show(refusal.faults)
            version = version_sent(request)
        else:
            messages.success(request, f"{row.reference} is saved." if has_changed else "Nothing was changed.")
            return redirect("projects:project", shown.reference, row.reference)
    elif form.is_bound:
        version = version_sent(request)
    return _page(
        request,
        shown,
        form,
        row,
        choices=choices,
        title="Edit",
        button="Save",
        version=version,
        differences=differences,
        last=last,
    )


def _enter(request: PageRequest, reference: str) -> Contract:
    contract: Contract = contract_of(request, reference)
    if not portfolio_duties_of(request.held, contract).may_edit:
        raise PermissionDenied
    return contract


def _new_rows(request: PageRequest, at_first: int) -> int:
    """How many rows for new milestones the page had, and one more where that was asked for."""
    typed = request.POST.get("new_rows", "")
    there = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else at_first
    return there + ("more" in request.POST)


def _wants_more_rows(request: PageRequest, form: ProjectForm) -> bool:
    """Asking for a row more is not saving: nothing is judged yet."""
    if "more" not in request.POST:
        return False
    form.judge_nothing()
    return True


def _page(
    request: PageRequest,
    contract: Contract,
    form: ProjectForm,
    project: Project | None,
    *,
    choices: EditChoices,
    title: str,
    button: str,
    version: int = 0,
    differences: list[Difference] | None = None,
    last: LastSaved | None = None,
) -> HttpResponse:
    values = {
        "contract": contract,
        "form": form,
        "project": project,
        "scrutiny_areas": choices.scrutiny_areas,
        "title": title,
        "button": button,
        "version": version,
        "differences": differences or [],
        "last": last,
    }
    return render(request, "projects/project_form.html", values)
