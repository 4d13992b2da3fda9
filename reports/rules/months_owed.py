"""
Which months' operational project reports are owed: one for every month, whether or not the Board meets.

The series begins with the month before the first day on which anything is owed: a new installation has no register of
earlier months to report on, and does not write ten years of reports. From then on no month is left out, however long
the clock that asks stood still. A month that people ask for by hand is part of the series, so it goes on from there.
"""

from collections.abc import Collection
from datetime import date

from contracts.rules.months import Month, add_months, last_owed, month_of, month_range


def months_owed(
    latest: Month | None, failed: Collection[Month], commences_on: date, ends_on: date | None, on: date
) -> tuple[Month, ...]:
    """
    The months that have ended before a day and have no report, earliest first; none outside the contract's time.

    ``latest`` is the last month that was begun, ``failed`` those that were begun in vain and are owed anew.
    """
    last = last_owed(ends_on, on)
    first = add_months(month_of(on), -1) if latest is None else add_months(latest, 1)
    again = {month for month in failed if month <= last}
    return tuple(sorted({*again, *month_range(max(first, month_of(commences_on)), last)}))
