"""Archiving, agreeing another finish, joining projects: each with its refusals, each kept in the history."""

from datetime import date
from typing import Any

import pytest

from contracts.models import Contract
from projects.checks import breaches
from projects.models import Dependency, Project, Rebaseline
from projects.queries import load_portfolio, thresholds_of
from projects.rules.facts import RebaselineFacts
from projects.rules.rebaselining import rebaseline_effect
from projects.services.archive import archive_project, take_back
from projects.services.dependencies import Relation, add_dependency, remove_dependency
from projects.services.rebaselining import EffectNotShown, rebaseline
from projects.services.refusals import IsArchived, KeyProject, NotArchived, NotJoined, ProjectChanged, ProjectRefused
from tests import builders
from tests.people import Cast

MAY_11, MAY_25 = date(2018, 5, 11), date(2018, 5, 25)


@pytest.fixture
def project(contract: Contract) -> Project:
    return builders.project(contract)


# --- Archiving -------------------------------------------------------------------------------------------------------


def archive(project: Project, cast: Cast, today: date, version: int = 1, reason: str = "Entered twice.") -> Project:
    return archive_project(project=project, by=cast.administrator, on=today, reason=reason, version=version)


def test_an_archived_project_leaves_the_register_stays_reachable_and_comes_back(
    project: Project, cast: Cast, today: date
) -> None:
    archived = archive(project, cast, today)
    contract = project.contract
    assert load_portfolio(contract, today).projects == ()
    assert load_portfolio(contract, today, "P001").projects[0].archived_reason == "Entered twice."
    assert archived.history.latest().history_change_reason == "archived: Entered twice."
    take_back(project=project, by=cast.administrator, on=today, reason="It was not.", version=2)
    assert [each.reference for each in load_portfolio(contract, today).projects] == ["P001"]


def test_what_was_in_the_register_before_it_was_archived_is_still_counted_then(
    project: Project, cast: Cast, today: date
) -> None:
    archive(project, cast, today)
    assert len(load_portfolio(project.contract, date(2018, 3, 13)).projects) == 1


def test_archiving_is_refused_without_a_reason_of_a_stale_page_or_twice(
    project: Project, cast: Cast, today: date
) -> None:
    with pytest.raises(ProjectRefused, match="Say why"):
        archive(project, cast, today, reason=" ")
    with pytest.raises(ProjectChanged):
        archive(project, cast, today, version=7)
    with pytest.raises(NotArchived):
        take_back(project=project, by=cast.administrator, on=today, reason="Back.", version=1)
    archive(project, cast, today)
    with pytest.raises(IsArchived):
        archive(project, cast, today, version=2)


def test_a_key_project_is_not_archived_until_it_is_off_the_list(
    project: Project, contract: Contract, cast: Cast, today: date
) -> None:
    builders.key_list(contract, project, decided_on=date(2018, 1, 25))
    with pytest.raises(KeyProject):
        archive(project, cast, today)
    builders.key_list(contract, decided_on=date(2018, 2, 25))
    archive(project, cast, today)


# --- Re-baselining ---------------------------------------------------------------------------------------------------


def agreed(
    finish: date = MAY_25, on: date | None = date(2018, 3, 1), by: str = "Board", why: str = "Late."
) -> RebaselineFacts:
    return RebaselineFacts(finish, on, by, why)


def agree(
    project: Project, cast: Cast, today: date, told: RebaselineFacts, steps: dict[str, date] | None = None
) -> Rebaseline:
    """As the page does it: with the name of the effect it showed."""
    facts = load_portfolio(project.contract, today, project.reference).projects[0]
    shown = rebaseline_effect(facts, told, steps or {}, thresholds_of(project.contract)).name
    return rebaseline(
        project=project, by=cast.contract_manager, on=today, agreed=told, milestones=steps or {}, shown=shown
    )


def test_a_rebaseline_moves_the_agreed_dates_alone(project: Project, cast: Cast, today: date) -> None:
    builders.update(project, date(2018, 3, 7), "green", forecast_finish=MAY_25)
    step = builders.milestone(project, "Pilot", original_on=date(2018, 2, 1))
    before = load_portfolio(project.contract, today).projects[0]
    agree(project, cast, today, agreed(), {"Pilot": date(2018, 5, 1)})
    after = load_portfolio(project.contract, today).projects[0]
    assert after.slippage_agreed is not None
    assert after.slippage_agreed.days == 0
    assert after.slippage_original == before.slippage_original
    assert after.computed(thresholds_of(project.contract)) == "red"
    step.refresh_from_db()
    assert (step.original_on, step.agreed_on) == (date(2018, 2, 1), date(2018, 5, 1))
    assert step.history.latest().history_change_reason == "re-baseline number 1"
    assert Rebaseline.history.get().history_user == cast.contract_manager


def test_only_what_was_shown_is_done(project: Project, cast: Cast, today: date) -> None:
    told = agreed()
    facts = load_portfolio(project.contract, today).projects[0]
    shown = rebaseline_effect(facts, told, {}, thresholds_of(project.contract)).name
    builders.rebaseline(project, MAY_11, date(2018, 2, 1))
    with pytest.raises(EffectNotShown) as refusal:
        rebaseline(project=project, by=cast.contract_manager, on=today, agreed=told, milestones={}, shown=shown)
    assert refusal.value.effect.number == 2
    assert Rebaseline.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (agreed(date(2017, 10, 1)), "agreed_finish"),
        (agreed(MAY_11), "agreed_finish"),
        (agreed(on=None), "agreed_on"),
        (agreed(on=date(2018, 3, 15)), "agreed_on"),
        (agreed(on=date(2018, 1, 31)), "agreed_on"),
        (agreed(by=" "), "agreed_by"),
        (agreed(why=""), "reason"),
    ],
)
def test_what_cannot_have_been_agreed_is_refused(
    told: RebaselineFacts, field: str, project: Project, cast: Cast, today: date
) -> None:
    builders.rebaseline(project, MAY_11, date(2018, 2, 1))
    with pytest.raises(ProjectRefused) as refusal:
        agree(project, cast, today, told)
    assert [fault.field for fault in refusal.value.faults] == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"stage": "complete", "actual_finish": date(2018, 3, 1)},
        {"stage": "cancelled"},
        {"original_finish": None},
        {"archived_on": date(2018, 3, 1), "archived_reason": "Entered twice."},
    ],
)
def test_a_project_that_is_over_archived_or_unplanned_is_not_rebaselined(
    changes: dict[str, Any], contract: Contract, cast: Cast, today: date
) -> None:
    project = builders.project(contract, **changes)
    with pytest.raises(ProjectRefused):
        agree(project, cast, today, agreed())


# --- Dependencies ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        (Relation.HOLDS_UP, "P001 holds up P002"),
        (Relation.HELD_UP_BY, "P002 holds up P001"),
        (Relation.DISPLACES, "P001 displaces P002"),
        (Relation.DISPLACED_BY, "P002 displaces P001"),
    ],
)
def test_a_dependency_is_put_on_record_whichever_end_one_begins_at(
    relation: Relation, told: str, contract: Contract, cast: Cast
) -> None:
    project, _ = (builders.project(contract, name, kind="transactional") for name in ("P001", "P002"))
    made = add_dependency(project=project, by=cast.administrator, relation=relation, other="p002 ", note="People.")
    assert str(made) == told
    pk = made.pk
    assert str(remove_dependency(project=project, by=cast.administrator, pk=pk)) == told
    assert [row.history_type for row in Dependency.history.all()] == ["-", "+"]
    assert {row.history_user for row in Dependency.history.all()} == {cast.administrator}
    assert remove_dependency(project=project, by=cast.administrator, pk=pk) is None


def join(project: Project, cast: Cast, other: str, relation: Relation = Relation.HOLDS_UP) -> None:
    add_dependency(project=project, by=cast.administrator, relation=relation, other=other)


def test_projects_never_wait_for_each_other_in_a_circle(contract: Contract, cast: Cast) -> None:
    one, two, three = (builders.project(contract, name) for name in ("P1", "P2", "P3"))
    join(one, cast, "P2")
    join(two, cast, "P3")
    with pytest.raises(NotJoined, match="Then nothing could begin: P1 holds up P2 holds up P3 holds up P1"):
        join(three, cast, "P1")
    join(one, cast, "P3")


def test_what_makes_no_sense_is_refused(
    project: Project, contract: Contract, other_contract: Contract, cast: Cast
) -> None:
    builders.project(contract, "P002")
    builders.project(other_contract, "P777")
    for other in ("P001", "P777", "nothing"):
        with pytest.raises(NotJoined):
            join(project, cast, other)
    with pytest.raises(NotJoined, match="only transactional work displaces"):
        join(project, cast, "P002", Relation.DISPLACES)
    join(project, cast, "P002")
    with pytest.raises(NotJoined, match="on record already"):
        join(project, cast, "P002")


def test_a_dependency_of_others_is_not_taken_away(project: Project, contract: Contract, cast: Cast) -> None:
    theirs = builders.dependency(builders.project(contract, "P2"), builders.project(contract, "P3"))
    assert remove_dependency(project=project, by=cast.administrator, pk=theirs.pk) is None
    assert Dependency.objects.count() == 1


def test_the_check_finds_what_came_in_another_way(contract: Contract, other_contract: Contract) -> None:
    one, two = builders.project(contract, "P1"), builders.project(contract, "P2")
    builders.dependency(one, two)
    assert [line for line in breaches(contract) if "P1" in line and "register" not in line] == []
    builders.dependency(two, one)
    builders.dependency(one, two, "displaces")
    builders.dependency(one, builders.project(other_contract, "P7"))
    found = " | ".join(breaches(contract))
    assert "projects hold each other up in a circle: P1, P2, P1" in found
    assert "P1 displaces P2, and is not transactional" in found
    assert "P1 holds up P7, a project of another contract" in found
