"""
Which months an addendum tells, and why there is one, in the words that stand in it.

A report that went to the clerk is never changed. A month that is verified after that, or that somebody declared
publishable as provisional, is told in an addendum: one for all the months that are new by then.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from contracts.rules.months import Month, month_end, month_long
from reports.rules.exceptions import EarlierFailures
from reports.rules.sentences import day_in_words, earlier_in_words, listed


class NothingNew(ValueError):
    """No month that ended before the meeting is left to be told."""


class ReportNotFrozen(ValueError):
    """As long as the report has not gone to the clerk, what is new belongs in the report itself."""


class MeetingOver(ValueError):
    """Once the meeting is over, its next report tells what is new."""


@dataclass(frozen=True, slots=True)
class NewMonth:
    """
    A month that the report did not tell, and why it may be told now: it is verified, or was declared publishable.

    ``due_on`` is the day its figures fell due; ``None`` beyond the calendar. ``verified_on`` is not on record for a
    month that was imported. ``is_after_report``: it was verified after the report had gone to the clerk.
    """

    month: Month
    due_on: date | None
    is_verified: bool
    verified_on: date | None = None
    is_after_report: bool = False
    declared_on: date | None = None
    reason: str = ""
    cancelled_on: date | None = None
    """The day of the meeting that was to judge it, and was cancelled when the report was final already."""


def months_to_tell(
    told_to: Month, owing: Iterable[Month], tellable: Collection[Month], meeting_on: date
) -> tuple[Month, ...]:
    """
    The months after the last one told that may be told and end before the meeting, earliest first.

    ``owing`` are the months for which the contract owed a result; for the others there is nothing to tell. One that may
    not be told yet holds back those after it, for a paper that left it out would hide it.
    """
    waiting = sorted(month for month in owing if month > told_to and month_end(month) < meeting_on)
    return tuple(takewhile(lambda month: month in tellable, waiting))


def why_written(months: Sequence[NewMonth], frozen_on: date) -> str:
    """
    Why there is an addendum: what became known, and when, of the months it tells.

    ``February 2018 was verified on 22 March 2018, after the exception report had gone to the clerk on 20 March 2018.``
    """
    dropped = [each for each in months if each.cancelled_on]
    late = [each for each in months if each.is_verified and each.is_after_report and each not in dropped]
    early = [each for each in months if each.is_verified and not each.is_after_report and each not in dropped]
    sentences = [_dropped(dropped, frozen_on)] if dropped else []
    if late:
        sentences.append(
            f"{_verified(late)}, after the exception report had gone to the clerk on {day_in_words(frozen_on)}."
        )
    if early:
        sentences.append(f"{_verified(early)}, when the months of the exception report had been settled already.")
    sentences += [_declared(each) for each in months if not each.is_verified and each not in dropped]
    return " ".join(sentences)


def asked_late_in_words(asked_on: date, cut_off_on: date, reason: str) -> str:
    """What an addendum says that was asked for after its cut-off day."""
    text = reason.strip()
    ending = "" if text.endswith((".", "!", "?", "…")) else "."
    return (
        f"It was asked for on {day_in_words(asked_on)}, after the cut-off day for addenda, "
        f"{day_in_words(cut_off_on)}: {text}{ending}"
    )


def lateness_in_words(months: Sequence[NewMonth]) -> str:
    """
    The reason for lateness as the dates give it, for an officer to keep or to write better.

    ``February 2018’s figures fell due on 14 March 2018 and were verified on 22 March 2018, after the report had gone to
    the clerk.``
    """
    return " ".join(_late(each) for each in months)


def told_in_words(failures: EarlierFailures, report_from: Month, report_to: Month, *, is_corrected: bool) -> str:
    """The note under the table: `January 2018: one below minimum, told in the report`; of months before, as ever."""
    if failures.month < report_from:
        return earlier_in_words(failures, is_corrected=is_corrected)
    counted = earlier_in_words(failures).rpartition(", ")[0]
    where = "told in the report" if failures.month <= report_to else "told in an addendum before this one"
    return f"{counted}, {where}{'; figures corrected since' if is_corrected else ''}"


def _verified(months: Sequence[NewMonth]) -> str:
    """``February 2018 was verified on 22 March 2018``; several months by their days, where these are on record."""
    named = listed([month_long(each.month) for each in months])
    verb = "was" if len(months) == 1 else "were"
    days = sorted({each.verified_on for each in months if each.verified_on})
    return f"{named} {verb} verified" + (f" on {listed([day_in_words(day) for day in days])}" if days else "")


def _dropped(months: Sequence[NewMonth], frozen_on: date) -> str:
    """``August and September 2017 were to be judged at the meeting of 1 March 2018, which was cancelled …``"""
    named = listed([month_long(each.month) for each in months])
    days = listed([day_in_words(day) for day in sorted({each.cancelled_on for each in months if each.cancelled_on})])
    verb = "was" if len(months) == 1 else "were"
    return (
        f"{named} {verb} to be judged at the meeting of {days}, which was cancelled when the exception report had gone"
        f" to the clerk on {day_in_words(frozen_on)} already."
    )


def _declared(month: NewMonth) -> str:
    on = f" on {day_in_words(month.declared_on)}" if month.declared_on else ""
    reason = month.reason.strip().rstrip(".")
    return (
        f"{month_long(month.month)} is not verified yet, and its figures are provisional. It was declared publishable"
        f" as such{on}, because it does not wait: {reason}."
    )


def _late(month: NewMonth) -> str:
    due = f" fell due on {day_in_words(month.due_on)} and" if month.due_on else ""
    if not month.is_verified:
        return f"{month_long(month.month)}’s figures{due} were not verified when this was written."
    when = f" on {day_in_words(month.verified_on)}" if month.verified_on else ""
    after = ", after the report had gone to the clerk" if month.is_after_report else ""
    return f"{month_long(month.month)}’s figures{due} were verified{when}{after}."
