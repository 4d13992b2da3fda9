"""The page of a meeting says how its papers stand, and to whom; moving and cancelling it are done from there."""

from datetime import UTC, date, datetime

import pytest

from reports.models import Meeting, Paper, PaperAct
from tests import builders
from tests.reading import facts_of, links_of, sections_of, text_of
from tests.reports.calendar.desk import MARCH_29, Desk, of_day


class TestAMeeting:
    def test_says_what_matters_next_and_when_its_papers_are_published(self, desk: Desk) -> None:
        text = text_of(desk.client.get(desk.page))
        assert "Sign off by Monday 19 March 2018 (3 working days left)." in text
        assert "Publish by Wednesday 21 March 2018 (5 working days left)." in text

    def test_says_of_each_step_what_was_done(self, desk: Desk) -> None:
        text = text_of(desk.client.get(desk.page))
        assert "Figures of January 2018 Wednesday 14 February 2018 Verified 20 February 2018" in text
        assert "verified on Tuesday 20 February 2018" in text
        assert "Draft written Wednesday 14 March 2018 Done" in text
        assert "Signed off Monday 19 March 2018 Next, 3 working days left" in text

    def test_follows_the_acts_up_to_publication(self, desk: Desk) -> None:
        for day, kind, more in (
            (19, "signed off", {}),
            (20, "handed over", {}),
            (22, "published", {"address": "https://example.org/papers"}),
        ):
            at = datetime(2018, 3, day, 12, tzinfo=UTC)
            published = {"published_at": at, **more} if more else {}
            PaperAct.objects.create(paper=desk.paper, kind=kind, by=desk.cast.clerk, at=at, **published)
        Paper.objects.filter(pk=desk.paper.pk).update(status="published")
        text = text_of(desk.client.get(desk.page))
        assert "Published Wednesday 21 March 2018 Done 22 March 2018, 1 working day late" in text
        assert "Publish the addendum by Wednesday 28 March 2018" in text

    def test_warns_of_february_that_falls_due_on_the_day_of_the_draft(self, desk: Desk) -> None:
        page = desk.client.get(desk.page)
        assert "Figures that come too late for the report" in sections_of(page)
        assert "February 2018 falls due on Wednesday 14 March 2018, on the day the draft is written." in text_of(page)
        assert "Ask for an addendum" not in links_of(page)

    def test_leads_who_writes_papers_to_the_addendum_once_the_report_is_with_the_clerk(self, desk: Desk) -> None:
        Paper.objects.filter(pk=desk.paper.pk).update(status="with the clerk")
        links = links_of(desk.seen_by(desk.cast.contract_manager).get(desk.page))
        assert links["Ask for an addendum"] == f"/contracts/{desk.contract.reference}/papers/{desk.paper.pk}/addendum/"

    @pytest.mark.parametrize("who", ["board_member", "supplier", "project_manager"])
    def test_shows_the_bare_dates_to_who_does_not_work_on_papers(self, desk: Desk, who: str) -> None:
        text = text_of(desk.seen_by(getattr(desk.cast, who)).get(desk.page))
        assert "Published Wednesday 21 March 2018" in text
        for internal in ("Sign off by", "too late for the report", "verified on", "working days left", "Keep the"):
            assert internal not in text

    def test_that_passed_and_was_not_marked_is_to_be_marked(self, desk: Desk) -> None:
        late = builders.meeting(desk.board, date(2018, 3, 8))
        page = desk.client.get(desk.at(f"{late.pk}/"))
        assert b"Mark as held" in page.content
        done = desk.client.post(desk.at(f"{late.pk}/held/"), {"version": "1"}, follow=True)
        assert "is marked as held" in text_of(done)
        assert facts_of(done)["Status"] == "Held"


class TestMoving:
    def test_tells_everybody_from_when_and_why_and_keeps_the_account(self, desk: Desk) -> None:
        form = {**of_day("day", date(2018, 4, 5)), "starts_at": "2pm", "reason": "The Chair is ill.", "version": "1"}
        done = desk.client.post(desk.at(f"{desk.meeting.pk}/change/"), form, follow=True)
        assert "The meeting is on Thursday 5 April 2018. 1 draft is being built again." in text_of(done)
        assert "Moved from Thursday 29 March 2018: The Chair is ill." in text_of(done)
        assert facts_of(done)["Time and place"] == "14:00"
        assert f"{desk.cast.clerk}: Moved from Thursday 29 March 2018: The Chair is ill." in text_of(done)
        seen = text_of(desk.seen_by(desk.cast.board_member).get(desk.page))
        assert "Moved from Thursday 29 March 2018: The Chair is ill." in seen

    def test_a_paper_past_being_a_draft_is_listed_with_what_to_do(self, desk: Desk) -> None:
        Paper.objects.filter(pk=desk.paper.pk).update(status="signed off")
        form = {**of_day("day", date(2018, 4, 5)), "reason": "The Chair is ill.", "version": "1"}
        text = text_of(desk.client.post(desk.at(f"{desk.meeting.pk}/change/"), form, follow=True))
        assert "Papers that are past being a draft name another day." in text
        assert "Exception report, revision 1, is signed off. It says Thursday 29 March 2018. Take the sign-off" in text

    def test_a_stale_page_shows_both_and_loses_nothing_that_was_typed(self, desk: Desk) -> None:
        form = {**of_day("day", date(2018, 4, 5)), "reason": "The Chair is ill.", "version": "1"}
        Meeting.objects.filter(pk=desk.meeting.pk).update(version=2, meeting_on=date(2018, 4, 12), place="County Hall")
        page = desk.client.post(desk.at(f"{desk.meeting.pk}/change/"), form)
        assert page.status_code == 409
        assert facts_of(page)["Day"] == "Thursday 12 April 2018"
        assert facts_of(page)["Place"] == "County Hall"
        assert b'value="5"' in page.content
        assert b"The Chair is ill." in page.content
        again = desk.client.post(desk.at(f"{desk.meeting.pk}/change/"), {**form, "version": "2"})
        assert again.status_code == 302

    def test_a_mistake_is_said_beside_the_field(self, desk: Desk) -> None:
        form = {**of_day("day", date(2018, 4, 5)), "starts_at": "noonish", "version": "1"}
        page = desk.client.post(desk.at(f"{desk.meeting.pk}/change/"), form)
        assert page.status_code == 422
        assert "Start time must be a time, like 10:30" in text_of(page)
        page = desk.client.post(desk.at(f"{desk.meeting.pk}/change/"), {**form, "starts_at": ""})
        assert page.status_code == 422
        assert "Say why it is moved." in text_of(page)


def test_cancelled_and_planned_again_from_the_page(desk: Desk) -> None:
    form = {"reason": "Snow has closed County Hall.", "version": "1"}
    done = desk.client.post(desk.at(f"{desk.meeting.pk}/cancel/"), form, follow=True)
    assert "This meeting was cancelled: Snow has closed County Hall. Its months are judged at the next one." in text_of(
        done
    )
    again = {**of_day("day", MARCH_29), "version": "2"}
    done = desk.client.post(desk.at(f"{desk.meeting.pk}/plan-again/"), again, follow=True)
    assert "The meeting is planned again, for Thursday 29 March 2018. 1 draft is being built again." in text_of(done)
