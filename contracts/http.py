"""The request as views see it: with the business day read once by the middleware."""

from datetime import date

from django.http import HttpRequest

from contracts.models import Person


class PageRequest(HttpRequest):
    """A signed-in person's request."""

    user: Person
    today: date
    demonstration_day: date | None
