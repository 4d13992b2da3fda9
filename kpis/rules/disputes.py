"""
A figure that the supplier disputes: marked with its note, and counted as it stands.

A dispute never touches a figure, a status or a count. It stands beside the figure it is about for as long as that
figure stands there, unless the supplier took it back: open, not upheld with the answer, and upheld until the correction
is made. Once the figure was corrected the correction speaks, and the dispute is history.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    """What became of it."""

    OPEN = "open"
    UPHELD = "upheld"
    NOT_UPHELD = "not upheld"
    WITHDRAWN = "withdrawn"


Figure = tuple[Decimal | None, Decimal | None, Decimal | None, str]
"""Value, numerator, denominator, and the reason why there is none of them."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One dispute of one KPI's month. ``pk`` leads to its page; ``disputed`` is the figure that it is about."""

    pk: int
    state: State
    note: str
    claimed: str
    answer: str
    raised_on: date
    settled_on: date | None
    disputed: Figure

    @property
    def waits(self) -> bool:
        """For an answer, or for the correction that it was answered with."""
        return self.state in (State.OPEN, State.UPHELD)

    @property
    def told(self) -> str:
        return told(self.state, self.note, self.claimed, self.answer)


def standing(disputes: Iterable[Dispute], figure: Figure) -> Dispute | None:
    """The latest dispute, oldest first, that is to be read beside this figure; ``None`` where there is none."""
    own = [each for each in disputes if each.state is not State.WITHDRAWN and each.disputed == figure]
    return own[-1] if own else None


def told(state: State, note: str, claimed: str, answer: str) -> str:
    """What is printed beside the figure: the note, the figure held to be right, and what was answered."""
    said = [_ended(note)]
    if claimed:
        said.append(f"The supplier holds {_unended(claimed)} to be right.")
    if state is State.UPHELD:
        said.append(f"Upheld, and not corrected yet: {_ended(answer)}")
    elif state is State.NOT_UPHELD:
        said.append(f"Not upheld: {_ended(answer)}")
    elif state is State.OPEN:
        said.append("Not answered yet.")
    return " ".join(said)


def counted_in_words(number: int) -> str:
    """`2 figures are disputed by the supplier; they count as they stand.`; nothing for none."""
    if not number:
        return ""
    if number == 1:
        return "1 figure is disputed by the supplier; it counts as it stands."
    return f"{number:,} figures are disputed by the supplier; they count as they stand."


def _ended(text: str) -> str:
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?", "…")) else f"{stripped}."


def _unended(text: str) -> str:
    return text.strip().rstrip(".")
