"""The period a reader asks for, read from the address, so that a page for any months is a link that can be sent."""

from dataclasses import dataclass

from django.http import QueryDict

from contracts.rules.months import Month, MonthNotUnderstood, month_long, parse_month


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """The months asked for, or what is wrong with the question; neither means the default period."""

    first: Month | None
    last: Month | None
    problem: str

    @property
    def months(self) -> tuple[Month, Month] | None:
        """Both months, or nothing for the default period."""
        return (self.first, self.last) if self.first is not None and self.last is not None else None


def read_period(query: QueryDict, earliest: Month, latest: Month) -> AskedPeriod:
    """``from`` and ``to``, both included, within the months that have ended; one alone stands for a single month."""
    start, end = query.get("from", "").strip(), query.get("to", "").strip()
    if not start and not end:
        return AskedPeriod(None, None, "")
    if latest < earliest:
        return AskedPeriod(None, None, f"No month of the contract has ended yet: it begins in {month_long(earliest)}.")
    try:
        first, last = parse_month(start or end), parse_month(end or start)
    except MonthNotUnderstood as refusal:
        return AskedPeriod(None, None, f"{refusal}.")
    if last < first:
        return AskedPeriod(None, None, f"{month_long(last)} is before {month_long(first)}: choose a later last month.")
    if first < earliest or last > latest:
        span = f"{month_long(earliest)} to {month_long(latest)}"
        return AskedPeriod(None, None, f"Choose months from {span}: the contract’s months that have ended.")
    return AskedPeriod(first, last, "")
