"""
Reads once a request what every page stands on: the business day, so that everything on a page agrees on what day it is,
the council's closed days, and what the person holds. And keeps what somebody typed whose session had ended.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from contracts import kept
from contracts.http import PageRequest, is_open_to_all
from contracts.queries import load_ground

FROM_MAILBOX = "password_from_mailbox"
"""Marks a session that began with a password that was set by a link sent by e-mail, and with nothing else."""
TAKEN_OVER = frozenset({200, 302, 409, 422})
"""Answers to a form that did what was asked, or that show what was typed again."""


def shown_by(request: HttpRequest) -> frozenset[str]:
    """What who is signed in has shown: `password`, `code`, `mfa`, `socialaccount`."""
    return frozenset(str(each.get("method")) for each in request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, ()))


def came_by_code(request: HttpRequest) -> bool:
    """
    Whether the session began with a code sent by e-mail, or with a password that only the mailbox vouches for.

    It stays one whatever is shown afterwards: a second factor or a password may have been set up with nothing but that.
    """
    return "code" in shown_by(request) or FROM_MAILBOX in request.session


def ground(get_response: Callable[[PageRequest], HttpResponse]) -> Callable[[PageRequest], HttpResponse]:
    """
    Sets ``today``, ``demonstration_day`` where the database is a demonstration's, ``closed_days``, ``held`` and
    ``second_factors``; none of them on pages that are open to all.
    """

    def middleware(request: PageRequest) -> HttpResponse:
        if is_open_to_all(request):
            return get_response(request)
        found = load_ground(request.user if request.user.is_authenticated else None)
        request.demonstration_day = found.demonstration_day
        request.today = found.demonstration_day or timezone.localdate()
        request.closed_days = found.closed
        request.second_factors = found.second_factors
        request.held = replace(found.held, came_by_code=True) if came_by_code(request) else found.held
        return get_response(request)

    return middleware


class SignedIn(LoginRequiredMiddleware):
    """Closed by default; a form that somebody sent whose session had ended is kept until they have signed in again."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Pages that know nobody do not ask who it is."""
        if is_open_to_all(request) and not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        if request.method == "POST" and not view_func.__module__.startswith(("django.", "allauth.")):
            try:
                is_kept = kept.keep(request)
            except kept.TooLong:
                messages.warning(request, "Your session had ended. What you typed is too long to be kept: go back.")
            else:
                if is_kept:
                    messages.info(request, "Your session had ended. What you typed is kept: sign in to go on.")
                    return redirect_to_login(reverse("kept"))
        return super().handle_no_permission(request, view_func)


def last_signed_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Marks the browser with who is signed in; lets go of what was kept once it has been sent where it belongs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_open_to_all(request):
            return get_response(request)
        found = kept.kept_for(request)
        is_sent = found is not None and request.method == "POST" and request.get_full_path() == found.path
        response = get_response(request)
        if is_sent and response.status_code in TAKEN_OVER:
            kept.throw_away(request.session)
        kept.remember(request, response)
        return response

    return middleware
