"""Pages about the portfolio: the register, and one project."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django_tables2 import RequestConfig

from contracts.http import PageRequest
from contracts.models import Contract
from projects.queries import RegisterQuestion, load_project, load_register
from projects.rules.facts import Stage
from projects.tables import RegisterTable


def register(request: PageRequest, contract: str) -> HttpResponse:
    """Every project of a contract, sorted and filtered as the address asks."""
    shown = get_object_or_404(Contract.objects.visible_to(request.user), reference=contract)
    asked = _asked(request.GET)
    found = load_register(shown, request.today, asked)
    table = RegisterTable(found.rows, request=request)
    RequestConfig(request, paginate={"per_page": 50, "silent": True}).configure(table)
    return render(
        request,
        "projects/register.html",
        {
            "contract": shown,
            "register": found,
            "asked": asked,
            "table": table,
            "stages": [each.value for each in Stage],
        },
    )


def project(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """One project: dates, slippage, milestones, what its manager said."""
    shown = get_object_or_404(Contract.objects.visible_to(request.user), reference=contract)
    page = load_project(shown, reference, request.today)
    if page is None:
        raise Http404(f"{shown.reference} has no project {reference}.")
    return render(request, "projects/project.html", {"contract": shown, "page": page, "project": page.project})


def _asked(query: QueryDict) -> RegisterQuestion:
    return RegisterQuestion(
        words=query.get("q", "")[:200],
        stage=query.get("stage", ""),
        confidence=query.get("confidence", ""),
        scrutiny_area=query.get("scrutiny_area", ""),
        key=query.get("key") == "yes",
    )
