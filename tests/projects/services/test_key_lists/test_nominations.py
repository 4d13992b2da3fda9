"""Nominations: made for the area one chairs, told, answered by hand or by the decision; and who chairs what."""

from collections.abc import Sequence

import pytest

from contracts.models import Contract, Message
from projects.models import Nomination, Project, ScrutinyChair
from projects.services.key_lists import (
    KeyListRefused,
)
from projects.services.nominations import NominationRefused, decline, nominate, set_chairs
from tests import builders
from tests.people import Cast
from tests.projects.services.test_key_lists.acts import (
    DECEMBER,
    MEETING,
    WHY,
    at,
    decide,
    draft,
    nominated,
    propose,
    put,
)


@pytest.mark.usefixtures("chair")
def test_a_nomination_is_told_once_to_those_who_propose(projects: Sequence[Project], cast: Cast) -> None:
    made = nominated(projects[3], cast)
    assert (made.scrutiny_area, made.outcome) == ("Children", "")
    told = Message.objects.filter(kind="nominated").order_by("person__email")
    assert [message.person for message in told] == [cast.contract_manager, cast.officer]
    assert WHY in told[0].body


@pytest.mark.usefixtures("chair")
def test_a_nomination_for_an_area_one_does_not_chair_is_refused_in_words(
    projects: Sequence[Project], cast: Cast
) -> None:
    with pytest.raises(NominationRefused) as refusal:
        nominated(projects[0], cast)
    assert str(refusal.value) == (
        "P1 belongs to the scrutiny area Adults: only the member who chairs it nominates its projects. "
        "You chair Children."
    )
    assert not Nomination.objects.exists()


@pytest.mark.usefixtures("chair")
def test_who_is_no_member_of_the_board_nominates_nothing(
    contract: Contract, projects: Sequence[Project], cast: Cast
) -> None:
    ScrutinyChair.objects.update_or_create(
        contract=contract, scrutiny_area="Adults", defaults={"person": cast.administrator}
    )
    with pytest.raises(NominationRefused, match="Only members of the Board"):
        nominate(project=projects[0], by=cast.administrator, at=at(MEETING), reason=WHY)


@pytest.mark.usefixtures("chair")
def test_a_project_without_a_scrutiny_area_says_who_sets_it(contract: Contract, cast: Cast) -> None:
    with pytest.raises(NominationRefused, match="an administrator sets it"):
        nominated(builders.project(contract, "P7"), cast)


@pytest.mark.usefixtures("chair")
def test_a_nomination_says_why_and_stands_once(projects: Sequence[Project], cast: Cast) -> None:
    with pytest.raises(NominationRefused, match="at least 5 words") as refusal:
        nominated(projects[3], cast, "Children need it")
    assert refusal.value.field == "reason"
    nominated(projects[3], cast)
    with pytest.raises(NominationRefused, match="is nominated already"):
        nominated(projects[3], cast)


@pytest.mark.usefixtures("chair")
def test_a_key_project_needs_no_nomination(contract: Contract, projects: Sequence[Project], cast: Cast) -> None:
    builders.key_list(contract, projects[3], decided_on=DECEMBER)
    with pytest.raises(NominationRefused, match="P4 is a key project already"):
        nominated(projects[3], cast)


@pytest.mark.usefixtures("chair")
def test_a_declined_nomination_is_answered_with_the_reason_once(projects: Sequence[Project], cast: Cast) -> None:
    made = nominated(projects[3], cast)
    with pytest.raises(NominationRefused, match="Say why"):
        decline(nomination=made, by=cast.officer, on=MEETING, reason=" ")
    decline(nomination=made, by=cast.officer, on=MEETING, reason="It ends before the meeting.")
    with pytest.raises(NominationRefused, match="answered already: it was declined"):
        decline(nomination=made, by=cast.officer, on=MEETING, reason="It ends before the meeting.")
    (message,) = Message.objects.filter(kind="nomination answered")
    assert message.person == cast.board_member
    assert "It ends before the meeting." in message.body
    assert nominated(projects[3], cast).outcome == ""


@pytest.mark.usefixtures("chair")
def test_a_proposal_says_what_becomes_of_every_nomination(
    contract: Contract, projects: Sequence[Project], cast: Cast
) -> None:
    for project in projects[3:]:
        nominated(project, cast)
    propose(contract, cast, draft("P1", "P4", near_misses=(("P5", "It has only begun."),)))
    with pytest.raises(KeyListRefused) as refusal:
        put(contract, cast)
    assert [fault.reference for fault in refusal.value.faults] == ["P6"]
    decline(nomination=Nomination.objects.get(project=projects[5]), by=cast.officer, on=MEETING, reason="Too small.")
    put(contract, cast)
    made = decide(contract, cast)
    found = {row.project.reference: (row.outcome, row.answer, row.taken_up_in) for row in Nomination.objects.all()}
    assert found == {
        "P4": ("taken up", "", made),
        "P5": ("declined", "It has only begun.", None),
        "P6": ("declined", "Too small.", None),
    }
    told = Message.objects.filter(kind="nomination answered", person=cast.board_member)
    assert sorted(message.subject for message in told) == [
        "Your nomination of P4: taken up",
        "Your nomination of P5: declined",
        "Your nomination of P6: declined",
    ]


@pytest.mark.usefixtures("chair")
def test_a_nomination_made_after_the_proposal_waits_for_the_next_list(
    contract: Contract, projects: Sequence[Project], cast: Cast
) -> None:
    propose(contract, cast, draft("P1"))
    put(contract, cast)
    made = nominated(projects[3], cast)
    decide(contract, cast)
    made.refresh_from_db()
    assert made.outcome == ""


def test_chairs_are_set_changed_and_taken_away_with_their_history(contract: Contract, cast: Cast) -> None:
    area = {"Adults": cast.board_member}
    assert set_chairs(contract=contract, by=cast.administrator, chairs=area) == 1
    assert set_chairs(contract=contract, by=cast.administrator, chairs=area) == 0
    with pytest.raises(NominationRefused, match="not a member of the Board"):
        set_chairs(contract=contract, by=cast.administrator, chairs={"Adults": cast.officer})
    assert set_chairs(contract=contract, by=cast.administrator, chairs={"Adults": None, "Money": None}) == 1
    assert not ScrutinyChair.objects.exists()
    assert [row.history_type for row in ScrutinyChair.history.all()] == ["-", "+"]
