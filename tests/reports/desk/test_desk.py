"""The head of a paper's page: where it stands, what is next, and what each role may do."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract
from reports.models import Meeting, Paper
from tests import builders
from tests.builders import issued
from tests.people import Cast
from tests.reading import links_of, text_of
from tests.reports.desk.conftest import As

AT = datetime(2018, 3, 19, 10, tzinfo=UTC)


def page_of(paper: Paper, client: Client) -> str:
    return text_of(client.get(href_of(paper)))


def href_of(paper: Paper) -> str:
    return reverse("reports:paper", args=[paper.contract.reference, paper.pk])


def offered(paper: Paper, client: Client) -> set[str]:
    """The names of the acts that the page leads to."""
    found = {href for href in links_of(client.get(href_of(paper))).values() if href.startswith(href_of(paper))}
    return {href.removeprefix(href_of(paper)).strip("/") for href in found} & {
        "sign-off", "take-back", "hand-over", "publication", "urgency", "withdraw",
        "removal/ask", "removal/confirm", "removal/refuse", "upload",
    }  # fmt: skip


def test_a_draft_says_who_signs_it_off_and_by_when(draft: Paper, signed_in: As) -> None:
    page = page_of(draft, signed_in("contract_manager"))
    assert "Where this paper stands" in page
    assert "The contract manager signs it off, by Monday 19 March 2018." in page
    assert "To be published by Wednesday 21 March 2018, five clear days before the meeting." in page


@pytest.mark.parametrize(
    ("who", "acts"),
    [("contract_manager", {"sign-off"}), ("officer", set()), ("clerk", set()), ("administrator", set())],
)
def test_a_draft_offers_each_role_what_it_may_do(who: str, acts: set[str], draft: Paper, signed_in: As) -> None:
    assert offered(draft, signed_in(who)) == acts


def test_what_waits_for_a_second_signature_is_offered_to_others_than_the_first(
    draft: Paper, cast: Cast, signed_in: As
) -> None:
    issued.act(draft, "signed off", cast.contract_manager, AT)
    page = page_of(draft, signed_in("officer"))
    assert "A second person signs it off as well" in page
    assert offered(draft, signed_in("officer")) == {"sign-off"}
    assert offered(draft, signed_in("administrator")) == {"sign-off"}
    assert offered(draft, signed_in("contract_manager")) == {"take-back"}
    assert offered(draft, signed_in("clerk")) == set()


def test_what_is_signed_off_is_handed_over_or_taken_back(draft: Paper, cast: Cast, signed_in: As) -> None:
    issued.signed_off(draft, cast.contract_manager, AT)
    assert offered(draft, signed_in("contract_manager")) == {"hand-over", "take-back"}
    page = page_of(draft, signed_in("clerk"))
    assert "The contract manager hands it to the clerk, by Tuesday 20 March 2018." in page
    assert f"19 March 2018 {cast.contract_manager}" in page


def test_what_is_with_the_clerk_is_the_clerks_to_publish(draft: Paper, cast: Cast, signed_in: As) -> None:
    issued.with_the_clerk(draft, cast.contract_manager, AT)
    assert offered(draft, signed_in("clerk")) == {"publication", "withdraw", "upload"}
    assert offered(draft, signed_in("contract_manager")) == {"upload"}
    assert "records when and where, by Wednesday 21 March 2018." in page_of(draft, signed_in("officer"))


def test_after_the_day_it_is_late_and_asks_for_urgency(
    draft: Paper, cast: Cast, signed_in: As, on_day: Callable[[date], None]
) -> None:
    issued.with_the_clerk(draft, cast.contract_manager, AT)
    on_day(date(2018, 3, 22))
    page = page_of(draft, signed_in("clerk"))
    assert "Late: to leave five clear days it had to be published by Wednesday 21 March 2018." in page
    assert offered(draft, signed_in("clerk")) == {"publication", "withdraw", "upload", "urgency"}


def test_what_was_published_says_when_where_and_whether_in_time(draft: Paper, cast: Cast, signed_in: As) -> None:
    issued.published(draft, cast.contract_manager, cast.clerk, AT)
    page = page_of(draft, signed_in("officer"))
    assert "In time: 7 clear days before the meeting." in page
    assert issued.WHERE in page
    assert offered(draft, signed_in("clerk")) == {"publication", "withdraw", "removal/ask", "upload"}
    assert offered(draft, signed_in("officer")) == set()


def test_a_removal_that_was_asked_for_is_confirmed_by_somebody_else(draft: Paper, cast: Cast, signed_in: As) -> None:
    issued.published(draft, cast.contract_manager, cast.clerk, AT)
    issued.act(draft, "removal asked", cast.clerk, AT, "A name was published.")
    assert "A name was published." in page_of(draft, signed_in("contract_manager"))
    assert "removal/confirm" in offered(draft, signed_in("contract_manager"))
    assert "removal/confirm" not in offered(draft, signed_in("clerk"))
    assert "removal/refuse" in offered(draft, signed_in("clerk"))
    assert "removal/confirm" not in offered(draft, signed_in("officer"))


def test_a_draft_that_was_built_again_leads_to_the_later_one(
    contract: Contract, meeting: Meeting, draft: Paper, signed_in: As, today: date
) -> None:
    later = builders.paper(contract, meeting, today, revision=2)
    page = signed_in("contract_manager").get(href_of(draft))
    assert "A later draft of this paper was built." in text_of(page)
    assert href_of(later) in links_of(page).values()
    assert offered(draft, signed_in("contract_manager")) == set()


def test_a_member_reads_what_was_published_without_the_desk(draft: Paper, cast: Cast, signed_in: As) -> None:
    assert signed_in("board_member").get(href_of(draft)).status_code == 404
    issued.with_the_clerk(draft, cast.contract_manager, AT)
    assert signed_in("board_member").get(href_of(draft)).status_code == 404
    issued.published(draft, cast.contract_manager, cast.clerk, AT)
    page = page_of(draft, signed_in("board_member"))
    assert "Published Monday 19 March 2018" in page
    assert "Where this paper stands" not in page
    assert "Month by month" in page


@pytest.mark.parametrize("who", ["board_member", "supplier", "project_manager"])
def test_of_a_withdrawn_paper_the_reason_stays_and_the_contents_go(
    who: str, draft: Paper, cast: Cast, signed_in: As
) -> None:
    issued.published(draft, cast.contract_manager, cast.clerk, AT)
    issued.withdrawn(draft, cast.clerk, AT)
    page = page_of(draft, signed_in(who))
    assert "The wrong months were judged." in page
    assert draft.headline not in page
    assert draft.headline in page_of(draft, signed_in("clerk"))


def test_what_was_withdrawn_before_it_was_published_is_nothing_to_members(
    draft: Paper, cast: Cast, signed_in: As
) -> None:
    issued.with_the_clerk(draft, cast.contract_manager, AT)
    issued.withdrawn(draft, cast.clerk, AT)
    assert signed_in("board_member").get(href_of(draft)).status_code == 404


def test_what_is_frozen_is_read_from_what_was_frozen(draft: Paper, cast: Cast, signed_in: As) -> None:
    in_the_draft = draft.headline
    draft.snapshot = draft.snapshot.replace(in_the_draft, "This is what went to the clerk.")
    issued.with_the_clerk(draft, cast.contract_manager, AT)
    page = page_of(draft, signed_in("clerk"))
    assert "This is what went to the clerk." in page
    assert in_the_draft not in page


def test_what_is_signed_off_says_so_and_not_draft(draft: Paper, cast: Cast, signed_in: As) -> None:
    issued.signed_off(draft, cast.contract_manager, AT)
    answer = signed_in("clerk").get(href_of(draft)).content.decode()
    assert "DRAFT" not in answer
