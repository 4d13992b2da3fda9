"""People have a paper written that nobody has started: once, by those who may, and not before its time."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from contracts.models import Access, Contract, Person
from contracts.rules.months import Month
from contracts.rules.roles import Role
from contracts.services import grant_role
from reports.models import Meeting, PaperRun
from reports.rules.review import NothingVerified
from reports.services.asking import NotYours, TooEarly, ask_for_paper
from reports.services.drafts import BoundToAPaper, MeetingCancelled, MonthNotOver, RegisterEmpty
from tests.people import person
from tests.reports.cases import DRAFT_ON, FEBRUARY, a_contract, a_meeting, a_month_run, a_project, a_run

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def contract() -> Contract:
    contract = a_contract()
    a_project(contract)
    return contract


@pytest.fixture
def manager(contract: Contract) -> Person:
    return holding(Role.CONTRACT_MANAGER, contract)


def holding(role: Role, contract: Contract) -> Person:
    made = person(f"{role.name.lower()}@example.org", role.value)
    grant_role(person=made, role=role, contract=None if role is Role.ADMINISTRATOR else contract)
    return made


def ask(
    contract: Contract,
    by: Person,
    meeting: Meeting | None = None,
    kind: str = "operational",
    month: Month | None = None,
    on: date = DRAFT_ON,
) -> PaperRun:
    return ask_for_paper(contract=contract, meeting=meeting, kind=kind, month=month, by=by, on=on, now=NOW)


def test_a_month_asked_for_twice_is_one_run_that_the_workers_are_told_of(
    contract: Contract,
    manager: Person,
    sent: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, again = (ask(contract, manager, month=FEBRUARY) for _ in range(2))
        assert sent == []
    assert first == again == PaperRun.objects.get()
    assert set(sent) == {first.pk}
    assert (first.kind, first.meeting, first.month, first.due_on) == ("operational", None, FEBRUARY, DRAFT_ON)


@pytest.mark.parametrize("state", ["running", "finished"])
def test_what_is_written_or_being_written_is_left_to_its_worker(
    state: str,
    contract: Contract,
    manager: Person,
    sent: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = a_month_run(contract, state=state, claim="alive", heartbeat_at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(contract, manager, month=FEBRUARY) == run
    assert sent == []
    run.refresh_from_db()
    assert run.state == state


def test_one_that_has_failed_gets_all_its_attempts_anew(
    contract: Contract,
    manager: Person,
    sent: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = a_run(contract, a_meeting(contract), kind="projects", state="failed", attempts=3, error="The disk was full.")
    with django_capture_on_commit_callbacks(execute=True):
        again = ask(contract, manager, run.meeting, "projects")
    assert (again.pk, again.state, again.attempts, again.error) == (run.pk, "queued", 0, "")
    assert sent == [run.pk]


def test_the_audit_says_once_who_had_it_written_and_once_more_who_had_it_begun_again(
    contract: Contract, manager: Person, sent: list[int]
) -> None:
    asked = Access.objects.filter(kind=Access.Kind.ASKED, person=manager)
    run = ask(contract, manager, month=FEBRUARY)
    ask(contract, manager, month=FEBRUARY)
    assert asked.count() == 1
    PaperRun.objects.filter(pk=run.pk).update(state="failed", attempts=3, error="The disk was full.", finished_at=NOW)
    ask(contract, manager, month=FEBRUARY)
    ask(contract, manager, month=FEBRUARY)
    assert asked.count() == 2
    PaperRun.objects.filter(pk=run.pk).update(queued_at=NOW + DAY)
    ask(contract, manager, month=FEBRUARY)
    assert asked.count() == 3


@pytest.mark.parametrize("kind", ["report", "projects"])
def test_a_meetings_papers_are_asked_for_from_the_draft_date_on(
    kind: str, contract: Contract, manager: Person, sent: list[int]
) -> None:
    meeting = a_meeting(contract)
    with pytest.raises(TooEarly, match="Wednesday 14 March 2018"):
        ask(contract, manager, meeting, kind, on=DRAFT_ON - DAY)
    assert not PaperRun.objects.exists()
    assert ask(contract, manager, meeting, kind).kind == kind


@pytest.mark.parametrize("role", list(Role))
def test_the_contract_manager_and_administrators_ask(role: Role, contract: Contract, sent: list[int]) -> None:
    by = holding(role, contract)
    if role in (Role.CONTRACT_MANAGER, Role.ADMINISTRATOR):
        assert ask(contract, by, month=FEBRUARY).pk
        return
    with pytest.raises(NotYours):
        ask(contract, by, month=FEBRUARY)
    assert not PaperRun.objects.exists()


def test_a_contract_manager_of_another_contract_does_not_ask(contract: Contract, sent: list[int]) -> None:
    stranger = holding(Role.CONTRACT_MANAGER, a_contract("IMT"))
    with pytest.raises(NotYours):
        ask(contract, stranger, month=FEBRUARY)


def test_what_would_be_refused_is_not_begun(manager: Person, contract: Contract, sent: list[int]) -> None:
    empty = a_contract("IMT", verified=())
    grant_role(person=manager, role=Role.CONTRACT_MANAGER, contract=empty)
    planned = a_meeting(contract, empty)
    cancelled = a_meeting(contract, on=date(2018, 4, 26), status="cancelled")
    with pytest.raises(MonthNotOver, match="March 2018 has not ended yet"):
        ask(contract, manager, month=Month(date(2018, 3, 1)))
    with pytest.raises(RegisterEmpty):
        ask(empty, manager, month=FEBRUARY)
    with pytest.raises(RegisterEmpty):
        ask(empty, manager, planned, "projects")
    with pytest.raises(NothingVerified):
        ask(empty, manager, planned, "report")
    with pytest.raises(MeetingCancelled):
        ask(contract, manager, cancelled, "projects")
    with pytest.raises(BoundToAPaper):
        ask(contract, manager, planned, "addendum")
    assert not PaperRun.objects.exists()
