"""Which dispute stands beside a figure, and what is printed of it."""

from datetime import date
from decimal import Decimal

import pytest

from kpis.rules.disputes import Dispute, Figure, State, counted_in_words, standing, told

FIGURE: Figure = (Decimal("93.1"), None, None, "")


def dispute(state: State, disputed: Figure = FIGURE, pk: int = 1) -> Dispute:
    return Dispute(pk, state, "Miscounted", "95%", "Look again", date(2018, 3, 1), None, disputed)


@pytest.mark.parametrize(
    ("state", "stands"),
    [(State.OPEN, True), (State.NOT_UPHELD, True), (State.UPHELD, True), (State.WITHDRAWN, False)],
)
def test_what_was_taken_back_stands_no_more(state: State, stands: bool) -> None:
    assert (standing([dispute(state)], FIGURE) is not None) is stands


@pytest.mark.parametrize("state", [State.OPEN, State.NOT_UPHELD, State.UPHELD])
@pytest.mark.parametrize("now", [(Decimal(95), None, None, ""), (None, None, None, "The log was lost.")])
def test_once_the_figure_was_corrected_the_correction_speaks(state: State, now: Figure) -> None:
    assert standing([dispute(state)], now) is None


def test_the_same_figure_written_otherwise_is_the_same_figure() -> None:
    assert standing([dispute(State.OPEN)], (Decimal("93.100000"), None, None, "")) is not None


def test_the_latest_dispute_of_a_figure_stands() -> None:
    found = standing([dispute(State.NOT_UPHELD), dispute(State.OPEN, pk=2), dispute(State.WITHDRAWN, pk=3)], FIGURE)
    assert found is not None
    assert found.pk == 2


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.OPEN, "Miscounted. The supplier holds 95% to be right. Not answered yet."),
        (State.NOT_UPHELD, "Miscounted. The supplier holds 95% to be right. Not upheld: Look again."),
        (State.UPHELD, "Miscounted. The supplier holds 95% to be right. Upheld, and not corrected yet: Look again."),
    ],
)
def test_the_note_is_printed_with_what_was_answered(state: State, said: str) -> None:
    assert told(state, " Miscounted ", "95%.", "Look again") == said


def test_a_note_without_a_figure_of_its_own_says_nothing_of_one() -> None:
    assert told(State.OPEN, "Why so few?", "", "") == "Why so few? Not answered yet."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, ""),
        (1, "1 figure is disputed by the supplier; it counts as it stands."),
        (1200, "1,200 figures are disputed by the supplier; they count as they stand."),
    ],
)
def test_disputed_figures_are_counted_in_a_sentence(number: int, said: str) -> None:
    assert counted_in_words(number) == said
