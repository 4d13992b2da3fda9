"""
Answers a load balancer before anything is asked about it: no session, no person, no name of the site.

It comes by the machine's own address, which is no name of the site; nothing in its answer depends on the name. The
headers of every answer are set further out.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from config.health import views

ANSWERS: Final = {"/health/live": views.live, "/health/ready": views.ready}


def asked_how_it_is(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        return ANSWERS.get(request.path_info, get_response)(request)

    return middleware
