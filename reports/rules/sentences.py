"""Numbers, lists and runs in the words of a paper.

One to nine are words where a sentence counts things, digits in ratios (`39 of 41`) and from 10 on.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from contracts.rules.months import ALL_MONTHS, month_long, month_of
from reports.rules.exceptions import EarlierFailures, ExceptionLine, Rule, State

NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ORDINALS: Final = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)


def number_in_words(number: int) -> str:
    """`no`, `one` to `nine`, then digits."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"


def ordinal_in_words(number: int) -> str:
    """`first` to `twelfth`, then `13th`, `21st`."""
    if 1 <= number <= len(ORDINALS):
        return ORDINALS[number - 1]
    is_teen = number % 100 in (11, 12, 13)
    ending = "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def capitalised(sentence: str) -> str:
    """With a capital first letter, the rest as it is (codes keep theirs)."""
    return sentence[:1].upper() + sentence[1:]


def day_in_words(day: date) -> str:
    """`21 December 2017`."""
    return f"{day.day} {month_long(month_of(day))}"


def run_in_words(line: ExceptionLine) -> str:
    """How long it has gone on: `new`, `third month running`, `worsening, second month running`, `recovered after two
    months`.

    A KPI that is not due every month counts its due months and says so. A continuing miss in its first month in this
    band is just `continuing`. Relief counts its months without running: `fourth month`.
    """
    month = "month" if line.history.terms.due_months >= ALL_MONTHS else "due month"
    if line.rule is Rule.RECOVERED:
        return f"recovered after {number_in_words(line.run_length)} {month}{'' if line.run_length == 1 else 's'}"
    if line.state is State.RECOVERED:
        return "ended, target met" if line.rule is Rule.RELIEF else "recovered"
    running = "" if line.rule is Rule.RELIEF else " running"
    length = f"{ordinal_in_words(line.run_length)} {month}{running}"
    if line.state is State.CONTINUING:
        return length if line.run_length > 1 else "continuing"
    return f"{line.state.value}, {length}" if line.run_length > 1 else line.state.value


def earlier_in_words(failures: EarlierFailures, *, is_corrected: bool = False) -> str:
    """The note under the table: `September 2017: two below minimum, reported on 21 December 2017` (or: never reported).

    Where figures of the month were corrected after that meeting, the count may not be the one it was told.
    """
    told = f"reported on {day_in_words(failures.reported_on)}" if failures.reported_on else "never reported"
    since = "; figures corrected since" if is_corrected else ""
    return f"{month_long(failures.month)}: {number_in_words(len(failures.below_minimum))} below minimum, {told}{since}"
