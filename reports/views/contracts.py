"""The front door: all the contracts a person may see, worst first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from contracts.http import PageRequest
from contracts.rules.roles import Role
from contracts.workbook.cells import tidy
from reports.queries.contracts import contracts_seen_by, load_overview
from reports.tables import ContractTable

MOST_WORDS = 200
WORTH_SEARCHING = 10
"""So many contracts are read at a glance; with more there is a search."""


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """The contracts a person may see; with only one there is nothing to choose, and an officer sees what they owe."""
    seen = contracts_seen_by(request.user)
    if len(seen) == 1:
        reference = seen[0].reference
        is_officer = request.held.fills(frozenset({Role.OFFICER}), reference)
        return redirect("kpis:returns" if is_officer else "reports:exceptions", reference)
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
            "may_search": words or overview.number > WORTH_SEARCHING,
        },
    )
