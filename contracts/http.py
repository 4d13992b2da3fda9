"""The request as views see it: with the business day, and what the person holds, read once by the middleware."""

from datetime import date

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from contracts.models import Contract, Person
from contracts.rules.held import Held


class PageRequest(HttpRequest):
    """A signed-in person's request."""

    user: Person
    today: date
    demonstration_day: date | None
    closed_days: frozenset[date]
    held: Held


def contract_of(request: PageRequest, reference: str) -> Contract:
    """The contract that a page is about; one that is not the person's to see is not found. One query."""
    if not request.held.sees(reference):
        raise Http404(f"There is no contract {reference}.")
    found: Contract = get_object_or_404(Contract, reference=reference)
    return found
