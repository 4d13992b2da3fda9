"""The register's numbers as the database keeps them: those of its rows, whoever wrote them and on whatever day."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from contracts.models import Contract
from projects.checks import breaches
from projects.models import EVER, Project, RegisterCount, RegisterRow
from projects.queries import RegisterQuestion, load_numbers, load_register, rows_asked_for
from projects.queries.register_counts import tallies
from projects.rules.standing import Signal
from projects.services.register import restate
from projects.services.register_counts import gather, recount
from tests import builders

DAY = timedelta(days=1)
ALONE = (
    RegisterQuestion(),
    RegisterQuestion(stage="in flight"),
    RegisterQuestion(confidence="red"),
    RegisterQuestion(confidence="unrated"),
    RegisterQuestion(computed="amber"),
    RegisterQuestion(computed="unrated"),
    *(RegisterQuestion(signal=signal.value) for signal in Signal),
    RegisterQuestion(is_key=True),
    RegisterQuestion(is_archived=True),
)
COUNTED = (RegisterQuestion(words="P0"), RegisterQuestion(stage="in flight", is_key=True), RegisterQuestion(kind="x"))


def portfolio(contract: Contract, today: date) -> list[Project]:
    """Some of every kind that is counted."""
    made = [builders.project(contract, f"P{number:02}") for number in range(8)]
    late = date(2018, 12, 1)
    builders.update(made[0], today - DAY, "red", forecast_finish=late)
    builders.update(made[1], today - 90 * DAY, "green", forecast_finish=late)
    builders.rebaseline(made[1], late, today - DAY)
    builders.milestone(made[2], "Step", original_on=today - DAY)
    builders.milestone(made[3], "Step", original_on=today + DAY)
    builders.key_list(contract, made[4], made[5])
    for project, fields in (
        (made[6], {"stage": "complete"}),
        (made[7], {"archived_on": today, "archived_reason": "Over."}),
    ):
        Project.objects.filter(pk=project.pk).update(**fields)
        restate([project.pk])
    return made


def kept_are_counted(contract: Contract, on: date) -> bool:
    kept, counted = tallies(contract, on)
    return kept == counted


@pytest.mark.parametrize("asked", [*ALONE, *COUNTED])
def test_as_many_match_as_there_are_rows_that_do(asked: RegisterQuestion, contract: Contract, today: date) -> None:
    portfolio(contract, today)
    for day in (today, today + 2 * DAY):
        assert load_register(contract, day, asked).matching == rows_asked_for(contract, day, asked).count()


@pytest.mark.parametrize("asked", ALONE)
def test_what_is_kept_is_not_counted_again(asked: RegisterQuestion, contract: Contract, today: date) -> None:
    portfolio(contract, today)
    with CaptureQueriesContext(connection) as captured:
        load_register(contract, today, asked)
    assert len(captured) == 1
    assert "projects_registerrow" not in captured[0]["sql"]


def test_the_database_counts_whoever_writes(contract: Contract, today: date) -> None:
    portfolio(contract, today)
    RegisterRow.objects.filter(reference="P02").update(stage="cancelled", until_on=today + 3 * DAY)
    assert kept_are_counted(contract, today)
    RegisterRow.objects.filter(reference__lt="P03").delete()
    assert kept_are_counted(contract, today)
    assert load_numbers(contract, today).standing.counts.in_register == 4


def test_what_is_said_with_a_day_to_come_counts_from_that_day(contract: Contract, today: date) -> None:
    builders.update(builders.project(contract), today + 5 * DAY, "red")
    told = {days: load_numbers(contract, today + days * DAY).standing.counts.by_confidence for days in (0, 4, 5, 400)}
    assert [told[days]["red"] for days in told] == [0, 0, 1, 1]
    assert [told[days]["unrated"] for days in told] == [1, 1, 0, 0]


def test_silence_and_lateness_come_with_the_days(contract: Contract, today: date) -> None:
    project = builders.project(contract)
    builders.update(project, today, "green")
    builders.milestone(project, "Step", original_on=today)
    signals = {days: load_numbers(contract, today + days * DAY).standing.signals for days in (0, 1, 34, 35)}
    assert [each[Signal.OVERDUE] for each in signals.values()] == [0, 1, 1, 1]
    assert [each[Signal.SILENT] for each in signals.values()] == [0, 0, 0, 1]


def test_counts_do_not_grow_with_what_is_written(contract: Contract, today: date) -> None:
    project = builders.project(contract)
    builders.update(project, today - DAY, "green")
    before = RegisterCount.objects.count()
    for number in range(6):
        Project.objects.filter(pk=project.pk).update(stage="on hold" if number % 2 else "complete")
        restate([project.pk])
    assert RegisterCount.objects.count() <= before
    assert kept_are_counted(contract, today)


def test_gathering_changes_no_number(contract: Contract, today: date) -> None:
    portfolio(contract, today)
    before = load_numbers(contract, today)
    for stage in ("complete", "in flight"):
        RegisterRow.objects.filter(reference="P00").update(stage=stage)
    assert RegisterCount.objects.filter(number__lt=0).exists()
    gather(contract, on=today)
    assert not RegisterCount.objects.filter(number__lt=0, from_on__lte=today).exists()
    assert load_numbers(contract, today) == before


def test_a_day_before_what_was_gathered_is_counted_from_the_rows(contract: Contract, today: date) -> None:
    restate([builders.project(contract).pk], on=today)
    earlier = today - 3 * DAY
    RegisterRow.objects.update(from_on=earlier)
    gather(contract, on=today)
    assert RegisterCount.objects.filter(is_gathered=True, from_on__gt=earlier).exists()
    assert load_numbers(contract, earlier).standing.counts.in_register == 1
    assert not load_numbers(contract, earlier).is_behind


def test_the_check_names_counts_that_are_wrong_and_the_command_mends_them(contract: Contract, today: date) -> None:
    portfolio(contract, today)
    assert list(breaches(contract)) == []
    RegisterCount.objects.filter(what="standing").delete()
    RegisterCount.objects.create(
        contract=contract, from_on=today, green_days=1, amber_months=1, what="area", word="None", number=3
    )
    (said,) = breaches(contract)
    assert said.endswith("of the register's counts are not those of its rows (mend it with restate_register)")
    call_command("restate_register", contract.reference)
    assert list(breaches(contract)) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_count_anew_at_once_one_adds_what_is_missing(
    contract: Contract, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    portfolio(contract, today)
    RegisterCount.objects.filter(what="standing").delete()
    both_have_read = Barrier(2)

    def read(*asked: Any) -> Any:
        found = tallies(*asked)
        with suppress(BrokenBarrierError):
            both_have_read.wait(timeout=1)  # who is kept waiting has not read, and the other goes on without
        return found

    def count(_: int) -> int:
        try:
            return recount(contract, on=today)
        finally:
            connection.close()

    monkeypatch.setattr("projects.services.register_counts.tallies", read)
    with ThreadPoolExecutor(2) as both:
        wrong = sorted(both.map(count, range(2)))
    assert wrong[0] == 0 < wrong[1]
    assert kept_are_counted(contract, today)


def test_an_area_can_be_chosen_for_as_long_as_a_row_names_it(contract: Contract, today: date) -> None:
    project = builders.project(contract, scrutiny_area="Adults")
    assert load_numbers(contract, today).scrutiny_areas == ("Adults",)
    Project.objects.filter(pk=project.pk).update(scrutiny_area="Schools")
    restate([project.pk])
    assert load_numbers(contract, today).scrutiny_areas == ("Schools",)


def test_a_contract_counts_its_own_projects(contract: Contract, other_contract: Contract, today: date) -> None:
    builders.project(contract)
    builders.project(other_contract)
    totals = (
        RegisterCount.objects.filter(what="standing", from_on__lt=EVER).values("contract").annotate(n=Sum("number"))
    )
    assert {row["contract"]: row["n"] for row in totals} == {contract.pk: 1, other_contract.pk: 1}
