"""Which statuses a decision moves, and how that reads."""

import pytest

from contracts.rules.months import month_range
from kpis.rules.effects import Move, fingerprint, in_words, relief_moves
from kpis.rules.status import Contractual, judge_history
from tests.kpis.rules.builders import READINGS, m, relief, terms

MISS, RELIEVED = Contractual.BELOW_MINIMUM, Contractual.RELIEF_GRANTED


def moved(
    code: str, *months: str, before: Contractual | None = MISS, after: Contractual | None = RELIEVED
) -> list[Move]:
    return [Move(code, "Calls", m(month), before, after) for month in months]


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ([], ""),
        (moved("A_KPI_01", "2017-11"), "would turn 1 miss into relief granted: A_KPI_01 (November 2017)."),
        (
            moved("A_KPI_10", "2017-11") + moved("A_KPI_09", "2017-11", "2017-12", "2018-01", "2018-03"),
            "would turn 5 misses into relief granted:"
            " A_KPI_09 (November 2017 to January 2018, March 2018) and A_KPI_10 (November 2017).",
        ),
        (
            moved("A_KPI_01", "2017-11", before=RELIEVED, after=MISS) + moved("A_KPI_01", "2017-12"),
            "would turn 1 month of relief granted into below minimum and 1 miss into relief granted:"
            " A_KPI_01 (November 2017, December 2017).",
        ),
        (
            [move for number in range(1, 8) for move in moved(f"A_KPI_0{number}", "2017-11")],
            "would turn 7 misses into relief granted: 7 KPIs.",
        ),
        (
            moved("A_KPI_01", "2017-11", before=Contractual.MISSING, after=None),
            "would turn 1 month of missing into not in force: A_KPI_01 (November 2017).",
        ),
    ],
)
def test_what_moves_is_said_in_a_sentence(moves: list[Move], words: str) -> None:
    assert in_words(moves) == words


def test_only_misses_that_are_covered_move() -> None:
    first, last = m("2017-11"), m("2018-02")
    figures = (READINGS[letter] for letter in "rgar")
    readings = {month: figure for month, figure in zip(month_range(first, last), figures, strict=True) if figure}
    history = judge_history(terms(), readings, (), first, last)
    own = relief("2017-11", "2018-01", history.terms.code)
    found = relief_moves([history], (), (own,), first, last)
    assert [(move.month, move.before, move.after) for move in found] == [
        (m("2017-11"), Contractual.BELOW_MINIMUM, RELIEVED),
        (m("2018-01"), Contractual.BELOW_TARGET, RELIEVED),
    ]
    assert relief_moves([history], (own,), (own,), first, last) == ()


def test_a_fingerprint_names_exactly_one_list() -> None:
    one, two = moved("A_KPI_01", "2017-11"), moved("A_KPI_01", "2017-11", after=None)
    names = {
        fingerprint(()),
        fingerprint(one),
        fingerprint(two),
        fingerprint(one, (m("2017-11"),)),
        fingerprint((), (m("2017-11"),)),
    }
    assert len(names) == 5
    assert fingerprint(one) == fingerprint(moved("A_KPI_01", "2017-11"))
