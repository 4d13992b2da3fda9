"""
Says of every request where it comes from, so that all that is written during it can say so too.

The address is the one that guessing is limited by: allauth's, which takes it from the place of the proxies' list that
the setting for proxies in front says. A list that is shorter than that came another way: then no address is believed.
"""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse

from config import logs
from contracts.origin import Origin, coming_from


def known(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sets the origin for as long as the request takes; after :func:`config.logs.request_id`, which names it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with coming_from(Origin(_address(request), logs.current.get())):
            return get_response(request)

    return middleware


def _address(request: HttpRequest) -> str | None:
    try:
        found: str = get_adapter().get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return None
    return found
