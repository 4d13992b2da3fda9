"""The pages that belong to no contract."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts.http import PageRequest
from contracts.queries import load_posts


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


@require_safe
def account(request: PageRequest) -> HttpResponse:
    """What somebody may do here, and how they sign in."""
    return render(request, "contracts/account.html", {"roles": load_posts(request.user)})
