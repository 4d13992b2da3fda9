"""The calendar of a board: its list, adding meetings, its settings, and the file for people's own calendars."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import ClosedDay, Contract
from reports.models import Board, Meeting
from tests import builders
from tests.reading import facts_of, rows_of, text_of
from tests.reports.calendar.desk import APRIL_26, MARCH_1, Desk, of_day
from tests.reports.calendar.test_ics import read


class TestTheCalendarOfABoard:
    def test_lists_past_and_coming_meetings_by_year(self, desk: Desk) -> None:
        builders.meeting(desk.board, date(2019, 1, 31))
        Meeting.objects.create(
            board=desk.board, meeting_on=APRIL_26, moved_from=date(2018, 4, 19), place="County Hall", starts_at="10:30"
        )
        builders.meeting(desk.board, MARCH_1, "cancelled")
        page = desk.client.get(desk.at(f"boards/{desk.board.pk}/"))
        assert [row for row in rows_of(page) if row[0] != "Meeting"] == [
            [
                "Thursday 29 March 2018",
                "Planned",
                "21 Mar 2018 Sign off by Monday 19 March 2018 (3 working days left)",
            ],
            [
                "Thursday 26 April 2018 10:30, County Hall",
                "Moved from Thursday 19 April 2018",
                "18 Apr 2018 The figures of February 2018 fall due on Wednesday 14 March 2018 (today)",
            ],
            ["Thursday 31 January 2019", "Planned", "23 Jan 2019"],
            ["Thursday 1 March 2018", "Cancelled", "—"],
            ["Thursday 21 December 2017", "Held", "13 Dec 2017"],
        ]

    def test_says_how_one_begins_where_nothing_is_planned(self, desk: Desk, other_contract: Contract) -> None:
        board = builders.board(other_contract, name="Empty board")
        page = desk.client.get(f"/contracts/OTH/meetings/boards/{board.pk}/")
        assert "No meeting is planned." in text_of(page)

    def test_costs_as_many_queries_with_forty_meetings_as_with_one(self, desk: Desk) -> None:
        def spent() -> list[int]:
            found = []
            for path in (f"boards/{desk.board.pk}/", ""):
                with CaptureQueriesContext(connection) as captured:
                    assert desk.client.get(desk.at(path)).status_code == 200
                found.append(len(captured))
            return found

        few = spent()
        for number in range(40):
            builders.meeting(desk.board, date(2018, 4, 1 + number % 28).replace(year=2018 + number // 28))
        assert spent() == few

    def test_adds_a_meeting_and_refuses_a_day_that_is_taken(self, desk: Desk) -> None:
        form = {**of_day("day", APRIL_26), "starts_at": "10:30", "place": "County Hall"}
        address = desk.at(f"boards/{desk.board.pk}/add/")
        assert "The meeting of Thursday 26 April 2018 is planned." in text_of(
            desk.client.post(address, form, follow=True)
        )
        twice = desk.client.post(address, form)
        assert twice.status_code == 422
        assert "The Board already has a meeting on Thursday 26 April 2018." in text_of(twice)
        assert Meeting.objects.filter(meeting_on=APRIL_26).count() == 1


class TestASeries:
    RULE = {
        "ordinal": "-1",
        "weekday": "3",
        "every": "1",
        **of_day("first", date(2018, 3, 1)),
        **of_day("last", date(2018, 12, 31)),
        "skipped": ["8"],
        "starts_at": "10:30",
        "place": "County Hall",
    }

    def shown(self, desk: Desk) -> tuple[str, str]:
        page = desk.client.post(desk.at(f"boards/{desk.board.pk}/series/"), self.RULE)
        assert page.status_code == 200
        return text_of(page), page.content.decode().partition('name="shown" value="')[2][:32]

    def test_is_shown_before_anything_is_planned(self, desk: Desk) -> None:
        ClosedDay.objects.create(closed_on=date(2018, 12, 27), reason="Christmas week")
        text, _ = self.shown(desk)
        assert "Last Thursday of each month, not August, from 1 March 2018 to 31 December 2018." in text
        assert "Thursday 29 March 2018 The Board already has a meeting on this day" in text
        assert "Thursday 27 December 2018 The council is closed: Christmas week" in text
        assert Meeting.objects.filter(board=desk.board).count() == 2

    def test_plans_the_days_that_are_ticked_and_no_other(self, desk: Desk) -> None:
        _, mark = self.shown(desk)
        ticked = ["2018-05-31", "2018-12-27", "2018-03-29", "2018-08-30", "2018-05-30"]
        done = desk.client.post(
            desk.at(f"boards/{desk.board.pk}/series/"), {**self.RULE, "shown": mark, "days": ticked}, follow=True
        )
        assert "2 meetings are planned." in text_of(done)
        made = Meeting.objects.filter(board=desk.board, place="County Hall").order_by("meeting_on")
        assert [(each.meeting_on.isoformat(), f"{each.starts_at:%H:%M}") for each in made] == [
            ("2018-05-31", "10:30"),
            ("2018-12-27", "10:30"),
        ]

    def test_is_shown_again_where_the_calendar_changed_meanwhile(self, desk: Desk) -> None:
        _, mark = self.shown(desk)
        builders.meeting(desk.board, date(2018, 5, 31))
        page = desk.client.post(
            desk.at(f"boards/{desk.board.pk}/series/"), {**self.RULE, "shown": mark, "days": ["2018-06-28"]}
        )
        assert page.status_code == 409
        assert "The calendar has changed since you looked." in text_of(page)
        assert not Meeting.objects.filter(meeting_on=date(2018, 6, 28)).exists()

    def test_that_cannot_be_followed_says_why(self, desk: Desk) -> None:
        page = desk.client.post(
            desk.at(f"boards/{desk.board.pk}/series/"), {**self.RULE, **of_day("last", date(2018, 2, 1))}
        )
        assert page.status_code == 422
        assert "Choose a last day after Thursday 1 March 2018." in text_of(page)


class TestSettings:
    FORM = {
        "clear_days": "6",
        "draft_days": "5",
        "sign_off_days": "2",
        "with_clerk_days": "1",
        "addendum_cut_off_days": "1",
        "recommendation": "That the report be noted.",
        "author": "Contract manager",
        "paper_years": "6",
        "background_years": "4",
        "version": "1",
    }

    def test_move_the_dates_of_all_meetings_to_come(self, desk: Desk) -> None:
        desk.client.post(desk.at(f"boards/{desk.board.pk}/settings/"), self.FORM)
        assert "Publish by Tuesday 20 March 2018" in text_of(desk.client.get(desk.page))

    def test_that_make_no_sense_are_refused_in_words(self, desk: Desk) -> None:
        page = desk.client.post(desk.at(f"boards/{desk.board.pk}/settings/"), {**self.FORM, "sign_off_days": "9"})
        assert page.status_code == 422
        assert "The draft comes first, then sign-off, then the clerk: more days before." in text_of(page)

    def test_changed_by_somebody_else_are_shown_beside_what_was_typed(self, desk: Desk) -> None:
        Board.objects.filter(pk=desk.board.pk).update(version=2, clear_days=7)
        page = desk.client.post(desk.at(f"boards/{desk.board.pk}/settings/"), self.FORM)
        assert page.status_code == 409
        assert facts_of(page)["Clear days before a meeting"] == "7"
        assert Board.objects.get(pk=desk.board.pk).clear_days == 7

    def test_a_closed_day_is_no_clear_day_until_it_is_removed(self, desk: Desk) -> None:
        form = {**of_day("day", date(2018, 3, 26)), "reason": "Stocktaking"}
        page = desk.client.post(desk.at("closed-days/"), form, follow=True)
        assert "The council is closed on Monday 26 March 2018." in text_of(page)
        assert "Publish by Tuesday 20 March 2018" in text_of(desk.client.get(desk.page))
        row = ClosedDay.objects.get()
        desk.client.post(desk.at(f"closed-days/{row.pk}/remove/"), {"reason": "It was called off."})
        assert "Publish by Wednesday 21 March 2018" in text_of(desk.client.get(desk.page))
        kept = ClosedDay.history.first()
        assert (kept.history_type, kept.history_change_reason) == ("-", "open after all: It was called off.")


class TestTheCalendarFile:
    def test_has_the_meeting_and_its_dates_for_who_works_on_papers(self, desk: Desk) -> None:
        Meeting.objects.filter(pk=desk.meeting.pk).update(starts_at="10:30", place="County Hall, Room 1", version=3)
        answer = desk.client.get(desk.at(f"{desk.meeting.pk}/calendar.ics"))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Content-Disposition"] == 'attachment; filename="TST-meeting-2018-03-29.ics"'
        events = read(answer.content)
        assert [(event["SUMMARY"], event["DTSTART"]) for event in events] == [
            ("TST: draft is written", "20180314"),
            ("TST: sign-off due", "20180319"),
            ("TST: due with the clerk", "20180320"),
            ("TST: publication due", "20180321"),
            ("TST: addendum cut-off", "20180328"),
            ("Overview and Scrutiny Board", "20180329T093000Z"),
        ]
        meeting = events[-1]
        assert (meeting["LOCATION"], meeting["STATUS"]) == ("County Hall, Room 1", "CONFIRMED")
        assert int(meeting["SEQUENCE"]) >= 2, "as many as the meeting was changed"
        assert meeting["URL"] == f"https://scrutiny.example.org{desk.page}"
        assert len({event["UID"] for event in events}) == 6

    def test_has_only_publication_and_meeting_for_everybody_else(self, desk: Desk) -> None:
        client = desk.seen_by(desk.cast.board_member)
        events = read(client.get(desk.at(f"{desk.meeting.pk}/calendar.ics")).content)
        assert [event["SUMMARY"] for event in events] == ["TST: publication due", "Overview and Scrutiny Board"]

    def test_of_a_board_has_what_is_to_come_and_crosses_out_what_was_cancelled(self, desk: Desk) -> None:
        builders.meeting(desk.board, APRIL_26, "cancelled")
        client = desk.seen_by(desk.cast.board_member)
        events = read(client.get(desk.at(f"boards/{desk.board.pk}/calendar.ics")).content)
        found = [(event["DTSTART"], event["STATUS"]) for event in events]
        assert found == [
            ("20180321", "CONFIRMED"),
            ("20180329", "CONFIRMED"),
            ("20180418", "CANCELLED"),
            ("20180426", "CANCELLED"),
        ]

    def test_keeps_its_names_when_the_meeting_moves(self, desk: Desk) -> None:
        before = read(desk.client.get(desk.at(f"{desk.meeting.pk}/calendar.ics")).content)
        Meeting.objects.filter(pk=desk.meeting.pk).update(meeting_on=date(2018, 4, 5), version=2)
        after = read(desk.client.get(desk.at(f"{desk.meeting.pk}/calendar.ics")).content)
        assert [event["UID"] for event in after] == [event["UID"] for event in before]
        (first,), (second,) = ({int(event["SEQUENCE"]) for event in events} for events in (before, after))
        assert second == first + 1

    @pytest.mark.parametrize("what", ["offsets", "name", "closed day", "open after all", "moved"])
    def test_has_a_higher_number_whenever_anything_in_it_may_have_changed(self, desk: Desk, what: str) -> None:
        closed = ClosedDay.objects.create(closed_on=date(2018, 12, 24), reason="Christmas Eve")
        before = read(desk.client.get(desk.at(f"{desk.meeting.pk}/calendar.ics")).content)
        if what == "offsets":
            desk.board.draft_days, desk.board.version = 6, 2
            desk.board.save()
        elif what == "name":
            desk.board.name = "Scrutiny Board"
            desk.board.save()
        elif what == "closed day":
            ClosedDay.objects.create(closed_on=date(2018, 3, 26), reason="Stocktaking")
        elif what == "open after all":
            closed.delete()
        else:
            desk.meeting.meeting_on, desk.meeting.version = date(2018, 4, 5), 2
            desk.meeting.save()
        after = read(desk.client.get(desk.at(f"{desk.meeting.pk}/calendar.ics")).content)
        assert min(int(event["SEQUENCE"]) for event in after) > max(int(event["SEQUENCE"]) for event in before)

    def test_has_the_same_number_as_long_as_nothing_changes(self, desk: Desk) -> None:
        first, second = (
            [event["SEQUENCE"] for event in read(desk.client.get(desk.at(f"{desk.meeting.pk}/calendar.ics")).content)]
            for _ in range(2)
        )
        assert first == second

    def test_beyond_the_known_years_is_the_meeting_alone(self, desk: Desk) -> None:
        far = builders.meeting(desk.board, date(2030, 3, 28))
        events = read(desk.client.get(desk.at(f"{far.pk}/calendar.ics")).content)
        assert [event["DTSTART"] for event in events] == ["20300328"]
