"""Whatever dies on the way to an e-mail: never two of them, and where nobody can know, the row says so."""

import os
import signal
from datetime import date

import pytest

from contracts.models import Message, Person
from contracts.rules.roles import Role
from contracts.services import grant_role, set_demonstration_day
from contracts.services.messages import message_id
from tests import builders
from tests.faults.company import Company
from tests.people import person

MANY = 40

# Where the worker is killed; what the row says in the end, and how many copies of the e-mail there are.
OUTCOMES = [
    pytest.param("claimed", "sent", 1, id="claimed"),
    pytest.param("handing over", "unsure", 0, id="handing over"),
    pytest.param("delivered", "unsure", 1, id="delivered"),
    pytest.param("marked", "sent", 1, id="marked"),
]

pytestmark = pytest.mark.django_db(transaction=True)


def a_reader(number: int = 0) -> Person:
    return person(f"reader{number}@example.org", "Officer")


def copies_of(staff: Company, message: Message) -> int:
    """How many e-mails with this message's identity lie in the folder that stands in for the mail server."""
    files = (staff.folder / "var" / "mail").glob("*.eml")
    return sum(file.read_text().count(f"Message-ID: {message_id(message)}") for file in files)


def wait_until_settled(staff: Company) -> None:
    settled = ("sent", "failed", "unsure")
    staff.wait_until(lambda: not Message.objects.exclude(state__in=settled).exists(), "every message is settled")
    staff.wait_until(staff.is_quiet, "every task has been dealt with")


def expect(staff: Company, state: str, copies: int) -> None:
    wait_until_settled(staff)
    message = Message.objects.get()
    assert (message.state, copies_of(staff, message)) == (state, copies)
    assert ("may have arrived" in message.error) == (state == "unsure")


@pytest.mark.parametrize(("point", "state", "copies"), OUTCOMES)
def test_a_pool_process_killed_there_leaves_at_most_one_e_mail(
    point: str, state: str, copies: int, staff: Company
) -> None:
    staff.hold_at(point)
    builders.message(a_reader())
    os.kill(staff.wait_for_held(), signal.SIGKILL)
    expect(staff, state, copies)


@pytest.mark.parametrize(("point", "state", "copies"), OUTCOMES[:3])
def test_a_whole_worker_killed_there_leaves_at_most_one_e_mail(
    point: str, state: str, copies: int, staff: Company
) -> None:
    staff.hold_at(point)
    builders.message(a_reader())
    staff.wait_for_held()
    staff.kill_worker(staff.workers[0])
    staff.start_worker()
    staff.wait_until(lambda: not Message.objects.filter(state__in=("waiting", "sending")).exists(), "it is settled")
    staff.forget_stuck_messages()
    expect(staff, state, copies)


def test_a_worker_that_slept_through_its_lease_sends_no_second_copy(staff: Company) -> None:
    staff.hold_at("claimed")
    builders.message(a_reader())
    sleeper = staff.wait_for_held()
    os.kill(sleeper, signal.SIGSTOP)
    staff.start_worker()
    staff.wait_until(lambda: Message.objects.filter(state="sent").exists(), "another worker has sent it")
    staff.let_go()
    os.kill(sleeper, signal.SIGCONT)
    expect(staff, "sent", 1)


def test_many_workers_and_two_beats_send_each_once(staff: Company) -> None:
    staff.start_worker()
    with staff.another_beat():
        for number in range(MANY):
            builders.message(a_reader(number))
        wait_until_settled(staff)
    assert [copies_of(staff, message) for message in Message.objects.all()] == [1] * MANY
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_a_worker_killed_while_it_reminds_leaves_one_reminder_for_each(staff: Company) -> None:
    contract = builders.contract()
    for code in ("CSC", "PM", "FA"):
        builders.kpi(builders.area(contract, code), f"{code}_KPI_01")
    reader = a_reader()
    grant_role(person=reader, role=Role.OFFICER, contract=contract)
    staff.hold_at("reminded")
    set_demonstration_day(on=date(2018, 3, 14))
    os.kill(staff.wait_for_held(), signal.SIGKILL)
    staff.wait_until(lambda: Message.objects.filter(state="sent").count() == 3, "all three reminders are sent")
    wait_until_settled(staff)
    assert [copies_of(staff, message) for message in Message.objects.all()] == [1, 1, 1]
