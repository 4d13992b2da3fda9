"""What the Board asked for, from its minutes to the day it is closed."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from contracts.models import Contract, Message, Person, ServiceArea
from contracts.queries import load_ground
from contracts.rules.roles import Role
from contracts.services import grant_role
from contracts.services.people import withdraw_role
from reports.build import build_paper
from reports.models import BoardRequest, Meeting
from reports.queries.requests import load_request_duties
from reports.render.document import Table
from reports.render.words.requests import open_requests
from reports.services import questions as question_services
from reports.services import requests as services
from tests import builders
from tests.people import Cast

THEN = datetime(2018, 3, 9, 16, 30, tzinfo=UTC)
HELD_ON, TODAY, NEXT = date(2018, 3, 1), date(2018, 3, 14), date(2018, 3, 29)


@pytest.fixture
def meeting(contract: Contract) -> Meeting:
    return builders.meeting(builders.board(contract), HELD_ON, "held")


@pytest.fixture
def coming(meeting: Meeting) -> Meeting:
    return builders.meeting(meeting.board, NEXT)


@pytest.fixture
def later(meeting: Meeting) -> Meeting:
    return builders.meeting(meeting.board, date(2018, 4, 26))


def minute(
    contract: Contract, by: Person, meeting: Meeting, text: str = "Show it monthly.", **more: object
) -> BoardRequest:
    said: dict[str, object] = {"kind": "resolution", "raised_by": "The Board", "owner": "Contract Manager", "on": TODAY}
    return services.minute_request(contract=contract, by=by, meeting=meeting, text=text, **(said | more))  # type: ignore[arg-type]


def test_a_minuted_request_takes_the_next_reference_and_its_meeting(
    contract: Contract, cast: Cast, meeting: Meeting
) -> None:
    builders.request(contract, "B007")
    made = minute(contract, cast.clerk, meeting)
    assert (made.reference, made.raised_on, made.meeting, made.status) == ("B008", HELD_ON, meeting, "open")
    assert made.history.get().history_change_reason == "minuted"
    assert made.history.get().history_user == cast.clerk


def test_the_reference_can_be_another_one_but_not_one_that_is_taken(
    contract: Contract, cast: Cast, meeting: Meeting
) -> None:
    assert minute(contract, cast.clerk, meeting, reference="OSMB-60").reference == "OSMB-60"
    with pytest.raises(services.ReferenceTaken):
        minute(contract, cast.clerk, meeting, "Something else.", reference="OSMB-60")


def test_a_form_sent_twice_minutes_once(contract: Contract, cast: Cast, meeting: Meeting) -> None:
    first = minute(contract, cast.clerk, meeting)
    assert minute(contract, cast.clerk, meeting) == first
    assert BoardRequest.objects.count() == 1


def test_a_meeting_minutes_nothing_before_its_day_nor_when_cancelled(
    contract: Contract, cast: Cast, meeting: Meeting, coming: Meeting
) -> None:
    with pytest.raises(services.NotMinutedThere):
        minute(contract, cast.clerk, coming)
    cancelled = builders.meeting(meeting.board, date(2018, 2, 1), "cancelled")
    with pytest.raises(services.NotMinutedThere):
        minute(contract, cast.clerk, cancelled)
    elsewhere = builders.meeting(builders.board(name="Another Board"), HELD_ON, "held")
    with pytest.raises(services.NotMinutedThere):
        minute(contract, cast.clerk, elsewhere)


def test_it_is_due_at_a_planned_meeting_after_the_one_that_raised_it(
    contract: Contract, cast: Cast, meeting: Meeting, coming: Meeting
) -> None:
    with pytest.raises(services.NotDueThere):
        minute(contract, cast.clerk, meeting, due=meeting)
    assert minute(contract, cast.clerk, meeting, due=coming).due_meeting_on == NEXT


@pytest.mark.parametrize("who", ["officer", "board_member", "supplier", "project_manager", "outsider"])
def test_only_who_minutes_minutes_and_closes(who: str, contract: Contract, cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(PermissionDenied):
        minute(contract, getattr(cast, who), meeting)
    made = minute(contract, cast.clerk, meeting)
    with pytest.raises(PermissionDenied):
        services.close_request(request=made, by=getattr(cast, who), on=TODAY, answer="Done.", version=1)
    with pytest.raises(PermissionDenied):
        services.answer_request(request=made, by=getattr(cast, who), on=TODAY, answer="Done.", version=1)
    made.refresh_from_db()
    assert made.status == "open"


def test_whoever_it_is_assigned_to_is_told_and_answers_but_does_not_close(
    contract: Contract, cast: Cast, meeting: Meeting
) -> None:
    made = minute(contract, cast.clerk, meeting, assigned_to=cast.officer)
    assert [(each.person, each.kind) for each in Message.objects.all()] == [(cast.officer, "request assigned")]
    answered = services.answer_request(request=made, by=cast.officer, on=TODAY, answer="From April.", version=1)
    assert (answered.status, answered.answer, answered.answered_on, answered.version) == (
        "answered",
        "From April.",
        TODAY,
        2,
    )
    with pytest.raises(PermissionDenied):
        services.close_request(request=made, by=cast.officer, on=TODAY, answer="From April.", version=2)


def test_it_is_assigned_to_nobody_from_elsewhere(contract: Contract, cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(services.NoBusinessOfTheirs):
        minute(contract, cast.clerk, meeting, assigned_to=cast.outsider)


def test_nothing_is_closed_without_an_answer(contract: Contract, cast: Cast, meeting: Meeting) -> None:
    made = minute(contract, cast.clerk, meeting)
    with pytest.raises(services.NothingSaid):
        services.close_request(request=made, by=cast.clerk, on=TODAY, answer=" ", version=1)
    closed = services.close_request(request=made, by=cast.clerk, on=TODAY, answer="Entered twice.", version=1)
    assert (closed.status, closed.closed_on, closed.answer) == ("closed", TODAY, "Entered twice.")
    with pytest.raises(services.IsClosed):
        services.answer_request(request=made, by=cast.clerk, on=TODAY, answer="More.", version=2)


def test_reopening_gives_a_reason_and_keeps_the_answer(contract: Contract, cast: Cast, meeting: Meeting) -> None:
    made = minute(contract, cast.clerk, meeting)
    with pytest.raises(services.NotClosed):
        services.reopen_request(request=made, by=cast.clerk, on=TODAY, reason="Not enough.", version=1)
    services.close_request(request=made, by=cast.clerk, on=TODAY, answer="Done.", version=1)
    with pytest.raises(services.NothingSaid):
        services.reopen_request(request=made, by=cast.clerk, on=TODAY, reason="", version=2)
    again = services.reopen_request(request=made, by=cast.clerk, on=TODAY, reason="Not enough.", version=2)
    assert (again.status, again.closed_on, again.answer) == ("open", None, "Done.")
    assert again.history.first().history_change_reason == "reopened: Not enough."


def test_a_stale_save_changes_nothing(contract: Contract, cast: Cast, meeting: Meeting) -> None:
    made = minute(contract, cast.clerk, meeting)
    services.answer_request(request=made, by=cast.contract_manager, on=TODAY, answer="First.", version=1)
    with pytest.raises(services.RequestChanged):
        services.answer_request(request=made, by=cast.clerk, on=TODAY, answer="Second.", version=1)
    made.refresh_from_db()
    assert (made.answer, made.history.count()) == ("First.", 2)


def test_it_is_handed_on_and_put_off_with_a_reason(
    contract: Contract, cast: Cast, meeting: Meeting, coming: Meeting, later: Meeting
) -> None:
    made = minute(contract, cast.clerk, meeting, due=coming)
    services.hand_request(
        request=made, by=cast.clerk, on=TODAY, owner="Head of Finance", assigned_to=cast.officer, version=1
    )
    assert Message.objects.get().person == cast.officer
    moved = services.move_due(
        request=made, by=cast.clerk, on=TODAY, due=later, reason="Figures come in April.", version=2
    )
    assert (moved.owner, moved.assigned_to, moved.due_meeting_on) == ("Head of Finance", cast.officer, later.meeting_on)
    assert [each.history_change_reason for each in moved.history.all()] == [
        "due at Thursday 26 April 2018 instead of Thursday 29 March 2018: Figures come in April.",
        "handed to Head of Finance (Officer)",
        "minuted",
    ]


def test_answering_a_request_answers_the_question_it_was_made_of(
    contract: Contract, cast: Cast, meeting: Meeting
) -> None:
    asked = builders.question(contract, cast.board_member, owner=cast.officer)
    made = question_services.minute_question(
        question=asked, by=cast.clerk, at=THEN, meeting=meeting, text="Why?", owner="Officer", due=None, version=1
    )
    assert (made.meeting, made.assigned_to) == (meeting, cast.officer)
    services.answer_request(request=made, by=cast.officer, on=TODAY, answer="It rained.", version=1)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("answered", "It rained.")
    assert Message.objects.filter(person=cast.board_member, kind="question answered").count() == 1


@pytest.fixture
def judged(contract: Contract, area: ServiceArea) -> Contract:
    builders.results(builders.kpi(area), "2017-11", ["95", "94", "93"])
    builders.returns(area, "2017-11", "2018-01")
    builders.project(contract)
    return contract


@pytest.mark.parametrize("build", [build_paper, builders.built_projects_paper])
def test_it_heads_the_next_papers_until_it_is_closed(
    build: object, judged: Contract, cast: Cast, meeting: Meeting, coming: Meeting
) -> None:
    made = minute(judged, cast.clerk, meeting)

    def heads(on: date) -> list[tuple[str, str]]:
        return [(each.status, each.answer) for each in build(judged, coming, on=on).requests]  # type: ignore[operator]

    assert heads(TODAY) == [("open", "")]
    services.answer_request(request=made, by=cast.clerk, on=date(2018, 3, 16), answer="From April.", version=1)
    assert heads(date(2018, 3, 16)) == [("answered", "From April.")]
    services.close_request(request=made, by=cast.clerk, on=date(2018, 3, 20), answer="From April.", version=2)
    assert heads(date(2018, 3, 20)) == []


@pytest.mark.parametrize("build", [build_paper, builders.built_projects_paper])
def test_a_paper_written_late_says_what_was_known_on_its_day(
    build: object, judged: Contract, cast: Cast, meeting: Meeting, coming: Meeting
) -> None:
    made = minute(judged, cast.clerk, meeting)
    services.close_request(request=made, by=cast.clerk, on=date(2018, 3, 20), answer="From April.", version=1)
    (line,) = build(judged, coming, on=date(2018, 3, 19)).requests  # type: ignore[operator]
    assert (line.status, line.answer) == ("open", "")


def test_what_a_meeting_minutes_heads_the_next_paper_and_not_its_own(
    judged: Contract, cast: Cast, coming: Meeting, later: Meeting
) -> None:
    minute(judged, cast.clerk, coming, on=NEXT)
    assert build_paper(judged, coming, on=NEXT).requests == ()
    assert len(build_paper(judged, later, on=date(2018, 4, 11)).requests) == 1


def test_the_paper_says_that_an_answer_was_due_at_a_meeting_that_has_passed(
    judged: Contract, cast: Cast, coming: Meeting, later: Meeting
) -> None:
    builders.request(judged, "B001", due_meeting_on=NEXT)
    builders.request(judged, "B002", due_meeting_on=later.meeting_on)
    paper = build_paper(judged, later, on=date(2018, 4, 11))
    (table,) = (block for block in open_requests(paper).blocks if isinstance(block, Table))
    assert [row[-1].text for row in table.rows] == ["Open, was due on 29 Mar 2018", "Open, due on 26 Apr 2018"]


def test_what_was_assigned_to_somebody_is_theirs_only_as_long_as_they_work_on_the_contract(
    contract: Contract, cast: Cast, meeting: Meeting
) -> None:
    made = minute(contract, cast.clerk, meeting, assigned_to=cast.officer)
    post = cast.officer.assignments.get()
    withdraw_role(person=cast.officer, role=Role.OFFICER, contract=contract, service_area=post.service_area)
    grant_role(person=cast.officer, role=Role.BOARD_MEMBER, contract=contract)
    with pytest.raises(PermissionDenied):
        services.answer_request(request=made, by=cast.officer, on=TODAY, answer="It rained.", version=made.version)
    assert not load_request_duties(made, cast.officer, load_ground(cast.officer).held).may_answer
