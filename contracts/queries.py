"""What the kernel reads: the day it is, the working calendar, and where a person holds which role."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from contracts.calendars import england
from contracts.models import BusinessDay, ClosedDay
from contracts.rules.calendar import WorkingCalendar


def demonstration_day() -> date | None:
    """The day a demonstration stands still at, or ``None`` in a real installation."""
    return BusinessDay.objects.values_list("today", flat=True).first()


def today() -> date:
    """The business day: the demonstration's where there is one, else the date in Europe/London."""
    return demonstration_day() or timezone.localdate()


def working_calendar() -> WorkingCalendar:
    """England's working days less the council's own closed days, for the years the installation knows."""
    closed = frozenset(ClosedDay.objects.values_list("closed_on", flat=True))
    return england(closed, settings.FIRST_CALENDAR_YEAR, settings.LAST_CALENDAR_YEAR)
