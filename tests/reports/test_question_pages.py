"""The pages of questions: asking from a figure, answering, handing over, withdrawing, minuting, and where they show."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, Message, Question, ServiceArea
from reports.models import BoardRequest
from tests import builders
from tests.people import Cast
from tests.reading import facts_of, links_of, text_of


@pytest.fixture
def watched(cast: Cast, contract: Contract, area: ServiceArea) -> Contract:
    """A contract with a failing KPI, a project, and a meeting of its board in December."""
    builders.results(builders.kpi(area), "2017-11", ["95", "85", "75"])
    builders.returns(area, "2017-11", "2018-01")
    builders.project(contract)
    board = builders.board(contract)
    builders.review_period(contract, builders.meeting(board, date(2017, 12, 21), "held"), "2017-11", "2017-11")
    builders.meeting(board, date(2018, 3, 29))
    return contract


@pytest.fixture
def asked(cast: Cast, watched: Contract) -> Question:
    return builders.question(watched, cast.board_member, owner=cast.officer)


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


def ask_address(contract: Contract, query: str) -> str:
    return f"{reverse('reports:ask_question', args=[contract.reference])}?{query}"


def address(name: str, question: Question) -> str:
    return reverse(f"reports:{name}", args=[question.contract.reference, question.reference])


def kpi_page(contract: Contract) -> str:
    return reverse("kpis:kpi", args=[contract.reference, "CSC_KPI_01"])


def test_a_member_asks_from_the_page_of_a_kpi_and_sees_it_there(member: Client, watched: Contract) -> None:
    href = links_of(member.get(kpi_page(watched)))["Ask a question"]
    assert href == ask_address(watched, "kpi=CSC_KPI_01")
    page = member.get(href)
    assert "About CSC_KPI_01: Calls answered in time" in text_of(page)
    response = member.post(href, {"text": "Why did it fall?"}, follow=True)
    assert "Q001 is asked. Contract manager answers it." in text_of(response)
    said = text_of(member.get(kpi_page(watched)))
    assert "Why did it fall?" in said
    assert "Asked 14 March 2018 (today) by Board member; Contract manager is to answer" in said


def test_a_member_asks_about_an_exception_by_its_month_and_rule(member: Client, watched: Contract) -> None:
    href = ask_address(watched, "kpi=csc+kpi+1&month=2018-01&rule=below_minimum")
    assert "About CSC_KPI_01, January 2018 (below minimum)" in text_of(member.get(href))
    member.post(href, {"text": "What is done about it?"})
    question = Question.objects.get()
    assert (question.about, question.month, question.rule) == ("exception", date(2018, 1, 1), "below minimum")


def test_a_member_asks_about_a_project_and_sees_it_there(member: Client, watched: Contract) -> None:
    project = reverse("projects:project", args=[watched.reference, "P001"])
    href = links_of(member.get(project))["Ask a question"]
    member.post(href, {"text": "Who pays for the delay?"})
    assert "Who pays for the delay?" in text_of(member.get(project))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kpi=CSC_KPI_99",
        "kpi=%00",
        "kpi=CSC_KPI_01&month=never",
        "kpi=CSC_KPI_01&month=2018-03",
        "kpi=CSC_KPI_01&month=2016-12",
        "kpi=CSC_KPI_01&rule=below_minimum",
        "kpi=CSC_KPI_01&month=2018-01&rule=gossip",
        "kpi=CSC_KPI_01&project=P001",
        "project=P999",
        f"project={'P' * 5000}",
        "follows=Q999",
        "follows=%00",
    ],
)
def test_what_does_not_exist_cannot_be_asked_about(query: str, member: Client, watched: Contract) -> None:
    assert member.get(ask_address(watched, query)).status_code == 404


def test_asking_nothing_is_said_beside_the_box(member: Client, watched: Contract) -> None:
    response = member.post(ask_address(watched, "kpi=CSC_KPI_01"), {"text": " "})
    assert response.status_code == 200
    assert "Error: Ask a question" in response.content.decode()
    assert not Question.objects.exists()


def test_only_members_are_offered_to_ask(watched: Contract, cast: Cast) -> None:
    pages = [kpi_page(watched), reverse("reports:exceptions", args=[watched.reference])]
    for who in ("clerk", "officer", "contract_manager", "supplier", "administrator"):
        for page in pages:
            assert "Ask a question" not in text_of(signed_in(cast, who).get(page)), who


def test_the_owner_answers_on_the_page_of_the_question(asked: Question, cast: Cast) -> None:
    officer = signed_in(cast, "officer")
    form = {"answer": "Two lines were down.", "version": 1}
    response = officer.post(address("answer_question", asked), form, follow=True)
    assert "Q001 is answered." in text_of(response)
    said = text_of(signed_in(cast, "board_member").get(kpi_page(asked.contract)))
    assert "Two lines were down." in said
    assert "answered 14 March 2018 by Officer" in said


def test_an_answer_typed_on_a_stale_page_is_kept_and_refused(asked: Question, cast: Cast) -> None:
    officer = signed_in(cast, "officer")
    officer.post(address("answer_question", asked), {"answer": "First.", "version": 1})
    response = officer.post(address("answer_question", asked), {"answer": "Second.", "version": 1})
    assert response.status_code == 409
    said = text_of(response)
    assert "was changed by somebody else" in said
    assert "Second." in said
    again = officer.post(address("answer_question", asked), {"answer": "Second.", "version": 2})
    assert again.status_code == 302
    shown = text_of(officer.get(address("question", asked)))
    assert "The answer before was: First." in shown


@pytest.mark.parametrize("version", ["", "x", "-1", "٣", "9" * 400])
def test_a_version_that_is_none_is_taken_for_a_stale_one(version: str, asked: Question, cast: Cast) -> None:
    form = {"answer": "It was a fault.", "version": version}
    assert signed_in(cast, "officer").post(address("answer_question", asked), form).status_code == 409


def test_the_manager_hands_it_to_anybody_of_the_contract_an_owner_only_back(asked: Question, cast: Cast) -> None:
    manager, officer = signed_in(cast, "contract_manager"), signed_in(cast, "officer")
    offered = officer.get(address("question", asked)).content.decode()
    assert "Contract manager</option>" in offered
    assert "Supplier</option>" not in offered
    response = officer.post(address("hand_question", asked), {"to": cast.supplier.pk, "version": 1})
    assert response.status_code == 422
    response = manager.post(address("hand_question", asked), {"to": cast.supplier.pk, "version": 1}, follow=True)
    assert "Q001 is handed to Supplier." in text_of(response)
    assert signed_in(cast, "supplier").get(address("question", asked)).status_code == 200


def test_a_question_out_of_date_is_not_handed_over(asked: Question, cast: Cast) -> None:
    form = {"to": cast.supplier.pk, "version": 7}
    response = signed_in(cast, "contract_manager").post(address("hand_question", asked), form)
    assert response.status_code == 409
    asked.refresh_from_db()
    assert asked.owner == cast.officer


def test_who_asked_withdraws_it(asked: Question, member: Client) -> None:
    response = member.post(address("withdraw_question", asked), {"version": 1}, follow=True)
    assert "Q001 is withdrawn." in text_of(response)
    assert "Withdraw the question" not in text_of(response)
    assert member.post(address("withdraw_question", asked), {"version": 2}).status_code == 403


def test_a_withdrawal_on_a_stale_page_is_refused_in_words(asked: Question, member: Client) -> None:
    response = member.post(address("withdraw_question", asked), {"version": 9}, follow=True)
    assert "was changed by somebody else" in text_of(response)
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_a_member_goes_on_from_an_answer(asked: Question, cast: Cast, member: Client) -> None:
    signed_in(cast, "officer").post(address("answer_question", asked), {"answer": "A fault.", "version": 1})
    href = links_of(member.get(address("question", asked)))["Ask a further question"]
    assert "The answer: A fault." in text_of(member.get(href))
    member.post(href, {"text": "Since when?"})
    further = Question.objects.get(follows=asked)
    assert links_of(member.get(address("question", further)))["Q001"] == address("question", asked)
    assert links_of(member.get(address("question", asked)))["Q002"] == address("question", further)


def test_an_open_question_cannot_be_followed(asked: Question, member: Client) -> None:
    assert member.get(ask_address(asked.contract, "follows=Q001")).status_code == 404


def test_the_clerk_records_the_minutes_and_the_next_paper_is_headed_by_it(asked: Question, cast: Cast) -> None:
    clerk = signed_in(cast, "clerk")
    page = clerk.get(address("minute_question", asked))
    assert "Thursday 21 December 2017, Scrutiny Board" in text_of(page)
    meetings = asked.contract.boards.get().meetings
    held, coming = (meetings.get(meeting_on=day) for day in (date(2017, 12, 21), date(2018, 3, 29)))
    form = {"meeting": held.pk, "text": "Why did it fall?", "owner": "Contract manager", "due": coming.pk, "version": 1}
    response = clerk.post(address("minute_question", asked), form, follow=True)
    assert "Q001 is minuted as B001. It heads the next paper." in text_of(response)
    assert facts_of(response)["In the papers"] == "Request B001, open, due at the meeting of 29 March 2018"
    said = text_of(clerk.get(reverse("reports:exceptions", args=[asked.contract.reference])))
    assert "B001" in said
    assert "Why did it fall?" in said


@pytest.mark.parametrize(
    ("field", "value"), [("meeting", "0"), ("meeting", "x"), ("text", ""), ("owner", ""), ("due", "x")]
)
def test_minutes_that_make_no_sense_are_refused_on_the_page(
    field: str, value: str, asked: Question, cast: Cast
) -> None:
    held = asked.contract.boards.get().meetings.get(meeting_on=date(2017, 12, 21))
    form = {"meeting": held.pk, "text": "Why?", "owner": "Manager", "due": "", "version": 1, field: value}
    response = signed_in(cast, "clerk").post(address("minute_question", asked), form)
    assert response.status_code == 200
    assert "There is a problem" in text_of(response)
    assert not BoardRequest.objects.exists()


def test_a_meeting_still_to_come_cannot_have_minuted_it(asked: Question, cast: Cast) -> None:
    coming = asked.contract.boards.get().meetings.get(meeting_on=date(2018, 3, 29))
    form = {"meeting": coming.pk, "text": "Why?", "owner": "Manager", "due": "", "version": 1}
    response = signed_in(cast, "clerk").post(address("minute_question", asked), form)
    assert "There is a problem" in text_of(response)


def test_the_list_stands_open_ones_first_with_their_age(asked: Question, cast: Cast, member: Client) -> None:
    builders.question(
        asked.contract, cast.board_member, "Q002", text="Answered already?", state="answered", answer="Yes.",
        answered_by=cast.officer, answered_at=asked.asked_at,
    )  # fmt: skip
    said = text_of(member.get(reverse("reports:questions", args=[asked.contract.reference])))
    assert "1 question waits for an answer." in said
    assert "(9 days ago)" in said
    assert said.index("Why did this figure fall?") < said.index("Answered already?")
    assert "About CSC_KPI_01: Calls answered in time" in said.replace(" :", ":")


def test_no_question_says_how_one_gets_there(member: Client, watched: Contract) -> None:
    said = text_of(member.get(reverse("reports:questions", args=[watched.reference])))
    assert "No question was asked yet." in said
    assert "choose Ask a question" in said


def test_the_exceptions_page_says_what_was_asked_since_the_last_meeting(
    asked: Question, cast: Cast, member: Client
) -> None:
    page = reverse("reports:exceptions", args=[asked.contract.reference])
    assert "Asked since the Board last met: 1 question, not answered." in text_of(member.get(page))
    signed_in(cast, "officer").post(address("answer_question", asked), {"answer": "A fault.", "version": 1})
    said = text_of(member.get(page))
    assert "Asked since the Board last met: 1 question, answered." in said
    assert "A fault." in said


def test_the_supplier_meets_only_its_own_questions_wherever_they_show(asked: Question, cast: Cast) -> None:
    builders.question(asked.contract, cast.board_member, "Q002", owner=cast.supplier, text="Who repaired the lines?")
    supplier = signed_in(cast, "supplier")
    for name, of in (("reports:questions", ()), ("reports:exceptions", ()), ("kpis:kpi", ("CSC_KPI_01",))):
        said = text_of(supplier.get(reverse(name, args=[asked.contract.reference, *of])))
        assert "Who repaired the lines?" in said, name
        assert "Why did this figure fall?" not in said, name


def test_what_is_asked_and_answered_is_escaped(cast: Cast, member: Client, watched: Contract) -> None:
    question = builders.question(watched, cast.board_member, text="<script>alert(1)</script>")
    for page in (kpi_page(watched), address("question", question), reverse("reports:questions", args=["TST"])):
        assert "<script>alert(1)" not in member.get(page).content.decode()


def test_every_kind_of_news_of_questions_can_be_turned_off(member: Client) -> None:
    said = text_of(member.get(reverse("messages")))
    for kind in Message.Kind:
        if kind.startswith("question"):
            assert kind.label[1:] in said
