"""The request as views see it: with the business day, and what the person holds, read once by the middleware."""

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest
from django.views.decorators.http import require_http_methods

from contracts.models import Contract, Person
from contracts.queries import find_contract
from contracts.rules.held import Held
from contracts.rules.typed import key_sent

CONFLICT: Final = 409
"""What stands there now is in the way of what was sent."""
UNPROCESSABLE: Final = 422
"""What was typed is in the way: the form is shown again."""
OPEN_TO_ALL: Final = "/papers/"
"""Below it stand the pages that know nobody: the same for everyone and without a session, so that they may be kept."""
takes_a_form = require_http_methods(["GET", "HEAD", "POST"])


class PageRequest(HttpRequest):
    """A signed-in person's request."""

    user: Person
    today: date
    demonstration_day: date | None
    closed_days: frozenset[date]
    held: Held
    second_factors: frozenset[str]


def is_open_to_all(request: HttpRequest) -> bool:
    """Whether the address is one that knows nobody, so that nothing needs to be asked about who it is."""
    return request.path_info.startswith(OPEN_TO_ALL)


def contract_of(request: PageRequest, reference: str) -> Contract:
    """The contract that a page is about; one that is not the person's to see is not found. One query."""
    found = find_contract(reference) if request.held.sees(reference) else None
    if found is None:
        raise Http404(f"There is no contract {reference}.")
    return found


def looked_into(request: PageRequest, reference: str) -> Contract:
    """The same, for a page about returns: one of which none is theirs to open is not found."""
    found = contract_of(request, reference)
    if not request.held.looks_into_some(reference):
        raise Http404(f"No return of {reference} is theirs to open.")
    return found


def version_sent(request: HttpRequest) -> int:
    """The version of a row that the page showed; without one the page is taken for a stale one."""
    return key_sent(request.POST.get("version", "")) or 0
