"""Every line of history says from where it came, whichever way it was written."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from config.celery import forget_task, name_task
from contracts import origin
from contracts.models import Contract, Person, ServiceArea
from contracts.origin import BY_HAND, Origin, by_hand, coming_from
from contracts.rules.months import parse_month
from contracts.services.history import delete_with_history, save_with_history
from contracts.services.messages import turn_off
from contracts.workbook.problems import Problems
from contracts.workbook.saving import Import
from kpis.models import Entry, Kpi, Result, Return, WarningAnswer
from kpis.queries.desk import load_desk
from kpis.rules.checks import Typed
from kpis.services.entries import Row, save_entries
from kpis.services.submission import submit_return
from kpis.services.verification import reopen_return, verify_return
from projects.models import Project
from projects.services.several import Wanted, change_several
from tests import builders
from tests.people import Cast

pytestmark = pytest.mark.django_db

AT = datetime(2018, 3, 14, 12, tzinfo=UTC)
TODAY = date(2018, 3, 14)
MONTH = parse_month("2018-02")
THERE = Origin("203.0.113.7", "a1b2c3d4e5f6")


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    return builders.kpi(area)


def came_from(model: Any, kind: str = "") -> set[tuple[str | None, str | None]]:
    """From where all lines of the model's history came, or those of one kind; there is at least one."""
    rows = model.history.filter(history_type=kind) if kind else model.history.all()
    found = set(rows.values_list("history_address", "history_request"))
    assert found
    return found


OF_THERE = {(THERE.address, THERE.request)}


def save(area: ServiceArea, by: Person, kpi: Kpi, value: str, version: str = "1.0.0") -> None:
    rows = [Row(kpi.pk, Typed(value=value), version, "not read")]
    save_entries(area=area, month=MONTH, rows=rows, by=by, at=AT)


def submit(area: ServiceArea, by: Person) -> Return:
    version = load_desk(area, MONTH).version
    return submit_return(area=area, month=MONTH, version=version, answers=Anything(), by=by, at=AT, on=TODAY)


class Anything(dict[Any, str]):
    """A word for every warning."""

    def get(self, key: Any, default: Any = "") -> Any:
        return "We know."


def test_a_row_that_is_saved_and_one_that_is_deleted(contract: Contract, cast: Cast) -> None:
    row = builders.funding(contract)
    with coming_from(THERE):
        save_with_history(row, by=cast.contract_manager, why="put right")
        delete_with_history(row, by=cast.contract_manager, why="taken back")
    assert came_from(type(row), "~") == came_from(type(row), "-") == OF_THERE


def test_the_one_statement_save_of_the_monthly_return(area: ServiceArea, kpi: Kpi, cast: Cast) -> None:
    with coming_from(THERE):
        save(area, cast.officer, kpi, "93")
        save(area, cast.supplier, kpi, "94", "1.0.1")
    assert came_from(Entry) == came_from(Return) == OF_THERE
    lines = Entry.history.order_by("history_id").values_list("history_type", "value", "history_user", "history_date")
    assert list(lines) == [("+", "93", cast.officer.pk, AT), ("~", "94", cast.supplier.pk, AT)]


def test_a_month_that_is_submitted(area: ServiceArea, kpi: Kpi, cast: Cast) -> None:
    few = Typed(numerator="5", denominator="5")
    save_entries(area=area, month=MONTH, rows=[Row(kpi.pk, few, "1.0.0", "not read")], by=cast.officer, at=AT)
    with coming_from(THERE):
        submit(area, cast.officer)
    assert came_from(Entry, "-") == came_from(WarningAnswer) == OF_THERE
    result = Result.objects.get(month=MONTH)
    (line,) = result.history.all()
    assert (line.history_address, line.history_request) == (THERE.address, THERE.request)
    assert (line.history_user, line.history_change_reason) == (cast.officer, "submitted")
    assert not Entry.objects.exists()


def test_a_month_that_is_verified_and_opened_again(area: ServiceArea, kpi: Kpi, cast: Cast) -> None:
    save(area, cast.officer, kpi, "93")
    submitted = submit(area, cast.officer)
    with coming_from(THERE):
        verified = verify_return(
            pk=submitted.pk, version=submitted.version, how="source seen", by=cast.contract_manager, at=AT
        )
        reopen_return(pk=verified.pk, version=verified.version, reason="Miscounted.", by=cast.contract_manager, at=AT)
    lines = Return.history.filter(history_user=cast.contract_manager)
    assert {(line.history_address, line.history_request) for line in lines} == OF_THERE
    shared = Result.history.filter(history_user=cast.contract_manager)
    assert {(line.history_address, line.history_request) for line in shared} == OF_THERE


def test_many_projects_that_are_changed_at_once(contract: Contract, cast: Cast) -> None:
    projects = [builders.project(contract, reference) for reference in ("P001", "P002")]
    with coming_from(THERE):
        change_several(
            contract=contract,
            versions={project.pk: project.version for project in projects},
            wanted=Wanted(sponsor="Head of Law"),
            why="moved",
            by=cast.administrator,
            on=TODAY,
        )
    assert came_from(Project, "~") == OF_THERE
    assert Project.history.filter(history_type="~").count() == len(projects)


def test_rows_that_a_workbook_brings(contract: Contract, area: ServiceArea, cast: Cast) -> None:
    importing = Import(contract, Problems(), at=AT, on=TODAY, by=cast.administrator)
    new = ServiceArea(contract=contract, code="NEW", name="New")
    area.name = "Renamed"
    with coming_from(THERE):
        importing.create(ServiceArea, [new])
        importing.update(ServiceArea, [area], ["name"])
    lines = ServiceArea.history.filter(history_user=cast.administrator)
    assert {(line.history_type, line.history_address) for line in lines} == {("+", THERE.address), ("~", THERE.address)}


def test_e_mails_that_somebody_turns_off_and_on(cast: Cast) -> None:
    with coming_from(THERE):
        turn_off(person=cast.officer, kinds=frozenset({"returned"}))
        turn_off(person=cast.officer, kinds=frozenset())
    lines = list(cast.officer.muted_kinds.model.history.values_list("history_type", "history_user", "history_address"))
    assert lines == [("-", cast.officer.pk, THERE.address), ("+", cast.officer.pk, THERE.address)]


# --- Requests, tasks, commands ----------------------------------------------------------------------------------------


def choose(client: Client, **headers: Any) -> Any:
    return client.post(reverse("choose_kinds"), {"kinds": []}, **headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "127.0.0.1"),
        (0, "198.51.100.1", "127.0.0.1"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", None),
        (1, "not an address", None),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_a_request_is_told_by_the_address_that_guessing_is_limited_by(
    proxies: int, forwarded: str | None, address: str | None, cast: Cast, settings: LazySettings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    client = Client()
    client.force_login(cast.officer)
    answer = choose(client, headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert answer.status_code == 302
    line = cast.officer.muted_kinds.model.history.first()
    assert line.history_address == address
    assert line.history_request == answer.headers["X-Request-ID"]
    assert (origin.address(), origin.request()) == (None, "")


def test_a_task_is_told_by_its_id_and_the_next_one_by_its_own(contract: Contract, cast: Cast) -> None:
    row = builders.funding(contract)
    for task in ("6f1b2c", "7a8b9c"):
        name_task(task_id=task)
        save_with_history(row, by=cast.contract_manager, why="put right")
        forget_task(task_id=task)
    save_with_history(row, by=cast.contract_manager, why="put right")
    requests = list(type(row).history.filter(history_type="~").values_list("history_request", flat=True))
    assert requests == [None, "7a8b9c", "6f1b2c"]


def test_a_command_that_is_run_by_hand_says_so() -> None:
    named = by_hand("import_contract")
    assert named.request.startswith(f"{BY_HAND}import_contract")
    assert len(by_hand("x" * 200).request) <= Result.history.model._meta.get_field("history_request").max_length
