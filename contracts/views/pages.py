"""The pages that belong to no contract."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts.http import PageRequest
from contracts.queries import load_posts
from contracts.rules.roles import Role, under_headings


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
    return render(
        request,
        "contracts/account.html",
        {
            "roles": load_posts(request.user),
            "looks_after_people": request.held.looks_after_people,
            "reads_audit": request.held.reads_audit,
        },
    )


@require_safe
def who_may_do_what(request: PageRequest) -> HttpResponse:
    """The table of roles and deeds, as it is enforced; marked with what the person acts in."""
    values = {"table": tuple(under_headings()), "roles": tuple(Role), "own": request.held.acts_in}
    return render(request, "contracts/roles.html", values)
