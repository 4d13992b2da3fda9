"""The front door and the pages that belong to no contract."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contracts.http import PageRequest
from contracts.models import Contract


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """The contracts a person may see; with only one there is nothing to choose."""
    contracts = list(Contract.objects.visible_to(request.user).order_by("title", "reference"))
    if len(contracts) == 1:
        return redirect("reports:exceptions", contracts[0].reference)
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
