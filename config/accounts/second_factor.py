"""
Asking for a second factor where the installation wants one of a role.

Who holds such a role and has set none up yet is led to where that is done, and gets nothing else until it is.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import reverse

from contracts.http import OPEN_TO_ALL, PageRequest

OPEN: Final = ("/accounts/", "/static/", "/health/", OPEN_TO_ALL, "/accessibility/", "/privacy/")
"""Where somebody may go without: to set it up, to sign out, and what everybody may read."""


def asked_for(get_response: Callable[[PageRequest], HttpResponse]) -> Callable[[PageRequest], HttpResponse]:
    """Leads who needs a second factor to where it is set up."""

    def middleware(request: PageRequest) -> HttpResponse:
        if request.path.startswith(OPEN) or not _lacks_one(request):
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseForbidden("Set up your second factor first.")
        messages.info(request, "Your role needs a second factor: set it up with an authenticator app.")
        return redirect(f"{reverse('mfa_activate_totp')}?next={request.path}")

    return middleware


def _lacks_one(request: PageRequest) -> bool:
    if not settings.SECOND_FACTOR_ROLES or not request.user.is_authenticated:
        return False
    # Read anew with each request: whoever takes theirs away goes no further, in no session of theirs.
    return _needs_one(request) and not request.second_factors


def _needs_one(request: PageRequest) -> bool:
    acts_in = {role.value for role in request.held.roles | request.held.acts_in}
    return not acts_in.isdisjoint(settings.SECOND_FACTOR_ROLES)
