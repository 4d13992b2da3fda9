"""Answers to warnings are kept as they are typed, and never written over somebody else's."""

import re
from html import unescape

import pytest
from django.test import Client

from contracts.models import ServiceArea
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Entry, Kpi, Result, Return
from tests.kpis.test_returns.pages import at, signed_in, typed, version
from tests.people import Cast
from tests.reading import text_of


@pytest.fixture
def doubted(officer: Client, kpis: tuple[Kpi, Kpi]) -> str:
    """A draft with one warning: the name of its answer."""
    officer.post(at("return_form"), typed(officer, kpis, value_0="99.9", value_1="1"))
    return f"answer-{kpis[0].pk}-unusual"


@pytest.fixture
def colleague(cast: Cast, area: ServiceArea) -> Client:
    grant_role(person=cast.other_officer, role=Role.OFFICER, contract=area.contract, service_area=area)
    return signed_in(cast.other_officer)


def page_of(client: Client) -> str:
    return client.get(at("return_check")).content.decode()


def answer_on(page: str) -> str:
    found = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert found
    return unescape(found[1])


def was(name: str, words: str) -> dict[str, str]:
    return {name.replace("answer-", "was-"): words}


def test_going_back_keeps_what_was_answered(officer: Client, doubted: str) -> None:
    back = officer.post(at("return_check"), {doubted: "A quiet month.", "back": "1"})
    assert back.headers["Location"] == at("return_form")
    assert answer_on(page_of(officer)) == "A quiet month."


def test_what_a_script_keeps_too_late_is_refused_without_telling_the_person(officer: Client, doubted: str) -> None:
    officer.post(at("return_check"), {doubted: "A quiet month.", "version": version(page_of(officer))})
    late = officer.post(at("return_check"), {doubted: "A quiet month, and", "keep": "1"})
    assert late.status_code == 409
    assert "Somebody else submitted" not in text_of(officer.get("/contracts/TST/returns/"))


def test_a_page_with_scripts_keeps_it_while_it_is_typed_and_stays_submittable(officer: Client, doubted: str) -> None:
    looked_at = version(page_of(officer))
    kept = officer.post(at("return_check"), {doubted: "A quiet", "keep": "1"}).json()
    assert kept["others"] == {}
    assert officer.post(at("return_check"), {doubted: "A quiet month.", "keep": "1"} | was(doubted, "A quiet")).json()
    assert version(page_of(officer)) == looked_at, "an answer makes no figure stale"
    sent = {doubted: "A quiet month.", "version": looked_at} | was(doubted, "A quiet month.")
    assert officer.post(at("return_check"), sent).status_code == 302


@pytest.mark.parametrize("wrong", ["stale", "unready"])
def test_a_submission_that_fails_keeps_the_answers(
    wrong: str, officer: Client, doubted: str, kpis: tuple[Kpi, Kpi]
) -> None:
    read = version(page_of(officer))
    officer.post(at("return_form"), typed(officer, kpis, value_1="2" if wrong == "stale" else ""))
    version_sent = read if wrong == "stale" else version(page_of(officer))
    refused = officer.post(at("return_check"), {doubted: "A quiet month.", "version": version_sent})
    assert refused.status_code == (409 if wrong == "stale" else 422)
    assert answer_on(page_of(officer)) == "A quiet month."


def test_two_who_answer_the_same_warning_both_see_both(officer: Client, colleague: Client, doubted: str) -> None:
    colleague.post(at("return_check"), {doubted: "Counted twice.", "keep": "1"})
    answer = officer.post(at("return_check"), {doubted: "A quiet month.", "keep": "1"}).json()
    assert answer["others"] == {doubted: "Counted twice."}
    looked_at = version(page_of(officer))
    refused = officer.post(at("return_check"), {doubted: "A quiet month.", "version": looked_at})
    assert refused.status_code == 409
    assert "Somebody else answered meanwhile: Counted twice." in text_of(refused)
    assert answer_on(refused.content.decode()) == "A quiet month."
    again = {doubted: "A quiet month.", "version": looked_at} | was(doubted, "Counted twice.")
    assert officer.post(at("return_check"), again).status_code == 302
    assert (
        Result.objects.get(kpi__code="CSC_KPI_01", month="2018-02-01").warning_answers.get().answer == "A quiet month."
    )


def test_an_answer_about_a_figure_on_record_types_nothing_over_it(
    officer: Client, kpis: tuple[Kpi, Kpi], doubted: str
) -> None:
    officer.post(at("return_check"), {doubted: "First.", "version": version(page_of(officer))})
    Return.objects.filter(month="2018-02-01").update(state="returned", returned_reason="Say more.")
    page = officer.get(at("return_form")).content.decode()
    assert answer_on(page_of(officer)) == "First."
    officer.post(at("return_check"), {doubted: "More.", "keep": "1"} | was(doubted, "First."))
    assert answer_on(page_of(officer)) == "More."
    entry = Entry.objects.get()
    assert (entry.version, entry.value) == (0, "99.9")
    Result.objects.filter(kpi=kpis[0], month="2018-02-01").update(value="99.8")
    now = officer.get(at("return_form")).content.decode()
    assert 'value="99.8"' in now, "what is on record stands, not the copy beside the answer"
    assert page.count("-version") == now.count("-version")
    saved = officer.post(at("return_form"), typed(officer, kpis, value_0="99.7"))
    assert saved.status_code == 302
    assert answer_on(page_of(officer)) == "More."
    assert Entry.objects.get().version == 1


def test_the_supplier_answers_nothing(cast: Cast, doubted: str) -> None:
    assert signed_in(cast.supplier).post(at("return_check"), {doubted: "Ours.", "keep": "1"}).status_code == 403
