"""Pages about the portfolio: the register, and one project."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from contracts.http import PageRequest
from contracts.models import Contract
from projects.forms import CONFIDENCES, SIGNALS, STAGES, read_register_question
from projects.queries import load_choices, load_project, load_register
from projects.tables import RegisterTable

PROJECTS_PER_PAGE = 50


@require_safe
def register(request: PageRequest, contract: str) -> HttpResponse:
    """Every project of a contract, sorted and filtered as the address asks."""
    shown = get_object_or_404(Contract.objects.visible_to(request.user), reference=contract)
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
    shown = get_object_or_404(Contract.objects.visible_to(request.user), reference=contract)
    page = load_project(shown, reference, request.today)
    if page is None:
        raise Http404(f"{shown.reference} has no project {reference}.")
    return render(request, "projects/project.html", {"contract": shown, "page": page, "project": page.project})
