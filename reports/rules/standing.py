"""
Where a paper stands on its way from draft to published: what is done, what is next, by whom and by when, and whether it
keeps the clear days before its meeting.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from contracts.rules.calendar import WorkingCalendar, YearNotKnown
from contracts.rules.months import day_long
from reports.rules.life import Act, Life
from reports.rules.publication import timing_of

NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
OVER: Final = frozenset({"withdrawn", "removed"})


@dataclass(frozen=True, slots=True)
class Due:
    """
    The days by which each step is to be done, worked back from the meeting; ``None`` where none is set or known.

    ``is_after_agenda``: an addendum follows what was published in time, and is late whenever it comes.
    """

    sign_off_on: date | None = None
    with_clerk_on: date | None = None
    publish_by: date | None = None
    meeting_on: date | None = None
    is_after_agenda: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """``standing`` is past, next or to come; ``on`` and ``by`` are of what was done, ``due_on`` of what is to be."""

    name: str
    standing: str
    on: date | None = None
    by: str = ""
    due_on: date | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """``next`` says who does what by when, ``timing`` whether the clear days hold; both may have nothing to say."""

    steps: tuple[Step, ...]
    next: str
    timing: str
    is_late: bool
    waits_for_second: bool = False


def standing_of(
    status: str,
    made_on: date,
    life: Life,
    due: Due,
    on: date,
    clear_days: int,
    calendar: WorkingCalendar,
    *,
    is_being_frozen: bool = False,
) -> Standing:
    """Where a paper in ``status`` stands on a day; ``is_being_frozen``: a worker prints it for the clerk."""
    waits = status == "draft" and life.signed is not None
    published_on = life.published.published_on if life.published else None
    return Standing(
        steps=_steps(status, made_on, life, due, on),
        next=_next(status, life, due, on, waits=waits, freezes=is_being_frozen),
        timing=_timing(published_on, due, on, clear_days, calendar) if status not in OVER else "",
        is_late=_is_late(status, published_on, due, on),
        waits_for_second=waits,
    )


def _steps(status: str, made_on: date, life: Life, due: Due, on: date) -> tuple[Step, ...]:
    """What is done, with when and by whom; the first that is not comes next. A paper that is over has no next step."""
    published, publish_by = life.published, None if due.is_after_agenda else due.publish_by
    signed = None if status == "draft" else life.countersigned or life.signed
    handed_over = life.handed_over
    told = [
        Step("Draft", "past", made_on),
        _step("Signed off", signed, signed.on if signed else None, due.sign_off_on, on),
        _step("With the clerk", handed_over, handed_over.on if handed_over else None, due.with_clerk_on, on),
        _step("Published", published, published.published_on if published else None, publish_by, on),
    ]
    if status in OVER:
        told = [step for step in told if step.standing == "past"]
        ends = (("Withdrawn", life.withdrawn), ("Removed", life.removed))
        return (*told, *(Step(name, "past", act.on, act.by) for name, act in ends if act))
    coming = next((place for place, step in enumerate(told) if step.standing != "past"), None)
    return tuple(replace(step, standing="next") if place == coming else step for place, step in enumerate(told))


def _step(name: str, act: Act | None, done_on: date | None, due_on: date | None, on: date) -> Step:
    is_late = due_on is not None and (done_on or on) > due_on
    return Step(name, "past" if done_on else "to come", done_on, act.by if act else "", due_on, is_late)


def _is_late(status: str, published_on: date | None, due: Due, on: date) -> bool:
    if due.publish_by is None or status in OVER:
        return False
    return due.is_after_agenda or (published_on or on) > due.publish_by


def _next(status: str, life: Life, due: Due, on: date, *, waits: bool, freezes: bool) -> str:
    if life.removal_asked is not None and status != "removed":
        return "A second person confirms or refuses that its contents are removed."
    if waits:
        return "A second person signs it off as well, as who signed entered or verified its figures alone."
    if freezes:
        return "It is being printed and frozen for the clerk."
    match status:
        case "draft":
            return f"The contract manager signs it off{_by(due.sign_off_on, on)}."
        case "signed off":
            return f"The contract manager hands it to the clerk{_by(due.with_clerk_on, on)}."
        case "with the clerk":
            words = "The clerk publishes it in the committee system, and records when and where"
            return f"{words}{_by(due.publish_by, on)}."
        case "published" if due.meeting_on is not None and on <= due.meeting_on:
            return f"The Board considers it on {day_long(due.meeting_on)}."
    return ""


def _timing(published_on: date | None, due: Due, on: date, clear_days: int, calendar: WorkingCalendar) -> str:
    if due.publish_by is None or due.meeting_on is None:
        return ""
    if published_on is not None and due.is_after_agenda:
        return ""
    if published_on is not None:
        return _published_in_words(published_on, due.meeting_on, clear_days, calendar)
    if due.is_after_agenda:
        return "An addendum comes after the agenda: it gives the reason why it is late, and the Chair why it is urgent."
    if on <= due.publish_by:
        return f"To be published by {day_long(due.publish_by)}, {_number(clear_days)} clear days before the meeting."
    return f"Late: to leave {_number(clear_days)} clear days it had to be published by {day_long(due.publish_by)}."


def _by(due_on: date | None, on: date) -> str:
    if due_on is None:
        return ""
    if due_on == on:
        return f" today, {day_long(due_on)}"
    return f", by {day_long(due_on)}" if due_on > on else f"; that was due by {day_long(due_on)}"


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _published_in_words(published_on: date, meeting_on: date, needed: int, calendar: WorkingCalendar) -> str:
    try:
        words = timing_of(published_on, meeting_on, needed, calendar).words
    except YearNotKnown:
        return ""
    return f"{words[:1].upper()}{words[1:]} before the meeting."
