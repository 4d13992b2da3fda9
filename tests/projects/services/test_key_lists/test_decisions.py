"""What the Board decides: in force from then on, and never changed again."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from contracts.models import Contract
from projects.models import KeyEntry, KeyExit, KeyList, NearMiss, Project, RegisterRow
from projects.queries.key_lists import load_key_lists, load_key_page
from projects.services.key_lists import (
    KeyListRefused,
    ListIsDecided,
    NotPut,
    discard_proposal,
    record_decision,
    take_back_proposal,
)
from tests import builders
from tests.people import Cast
from tests.projects.services.test_key_lists.acts import (
    DECEMBER,
    MEETING,
    decide,
    draft,
    propose,
    put,
    ranks,
)


@pytest.mark.usefixtures("decided")
def test_a_decision_makes_the_proposal_the_list_in_force(contract: Contract, cast: Cast) -> None:
    said = draft("P4", "P1", "P2", left={"P3": "It is complete."})
    propose(contract, cast, said)
    put(contract, cast)
    made = decide(contract, cast)
    assert (made.decided_on, made.decision, made.recorded_by, made.amendments) == (
        MEETING,
        "That the list be agreed.",
        cast.clerk,
        "",
    )
    page = load_key_page(contract, cast.clerk, MEETING, MEETING)
    assert page.headline == (
        "3 key projects, decided by the Board on 29 March 2018; 1 entered and 1 left since 21 December 2017."
    )
    assert [each.reason for each in page.changes.left] == ["It is complete."] if page.changes else False
    earlier = load_key_page(contract, cast.clerk, MEETING, date(2018, 3, 28))
    assert [row.place.reference for row in earlier.rows] == ["P1", "P2", "P3"]


@pytest.mark.usefixtures("decided")
def test_what_the_board_changed_at_the_meeting_is_decided_and_told(contract: Contract, cast: Cast) -> None:
    propose(contract, cast, draft("P4", "P1", "P2", left={"P3": "It is complete."}))
    put(contract, cast)
    made = decide(contract, cast, amended=draft("P5", "P1", "P2", left={"P3": "It is complete."}))
    assert ranks(made) == [(1, "P5"), (2, "P1"), (3, "P2")]
    assert made.amendments == "P5 added at rank 1; P4 taken off"
    assert dict(RegisterRow.objects.filter(reference__in=("P4", "P5")).values_list("reference", "key_rank")) == {
        "P4": None,
        "P5": 1,
    }


@pytest.mark.usefixtures("decided")
def test_a_decision_as_amended_changes_something(contract: Contract, cast: Cast) -> None:
    propose(contract, cast, draft("P1", "P2", "P3"))
    put(contract, cast)
    with pytest.raises(KeyListRefused, match="record the decision as proposed"):
        decide(contract, cast, amended=draft("P1", "P2", "P3"))


@pytest.mark.usefixtures("decided")
def test_only_what_was_before_the_board_is_decided(contract: Contract, cast: Cast) -> None:
    propose(contract, cast, draft("P1", "P2", "P3"))
    with pytest.raises(NotPut):
        decide(contract, cast, version=1)


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    ("day", "words", "said"),
    [
        (date(2018, 3, 30), "cannot have decided in the future", "Agreed."),
        (DECEMBER, "this decision came after it", "Agreed."),
        (MEETING, "Enter what the Board decided", "  "),
    ],
)
def test_a_decision_has_a_possible_day_and_wording(
    contract: Contract, cast: Cast, day: date, words: str, said: str
) -> None:
    propose(contract, cast, draft("P1", "P2", "P3"))
    put(contract, cast)
    with pytest.raises(KeyListRefused, match=words):
        record_decision(contract=contract, by=cast.clerk, on=MEETING, version=2, decided_on=day, decision=said)


@pytest.mark.usefixtures("decided")
def test_a_decided_list_is_never_edited(contract: Contract, cast: Cast) -> None:
    for act in (
        lambda: decide(contract, cast),
        lambda: put(contract, cast),
        lambda: take_back_proposal(contract=contract, by=cast.officer, version=1),
        lambda: discard_proposal(contract=contract, by=cast.officer, on=MEETING, version=1),
    ):
        with pytest.raises(ListIsDecided, match="never changed"):
            act()
    propose(contract, cast, draft("P6", left=dict.fromkeys(("P1", "P2", "P3"), "It is complete.")))
    first = load_key_lists(contract)[0]
    assert [place.reference for place in first.places] == ["P1", "P2", "P3"]


def test_the_database_refuses_to_change_what_was_decided(
    contract: Contract, decided: KeyList, projects: Sequence[Project]
) -> None:
    KeyExit.objects.create(key_list=decided, project=projects[4], reason="Complete.")
    NearMiss.objects.create(key_list=decided, project=projects[5], reason="Small.")
    changes = (
        ("projects_keylist", "decided_on = NULL"),
        ("projects_keylist", "decision = 'Another.'"),
        ("projects_keyentry", "rationale = 'Another.'"),
        ("projects_keyexit", "reason = 'Another.'"),
        ("projects_nearmiss", "reason = 'Another.'"),
    )
    for table, change in changes:
        with pytest.raises(IntegrityError, match="key_list_is_final"), transaction.atomic():
            connection.cursor().execute(f"UPDATE {table} SET {change}")  # noqa: S608 - names of this test


def test_the_database_lets_a_proposal_be_changed(contract: Contract, projects: Sequence[Project]) -> None:
    row = builders.key_list(contract, projects[0]).entries.get()
    row.rationale = "Something else entirely, which is allowed."
    row.save()
    assert KeyEntry.objects.get().rationale == row.rationale
