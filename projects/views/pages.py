"""The page of one project."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts.http import PageRequest, contract_of
from contracts.queries.questions import read_asked_about
from contracts.readings import beside, read_now
from projects.queries.duties import portfolio_duties_of, read_may_update
from projects.queries.key_duties import key_duties_of
from projects.queries.project_page import read_project


@require_safe
def project(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """One project: dates, slippage, milestones, what its manager said and did not say."""
    shown = contract_of(request, contract)
    page, questions, posts_updates = read_now(
        beside(
            read_project(shown, reference, request.today),
            read_asked_about(shown, request.held, request.today, project=reference),
            read_may_update(shown, reference, request.user.pk),
        )
    )
    if page is None:
        raise Http404(f"{shown.reference} has no project {reference}.")
    duties = portfolio_duties_of(request.held, shown)
    values = {"contract": shown, "page": page, "project": page.project, "duties": duties}
    values["may_update"] = page.project.is_active and not page.project.archived_on and posts_updates
    values["key_duties"] = key_duties_of(request.held, request.user, shown)
    values["questions"] = questions
    return render(request, "projects/project.html", values)
