"""Proposing a key list, and putting it to a meeting."""

from collections.abc import Sequence
from datetime import date

import pytest

from contracts.models import Contract, Message
from projects.models import KeyEntry, KeyExit, KeyList, NearMiss, Project, RegisterRow
from projects.queries.key_lists import load_key_lists, proposal_of
from projects.rules.key_list import Draft
from projects.services.key_lists import (
    KeyListRefused,
    ProposalChanged,
    ProposalIsPut,
    discard_proposal,
    put_to_board,
    take_back_proposal,
)
from tests import builders
from tests.people import Cast
from tests.projects.services.test_key_lists.acts import (
    BOARD,
    DECEMBER,
    MEETING,
    WHY,
    draft,
    propose,
    put,
    ranks,
)


@pytest.mark.usefixtures("projects")
def test_a_proposal_ranks_its_projects_from_1_without_gaps(contract: Contract, cast: Cast) -> None:
    made = propose(contract, cast, draft("P4", "P1", "P2"))
    assert ranks(made) == [(1, "P4"), (2, "P1"), (3, "P2")]
    assert [row.history_user for row in made.entries.all()[0].history.all()] == [cast.officer]


@pytest.mark.usefixtures("projects")
def test_a_proposal_can_be_rearranged_in_any_way(contract: Contract, cast: Cast) -> None:
    propose(contract, cast, draft("P1", "P2", "P3", "P4"))
    first = KeyEntry.objects.get(project__reference="P1").pk
    made = propose(contract, cast, draft("P4", "P3", "P5", "P1", words=f"{WHY} Now."), version=1)
    assert ranks(made) == [(1, "P4"), (2, "P3"), (3, "P5"), (4, "P1")]
    moved = KeyEntry.objects.get(pk=first)
    assert (moved.project.reference, moved.rationale) == ("P1", f"{WHY} Now.")


@pytest.mark.usefixtures("decided")
def test_a_proposal_keeps_why_projects_leave_and_were_not_chosen(contract: Contract, cast: Cast) -> None:
    said = draft("P1", "P2", left={"P3": "It is complete."}, near_misses=(("P5", "It has only begun."),))
    made = propose(contract, cast, said)
    assert list(made.exits.values_list("project__reference", "reason")) == [("P3", "It is complete.")]
    assert list(made.near_misses.values_list("project__reference", "reason")) == [("P5", "It has only begun.")]
    made = propose(contract, cast, draft("P1", "P2", "P3"), version=1)
    assert not KeyExit.objects.exists()
    assert not NearMiss.objects.exists()


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    ("said", "words"),
    [
        (draft("P1", "P2"), "P3: say why it leaves the list."),
        (draft("P1", "P2", "P3", words="Important"), "P1: say in at least 5 words"),
        (draft("P1", "P2", "P3", "P9"), "P9 is not in the register any more"),
        (draft("P1", "P2", "P3", near_misses=(("P4", " "),)), "P4: say why it was considered and not chosen."),
    ],
)
def test_a_proposal_that_does_not_say_why_is_refused(contract: Contract, cast: Cast, said: Draft, words: str) -> None:
    with pytest.raises(KeyListRefused, match=words):
        propose(contract, cast, said)
    assert not KeyList.objects.filter(decided_on=None).exists()


@pytest.mark.usefixtures("projects")
def test_more_projects_than_agreed_need_a_reason(contract: Contract, cast: Cast) -> None:
    contract.key_project_count = 2
    contract.save()
    with pytest.raises(KeyListRefused, match="3 projects are more than the 2 agreed"):
        propose(contract, cast, draft("P1", "P2", "P3"))
    made = propose(contract, cast, draft("P1", "P2", "P3", size_reason="Three began in one month."))
    assert made.size_reason == "Three began in one month."


@pytest.mark.usefixtures("projects")
def test_a_stale_proposal_is_refused(contract: Contract, cast: Cast) -> None:
    propose(contract, cast, draft("P1"))
    with pytest.raises(ProposalChanged):
        propose(contract, cast, draft("P2"))
    propose(contract, cast, draft("P1", "P2"), version=1)
    with pytest.raises(ProposalChanged):
        propose(contract, cast, draft("P2"), version=1)


@pytest.mark.usefixtures("projects")
def test_the_register_follows_the_proposal(contract: Contract, cast: Cast) -> None:
    propose(contract, cast, draft("P2", "P1"))
    assert dict(RegisterRow.objects.exclude(key_rank=None).values_list("reference", "key_rank")) == {"P2": 1, "P1": 2}
    propose(contract, cast, draft("P3"), version=1)
    assert dict(RegisterRow.objects.exclude(key_rank=None).values_list("reference", "key_rank")) == {"P3": 1}


@pytest.mark.usefixtures("decided")
def test_a_discarded_proposal_leaves_the_list_in_force(contract: Contract, cast: Cast) -> None:
    propose(contract, cast, draft("P4", left=dict.fromkeys(("P1", "P2", "P3"), "It is complete.")))
    discard_proposal(contract=contract, by=cast.officer, on=date(2018, 3, 14), version=1)
    assert proposal_of(load_key_lists(contract)) is None
    in_register = RegisterRow.objects.exclude(key_rank=None).values_list("reference", "key_rank")
    assert dict(in_register) == {"P1": 1, "P2": 2, "P3": 3}


@pytest.mark.usefixtures("decided")
def test_what_is_put_to_a_meeting_is_not_changed_before_it_is_taken_back(contract: Contract, cast: Cast) -> None:
    propose(contract, cast, draft("P1", "P2", "P3"))
    made = put(contract, cast)
    assert (made.put_to_board_on, made.board) == (MEETING, BOARD)
    with pytest.raises(ProposalIsPut, match="take it back"):
        propose(contract, cast, draft("P1", "P2", "P3", "P4"), version=2)
    take_back_proposal(contract=contract, by=cast.officer, version=2)
    assert ranks(propose(contract, cast, draft("P3", "P2", "P1"), version=3))[0] == (1, "P3")


@pytest.mark.usefixtures("decided")
def test_an_imported_proposal_without_reasons_is_not_put_to_a_meeting(
    contract: Contract, cast: Cast, projects: Sequence[Project]
) -> None:
    builders.key_list(contract, projects[0])
    with pytest.raises(KeyListRefused, match=r"P2: say why it leaves the list\. P3: say why it leaves the list\."):
        put(contract, cast)


@pytest.mark.usefixtures("projects")
def test_a_past_meeting_cannot_decide(contract: Contract, cast: Cast) -> None:
    propose(contract, cast, draft("P1"))
    with pytest.raises(KeyListRefused, match="That meeting is past"):
        put_to_board(
            contract=contract, by=cast.officer, on=date(2018, 3, 14), version=1, meeting_on=DECEMBER, board=BOARD
        )


@pytest.mark.usefixtures("projects")
def test_the_clerk_is_told_once_that_a_list_is_put_to_a_meeting(contract: Contract, cast: Cast) -> None:
    propose(contract, cast, draft("P1"))
    put(contract, cast)
    with pytest.raises(ProposalIsPut):
        put(contract, cast, version=2)
    (message,) = Message.objects.filter(kind="key list put")
    assert (message.person, message.subject) == (cast.clerk, "Key projects for Scrutiny Board, 29 March 2018")
