"""Reminders reach who can do something about it, once for each step, and the manager when it is late."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from contracts.models import Assignment, Contract, Message, MutedKind, Person, ServiceArea
from contracts.rules.roles import Role
from contracts.services import grant_role, set_demonstration_day
from kpis import tasks
from kpis.models import Return
from kpis.services.reminders import write_reminders
from tests import builders
from tests.people import Cast, person

DUE_ON = date(2018, 3, 14)


@pytest.fixture
def owing(cast: Cast, area: ServiceArea) -> ServiceArea:
    """An area that owes February 2018, due on 14 March."""
    builders.kpi(area)
    builders.kpi(area, "CSC_KPI_02")
    return area


def told(kind: str = "") -> set[str]:
    """Who was told, by the name of the address."""
    found = Message.objects.filter(kind=kind) if kind else Message.objects.all()
    return {email.partition("@")[0] for email in found.values_list("person__email", flat=True)}


def test_the_officer_is_told_before_on_and_after_the_day(owing: ServiceArea) -> None:
    written = {day: write_reminders(on=date(2018, 3, day)) for day in (9, 12, 13, 14, 15, 16)}
    assert written == {9: 0, 12: 1, 13: 0, 14: 1, 15: 1, 16: 0}
    assert told() == {"officer"}
    assert list(Message.objects.order_by("pk").values_list("kind", flat=True)) == ["due soon", "due today", "overdue"]


def test_it_says_what_is_owed_and_leads_there(owing: ServiceArea) -> None:
    builders.result(owing.kpis.all()[0], "2018-02", "95")
    write_reminders(on=date(2018, 3, 15))
    message = Message.objects.get()
    assert message.subject == "Overdue: Customer Service Centre, February 2018"
    assert "was due on Wednesday 14 March 2018" in message.body
    assert "1 of 2 KPIs are entered" in message.body
    assert "http://127.0.0.1:8000/contracts/TST/returns/CSC/2018-02/" in message.body


def test_after_it_every_five_working_days_and_never_twice_a_step(owing: ServiceArea) -> None:
    # Good Friday and Easter Monday come between the eleventh working day and the sixteenth.
    builders.result(owing.kpis.all()[0], "2018-02", "95")
    days = [date(2018, 3, 15), date(2018, 3, 22), date(2018, 3, 29), date(2018, 4, 9), date(2018, 4, 16)]
    for day in days:
        write_reminders(on=day)
        write_reminders(on=day)
    to_the_officer = Message.objects.filter(person__email__startswith="officer", subject__endswith="February 2018")
    assert to_the_officer.count() == len(days)


def test_a_clock_that_stood_still_leaves_out_no_step_that_still_matters(owing: ServiceArea) -> None:
    write_reminders(on=date(2018, 3, 23))
    assert Message.objects.filter(person__email__startswith="officer").count() == 1


@pytest.mark.parametrize(("day", "expected"), [(16, set()), (19, {"contract_manager"}), (28, {"contract_manager"})])
def test_the_manager_is_told_when_it_is_three_working_days_late(
    day: int, expected: set[str], owing: ServiceArea
) -> None:
    write_reminders(on=date(2018, 3, day))
    write_reminders(on=date(2018, 3, day))
    assert told("overdue") == {"officer"} | expected
    assert Message.objects.count() == 1 + len(expected)


@pytest.mark.parametrize("state", ["submitted", "verified"])
def test_of_what_is_handed_in_nobody_is_reminded(state: str, owing: ServiceArea) -> None:
    builders.returns(owing, "2018-02", "2018-02", state)
    assert write_reminders(on=date(2018, 3, 29)) == 0


def test_a_reopened_month_is_not_called_overdue(owing: ServiceArea) -> None:
    builders.returns(owing, "2018-02", "2018-02", "open", verified_at=datetime(2018, 3, 10, tzinfo=UTC))
    assert write_reminders(on=date(2018, 3, 29)) == 0


def test_a_return_sent_back_is_still_owed(owing: ServiceArea) -> None:
    builders.returns(owing, "2018-02", "2018-02", "returned")
    write_reminders(on=date(2018, 3, 15))
    assert "It was sent back" in Message.objects.get().body


def test_how_many_days_before_is_a_setting_of_the_contract(owing: ServiceArea) -> None:
    Contract.objects.filter(pk=owing.contract_id).update(remind_working_days=5)
    assert write_reminders(on=date(2018, 3, 7)) == 1


def test_deputies_and_officers_of_the_whole_contract_are_reminded_others_are_not(owing: ServiceArea) -> None:
    everywhere = officer_of(owing.contract, None, "everywhere@example.org")
    officer_of(owing.contract, builders.area(owing.contract, "PM"), "payroll@example.org")
    Assignment.objects.filter(person=everywhere).update(deputy=person("deputy@example.org", "Deputy"))
    write_reminders(on=DUE_ON)
    assert told() == {"officer", "everywhere", "deputy"}


def test_who_no_longer_has_the_role_is_not_reminded(owing: ServiceArea, cast: Cast) -> None:
    cast.officer.groups.clear()
    assert write_reminders(on=DUE_ON) == 0


def test_a_kind_that_is_turned_off_is_not_written(owing: ServiceArea, cast: Cast) -> None:
    MutedKind.objects.create(person=cast.officer, kind="due today")
    assert write_reminders(on=DUE_ON) == 0
    assert write_reminders(on=date(2018, 3, 15)) == 1


def test_a_contract_beyond_the_calendar_does_not_silence_the_others(
    owing: ServiceArea, caplog: pytest.LogCaptureFixture
) -> None:
    builders.result(owing.kpis.all()[0], "2028-10", "95")
    assert write_reminders(on=date(2029, 1, 5)) == 0
    assert "No holidays are held for 2029" in caplog.text


def test_an_explanation_that_did_not_come_is_asked_for(owing: ServiceArea) -> None:
    builders.returns(owing, "2018-02", "2018-02", "submitted")
    for kpi in owing.kpis.all():
        builders.result(kpi, "2018-02", "70", explanation_awaited_on=date(2018, 3, 20))
    written = {day: write_reminders(on=date(2018, 3, day)) for day in (20, 21, 22, 27, 28)}
    assert written == {20: 0, 21: 2, 22: 0, 27: 0, 28: 2}
    assert told("explanation awaited") == {"officer", "supplier"}
    assert "CSC_KPI_01, CSC_KPI_02" in Message.objects.all()[0].body


def test_an_explanation_that_came_is_not_asked_for(owing: ServiceArea) -> None:
    builders.returns(owing, "2018-02", "2018-02", "submitted")
    builders.result(
        owing.kpis.all()[0], "2018-02", "70", explanation_awaited_on=date(2018, 3, 20), cause="The line failed."
    )
    assert write_reminders(on=date(2018, 3, 28)) == 0


def test_the_task_and_the_command_remind_of_the_business_day(
    owing: ServiceArea, capsys: pytest.CaptureFixture[str]
) -> None:
    set_demonstration_day(on=DUE_ON)
    assert tasks.write_reminders() == "1 reminders written"
    call_command("write_reminders")
    assert capsys.readouterr().out == "0 reminders written.\n"
    assert Return.objects.count() == 0


def officer_of(contract: Contract, area: ServiceArea | None, email: str) -> Person:
    made = person(email, "Officer")
    grant_role(person=made, role=Role.OFFICER, contract=contract, service_area=area)
    return made
