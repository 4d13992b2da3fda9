"""File names of papers sort by meeting and item, and stand alone."""

from dataclasses import replace

import pytest

from reports.render.names import part_of_name, stem
from reports.snapshot import BoardPaper, Words
from tests.reports.render.rendered import paper

BOARD = "Overview and Scrutiny Management Board"


def named(board: str = BOARD, reference: str = "CSS", item: str = "", **changes: object) -> BoardPaper:
    base = paper("small")
    return replace(
        base,
        meeting=replace(base.meeting, board=board),
        contract=replace(base.contract, reference=reference),
        words=Words(item=item),
        **changes,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("board", "name"),
    [
        (BOARD, "2018-03-29-overview-and-scrutiny-management-board-css-report-r1-public"),
        ("Café & Böard/../etc", "2018-03-29-cafe-board-etc-css-report-r1-public"),
        ("漢字", "2018-03-29-c6d297-css-report-r1-public"),
        ("B" * 200, f"2018-03-29-{'b' * 63}-918708-css-report-r1-public"),
    ],
)
def test_a_name_says_date_board_contract_kind_revision_and_audience(board: str, name: str) -> None:
    assert stem(named(board)) == name


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("5", "-item-05-"),
        ("05", "-item-05-"),
        ("Item 5a", "-item-05a-"),
        ("No. 12", "-item-12-"),
        ("5 (urgent)", "-item-05-urgent-"),
        ("7.2", "-item-07-2-"),
        ("Any other business", "-item-any-o-"),
        ("", "-board-css-"),
        ("  ", "-board-css-"),
    ],
)
def test_the_item_is_padded_so_that_it_sorts(item: str, said: str) -> None:
    assert said in stem(named(item=item))


def test_items_sort_as_numbers_do() -> None:
    names = [stem(named(item=str(number))) for number in (1, 2, 9, 10, 11, 20)]
    assert names == sorted(names)


def test_an_addendum_bears_its_number_and_an_exempt_half_says_so() -> None:
    said = named(item="5", kind="addendum", number=1, audience="exempt")
    assert stem(said).endswith("-board-item-05-css-addendum-1-r1-exempt")


def test_a_part_stands_before_the_audience_and_is_read_back() -> None:
    name = f"{stem(named(), 'appendix-a-results')}.pdf"
    assert name.endswith("-r1-appendix-a-results-public.pdf")
    assert part_of_name(name, 1) == "appendix-a-results"
    assert part_of_name("2018-02-css-operational-r1-project-exceptions.csv", 1) == "project-exceptions"
    assert part_of_name(f"{stem(named())}.csv", 1) == ""


def test_two_boards_that_cannot_be_told_apart_in_short_have_different_names() -> None:
    assert stem(named("B" * 200)) != stem(named("B" * 199))
    assert stem(named("漢字")) != stem(named("漢"))


def test_no_name_is_too_long_to_be_kept() -> None:
    longest = named("B" * 200, "C" * 60, "I" * 20, kind="addendum", number=999, revision=999)
    assert len(stem(longest, "appendix-a-" + "p" * 60)) + len(".docx") <= 200


def test_a_period_judged_without_a_meeting_is_named_by_the_day_it_was_made() -> None:
    assert stem(paper("without_meeting")) == "2018-03-14-css-report-r1-public"
