"""The front door and the pages that belong to no contract."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contracts.http import PageRequest
from contracts.models import Contract
from contracts.rules.roles import Role


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """The contracts a person may see; with only one there is nothing to choose, and an officer sees what they owe."""
    contracts = list(Contract.objects.visible_to(request.user).order_by("title", "reference"))
    if len(contracts) == 1:
        reference = contracts[0].reference
        is_officer = request.held.fills(frozenset({Role.OFFICER}), reference)
        return redirect("kpis:returns" if is_officer else "reports:exceptions", reference)
    return render(request, "contracts/home.html", {"contracts": contracts})


@login_not_required
@require_safe
def accessibility(request: PageRequest) -> HttpResponse:
    return render(request, "contracts/accessibility.html", {"support_email": settings.SUPPORT_EMAIL})


@login_not_required
@require_safe
def privacy(request: PageRequest) -> HttpResponse:
    return render(request, "contracts/privacy.html", {"support_email": settings.SUPPORT_EMAIL})


@login_not_required
@require_safe
def glossary(request: PageRequest) -> HttpResponse:
    return render(request, "contracts/glossary.html")
