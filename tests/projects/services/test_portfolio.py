"""Projects are added and changed with their history; original dates are given once; a stale save is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.models import Contract, ServiceArea
from projects.models import Milestone, Project
from projects.rules.facts import Stage
from projects.services.portfolio import MilestoneDetails, ProjectDetails, add_project, change_project
from projects.services.refusals import DetailsWrong, IsArchived, ProjectChanged, ProjectRefused, ReferenceTaken
from tests import builders
from tests.people import Cast

DETAILS = ProjectDetails(
    title="Payroll link",
    kind="transformation",
    stage=Stage.IN_FLIGHT,
    original_start=date(2017, 10, 2),
    original_finish=date(2018, 3, 30),
    budget=Decimal("342000.00"),
)
DESIGN = MilestoneDetails("Design agreed", date(2017, 12, 1))


@pytest.fixture
def project(contract: Contract, cast: Cast, today: date) -> Project:
    return add_project(
        contract=contract, by=cast.administrator, on=today, reference="P001", details=DETAILS, milestones=[DESIGN]
    )


def change(project: Project, cast: Cast, today: date, version: int = 1, **given: Any) -> bool:
    milestones = given.pop("milestones", ())
    why = given.pop("why", "")
    return change_project(
        project=project,
        by=cast.administrator,
        on=today,
        version=version,
        details=replace(DETAILS, **given),
        milestones=milestones,
        why=why,
    )


def fields(refusal: pytest.ExceptionInfo[ProjectRefused]) -> list[str]:
    return [fault.field for fault in refusal.value.faults]


def test_a_project_is_added_with_its_milestones_and_says_who_added_it(project: Project, cast: Cast) -> None:
    assert (project.budget, project.version, project.stage) == (Decimal(342000), 1, "in flight")
    assert Milestone.objects.get(project=project).original_on == date(2017, 12, 1)
    row = project.history.get()
    assert (row.history_user, row.history_change_reason) == (cast.administrator, "added")


def test_a_reference_is_given_once_whatever_its_capitals(project: Project, cast: Cast, today: date) -> None:
    with pytest.raises(ReferenceTaken):
        add_project(contract=project.contract, by=cast.administrator, on=today, reference="p001", details=DETAILS)


def test_a_change_is_kept_with_who_and_why(project: Project, cast: Cast, today: date) -> None:
    assert change(project, cast, today, sponsor="Head of People", why="She took it over.")
    project.refresh_from_db()
    assert (project.sponsor, project.version) == ("Head of People", 2)
    latest = project.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (cast.administrator, "She took it over.")


def test_saving_what_is_there_already_writes_nothing(project: Project, cast: Cast, today: date) -> None:
    step = project.milestones.get()
    assert not change(project, cast, today, milestones=[MilestoneDetails(step.title, step.original_on, step.pk)])
    assert project.history.count() == step.history.count() == 1


def test_a_stale_save_is_refused_and_changes_nothing(project: Project, cast: Cast, today: date) -> None:
    change(project, cast, today, sponsor="Head of People")
    with pytest.raises(ProjectChanged):
        change(project, cast, today, title="Another title")
    assert Project.objects.get().title == "Payroll link"


@pytest.mark.parametrize("field", ["original_start", "original_finish"])
@pytest.mark.parametrize("value", [date(2018, 2, 1), None])
def test_an_original_date_never_changes(
    field: str, value: date | None, project: Project, cast: Cast, today: date
) -> None:
    given: dict[str, Any] = {field: value}
    with pytest.raises(DetailsWrong) as refusal:
        change(project, cast, today, **given)
    assert fields(refusal) == [field]


def test_an_original_date_that_was_never_given_may_be(contract: Contract, cast: Cast, today: date) -> None:
    bare = builders.project(contract, title=DETAILS.title, original_start=None, original_finish=None)
    assert change(bare, cast, today)
    assert Project.objects.get().original_finish == date(2018, 3, 30)


def test_a_stage_follows_its_rules(project: Project, cast: Cast, today: date) -> None:
    with pytest.raises(DetailsWrong) as refusal:
        change(project, cast, today, stage=Stage.ON_HOLD)
    assert fields(refusal) == ["why"]
    with pytest.raises(DetailsWrong) as refusal:
        change(project, cast, today, stage=Stage.COMPLETE)
    assert fields(refusal) == ["actual_finish"]
    assert change(project, cast, today, stage=Stage.COMPLETE, actual_finish=today)
    assert Project.objects.get().stage == "complete"


def test_milestones_are_renamed_and_added_and_keep_their_original_date(
    project: Project, cast: Cast, today: date
) -> None:
    step = project.milestones.get()
    told = [MilestoneDetails("Design signed", step.original_on, step.pk), MilestoneDetails("Pilot", date(2018, 2, 1))]
    assert change(project, cast, today, milestones=told)
    assert sorted(project.milestones.values_list("title", flat=True)) == ["Design signed", "Pilot"]
    with pytest.raises(DetailsWrong) as refusal:
        change(project, cast, today, 2, milestones=[MilestoneDetails("Design signed", date(2018, 1, 1), step.pk)])
    assert fields(refusal) == ["original_on"]


def test_two_milestones_may_swap_their_titles(project: Project, cast: Cast, today: date) -> None:
    one, two = project.milestones.get(), builders.milestone(project, "Pilot")
    swapped = [MilestoneDetails("Pilot", one.original_on, one.pk), MilestoneDetails("Design agreed", None, two.pk)]
    assert change(project, cast, today, milestones=swapped)
    one.refresh_from_db()
    assert one.title == "Pilot"


@pytest.mark.parametrize("title", ["Design agreed", "design AGREED", " "])
def test_a_milestone_has_a_title_of_its_own(title: str, project: Project, cast: Cast, today: date) -> None:
    with pytest.raises(DetailsWrong) as refusal:
        change(project, cast, today, milestones=[MilestoneDetails(title)])
    assert [(fault.field, fault.place) for fault in refusal.value.faults] == [("title", 0)]


def test_a_milestone_of_another_project_is_not_touched(
    project: Project, contract: Contract, cast: Cast, today: date
) -> None:
    foreign = builders.milestone(builders.project(contract, "P002"))
    with pytest.raises(ProjectRefused):
        change(project, cast, today, milestones=[MilestoneDetails("Mine", None, foreign.pk)])


def test_a_service_area_of_another_contract_is_refused(
    project: Project, other_contract: Contract, cast: Cast, today: date
) -> None:
    foreign: ServiceArea = builders.area(other_contract, "FA", "Elsewhere")
    with pytest.raises(DetailsWrong) as refusal:
        change(project, cast, today, service_area=foreign)
    assert fields(refusal) == ["service_area"]


def test_work_that_displaces_others_stays_transactional(contract: Contract, cast: Cast, today: date) -> None:
    urgent = builders.project(contract, title=DETAILS.title, kind="transactional")
    builders.dependency(urgent, builders.project(contract, "P002"), "displaces")
    with pytest.raises(DetailsWrong) as refusal:
        change(urgent, cast, today)
    assert fields(refusal) == ["kind"]


def test_an_archived_project_is_not_edited(contract: Contract, cast: Cast, today: date) -> None:
    gone = builders.project(contract, archived_on=today, archived_reason="Entered twice.")
    with pytest.raises(IsArchived):
        change(gone, cast, today)
