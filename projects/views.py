"""Pages about the portfolio: the register, and one project."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from contracts.http import PageRequest, contract_of
from contracts.queries.questions import load_asked_about
from projects.forms import CONFIDENCES, SIGNALS, STAGES, read_register_question
from projects.queries import load_choices, load_project, load_register
from projects.tables import RegisterTable

PROJECTS_PER_PAGE = 50


@require_safe
def register(request: PageRequest, contract: str) -> HttpResponse:
    """Every project of a contract, sorted and filtered as the address asks."""
    shown = contract_of(request, contract)
    choices = load_choices(shown)
    asked = read_register_question(request.GET, choices)
    found = load_register(shown, request.today, asked)
    table = RegisterTable(found.rows, request=request)
    RequestConfig(request, paginate={"per_page": PROJECTS_PER_PAGE, "silent": True}).configure(table)
    return render(
        request,
        "projects/register.html",
        {
            "contract": shown,
            "register": found,
            "asked": asked,
            "table": table,
            "stages": STAGES,
            "confidences": CONFIDENCES,
            "signals": SIGNALS,
            "scrutiny_areas": [(area, area) for area in choices.scrutiny_areas],
            "service_areas": choices.service_areas,
        },
    )


@require_safe
def project(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """One project: dates, slippage, milestones, what its manager said and did not say."""
    shown = contract_of(request, contract)
    page = load_project(shown, reference, request.today)
    if page is None:
        raise Http404(f"{shown.reference} has no project {reference}.")
    values = {
        "contract": shown,
        "page": page,
        "project": page.project,
        "questions": load_asked_about(shown, request.held, request.today, project=reference),
    }
    return render(request, "projects/project.html", values)
