"""What a dispute keeps, what it never touches, and who is told of it."""

from decimal import Decimal

import pytest

from contracts.models import Contract, Message, ServiceArea
from contracts.rules.months import parse_month
from contracts.rules.roles import Role
from contracts.services import grant_role
from contracts.services.messages import turn_off
from kpis.models import Correction, Dispute, Result, Return
from kpis.queries import load_register
from kpis.rules.counts import count
from kpis.services.verification import reopen_return
from tests import builders
from tests.kpis.services.disputes.acts import AT, answered, raised, withdrawn
from tests.people import Cast, person

JANUARY = parse_month("2018-01")


def told(kind: str = "disputed") -> set[str]:
    """The mailboxes that got a message of the kind."""
    return set(Message.objects.filter(kind=kind).values_list("person__email", flat=True))


def test_a_dispute_keeps_the_figure_the_note_who_and_when(result: Result, cast: Cast) -> None:
    raised(result, cast, note="  Miscounted. ", claimed=" 81% ")
    row = Dispute.objects.get()
    assert (row.value, row.numerator, row.denominator, row.not_measured_reason) == (Decimal(79), None, None, "")
    assert (row.note, row.claimed, row.state) == ("Miscounted.", "81%", "open")
    assert (row.raised_by, row.raised_at, row.settled_by, row.settled_at) == (cast.supplier, AT, None, None)
    latest = row.history.get()
    assert (latest.history_user, latest.history_date, latest.history_change_reason) == (cast.supplier, AT, "disputed")


def test_no_act_about_a_dispute_moves_a_figure_a_status_or_a_count(
    result: Result, contract: Contract, cast: Cast
) -> None:
    def judged() -> object:
        (history,) = load_register(contract, JANUARY, JANUARY).histories
        return [(each.value, each.measured, each.contractual, each.is_provisional) for each in history.judgements], (
            count(history.judgements, JANUARY)
        )

    before = judged()
    first = raised(result, cast)
    assert judged() == before
    answered(first, cast)
    assert judged() == before
    second = raised(result, cast)
    answered(second, cast, is_upheld=True)
    assert judged() == before
    withdrawn(raised(result, cast), cast)
    assert judged() == before
    assert not Correction.objects.exists()
    assert result.history.count() == 1
    assert Return.objects.get().version == 1


def test_the_answer_says_why_who_and_when_and_the_history_keeps_it(result: Result, cast: Cast) -> None:
    answered(raised(result, cast), cast, is_upheld=True, answer=" Two days were missing. ")
    row = Dispute.objects.get()
    assert (row.state, row.answer, row.settled_by, row.settled_at) == (
        "upheld", "Two days were missing.", cast.contract_manager, AT,
    )  # fmt: skip
    latest = row.history.order_by("history_id").last()
    assert latest.history_change_reason == "upheld: Two days were missing."
    assert latest.history_user == cast.contract_manager


def test_who_stands_in_for_the_contract_manager_answers_and_for_the_supplier_disputes(
    result: Result, cast: Cast
) -> None:
    stand_ins = {}
    for name in ("supplier", "contract_manager"):
        stand_ins[name] = person(f"{name}.deputy@example.org", "Deputy")
        assignment = getattr(cast, name).assignments.get()
        assignment.deputy = stand_ins[name]
        assignment.save(update_fields=["deputy"])
    done = answered(raised(result, cast, by=stand_ins["supplier"]), cast, by=stand_ins["contract_manager"])
    assert (done.raised_by, done.settled_by) == (stand_ins["supplier"], stand_ins["contract_manager"])


def test_any_of_the_suppliers_people_takes_a_dispute_back(result: Result, cast: Cast, contract: Contract) -> None:
    colleague = person("colleague@example.org", "Supplier's analyst")
    grant_role(person=colleague, role=Role.SUPPLIER, contract=contract)
    withdrawn(raised(result, cast), cast, by=colleague)
    assert Dispute.objects.get().settled_by == colleague


def test_a_dispute_is_told_to_the_contract_manager_and_the_officers_of_the_area_once(
    result: Result, cast: Cast
) -> None:
    dispute = raised(result, cast)
    assert told() == {"contract_manager@example.org", "officer@example.org"}
    body = Message.objects.filter(kind="disputed")[0].body
    assert "the verified figure of CSC_KPI_01 of January 2018, 79.00%" in body
    assert "Miscounted." in body
    assert "The supplier holds 81% to be right." in body
    assert f"/contracts/TST/decisions/disputes/{dispute.pk}/" in body
    assert Message.objects.count() == 2


@pytest.mark.parametrize(("is_upheld", "state"), [(True, "upheld"), (False, "not upheld")])
def test_an_answer_is_told_to_the_supplier_once(is_upheld: bool, state: str, result: Result, cast: Cast) -> None:
    answered(raised(result, cast), cast, is_upheld=is_upheld)
    assert told("dispute answered") == {"supplier@example.org"}
    message = Message.objects.get(kind="dispute answered")
    assert message.subject == f"Dispute {state}: CSC_KPI_01 of January 2018"
    assert "Answer: The log says 79." in message.body


def test_taking_back_is_told_to_who_was_told_of_the_dispute(result: Result, cast: Cast) -> None:
    withdrawn(raised(result, cast), cast)
    subjects = Message.objects.filter(person=cast.contract_manager).values_list("subject", flat=True)
    assert set(subjects) == {
        "Disputed: CSC_KPI_01 of January 2018", "Dispute withdrawn: CSC_KPI_01 of January 2018",
    }  # fmt: skip
    assert Message.objects.count() == 4


def test_who_has_turned_these_messages_off_gets_none(result: Result, cast: Cast) -> None:
    turn_off(person=cast.contract_manager, kinds=frozenset({"disputed"}))
    turn_off(person=cast.supplier, kinds=frozenset({"dispute answered"}))
    answered(raised(result, cast), cast)
    assert told() == {"officer@example.org"}
    assert told("dispute answered") == set()


def test_the_supplier_of_another_area_is_not_told_the_answer(result: Result, cast: Cast, contract: Contract) -> None:
    payroll = builders.area(contract, "PM", "People Management")
    elsewhere = person("payroll@example.org", "Supplier's payroll lead")
    grant_role(person=elsewhere, role=Role.SUPPLIER, contract=contract, service_area=payroll)
    answered(raised(result, cast), cast)
    assert told("dispute answered") == {"supplier@example.org"}


def test_a_dispute_of_a_reason_for_no_figure_is_told_as_such(area: ServiceArea, cast: Cast) -> None:
    made = builders.result(builders.kpi(area), "2018-01", None, not_measured_reason="The log was lost.")
    builders.returns(area, "2018-01", "2018-01")
    raised(made, cast)
    assert "not measured: The log was lost." in Message.objects.filter(kind="disputed")[0].body


def test_the_supplier_is_told_when_its_month_is_reopened(result: Result, cast: Cast) -> None:
    found = Return.objects.get()
    reopen_return(pk=found.pk, version=found.version, reason="Miscounted.", by=cast.contract_manager, at=AT)
    assert told("reopened") >= {"supplier@example.org"}
