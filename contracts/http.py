"""The request as views see it: with the business day, and what the person holds, read once by the middleware."""

from datetime import date

from django.http import HttpRequest

from contracts.models import Person
from contracts.rules.held import Held


class PageRequest(HttpRequest):
    """A signed-in person's request."""

    user: Person
    today: date
    demonstration_day: date | None
    closed_days: frozenset[date]
    held: Held
