"""The register of the Board's requests and the page of one: what they show, and what is done on them."""

import csv
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, Person
from contracts.queries import demonstration_day
from contracts.services import set_demonstration_day
from reports.models import BoardRequest, Meeting
from tests import builders
from tests.people import Cast

HELD_ON, NEXT = date(2018, 3, 1), date(2018, 3, 29)


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return signed_in(cast.clerk)


@pytest.fixture
def meeting(contract: Contract) -> Meeting:
    return builders.meeting(builders.board(contract), HELD_ON, "held")


@pytest.fixture
def coming(meeting: Meeting) -> Meeting:
    return builders.meeting(meeting.board, NEXT)


@pytest.fixture
def register(contract: Contract, meeting: Meeting) -> None:
    earlier = builders.meeting(meeting.board, date(2017, 12, 21), "held")
    given: dict[str, Any] = {"raised_on": earlier.meeting_on, "meeting": earlier}
    builders.request(contract, "B001", status="closed", answer="Yes.", owner="Head of Finance", **given)
    builders.request(contract, "B002", status="answered", answer="No.", kind="question", **given)
    builders.request(contract, "B003", due_meeting_on=NEXT, **given)
    builders.request(contract, "B004", due_meeting_on=HELD_ON, raised_on=HELD_ON, meeting=meeting, kind="resolution")


def references(client: Client, query: str = "") -> list[str]:
    page = client.get(reverse("reports:requests", args=["TST"]) + query)
    return re.findall(r'requests/\d+/">(\w+)</a>', page.content.decode())


def test_the_register_shows_what_waits_first_and_what_is_overdue_before_all(clerk: Client, register: None) -> None:
    assert references(clerk) == ["B004", "B003", "B002", "B001"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status=open", ["B004", "B003"]),
        ("?status=closed", ["B001"]),
        ("?kind=question", ["B002"]),
        ("?overdue=yes", ["B004"]),
        ("?owner=Head+of+Finance", ["B001"]),
        ("?status=forgotten&kind=wish&meeting=x", ["B004", "B003", "B002", "B001"]),
        ("?meeting=99999999999999999999", ["B004", "B003", "B002", "B001"]),
    ],
)
def test_the_register_is_filtered(query: str, found: list[str], clerk: Client, register: None) -> None:
    assert references(clerk, query) == found


def test_the_register_is_filtered_by_the_meeting_that_raised_it(
    clerk: Client, register: None, meeting: Meeting
) -> None:
    assert references(clerk, f"?meeting={meeting.pk}") == ["B004"]


def test_the_register_is_a_file_in_which_nothing_is_a_formula(
    clerk: Client, contract: Contract, register: None
) -> None:
    BoardRequest.objects.filter(reference="B003").update(text='=HYPERLINK("x")')
    response = clerk.get(reverse("reports:requests_csv", args=["TST"]) + "?status=open")
    rows = list(csv.DictReader(response.content.decode().splitlines()))
    assert [(row["reference"], row["overdue"]) for row in rows] == [("B004", "yes"), ("B003", "no")]
    assert (rows[1]["text"], rows[1]["due_meeting"], rows[1]["meetings_since"]) == (
        '\'=HYPERLINK("x")',
        "2018-03-29",
        "1",
    )


def test_a_request_is_not_there_before_the_day_it_is_raised(contract: Contract, clerk: Client) -> None:
    row = builders.request(contract, raised_on=NEXT)
    address = reverse("reports:request", args=["TST", row.pk])
    assert clerk.get(address).status_code == 404
    assert references(clerk) == []
    set_demonstration_day(on=NEXT)
    assert demonstration_day() == NEXT
    assert clerk.get(address).status_code == 200


def said(meeting: Meeting, **more: object) -> dict[str, object]:
    return {
        "meeting": meeting.pk,
        "kind": "request",
        "text": "Show it.",
        "raised_by": "The Board",
        "owner": "CIO",
    } | more


def test_one_minuted_the_next_can_follow_at_the_same_meeting(
    clerk: Client, contract: Contract, meeting: Meeting, coming: Meeting
) -> None:
    address = reverse("reports:minute_request", args=["TST"])
    response = clerk.post(address, said(meeting, due=coming.pk))
    assert response.headers["Location"] == f"{address}?meeting={meeting.pk}"
    assert clerk.post(address, said(meeting, due=coming.pk)).status_code == 302
    row = BoardRequest.objects.get()
    assert (row.reference, row.raised_on, row.due_meeting_on) == ("B001", HELD_ON, NEXT)
    page = clerk.get(response.headers["Location"]).content.decode()
    assert f'<option value="{meeting.pk}" selected>' in page
    assert "Show it." in page
    assert "Left blank, it is B002." in page


def test_a_taken_reference_is_refused_beside_its_field_and_nothing_typed_is_lost(
    clerk: Client, contract: Contract, meeting: Meeting
) -> None:
    builders.request(contract, "B001")
    response = clerk.post(reverse("reports:minute_request", args=["TST"]), said(meeting, reference="B001"))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_reference"' in page
    assert "Show it." in page
    assert BoardRequest.objects.count() == 1


def test_an_answer_is_saved_and_then_closes_it(clerk: Client, contract: Contract) -> None:
    row = builders.request(contract)
    address = reverse("reports:answer_request", args=["TST", row.pk])
    assert clerk.post(address, {"answer": "From April.", "version": 1}).status_code == 302
    assert clerk.post(address, {"answer": "From April.", "version": 2, "close": "yes"}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.answer, row.version) == ("closed", "From April.", 3)
    page = clerk.get(reverse("reports:request", args=["TST", row.pk])).content.decode()
    assert "Reopen it" in page
    assert "Save the answer" not in page


def test_a_stale_save_is_shown_beside_what_stands_and_can_be_sent_again(
    clerk: Client, cast: Cast, contract: Contract
) -> None:
    row = builders.request(contract)
    address = reverse("reports:answer_request", args=["TST", row.pk])
    signed_in(cast.contract_manager).post(address, {"answer": "Theirs.", "version": 1})
    response = clerk.post(address, {"answer": "Mine.", "version": 1})
    page = unescape(response.content.decode())
    assert response.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert "changed by somebody else" in page
    assert 'name="version" value="2"' in page
    row.refresh_from_db()
    assert row.answer == "Theirs."


def test_what_was_sent_for_a_request_that_is_closed_by_now_is_not_lost(
    clerk: Client, cast: Cast, contract: Contract
) -> None:
    row = builders.request(contract, status="closed", answer="Done.")
    response = clerk.post(reverse("reports:answer_request", args=["TST", row.pk]), {"answer": "Mine.", "version": 1})
    assert response.status_code == 409
    assert "Mine." in response.content.decode()


def test_the_one_it_is_assigned_to_answers_and_hands_on_and_does_no_more(cast: Cast, contract: Contract) -> None:
    row = builders.request(contract, assigned_to=cast.officer)
    officer = signed_in(cast.officer)
    page = officer.get(reverse("reports:request", args=["TST", row.pk])).content.decode()
    assert "Save the answer" in page
    assert "Save and close" not in page
    assert "Put it off" not in page
    answer = reverse("reports:answer_request", args=["TST", row.pk])
    assert officer.post(answer, {"answer": "Yes.", "version": 1, "close": "yes"}).status_code in (403, 409)
    assert officer.post(answer, {"answer": "Yes.", "version": 1}).status_code == 302
    row.refresh_from_db()
    assert row.status == "answered"
    handed = {"owner": "Head of Finance", "assigned_to": "", "version": 2}
    assert officer.post(reverse("reports:hand_request", args=["TST", row.pk]), handed).status_code == 302


def test_the_history_says_who_did_what_and_the_supplier_is_not_told(
    clerk: Client, cast: Cast, contract: Contract
) -> None:
    row = builders.request(contract)
    address = reverse("reports:answer_request", args=["TST", row.pk])
    clerk.post(address, {"answer": "First.", "version": 1})
    clerk.post(address, {"answer": "Second.", "version": 2})
    shown = reverse("reports:request", args=["TST", row.pk])
    page = clerk.get(shown).content.decode()
    assert "The answer before was: First." in page
    assert "14 March 2018</time>, Clerk" in page
    hidden = signed_in(cast.supplier).get(shown).content.decode()
    assert "Second." in hidden
    assert "History" not in hidden


def test_the_page_of_a_meeting_leads_to_what_it_minuted(clerk: Client, member: Client, meeting: Meeting) -> None:
    address = reverse("reports:meeting", args=["TST", meeting.pk])
    wanted = f"{reverse('reports:minute_request', args=['TST'])}?meeting={meeting.pk}"
    assert wanted in clerk.get(address).content.decode()
    page = member.get(address).content.decode()
    assert f"{reverse('reports:requests', args=['TST'])}?meeting={meeting.pk}" in page
    assert wanted not in page
