"""File names of papers sort by meeting and stand alone."""

from dataclasses import replace

import pytest

from reports.render.names import stem
from reports.snapshot import BoardPaper
from tests.reports.render.rendered import paper

BOARD = "Overview and Scrutiny Management Board"


def named(board: str, reference: str = "CSS") -> BoardPaper:
    base = paper("small")
    return replace(
        base, meeting=replace(base.meeting, board=board), contract=replace(base.contract, reference=reference)
    )


@pytest.mark.parametrize(
    ("board", "name"),
    [
        (BOARD, "2018-03-29-overview-and-scrutiny-management-board-css-report-r1"),
        ("Café & Böard/../etc", "2018-03-29-cafe-board-etc-css-report-r1"),
        ("漢字", "2018-03-29-css-report-r1"),
        ("B" * 200, f"2018-03-29-{'b' * 80}-css-report-r1"),
    ],
)
def test_a_name_says_date_board_contract_kind_and_revision(board: str, name: str) -> None:
    assert stem(named(board)) == name


def test_a_period_judged_without_a_meeting_is_named_by_the_day_it_was_made() -> None:
    assert stem(paper("without_meeting")) == "2018-03-14-css-report-r1"
