"""
The chain of dates before a meeting, held against what was done: what is done, late, or due next.

The dates come from the calendar (:mod:`contracts.rules.calendar`), what was done from the papers' acts and the returns.
Here the two meet, without a clock and without a database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from contracts.rules.calendar import MeetingDates, WorkingCalendar, YearNotKnown
from contracts.rules.months import Month, day_long, month_long


class Step(StrEnum):
    """What has to be done before a meeting, in the order in which it is done."""

    DATA = "data"
    DRAFT = "draft"
    SIGN_OFF = "sign-off"
    WITH_CLERK = "with the clerk"
    PUBLISH = "publish"
    ADDENDUM = "addendum"
    MEETING = "meeting"


NAMES: Final = {
    Step.DATA: "Figures verified",
    Step.DRAFT: "Draft written",
    Step.SIGN_OFF: "Signed off",
    Step.WITH_CLERK: "With the clerk",
    Step.PUBLISH: "Published",
    Step.ADDENDUM: "Addendum published",
    Step.MEETING: "Meeting",
}
CALLS: Final = {
    Step.DATA: "The figures{about} fall due on {day}",
    Step.DRAFT: "The draft is written on {day}",
    Step.SIGN_OFF: "Sign off by {day}",
    Step.WITH_CLERK: "Hand over to the clerk by {day}",
    Step.PUBLISH: "Publish by {day}",
    Step.ADDENDUM: "Publish the addendum by {day}",
    Step.MEETING: "The Board meets on {day}",
}
MISSED: Final = {
    Step.DATA: "The figures{about} fell due on {day} and are not all verified",
    Step.DRAFT: "The draft was to be written on {day}",
    Step.SIGN_OFF: "Sign-off was due by {day}",
    Step.WITH_CLERK: "The paper was due with the clerk by {day}",
    Step.PUBLISH: "Publication was due by {day}",
    Step.ADDENDUM: "The addendum was due by {day}",
    Step.MEETING: "The meeting of {day} has passed: mark it as held, or cancel it",
}


class Standing(StrEnum):
    """
    Where a step stands on a day. A step that nothing calls for is not needed: an addendum, mostly. Of a meeting that is
    over, what nobody recorded is neither done nor late.
    """

    DONE = "done"
    LATE = "late"
    NEXT = "next"
    TO_COME = "to come"
    NOT_NEEDED = "not needed"
    NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class Done:
    """When each step was done, as far as it was; whether an addendum is called for; whether the meeting is over."""

    on: dict[Step, date]
    needs_addendum: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """
    One step of the chain. ``working_days`` are those left where it is next or to come, those it is or was late where it
    is late or done late; ``None`` where the calendar cannot count them.
    """

    step: Step
    due_on: date
    standing: Standing
    done_on: date | None = None
    working_days: int | None = None
    month: Month | None = None
    """The month whose figures it is about."""
    details: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"Figures of {month_long(self.month)}" if self.month else NAMES[self.step]

    @property
    def was_late(self) -> bool:
        """Figures are due on one day and verified on a later one; that is no lateness as long as the draft can wait."""
        if self.step is Step.DATA:
            return False
        return self.standing is Standing.DONE and self.done_on is not None and self.done_on > self.due_on

    @property
    def words(self) -> str:
        """`Publish by Wednesday 21 March 2018 (2 working days left)`, or how late it is."""
        about = f" of {month_long(self.month)}" if self.month else ""
        said = {"day": day_long(self.due_on), "about": about}
        if self.standing is Standing.LATE:
            late = f" ({_count(self.working_days)} late)" if self.working_days and self.step is not Step.MEETING else ""
            return MISSED[self.step].format(**said) + late
        called = CALLS[self.step].format(**said)
        if self.working_days is None:
            return called
        return f"{called} ({_count(self.working_days)} left)" if self.working_days else f"{called} (today)"

    @property
    def remark(self) -> str:
        """The same in the fewest words, for beside the date."""
        if self.standing is Standing.DONE:
            what = "verified" if self.step is Step.DATA else "done"
            when = f"{what} {_short(self.done_on)}" if self.done_on and self.done_on != self.due_on else what
            return f"{when}, {_count(self.working_days)} late" if self.was_late and self.working_days else when
        if self.standing is Standing.LATE:
            return f"{_count(self.working_days)} late" if self.working_days else "late"
        if self.standing is Standing.NEXT:
            if self.working_days is None:
                return "next"
            return f"next, {_count(self.working_days)} left" if self.working_days else "due today"
        return {Standing.NOT_NEEDED: "not needed so far", Standing.NOT_RECORDED: "not recorded"}.get(self.standing, "")


def chain_of(
    dates: MeetingDates,
    done: Done,
    on: date,
    calendar: WorkingCalendar,
    *,
    month: Month | None,
    details: Sequence[str] = (),
) -> tuple[Link, ...]:
    """
    Every step with its standing on a day. The first that is not done and not late is next.

    ``month`` is the last one judged, ``details`` say how its figures stand, area by area. Without a month to judge the
    chain begins with the draft.
    """
    days = (
        (Step.DATA, dates.data_due_on),
        (Step.DRAFT, dates.draft_on),
        (Step.SIGN_OFF, dates.sign_off_on),
        (Step.WITH_CLERK, dates.with_clerk_on),
        (Step.PUBLISH, dates.publish_by),
        (Step.ADDENDUM, dates.addendum_cut_off_on),
        (Step.MEETING, dates.meeting_on),
    )
    links = []
    is_next_found = False
    for step, due_on in days:
        if step is Step.DATA and month is None:
            continue
        link = _link(step, due_on, done, on, calendar)
        if link.standing is Standing.TO_COME and not is_next_found:
            link, is_next_found = replace(link, standing=Standing.NEXT), True
        links.append(replace(link, month=month, details=tuple(details)) if step is Step.DATA else link)
    return tuple(links)


def what_matters(chain: Iterable[Link]) -> Link | None:
    """The one step to look at: the earliest that is late, else the next; nothing where all is done."""
    links = tuple(chain)
    late = next((link for link in links if link.standing is Standing.LATE), None)
    return late or next((link for link in links if link.standing is Standing.NEXT), None)


def _link(step: Step, due_on: date, done: Done, on: date, calendar: WorkingCalendar) -> Link:
    done_on = done.on.get(step)
    if done_on is not None:
        return Link(step, due_on, Standing.DONE, done_on, _working_days(calendar, due_on, done_on))
    if step is Step.ADDENDUM and not done.needs_addendum:
        return Link(step, due_on, Standing.NOT_NEEDED)
    if done.is_over:
        return Link(step, due_on, Standing.NOT_RECORDED)
    if due_on < on:
        return Link(step, due_on, Standing.LATE, None, _working_days(calendar, due_on, on))
    return Link(step, due_on, Standing.TO_COME, None, _working_days(calendar, on, due_on))


def _working_days(calendar: WorkingCalendar, first: date, last: date) -> int | None:
    try:
        return max(calendar.working_days_between(first, last), 0)
    except YearNotKnown:
        return None


def _count(days: int | None) -> str:
    return f"{days} working {'day' if days == 1 else 'days'}"


def _short(day: date | None) -> str:
    return "" if day is None else day_long(day).partition(" ")[2]
