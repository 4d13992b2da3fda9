"""Which months a paper judges, and which it shows.

Periods are data, kept per meeting and editable, because meetings get cancelled and periods stretch. This is only the
default for a meeting that has none yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.rules.months import Month, add_months, month_end


class NothingVerified(ValueError):
    """No month before the meeting is verified, so there is nothing to report."""

    def __init__(self, meeting_on: date) -> None:
        super().__init__(f"No month that ends before the meeting of {meeting_on.isoformat()} is verified yet.")
        self.meeting_on = meeting_on


@dataclass(frozen=True, slots=True)
class EarlierMeeting:
    """A meeting in the calendar and the months its paper judged, where it has a paper."""

    meeting_on: date
    is_cancelled: bool
    review_from: Month | None
    review_to: Month | None


@dataclass(frozen=True, slots=True)
class Review:
    """The months judged, first to last, and the first month of the history shown, which ends with the same last month.

    `is_repeat` when nothing newer than the last paper was verified: the headline says so.
    """

    first: Month
    last: Month
    is_repeat: bool
    history_from: Month


def default_review(
    earlier: Iterable[EarlierMeeting], meeting_on: date, verified_months: Sequence[Month], history_months: int
) -> Review:
    """From the month after the latest earlier paper's period to the last verified month.

    Earlier means before this meeting, not cancelled, with a period. A first paper takes the last `history_months` (at
    least 1) verified months. With nothing newer verified, the last verified month is judged again. Only months that end
    before the meeting count. The history is never shorter than the review period. Raises NothingVerified.
    """
    verified = sorted({month for month in verified_months if month_end(month) < meeting_on})
    if not verified:
        raise NothingVerified(meeting_on)
    last = verified[-1]
    judged_to = _judged_to(earlier, meeting_on)
    first = verified[-history_months:][0] if judged_to is None else add_months(judged_to, 1)
    is_repeat = first > last
    first = last if is_repeat else first
    history_from = min(first, add_months(last, 1 - history_months))
    return Review(first=first, last=last, is_repeat=is_repeat, history_from=history_from)


def _judged_to(earlier: Iterable[EarlierMeeting], meeting_on: date) -> Month | None:
    held = (
        (meeting.meeting_on, meeting.review_to)
        for meeting in earlier
        if meeting.meeting_on < meeting_on and not meeting.is_cancelled and meeting.review_to is not None
    )
    latest = max(held, default=None)
    return latest[1] if latest else None
