"""The front door: all the contracts a person may see, worst first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from contracts.http import PageRequest
from contracts.rules.roles import SUBMITS, UPDATES_PROJECTS, Role
from contracts.workbook.cells import tidy
from reports.queries.contracts import contracts_seen_by, load_overview
from reports.tables import ContractTable

MOST_WORDS = 200
WORTH_SEARCHING = 10
"""So many contracts are read at a glance; with more there is a search."""


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """The contracts a person may see; with only one there is nothing to choose: they come to what is theirs to do."""
    seen = contracts_seen_by(request.held)
    if len(seen) == 1:
        reference = seen[0].reference
        return redirect(_first_page(request.held.roles_at(reference)), reference)
    words = tidy(request.GET.get("q", ""))[:MOST_WORDS]
    overview = load_overview(seen, request.today, words)
    table = ContractTable(overview.rows, request=request)
    RequestConfig(request, paginate={"silent": True}).configure(table)
    return render(
        request,
        "reports/contracts.html",
        {
            "overview": overview,
            "table": table,
            "words": words,
            "run": [each for each in seen if request.held.fills(UPDATES_PROJECTS, each.reference)],
            "may_search": words or overview.number > WORTH_SEARCHING,
        },
    )


def _first_page(roles: frozenset[Role]) -> str:
    """What an officer owes; the projects of who manages nothing else; for everybody else the exceptions."""
    if not roles.isdisjoint(SUBMITS):
        return "kpis:returns"
    return "projects:mine" if roles == UPDATES_PROJECTS else "reports:exceptions"
