"""The page on which a paper's words are written: what it shows, keeps, merges and refuses."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Person
from contracts.rules.roles import Role
from reports.forms.narratives import BOXES_AT_FIRST
from reports.models import Board, Narrative, Paper, Remark
from reports.queries.narratives import on_record
from reports.snapshot import from_json
from tests.reports.cases import a_meeting, a_month_run, a_paper, a_project
from tests.reports.drafts.conftest import written
from tests.reports.drafts.test_narratives import KPI, save

pytestmark = pytest.mark.django_db
TYPED = {
    "headline": "One KPI failed.",
    "introduction": "An introduction.",
    "recommendation": "",
    "implications": "None.",
    "consultation": "",
    "background": "",
    "author": "",
    "item": "",
    "remark-kpi-ACF_KPI_01": "The cause is known.",
}


@pytest.fixture
def address(draft: Paper) -> str:
    return reverse("reports:words", args=["CSS", draft.pk])


def test_it_shows_the_generated_headline_the_defaults_and_a_box_for_each_thing_listed(
    draft: Paper, officer_page: Client, address: str
) -> None:
    Board.objects.update(author="Head of Contracts", recommendation="That it be noted.")
    page = officer_page.get(address).content.decode()
    assert from_json(draft.snapshot).headline in page
    assert "Blank, it reads: That it be noted." in page
    assert "Blank, it is the board’s: Head of Contracts." in page
    assert "open to inspection until Tuesday 29 March 2022" in page
    assert 'name="remark-kpi-ACF_KPI_01"' in page
    assert 'name="remark-project-P001"' in page
    assert 'name="lateness"' not in page


def test_what_is_typed_is_saved_and_shown_again(draft: Paper, officer_page: Client, address: str) -> None:
    answer = officer_page.post(address, TYPED | {"version": "0"}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    page = answer.content.decode()
    assert "The words are saved." in page
    assert "An introduction.</textarea>" in page
    assert "The cause is known.</textarea>" in page
    assert "was built before these words were saved" in page
    assert on_record(draft).version == 1


def test_saving_and_building_again_is_one_press(draft: Paper, officer_page: Client, address: str) -> None:
    answer = officer_page.post(address, TYPED | {"version": "0", "then": "rebuild"}, follow=True)
    assert answer.redirect_chain == [(reverse("reports:meeting", args=["CSS", draft.meeting_id]), 302)]
    assert "Revision 2 is being built" in answer.content.decode()


def test_a_stale_save_shows_both_keeps_what_was_typed_and_takes_in_what_was_not_touched(
    draft: Paper, officer: Person, officer_page: Client, address: str
) -> None:
    officer_page.post(address, TYPED | {"version": "0"})
    officer_page.post(address, TYPED | {"version": "1", "headline": "Theirs.", "implications": "Of money."})
    mine = TYPED | {"version": "1", "headline": "Mine.", "remark-kpi-ACF_KPI_01": "I know more."}
    answer = officer_page.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved these words" in page
    assert "Theirs." in page
    assert "Mine.</textarea>" in page
    assert "I know more.</textarea>" in page
    assert "Of money.</textarea>" in page
    assert on_record(draft).words["headline"] == "Theirs."
    again = mine | {"version": "2", "implications": "Of money."}
    assert officer_page.post(address, again).status_code == 302
    stands = on_record(draft)
    assert (stands.words["headline"], stands.words["implications"], stands.remarks[KPI]) == (
        "Mine.",
        "Of money.",
        "I know more.",
    )


def test_pressing_save_twice_saves_once_and_says_so(draft: Paper, officer_page: Client, address: str) -> None:
    officer_page.post(address, TYPED | {"version": "0"})
    answer = officer_page.post(address, TYPED | {"version": "0"})
    assert answer.status_code == 409
    assert "Nothing differs from what you typed" in answer.content.decode()
    assert (Narrative.objects.count(), Remark.objects.count(), on_record(draft).version) == (1, 1, 1)


def test_a_remark_on_what_is_no_longer_in_the_paper_is_shown_and_can_be_taken_away(
    draft: Paper, officer: Person, officer_page: Client, address: str
) -> None:
    save(draft, officer, P999="Finished.")
    page = officer_page.get(address).content.decode()
    assert "No longer in the paper" in page
    assert "Finished.</textarea>" in page
    officer_page.post(address, TYPED | {"version": "1", "remark-project-P999": ""})
    assert set(on_record(draft).remarks) == {KPI}


def test_a_text_that_is_too_long_is_shown_again_with_what_is_wrong(officer_page: Client, address: str) -> None:
    answer = officer_page.post(address, TYPED | {"version": "0", "introduction": "x" * 4001})
    assert answer.status_code == 422
    assert "x" * 4001 in answer.content.decode()
    assert not Narrative.objects.exists()


def test_signed_off_it_is_read_only_and_says_why(
    draft: Paper, officer: Person, officer_page: Client, address: str
) -> None:
    save(draft, officer, ACF_KPI_01="The cause is known.")
    Paper.objects.filter(pk=draft.pk).update(status="signed off")
    page = officer_page.get(address).content.decode()
    assert "This paper is signed off: its words stand as they were signed off." in page
    assert "This is the first report of its kind." in page
    assert "The cause is known." in page
    assert "<textarea" not in page
    assert officer_page.post(address, TYPED | {"version": "1"}).status_code == 409
    assert on_record(draft).version == 1


def test_a_hostile_text_is_shown_as_text(officer_page: Client, address: str) -> None:
    typed = TYPED | {"version": "0", "introduction": "</textarea><script>alert(1)</script>"}
    page = officer_page.post(address, typed, follow=True).content.decode()
    assert "<script>alert(1)" not in page


def test_an_operational_report_and_the_paper_of_another_contract_have_no_such_page(
    draft: Paper, officer_page: Client
) -> None:
    monthly = a_paper(a_month_run(draft.contract))
    assert officer_page.get(reverse("reports:words", args=["CSS", monthly.pk])).status_code == 404
    assert officer_page.get(reverse("reports:words", args=["OTH", draft.pk])).status_code == 404


def test_who_does_not_write_papers_is_refused(person: Callable[[Role], Person], address: str) -> None:
    for role, status in ((Role.CLERK, 403), (Role.SUPPLIER, 404), (Role.BOARD_MEMBER, 404)):
        client = Client()
        client.force_login(person(role))
        assert client.get(address).status_code == status
        assert client.post(address, TYPED | {"version": "0"}).status_code == status


def test_the_page_costs_the_same_whatever_is_written(
    draft: Paper, officer: Person, officer_page: Client, address: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            officer_page.get(address)
        return len(found)

    save(draft, officer, ACF_KPI_01="One.")
    few = queries()
    many: dict[str, Any] = {f"P{number}": "Late." for number in range(100, 140)}
    save(draft, officer, version=1, ACF_KPI_01="One.", **many)
    assert queries() == few


def test_of_many_things_listed_the_gravest_have_a_box_and_the_rest_can_be_given_one(
    draft: Paper, officer_page: Client, address: str
) -> None:
    for number in range(2, 30):
        a_project(draft.contract, f"P{number:03}")
    newest = written(draft.contract, a_meeting(draft.contract, on=date(2018, 4, 26)))
    address = reverse("reports:words", args=["CSS", newest.pk])
    page = officer_page.get(address).content.decode()
    assert page.count('name="remark-project-') == BOXES_AT_FIRST
    assert '<option value="remark-project-P029">' in page
    typed = TYPED | {"version": "0", "another": "remark-project-P029", "add": "yes", "introduction": "Not saved yet."}
    page = officer_page.post(address, typed).content.decode()
    assert 'name="remark-project-P029"' in page
    assert "Not saved yet.</textarea>" in page
    assert not Narrative.objects.exists()
