"""The register's rows say what the facts say by the live rules, whatever was done and on whatever day they are read."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.models import Contract
from projects.checks import breaches
from projects.models import EVER, KeyList, Milestone, Project, RegisterRow
from projects.queries import RegisterQuestion, load_portfolio, load_register, rows_asked_for, thresholds_of
from projects.querysets import carrying
from projects.rules.attention import needs_attention
from projects.rules.counts import portfolio_counts
from projects.rules.facts import ProjectFacts
from projects.rules.standing import Signal, signals_of
from projects.services.register import restate, restate_contract, restate_missing
from tests import builders
from tests.people import Cast
from tests.projects.rules.build import rules_by_project

DAY = timedelta(days=1)

days = st.integers(-80, 80).map(lambda number: date(2018, 3, 14) + timedelta(days=number))
ratings = st.sampled_from(["red", "amber", "green", ""])
acts: dict[str, st.SearchStrategy[Any]] = {
    "update": st.tuples(days, ratings, st.none() | days),
    "rebaseline": st.tuples(days, days),
    "milestone": st.tuples(days, st.booleans()),
    "forecast": st.tuples(days, days),
    "stage": st.sampled_from(["pipeline", "in flight", "on hold", "complete", "cancelled"]),
    "archive": days,
    "key": st.none() | days,
}
histories = st.lists(st.one_of([st.tuples(st.just(name), said) for name, said in acts.items()]), max_size=4)


def act(project: Project, name: str, said: Any, number: int) -> None:
    """Something that happens to a project, as the service or the builder of it leaves the register."""
    match name:
        case "update":
            builders.update(project, said[0], said[1], forecast_finish=said[2], number=number + 1)
        case "rebaseline":
            builders.rebaseline(project, said[0], said[1])
        case "milestone":
            builders.milestone(project, f"Step {number}", original_on=said[0], actual_on=said[0] if said[1] else None)
        case "forecast":
            step = Milestone.objects.filter(project=project).first() or builders.milestone(project, "Step")
            builders.milestone_forecast(step, *said)
        case "key":
            if not KeyList.objects.filter(contract=project.contract, decided_on=said).exists():
                builders.key_list(project.contract, project, decided_on=said)
        case _:
            fields = {"stage": said} if name == "stage" else {"archived_on": said, "archived_reason": "Over."}
            for field, value in fields.items():
                setattr(project, field, value)
            project.save(update_fields=list(fields))
            restate([project.pk])


def live(contract: Contract, on: date) -> dict[str, ProjectFacts]:
    """Archived ones too: the register lists them when it is asked to."""
    own = set(Project.objects.filter(contract=contract).values_list("pk", flat=True))
    return {project.reference: project for project in load_portfolio(contract, on, among=own).projects}


def signals_live(contract: Contract, on: date) -> dict[str, frozenset[Signal]]:
    projects, thresholds = live(contract, on), thresholds_of(contract)
    rules = rules_by_project(
        needs_attention(tuple(projects.values()), on, None, None, thresholds, contract.silent_days)
    )
    return {key: signals_of(each, rules.get(key, ()), thresholds) for key, each in projects.items()}


def assert_register_is_live(contract: Contract, on: date) -> None:
    """Each row, each signal and the counts against the facts as known on the day."""
    facts, signals = live(contract, on), signals_live(contract, on)
    stored = {row.reference: row for row in RegisterRow.objects.holding(contract, on)}
    assert stored.keys() == facts.keys()
    for reference, project in facts.items():
        row, late, agreed = stored[reference], project.slippage_original, project.slippage_agreed
        assert (row.stage, row.declared, row.key_rank) == (project.stage, project.declared or "", project.key_rank)
        assert row.computed == (project.computed(thresholds_of(contract)) or "")
        assert (row.finish, row.agreed_finish) == (project.finish, project.baseline_finish)
        assert row.days_late == (late.days if late else None)
        assert row.days_late_agreed == (agreed.days if agreed else None)
        assert row.percent_late == (late.percent if late else None)
        assert (row.rebaselined, row.updated_on) == (len(project.rebaselines), project.updated_on)
        archived_on = Project.objects.get(contract=contract, reference=reference).archived_on
        assert row.is_archived == (archived_on is not None and archived_on <= on)
    for signal in Signal:
        found = RegisterRow.objects.holding(contract, on).filter(carrying(signal, on, contract.silent_days))
        assert set(found.values_list("reference", flat=True)) == {
            reference for reference, carried in signals.items() if signal in carried
        }, (signal, on)
    counted = portfolio_counts([each for key, each in facts.items() if not stored[key].is_archived])
    stands = load_register(contract, on, RegisterQuestion()).standing
    assert stands.counts == counted
    assert stands.signals == {
        signal: sum(signal in signals[key] and not stored[key].is_archived for key in signals) for signal in Signal
    }


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories=st.lists(histories, min_size=1, max_size=2))
def test_whatever_happens_the_register_says_what_the_facts_say_today_and_on_each_coming_day(
    histories: list[list[tuple[str, Any]]], contract: Contract, today: date
) -> None:
    with transaction.atomic():  # each example begins with an empty register
        projects = [builders.project(contract, f"P{place}") for place, _ in enumerate(histories)]
        for project, history in zip(projects, histories, strict=True):
            for number, (name, said) in enumerate(history):
                act(project, name, said, number)
        for ahead in (0, 1, 40, 81):
            assert_register_is_live(contract, today + ahead * DAY)
        assert list(breaches(contract)) == []
        transaction.set_rollback(True)


def test_what_is_said_with_a_day_to_come_opens_a_row_from_that_day(contract: Contract, today: date) -> None:
    project = builders.project(contract)
    builders.update(project, today + 5 * DAY, "red")
    first, second = RegisterRow.objects.filter(project=project).order_by("from_on")
    assert (first.declared, first.from_on, first.until_on) == ("", today, today + 5 * DAY)
    assert (second.declared, second.from_on, second.until_on) == ("red", today + 5 * DAY, EVER)


def test_restating_what_is_right_writes_nothing(contract: Contract, today: date) -> None:
    builders.update(builders.project(contract), today - DAY, "red")
    before = list(RegisterRow.objects.values_list("pk", flat=True))
    assert restate_contract(contract, on=today + DAY) == 0
    assert list(RegisterRow.objects.values_list("pk", flat=True)) == before


def test_a_day_set_back_and_other_thresholds_are_noticed_and_mended(contract: Contract, today: date) -> None:
    project = builders.project(contract)
    builders.update(project, today - 10 * DAY, "green", forecast_finish=date(2018, 4, 8))
    earlier = today - 20 * DAY
    assert load_register(contract, earlier, RegisterQuestion()).is_behind
    restate_missing(contract, on=earlier)
    assert not load_register(contract, earlier, RegisterQuestion()).is_behind
    assert RegisterRow.objects.holding(contract, today).get().computed == "amber"
    contract.slippage_green_days = 9
    contract.save(update_fields=["slippage_green_days"])
    assert load_register(contract, today, RegisterQuestion()).is_behind
    assert restate_missing(contract, on=today) == 1
    assert RegisterRow.objects.holding(contract, today).get().computed == "green"


def test_a_register_without_any_row_is_behind_only_where_there_are_projects(contract: Contract, today: date) -> None:
    assert not load_register(contract, today, RegisterQuestion()).is_behind
    builders.project(contract)
    RegisterRow.objects.all().delete()
    assert load_register(contract, today, RegisterQuestion()).is_behind


def _spoil_a_word() -> None:
    RegisterRow.objects.filter(reference="P001").update(days_late=99, stage="complete")


def _lose_a_row() -> None:
    RegisterRow.objects.filter(reference="P001").delete()


def _cut_short() -> None:
    RegisterRow.objects.filter(reference="P001").update(until_on=F("from_on") + timedelta(days=3))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_spoil_a_word, "TST: the register is wrong about P001: stage, days_late (mend it with restate_register)"),
        (_lose_a_row, "TST: the register has no row of P001 for today (mend it with restate_register)"),
        (
            _cut_short,
            "TST: the register's rows of P001 begin and end on other days than its facts"
            " (mend it with restate_register)",
        ),
    ],
)
def test_the_check_names_what_is_wrong_and_the_command_mends_it(
    spoil: Callable[[], None], said: str, contract: Contract, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.project(contract)
    builders.project(contract, "P002")
    assert list(breaches(contract)) == []
    spoil()
    assert list(breaches(contract)) == [said]
    call_command("restate_register", "TST")
    assert capsys.readouterr().out == "TST: 1 of 2 restated.\n"
    assert list(breaches(contract)) == []


def test_the_check_names_a_row_of_another_contract(contract: Contract, other_contract: Contract) -> None:
    builders.project(contract)
    RegisterRow.objects.update(contract=other_contract)
    assert "TST: the register lists P001 under another contract (mend it with restate_register)" in breaches(contract)


def test_the_command_restates_every_contract_and_knows_their_names(
    contract: Contract, other_contract: Contract, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.project(contract)
    RegisterRow.objects.all().delete()
    call_command("restate_register")
    assert capsys.readouterr().out == "OTH: 0 of 0 restated.\nTST: 1 of 1 restated.\n"
    with pytest.raises(CommandError, match="There is no contract NOPE"):
        call_command("restate_register", "NOPE")


def test_an_edit_in_the_admin_moves_the_register(contract: Contract, cast: Cast, today: date) -> None:
    from django.test import Client
    from django.urls import reverse

    project = builders.project(contract)
    client = Client()
    client.force_login(cast.administrator)
    address = reverse("admin:projects_project_change", args=[project.pk])
    form = client.get(address).context["adminform"].form
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    for prefix in ("milestones", "rebaselines", "updates"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    response = client.post(address, data | {"title": "Renamed"})
    assert response.status_code == 302, response.context["errors"]
    assert RegisterRow.objects.holding(contract, today).get().title == "Renamed"


def test_more_projects_than_one_statement_takes_are_restated(contract: Contract, today: date, monkeypatch: Any) -> None:
    monkeypatch.setattr("projects.services.register.BATCH", 3)
    for number in range(8):
        builders.project(contract, f"P{number}")
    RegisterRow.objects.all().delete()
    assert restate_contract(contract, on=today) == 8
    assert rows_asked_for(contract, today, RegisterQuestion()).count() == 8
