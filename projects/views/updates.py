"""The project manager's pages: posting a monthly update, and the projects that wait for one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, contract_of
from contracts.models import Contract
from contracts.queries import instant_on
from projects.forms.updates import DayField, UpdateForm
from projects.models import Project, Update
from projects.queries.course import update_row
from projects.queries.portfolio import load_portfolio, thresholds_of
from projects.queries.updating import load_my_projects, load_to_update
from projects.rules.confidence import Confidence
from projects.rules.facts import ProjectFacts
from projects.rules.sentences import my_projects_headline, posted_in_words
from projects.rules.updating import dates_in_words, is_asked, rated
from projects.services.refusals import ProjectRefused
from projects.services.updates import TakesNoUpdate, UpdateOvertaken, post_update


@require_safe
def mine(request: PageRequest, contract: str) -> HttpResponse:
    """The projects whose updates the person posts, those that wait longest first."""
    shown = contract_of(request, contract)
    if not Contract.objects.filter(pk=shown.pk).projects_run_by(request.user).exists():
        raise Http404
    projects = load_my_projects(shown, request.user, request.today)
    headline = my_projects_headline(
        len(projects), sum(each.is_due for each in projects), sum(each.is_silent for each in projects)
    )
    return render(request, "projects/mine.html", {"contract": shown, "projects": projects, "headline": headline})


@require_http_methods(["GET", "HEAD", "POST"])
def update(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """The form of the monthly update, copied forward; and posting it."""
    row = find_updatable(request, contract, reference)
    facts, latest, milestones = load_to_update(row, request.today)
    if not facts.is_active or row.archived_on:
        return _show(request, row, facts, latest, None, status=CONFLICT)
    form = UpdateForm(
        request.POST if request.method == "POST" else None,
        project=facts,
        thresholds=thresholds_of(row.contract),
        on=request.today,
        latest=latest,
        milestones=milestones,
    )
    if request.method != "POST":
        return _show(request, row, facts, latest, form)
    copied_from = _copied_from(request)
    is_overtaken = latest is not None and latest.pk != copied_from
    if not form.is_valid() and not is_overtaken:
        return _show(request, row, facts, latest, form, status=UNPROCESSABLE)
    try:
        posted = post_update(
            project=row,
            by=request.user,
            on=request.today,
            at=instant_on(request.today),
            copied_from=copied_from,
            said=form.said(),
        )
    except UpdateOvertaken as overtaken:
        return _show(request, row, facts, overtaken.latest, form, overtaken=overtaken.latest, status=CONFLICT)
    except TakesNoUpdate:
        return _show(request, row, facts, latest, None, status=CONFLICT)
    except ProjectRefused as refusal:
        for fault in refusal.faults:
            form.blame(fault)
        return _show(request, row, facts, latest, form, status=UNPROCESSABLE)
    computed = rated(facts, posted.forecast_finish, thresholds_of(row.contract))
    declared = Confidence(posted.confidence) if posted.confidence else None
    messages.success(request, posted_in_words(row.reference, declared, computed))
    return redirect("projects:project", row.contract.reference, row.reference)


@require_safe
def rating(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """What the dates say of the finish in the form's box: asked for by its script as somebody types."""
    row = find_updatable(request, contract, reference)
    facts = load_portfolio(row.contract, request.today, row.reference).projects[0]
    field = DayField()
    try:
        finish = field.clean(request.GET.get("forecast_finish", ""))
    except ValidationError:
        finish = None
    typed = request.GET.get("confidence", "")
    declared = Confidence(typed) if typed in set(Confidence) else None
    return render(request, "projects/update_rating.html", _rating(row, facts, declared, finish))


def find_updatable(request: PageRequest, contract: str, reference: str) -> Project:
    """The project, if its updates are this person's to post. Not yours to see is 404, not yours to do is 403."""
    shown = contract_of(request, contract)
    own = Project.objects.filter(pk=OuterRef("pk")).updated_by(request.user)
    found = Project.objects.select_related("contract").annotate(is_own=Exists(own))
    row: Any = get_object_or_404(found, contract=shown, reference=reference)
    if not row.is_own:
        raise PermissionDenied
    updatable: Project = row
    return updatable


def _copied_from(request: PageRequest) -> int | None:
    """The update that the form was filled from, as the page named it."""
    named = request.POST.get("copied_from", "")
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 19 else None


def _rating(row: Project, facts: ProjectFacts, declared: Confidence | None, finish: Any) -> dict[str, Any]:
    thresholds = thresholds_of(row.contract)
    computed = rated(facts, finish, thresholds)
    return {
        "declared": str(declared or "unrated"),
        "computed": str(computed or "unrated"),
        "dates_say": dates_in_words(facts, finish, thresholds),
        "is_asked": is_asked(declared, computed),
    }


def _show(
    request: PageRequest,
    row: Project,
    facts: ProjectFacts,
    latest: Update | None,
    form: UpdateForm | None,
    *,
    overtaken: Update | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "contract": row.contract,
        "project": facts,
        "row": row,
        "latest": latest,
        "overtaken": update_row(overtaken, None, overtaken.milestone_forecasts.select_related("milestone"))
        if overtaken
        else None,
    }
    if form is None:
        return render(request, "projects/update_closed.html", context, status=status)
    context |= {"form": form, **_rating(row, facts, form.confidence_typed, form.finish_typed)}
    return render(request, "projects/update.html", context, status=status)
