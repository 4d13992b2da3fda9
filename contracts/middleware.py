"""Reads the business day once a request, so that everything on a page agrees on what day it is."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone

from contracts import queries
from contracts.http import PageRequest


def business_day(get_response: Callable[[PageRequest], HttpResponse]) -> Callable[[PageRequest], HttpResponse]:
    """Sets ``request.today``, and ``request.demonstration_day`` where the database is a demonstration's."""

    def middleware(request: PageRequest) -> HttpResponse:
        request.demonstration_day = queries.demonstration_day()
        request.today = request.demonstration_day or timezone.localdate()
        return get_response(request)

    return middleware
