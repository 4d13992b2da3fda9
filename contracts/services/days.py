"""Moving the demonstration's day."""

from datetime import date

from contracts.models import BusinessDay


def set_demonstration_day(*, on: date) -> None:
    """Makes ``on`` the business day of this (demonstration) database."""
    BusinessDay.objects.update_or_create(pk=1, defaults={"today": on})
