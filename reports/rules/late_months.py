"""
Which months end before a meeting and will not be in its report, and what can still tell them.

The figures of a month fall due some days after it ends. Where that is too late for the report, an addendum tells it, or
the next report; the Board and those who write for it want to know so beforehand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contracts.rules.calendar import MeetingDates
from contracts.rules.months import Month, day_long, month_end, month_long


@dataclass(frozen=True, slots=True)
class Warned:
    """A month whose figures come too late for the paper: which, and what is to be known of it in words."""

    month: Month
    words: str
    addendum_tells: bool = False


@dataclass(frozen=True, slots=True)
class MonthFact:
    """A month that ends before the meeting: when its figures are due, and since when all of them are verified."""

    month: Month
    due_on: date
    is_verified: bool
    verified_on: date | None = None
    open_areas: tuple[str, ...] = ()


def expected_month(months: Iterable[MonthFact], draft_on: date) -> Month | None:
    """
    The last month whose figures can be verified when the draft is written: due before that day, or verified already.

    What falls due on the very day of the draft comes too late for it, as February 2018 did for 29 March 2018.
    """
    fit = [each.month for each in months if each.due_on < draft_on or _verified_by(each, draft_on)]
    return max(fit, default=None)


def warnings_of(
    months: Iterable[MonthFact], judged_to: Month | None, dates: MeetingDates, on: date, *, is_frozen: bool
) -> tuple[Warned, ...]:
    """
    The months that end before the meeting and will not be in its paper unless something is done, earliest first.

    ``judged_to`` is the last month of the review period, or that which is expected to be. Of a month that is judged
    only figures that are overdue are spoken of.
    """
    found = []
    for each in sorted(months, key=lambda fact: fact.month):
        if month_end(each.month) >= dates.meeting_on:
            continue
        if judged_to is not None and each.month <= judged_to:
            if not each.is_verified and each.due_on < on and not is_frozen:
                found.append(Warned(each.month, _overdue(each, dates)))
        else:
            found.append(_left_out(each, judged_to, dates, is_frozen=is_frozen))
    return tuple(found)


def _verified_by(fact: MonthFact, day: date) -> bool:
    return fact.is_verified and (fact.verified_on is None or fact.verified_on <= day)


def _overdue(fact: MonthFact, dates: MeetingDates) -> str:
    return (
        f"{month_long(fact.month)} fell due on {day_long(fact.due_on)} and is not verified yet{_areas(fact)}."
        f" Verify it before the draft is signed off by {day_long(dates.sign_off_on)}, or the paper shows it as"
        " provisional or leaves it out."
    )


def _left_out(fact: MonthFact, judged_to: Month | None, dates: MeetingDates, *, is_frozen: bool) -> Warned:
    name = month_long(fact.month)
    if fact.is_verified:
        when = f" on {day_long(fact.verified_on)}" if fact.verified_on else ""
        tells = "An addendum can tell it" if is_frozen else "An addendum to the report will tell it"
        return Warned(fact.month, f"{name} was verified{when}, when the months of this report were set. {tells}.", True)
    if fact.due_on > dates.addendum_cut_off_on:
        words = f"{name} falls due on {day_long(fact.due_on)}, too late even for an addendum: the next report tells it."
        return Warned(fact.month, words)
    if fact.due_on < dates.draft_on:
        kept = f"end with {month_long(judged_to)}" if judged_to else "are set already"
        words = (
            f"{name} falls due on {day_long(fact.due_on)}, before the draft is written, but the months kept for this"
            f" report {kept}. Unless they are changed, an addendum will tell it, by"
            f" {day_long(dates.addendum_cut_off_on)}."
        )
        return Warned(fact.month, words, addendum_tells=True)
    if fact.due_on > dates.publish_by:
        why = f"after the day of publication, {day_long(dates.publish_by)}"
    elif fact.due_on > dates.draft_on:
        why = f"after the draft is written on {day_long(dates.draft_on)}"
    else:
        why = "on the day the draft is written"
    return Warned(
        fact.month,
        f"{name} falls due on {day_long(fact.due_on)}, {why}. It will not be verified in time for publication by"
        f" {day_long(dates.publish_by)}: an addendum will tell it, by {day_long(dates.addendum_cut_off_on)}.",
        True,
    )


def _areas(fact: MonthFact) -> str:
    return f" ({', '.join(fact.open_areas)} still open)" if fact.open_areas else ""
