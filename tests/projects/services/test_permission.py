"""Whose an act on the portfolio is: the service itself refuses whoever it does not belong to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import pytest

from contracts.models import Contract, Person
from projects.models import KeyList, Nomination, Project
from projects.rules.facts import RebaselineFacts, Stage
from projects.rules.key_list import Draft
from projects.rules.updating import UpdateSaid
from projects.services import key_lists, nominations
from projects.services.archive import archive_project, take_back
from projects.services.dependencies import Relation, add_dependency, remove_dependency
from projects.services.permission import NotYours
from projects.services.portfolio import ProjectDetails, add_project, change_project
from projects.services.rebaselining import rebaseline
from projects.services.several import Wanted, change_several
from projects.services.updates import post_update
from tests import builders
from tests.people import Cast

ON: Final = date(2018, 3, 14)
AT: Final = datetime(2018, 3, 14, 12, tzinfo=UTC)
DETAILS: Final = ProjectDetails(title="Another title", kind="transformation", stage=Stage.IN_FLIGHT)
AGREED: Final = RebaselineFacts(date(2018, 6, 29), ON, "Head of Property", "The landlord's survey came late.")
SAID: Final = UpdateSaid()


@dataclass(frozen=True, slots=True)
class Ground:
    """What the acts are tried on."""

    contract: Contract
    project: Project
    nomination: Nomination


Act = Callable[[Ground, Person], object]
EDITING: Final = ("administrator",)
PROPOSING: Final = ("officer", "contract_manager")

ACTS: Final[dict[str, tuple[tuple[str, ...], Act]]] = {
    "add": (
        EDITING,
        lambda on, by: add_project(contract=on.contract, by=by, on=ON, reference="P900", details=DETAILS),
    ),
    "change": (EDITING, lambda on, by: change_project(project=on.project, by=by, on=ON, version=1, details=DETAILS)),
    "archive": (EDITING, lambda on, by: archive_project(project=on.project, by=by, on=ON, reason="Twice.", version=1)),
    "take back": (EDITING, lambda on, by: take_back(project=on.project, by=by, on=ON, reason="Not so.", version=1)),
    "join": (
        EDITING,
        lambda on, by: add_dependency(project=on.project, by=by, relation=Relation.HOLDS_UP, other="P002"),
    ),
    "separate": (EDITING, lambda on, by: remove_dependency(project=on.project, by=by, pk=0)),
    "change several": (
        EDITING,
        lambda on, by: change_several(
            contract=on.contract,
            versions={on.project.pk: 1},
            wanted=Wanted(sponsor="Head of Property"),
            why="",
            by=by,
            on=ON,
        ),
    ),
    "say who chairs": (EDITING, lambda on, by: nominations.set_chairs(contract=on.contract, by=by, chairs={})),
    "re-baseline": (
        ("contract_manager",),
        lambda on, by: rebaseline(project=on.project, by=by, on=ON, agreed=AGREED, milestones={}, shown=""),
    ),
    "post an update": (
        ("project_manager",),
        lambda on, by: post_update(project=on.project, by=by, on=ON, at=AT, copied_from=None, said=SAID),
    ),
    "propose": (
        PROPOSING,
        lambda on, by: key_lists.save_proposal(contract=on.contract, by=by, on=ON, version=0, draft=Draft()),
    ),
    "discard": (
        PROPOSING,
        lambda on, by: key_lists.discard_proposal(contract=on.contract, by=by, on=ON, version=0),
    ),
    "put to the Board": (
        PROPOSING,
        lambda on, by: key_lists.put_to_board(
            contract=on.contract, by=by, on=ON, version=0, meeting_on=ON, board="The Board"
        ),
    ),
    "take back from the Board": (
        PROPOSING,
        lambda on, by: key_lists.take_back_proposal(contract=on.contract, by=by, version=0),
    ),
    "decline": (
        PROPOSING,
        lambda on, by: nominations.decline(nomination=on.nomination, by=by, on=ON, reason="Too small."),
    ),
    "record the decision": (
        ("clerk", "contract_manager"),
        lambda on, by: key_lists.record_decision(
            contract=on.contract, by=by, on=ON, version=0, decided_on=ON, decision="Agreed."
        ),
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_service_refuses_whoever_the_act_does_not_belong_to(act: str, contract: Contract, cast: Cast) -> None:
    allowed, do = ACTS[act]
    project = builders.project(contract)
    nomination = Nomination.objects.create(
        project=project, by=cast.board_member, scrutiny_area="Highways", reason="Members ask.", nominated_at=AT
    )
    ground = Ground(contract, project, nomination)
    refused = [name for name, person in cast.everybody() if _is_refused(do, ground, person)]
    assert refused == [name for name, _ in cast.everybody() if name not in allowed]


def _is_refused(do: Act, ground: Ground, by: Person) -> bool:
    """Whether it was refused because it is not theirs. A refusal for another reason means that it is."""
    before = _written()
    try:
        do(ground, by)
    except NotYours:
        assert _written() == before
        return True
    except ValueError:
        return False
    return False


def _written() -> tuple[int, ...]:
    return tuple(model.history.count() for model in (Project, KeyList, Nomination))
