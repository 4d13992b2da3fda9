"""What the details of a project must keep to, on the edges."""

from datetime import date

import pytest

from projects.rules.details import date_faults, stage_fault
from projects.rules.facts import Stage
from tests.projects.rules.build import TODAY

START, FINISH = date(2017, 10, 2), date(2018, 3, 30)


def faulty(
    stage: Stage = Stage.IN_FLIGHT,
    *,
    start: date | None = START,
    finish: date | None = FINISH,
    actual: date | None = None,
) -> list[str]:
    return [fault.field for fault in date_faults(stage=stage, start=start, finish=finish, actual=actual, on=TODAY)]


def test_a_project_in_order_has_no_fault() -> None:
    assert faulty() == faulty(start=None, finish=None) == faulty(finish=START) == []
    assert faulty(Stage.COMPLETE, actual=TODAY) == []
    assert faulty(Stage.CANCELLED) == faulty(Stage.CANCELLED, actual=TODAY) == []


def test_each_fault_names_the_field_to_look_at() -> None:
    assert faulty(finish=date(2017, 10, 1)) == ["original_finish"]
    assert faulty(Stage.COMPLETE) == ["actual_finish"]
    assert faulty(Stage.COMPLETE, actual=date(2018, 3, 15)) == ["actual_finish"]
    assert faulty(Stage.COMPLETE, actual=date(2017, 10, 1)) == ["actual_finish"]


@pytest.mark.parametrize("stage", [Stage.PIPELINE, Stage.IN_FLIGHT, Stage.ON_HOLD])
def test_what_has_finished_is_not_under_way(stage: Stage) -> None:
    assert faulty(stage, actual=TODAY) == ["stage"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (Stage.IN_FLIGHT, Stage.ON_HOLD, "Say why it is put on hold."),
        (Stage.IN_FLIGHT, Stage.CANCELLED, "Say why it is cancelled."),
        (None, Stage.CANCELLED, "Say why it is cancelled."),
        (Stage.COMPLETE, Stage.IN_FLIGHT, "Say why it is in flight again: it was complete."),
        (Stage.CANCELLED, Stage.PIPELINE, "Say why it is in the pipeline again: it was cancelled."),
        (Stage.IN_FLIGHT, Stage.COMPLETE, None),
        (Stage.PIPELINE, Stage.IN_FLIGHT, None),
        (Stage.ON_HOLD, Stage.IN_FLIGHT, None),
        (Stage.ON_HOLD, Stage.ON_HOLD, None),
        (None, Stage.IN_FLIGHT, None),
    ],
)
def test_a_stop_and_going_on_after_the_end_have_to_be_explained(
    before: Stage | None, after: Stage, words: str | None
) -> None:
    fault = stage_fault(before=before, after=after, why=" ")
    assert (fault.words if fault else None) == words
    assert stage_fault(before=before, after=after, why="The money went.") is None
