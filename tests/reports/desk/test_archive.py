"""The archive: every paper that somebody may see, with when it was published, its files, and until when it is kept."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from contracts.models import Contract
from reports.models import Board, Meeting, Paper
from reports.tables import PaperTable
from tests import builders
from tests.builders import issued
from tests.people import Cast
from tests.reading import links_of, text_of
from tests.reports.desk.conftest import As

AT = datetime(2018, 3, 19, 10, tzinfo=UTC)
# The days of the meetings in ascending and descending order of each column: what has no value stands last both ways,
# and rows that do not differ stay in the order of the page.
ORDERS = {
    "name": ("24 26 29", "26 29 24"),
    "meeting_on": ("29 26 24", "24 26 29"),
    "revision": ("24 29 26", "26 24 29"),
    "status": ("24 29 26", "26 29 24"),
    "published_on": ("26 29 24", "29 26 24"),
}


def href_of(contract: Contract, query: str = "") -> str:
    return f"{reverse('reports:papers', args=[contract.reference])}{query}"


def listed(page: object) -> list[str]:
    """The days of the meetings of the papers listed, in their order."""
    return re.findall(r'app-nowrap" href="[^"]+/meetings/\d+/">(\d+) \w+ 2018<', page.content.decode())  # type: ignore[attr-defined]


@pytest.fixture
def out(draft: Paper, cast: Cast) -> Paper:
    return issued.published(draft, cast.contract_manager, cast.clerk, AT, exempt="Not for everybody.")


def test_a_paper_says_when_and_where_it_was_published_and_until_when_it_is_kept(
    contract: Contract, out: Paper, signed_in: As
) -> None:
    page = signed_in("officer").get(href_of(contract))
    text = " ".join(text_of(page).split())
    assert "19 Mar 2018 in time 29 Mar 2024 background papers until 29 March 2022" in text
    assert issued.WHERE in links_of(page).values()
    for half in out.frozen.all():
        for file in half.files.all():
            assert (file.sha256 in text) == (half.audience == "public"), "an officer does not read what is exempt"


def test_a_late_one_says_so(contract: Contract, draft: Paper, cast: Cast, signed_in: As) -> None:
    issued.published(draft, cast.contract_manager, cast.clerk, datetime(2018, 3, 22, 9, tzinfo=UTC))
    assert "22 Mar 2018 late" in " ".join(text_of(signed_in("clerk").get(href_of(contract))).split())


def test_members_find_what_was_published_alone(
    contract: Contract, board: Board, draft: Paper, cast: Cast, signed_in: As
) -> None:
    assert "No paper has been published yet." in text_of(signed_in("board_member").get(href_of(contract)))
    issued.published(draft, cast.contract_manager, cast.clerk, AT)
    builders.paper(contract, builders.meeting(board, date(2018, 4, 26)), date(2018, 3, 14))
    assert listed(signed_in("board_member").get(href_of(contract))) == ["29"]
    assert listed(signed_in("officer").get(href_of(contract))) == ["26", "29"]


def test_a_draft_that_was_built_again_says_so(
    contract: Contract, meeting: Meeting, draft: Paper, signed_in: As, today: date
) -> None:
    builders.paper(contract, meeting, today, revision=2)
    assert text_of(signed_in("clerk").get(href_of(contract))).count("built again since") == 1


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("?status=published", ["29"]), ("?status=draft", ["26"]), ("?year=2018", ["26", "29"]), ("?year=2017", []),
        ("?kind=addendum", []), ("?kind=report", ["26", "29"]), ("?year=0000&status=lost&kind=%00", ["26", "29"]),
    ],
)  # fmt: skip
def test_it_is_filtered_by_kind_status_and_year(
    query: str, days: list[str], contract: Contract, board: Board, out: Paper, signed_in: As, today: date
) -> None:
    builders.paper(contract, builders.meeting(board, date(2018, 4, 26)), today)
    assert listed(signed_in("clerk").get(href_of(contract, query))) == days


def test_once_retention_has_passed_its_removal_is_offered_to_who_may_ask(
    contract: Contract, out: Paper, signed_in: As, on_day: Callable[[date], None]
) -> None:
    on_day(date(2024, 3, 29))
    assert "Retention passed" not in text_of(signed_in("clerk").get(href_of(contract)))
    on_day(date(2024, 3, 30))
    for who, may in (("clerk", True), ("contract_manager", True), ("officer", False), ("board_member", False)):
        page = signed_in(who).get(href_of(contract))
        assert "Retention passed" in text_of(page)
        assert ("Ask for its removal" in links_of(page)) == may, who


def test_every_column_sorts_both_ways(
    contract: Contract, board: Board, out: Paper, cast: Cast, signed_in: As, today: date
) -> None:
    assert {name for name, column in PaperTable.base_columns.items() if column.orderable is not False} == set(ORDERS)
    builders.project(contract)
    april = builders.paper(contract, builders.meeting(board, date(2018, 4, 26)), today, revision=2)
    issued.published(april, cast.contract_manager, cast.clerk, datetime(2018, 3, 15, 9, tzinfo=UTC))
    issued.withdrawn(april, cast.clerk, AT)
    builders.projects_paper(contract, builders.meeting(board, date(2018, 5, 24)), today)
    for column, (up, down) in ORDERS.items():
        for sort, days in ((column, up), (f"-{column}", down)):
            assert listed(signed_in("clerk").get(href_of(contract, f"?sort={sort}"))) == days.split(), sort
