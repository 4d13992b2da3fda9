"""Asking, handing over, answering, withdrawing: what is written, who is told, what is refused."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from contracts.models import Contract, Message, MutedKind, Person, Question
from contracts.queries import load_ground
from contracts.queries.questions import load_question_duties
from contracts.rules.months import Month
from contracts.rules.questions import About, Subject
from contracts.rules.roles import Role
from contracts.services import grant_role
from contracts.services import questions as services
from contracts.services.people import withdraw_role
from tests import builders
from tests.people import Cast, person

THEN = datetime(2018, 3, 5, 9, 5, tzinfo=UTC)
LATER = datetime(2018, 3, 9, 16, 30, tzinfo=UTC)
FIGURE = Subject(About.FIGURE, kpi="CSC_KPI_01")


@pytest.fixture
def asked(cast: Cast, contract: Contract) -> Question:
    return ask(cast, contract)


def ask(cast: Cast, contract: Contract, subject: Subject = FIGURE, text: str = "Why did it fall?") -> Question:
    return services.ask_question(contract=contract, by=cast.board_member, at=THEN, subject=subject, text=text)


def answer(question: Question, by: Person, text: str = "Two lines were down.", version: int | None = None) -> Question:
    return services.answer_question(
        question=question, by=by, at=LATER, answer=text, version=question.version if version is None else version
    )


@pytest.mark.parametrize(
    ("deed", "who"),
    [
        ("ask", {"board_member"}),
        ("hand", {"contract_manager"}),
        ("answer", {"contract_manager", "officer"}),
        ("withdraw", {"board_member"}),
        ("minute", {"clerk", "contract_manager"}),
    ],
)
def test_nobody_does_what_the_table_of_roles_does_not_give_them(
    deed: str, who: set[str], cast: Cast, contract: Contract
) -> None:
    deeds: dict[str, Callable[[Question, Person], object]] = {
        "ask": lambda one, by: services.ask_question(contract=contract, by=by, at=THEN, subject=FIGURE, text="Why so?"),
        "hand": lambda one, by: services.hand_over(question=one, by=by, to=cast.supplier, version=1),
        "answer": lambda one, by: answer(one, by),
        "withdraw": lambda one, by: services.withdraw_question(question=one, by=by, version=1),
        "minute": lambda one, by: services.note_minuted(
            question=one, by=by, board="Board", meeting_on=date(2018, 3, 1), version=1
        ),
    }
    done = set()
    for number, (name, person_) in enumerate(cast.everybody()):
        one = builders.question(contract, cast.board_member, f"Q{2 * number + 101}", owner=cast.officer)
        with suppress(PermissionDenied, services.NotYourQuestion, services.NoBusinessOfTheirs):
            deeds[deed](one, person_)
            done.add(name)
    assert done == who


def test_what_was_handed_to_somebody_is_theirs_only_as_long_as_they_work_on_the_contract(
    cast: Cast, contract: Contract
) -> None:
    """Whoever sees the contract in another role, as a member of its Board, answers nothing any more."""
    one = builders.question(contract, cast.board_member, "Q009", kpi="CSC_KPI_01", owner=cast.officer)
    post = cast.officer.assignments.get()
    withdraw_role(person=cast.officer, role=Role.OFFICER, contract=contract, service_area=post.service_area)
    grant_role(person=cast.officer, role=Role.BOARD_MEMBER, contract=contract)
    with pytest.raises(services.NotYours):
        answer(one, cast.officer)
    held = load_ground(cast.officer).held
    duties = load_question_duties(one, cast.officer, held)
    assert (duties.may_answer, duties.owners) == (False, ())


def told(kind: Message.Kind) -> list[str]:
    found = Message.objects.filter(kind=kind).order_by("pk")
    return [email.partition("@")[0] for email in found.values_list("person__email", flat=True)]


def test_the_contract_manager_owns_a_question_and_is_told(asked: Question, cast: Cast) -> None:
    assert (asked.reference, asked.state, asked.owner) == ("Q001", "asked", cast.contract_manager)
    assert told(Message.Kind.QUESTION_PUT) == ["contract_manager"]
    message = Message.objects.get()
    assert message.subject == "A question to answer: Q001"
    assert "Board member asks about CSC_KPI_01:\n\nWhy did it fall?" in message.body
    assert "http://127.0.0.1:8000/contracts/TST/questions/Q001/" in message.body


def test_questions_are_numbered_by_contract(cast: Cast, contract: Contract, other_contract: Contract) -> None:
    grant_role(person=cast.board_member, role=Role.BOARD_MEMBER, contract=other_contract)
    texts = ((contract, "Why?"), (contract, "Since when?"), (other_contract, "Why?"))
    assert [ask(cast, each, text=text).reference for each, text in texts] == ["Q001", "Q002", "Q001"]


def test_a_question_that_is_sent_twice_is_asked_once(asked: Question, cast: Cast, contract: Contract) -> None:
    assert ask(cast, contract, text=" Why did it fall? ") == asked
    assert told(Message.Kind.QUESTION_PUT) == ["contract_manager"]
    assert ask(cast, contract, Subject(About.FIGURE, kpi="CSC_KPI_02")).reference == "Q002"
    answer(asked, cast.contract_manager)
    assert ask(cast, contract).reference == "Q003", "once it is answered it can be asked again"


def test_an_exception_is_kept_with_its_month_and_rule(cast: Cast, contract: Contract) -> None:
    month = Month(date(2018, 1, 1))
    question = ask(cast, contract, Subject(About.EXCEPTION, kpi="CSC_KPI_01", month=month, rule="below minimum"))
    question.refresh_from_db()
    assert (question.about, question.month, question.rule) == ("exception", month, "below minimum")
    assert "asks about CSC_KPI_01, January 2018 (below minimum)" in Message.objects.get().body


def test_a_contract_without_a_manager_still_takes_questions(cast: Cast, other_contract: Contract) -> None:
    grant_role(person=cast.board_member, role=Role.BOARD_MEMBER, contract=other_contract)
    assert ask(cast, other_contract).owner is None
    assert not Message.objects.exists()


def test_nothing_typed_is_no_question(cast: Cast, contract: Contract) -> None:
    with pytest.raises(services.NothingAsked) as refusal:
        ask(cast, contract, text="  \n ")
    assert refusal.value.field == "text"
    assert not Question.objects.exists()


def test_who_has_turned_the_kind_off_is_not_told(cast: Cast, contract: Contract) -> None:
    MutedKind.objects.create(person=cast.contract_manager, kind=Message.Kind.QUESTION_PUT)
    ask(cast, contract)
    assert not Message.objects.exists()


@pytest.mark.parametrize("to", ["officer", "supplier", "project_manager"])
def test_a_question_is_handed_to_who_knows(to: str, asked: Question, cast: Cast) -> None:
    handed = services.hand_over(question=asked, by=cast.contract_manager, to=getattr(cast, to), version=asked.version)
    assert handed.owner == getattr(cast, to)
    assert told(Message.Kind.QUESTION_PUT) == ["contract_manager", to]


@pytest.mark.parametrize("to", ["board_member", "clerk", "outsider", "other_officer", "leaver"])
def test_a_question_is_not_handed_to_who_does_not_work_on_the_contract(to: str, asked: Question, cast: Cast) -> None:
    with pytest.raises(services.NoBusinessOfTheirs):
        services.hand_over(question=asked, by=cast.contract_manager, to=getattr(cast, to), version=asked.version)
    asked.refresh_from_db()
    assert asked.owner == cast.contract_manager


def test_handing_there_and_back_tells_each_time(asked: Question, cast: Cast) -> None:
    question = asked
    for to in (cast.officer, cast.contract_manager, cast.officer):
        by = cast.contract_manager if to == cast.officer else cast.officer
        question = services.hand_over(question=question, by=by, to=to, version=question.version)
    assert told(Message.Kind.QUESTION_PUT) == ["contract_manager", "officer", "contract_manager", "officer"]


def test_an_answer_says_who_and_when_and_is_told_to_who_asked(asked: Question, cast: Cast) -> None:
    answered = answer(asked, cast.contract_manager)
    answered.refresh_from_db()
    assert (answered.state, answered.answer) == ("answered", "Two lines were down.")
    assert (answered.answered_by, answered.answered_at) == (cast.contract_manager, LATER)
    assert told(Message.Kind.QUESTION_ANSWERED) == ["board_member"]
    assert "Contract manager answers:\n\nTwo lines were down." in Message.objects.latest("pk").body


def test_an_answer_given_again_keeps_the_one_before_in_its_history(asked: Question, cast: Cast) -> None:
    again = answer(answer(asked, cast.contract_manager), cast.contract_manager, "Three lines were down.")
    assert again.answer == "Three lines were down."
    written = list(again.history.order_by("history_id").values_list("answer", "history_change_reason"))
    assert written == [
        ("", "asked"), ("Two lines were down.", "answered"), ("Three lines were down.", "answered again"),
    ]  # fmt: skip
    assert told(Message.Kind.QUESTION_ANSWERED) == ["board_member", "board_member"]


def test_a_stale_answer_is_refused_and_changes_nothing(asked: Question, cast: Cast) -> None:
    answer(asked, cast.contract_manager)
    with pytest.raises(services.QuestionChanged, match="It is now answered"):
        answer(asked, cast.officer, "Another.", version=1)
    asked.refresh_from_db()
    assert asked.answer == "Two lines were down."
    assert told(Message.Kind.QUESTION_ANSWERED) == ["board_member"]


def test_an_answer_of_nothing_is_refused(asked: Question, cast: Cast) -> None:
    with pytest.raises(services.NothingAsked):
        answer(asked, cast.contract_manager, " ")


def test_who_asked_withdraws_and_the_owner_is_told(asked: Question, cast: Cast) -> None:
    withdrawn = services.withdraw_question(question=asked, by=cast.board_member, version=asked.version)
    assert withdrawn.state == "withdrawn"
    assert told(Message.Kind.QUESTION_WITHDRAWN) == ["contract_manager"]
    with pytest.raises(services.WasWithdrawn):
        answer(withdrawn, cast.contract_manager)


def test_another_member_does_not_withdraw_it(asked: Question, cast: Cast, contract: Contract) -> None:
    other = person("second@example.org", "Another member")
    grant_role(person=other, role=Role.BOARD_MEMBER, contract=contract)
    with pytest.raises(services.NotYourQuestion):
        services.withdraw_question(question=asked, by=other, version=asked.version)


def test_what_is_answered_or_minuted_is_not_withdrawn(asked: Question, cast: Cast, contract: Contract) -> None:
    answered = answer(asked, cast.contract_manager)
    with pytest.raises(services.NotWaiting):
        services.withdraw_question(question=answered, by=cast.board_member, version=answered.version)
    minuted = services.note_minuted(
        question=ask(cast, contract), by=cast.clerk, board="Scrutiny Board", meeting_on=date(2018, 3, 1), version=1
    )
    with pytest.raises(services.MinutedAlready):
        services.withdraw_question(question=minuted, by=cast.board_member, version=minuted.version)


def test_a_further_question_is_about_the_same_and_names_the_one_before(asked: Question, cast: Cast) -> None:
    further = services.ask_question(
        contract=asked.contract, by=cast.board_member, at=LATER, subject=FIGURE, text="Since when?", follows=asked
    )
    assert list(asked.followed_by.all()) == [further]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("officer", {"Q001", "Q002"}),
        ("contract_manager", {"Q001", "Q002"}),
        ("clerk", {"Q001", "Q002"}),
        ("board_member", {"Q001", "Q002"}),
        ("project_manager", {"Q001", "Q002"}),
        ("administrator", {"Q001", "Q002"}),
        ("supplier", {"Q002"}),
        ("outsider", set()),
        ("other_officer", set()),
    ],
)
def test_everybody_of_the_contract_sees_questions_but_the_supplier_only_its_own(
    who: str, sees: set[str], cast: Cast, contract: Contract
) -> None:
    builders.question(contract, cast.board_member, owner=cast.officer)
    builders.question(contract, cast.board_member, "Q002", owner=cast.supplier)
    found = Question.objects.visible_to(getattr(cast, who)).values_list("reference", flat=True)
    assert set(found) == sees


def test_a_colleague_at_the_supplier_sees_what_one_of_them_is_to_answer(cast: Cast, contract: Contract) -> None:
    colleague = person("colleague@example.org", "Supplier's deputy lead")
    grant_role(person=colleague, role=Role.SUPPLIER, contract=contract)
    builders.question(contract, cast.board_member, owner=cast.supplier)
    assert Question.objects.visible_to(colleague).exists()
