"""The first sentences of the two papers about the portfolio."""

from datetime import date

import pytest

from projects.rules.paper_headlines import board_headline, operational_headline

FEBRUARY_7, MARCH_7 = date(2018, 2, 7), date(2018, 3, 7)
TRIPPED = [("red", "P1"), ("red", "P2"), ("amber", "P3"), ("slipped", "P1"), ("silent", "P4"), ("completed", "P9")]


@pytest.mark.parametrize(
    ("active", "tripped", "has_told", "said"),
    [
        (0, [], True, "No project is in flight or on hold."),
        (
            96,
            TRIPPED,
            True,
            "Of 96 projects in flight or on hold, 2 are red and 1 amber; 1 slipped since the Board was last told, 1 is "
            "silent.",
        ),
        (
            1,
            [],
            False,
            "Of 1 project in flight or on hold, none is red or amber; none is forecast to finish later than agreed.",
        ),
        (
            4,
            [("amber", "P1"), ("slipped", "P1"), ("slipped", "P2")],
            False,
            "Of 4 projects in flight or on hold, none is red and 1 amber; 2 are forecast to finish later than agreed.",
        ),
    ],
)
def test_the_board_reads_first_how_many_are_red_amber_and_slipped(
    active: int, tripped: list[tuple[str, str]], has_told: bool, said: str
) -> None:
    assert board_headline(active, tripped, has_told=has_told) == said


def test_a_project_that_trips_a_rule_twice_counts_once() -> None:
    assert board_headline(2, [("red", "P1"), ("red", "P1")], has_told=True).startswith(
        "Of 2 projects in flight or on hold, 1 is red and none amber"
    )


def test_a_month_says_who_reported_who_did_not_and_what_moved() -> None:
    news = [
        ("update", "P1", None),
        ("update", "P2", None),
        ("forecast", "P1", 56),
        ("forecast", "P2", -3),
        ("forecast", "P3", None),
        ("finished", "P9", None),
    ]
    assert operational_headline(MARCH_7, FEBRUARY_7, 5, TRIPPED, news) == (
        "On 7 March 2018, 5 projects are in flight or on hold: 2 are red and 1 amber. 2 had an update since 7 February "
        "2018, 1 is silent, 1 is forecast later than in the report before, 1 earlier, 1 finished."
    )


def test_a_month_without_projects_says_so() -> None:
    assert operational_headline(MARCH_7, FEBRUARY_7, 0, [], []) == (
        "No project was in flight or on hold on 7 March 2018."
    )
