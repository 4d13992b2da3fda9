"""The papers about projects on the pages: beside the report of a meeting, and month by month in a list of their own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from contracts.models import Contract, Person, ServiceArea
from contracts.services import set_demonstration_day
from reports.models import Meeting, Paper, PaperRun
from reports.services import news
from tests import builders
from tests.people import Cast
from tests.reading import links_of, text_of
from tests.reports.cases import DRAFT_ON, FEBRUARY, a_month_run

Reader = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> None:
    monkeypatch.setattr(news, "_send", lambda run_id: None)
    settings.PAPERS_DIR = tmp_path
    set_demonstration_day(on=DRAFT_ON)


@pytest.fixture
def reader() -> Reader:
    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def meeting(contract: Contract, area: ServiceArea) -> Meeting:
    """Its contract has a project, and no month that is verified."""
    builders.project(contract)
    return builders.meeting(builders.board(contract), date(2018, 3, 29))


def address(contract: Contract, *parts: object) -> str:
    return "".join((f"/contracts/{contract.reference}/", *(f"{part}/" for part in parts)))


def downloaded(client: Client, file: str) -> bytes:
    answer = client.get(file)
    assert answer["Content-Disposition"].startswith("attachment")
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


class TestAMeeting:
    def test_both_papers_stand_on_its_page_with_what_they_wait_for(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        set_demonstration_day(on=date(2018, 3, 13))
        text = text_of(reader(cast.clerk).get(address(contract, "meetings", meeting.pk)))
        assert "Exception report Nobody has started this paper yet. No month that ends before the meeting" in text
        assert "Projects paper Nobody has started this paper yet. It is written by itself on Wednesday 14 March" in text

    def test_the_written_projects_paper_opens_as_a_page_and_as_files(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        builders.projects_paper(contract, meeting, DRAFT_ON)
        client = reader(cast.clerk)
        shown = client.get(address(contract, "meetings", meeting.pk))
        links = links_of(shown)
        paper = client.get(links["Projects paper, draft, revision 1"])
        assert "P001" in text_of(paper)
        (csv,) = {href for href in links.values() if href.endswith(".csv")}
        assert downloaded(client, csv) == b"month,status\n"
        assert "Projects paper (draft)" in text_of(client.get(address(contract, "meetings")))

    def test_members_open_it_once_it_is_published(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        paper = builders.projects_paper(contract, meeting, DRAFT_ON)
        client = reader(cast.board_member)
        page = address(contract, "meetings", meeting.pk)
        assert "No paper has been published for this meeting." in text_of(client.get(page))
        assert client.get(address(contract, "papers", paper.pk)).status_code == 404
        Paper.objects.update(status="published")
        assert "Projects paper, published, revision 1" in links_of(client.get(page))
        assert client.get(address(contract, "papers", paper.pk)).status_code == 200

    def test_a_contract_without_projects_has_no_projects_paper(
        self, cast: Cast, contract: Contract, area: ServiceArea, reader: Reader
    ) -> None:
        meeting = builders.meeting(builders.board(contract), date(2018, 3, 29))
        assert "Projects paper" not in text_of(reader(cast.clerk).get(address(contract, "meetings", meeting.pk)))

    def test_the_contract_manager_has_it_written_from_its_draft_date_on(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        client, page = reader(cast.contract_manager), address(contract, "meetings", meeting.pk)
        button = "Write the projects paper now"
        assert button in text_of(client.get(page))
        assert "Write the exception report now" not in text_of(client.get(page))
        assert button not in text_of(reader(cast.officer).get(page))
        told = text_of(client.post(f"{page}projects/write/", follow=True))
        assert "Projects paper: it is being written." in told
        assert "Waiting for a worker" in told
        assert button not in told
        run = PaperRun.objects.get()
        assert (run.kind, run.meeting, run.state) == ("projects", meeting, "queued")

    def test_before_its_draft_date_nothing_can_be_asked_for(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        set_demonstration_day(on=date(2018, 3, 13))
        client, page = reader(cast.contract_manager), address(contract, "meetings", meeting.pk)
        assert "Write the projects paper now" not in text_of(client.get(page))
        told = text_of(client.post(f"{page}projects/write/", follow=True))
        assert "It is written by itself on Wednesday 14 March 2018, its draft date." in told
        assert not PaperRun.objects.exists()

    def test_one_that_failed_says_why_and_is_written_again_on_request(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        PaperRun.objects.create(
            contract=contract, meeting=meeting, kind="projects", due_on=DRAFT_ON, state="failed", error="Disk full."
        )
        client, page = reader(cast.contract_manager), address(contract, "meetings", meeting.pk)
        text = text_of(client.get(page))
        assert "The paper could not be written. Disk full." in text
        assert "Write it again" in text
        client.post(f"{page}projects/write/")
        assert PaperRun.objects.get().state == "queued"

    def test_its_progress_is_its_own(self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader) -> None:
        PaperRun.objects.create(
            contract=contract,
            meeting=meeting,
            kind="projects",
            due_on=DRAFT_ON,
            state="running",
            stage="rendering",
            attempts=1,
            claim="mine",
            heartbeat_at=timezone.now(),
        )
        client, page = reader(cast.clerk), address(contract, "meetings", meeting.pk)
        assert "Writing the files. Step 2 of 3." in text_of(client.get(f"{page}projects/progress/"))
        assert "Nobody has started" in text_of(client.get(f"{page}report/progress/"))
        assert client.get(page).content.count(b"<progress") == 1


class TestTheOperationalReports:
    def test_each_month_opens_as_a_page_and_as_files_newest_first(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        for month in ("2017-12", "2018-02", "2018-01"):
            builders.operational_report(contract, month, DRAFT_ON)
        client = reader(cast.project_manager)
        listed = client.get(address(contract, "operational-reports"))
        links = links_of(listed)
        assert [text for text in links if text.endswith(("2017", "2018"))] == [
            "February 2018",
            "January 2018",
            "December 2017",
        ]
        page = client.get(links["January 2018"])
        assert "January 2018" in text_of(page)
        assert "P001" in text_of(page)
        (file,) = {href for href in links_of(page).values() if href.endswith(".csv")}
        assert downloaded(client, file) == b"month,status\n"

    def test_the_next_one_says_when_it_is_written(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        client, page = reader(cast.officer), address(contract, "operational-reports")
        due = "The report of February 2018 has been due since Wednesday 7 March 2018: it is about to be started."
        assert due in text_of(client.get(page))
        builders.operational_report(contract, "2018-02", DRAFT_ON)
        assert "The report of March 2018 is written by itself on Monday 9 April 2018." in text_of(client.get(page))

    def test_without_projects_the_page_says_so(self, cast: Cast, contract: Contract, reader: Reader) -> None:
        text = text_of(reader(cast.contract_manager).get(address(contract, "operational-reports")))
        assert "No project is in the register, so there is nothing to report on." in text
        assert "Have a month’s report written" not in text

    def test_the_contract_manager_has_a_month_written_that_has_ended(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        client, page = reader(cast.contract_manager), address(contract, "operational-reports")
        a_month_run(contract, FEBRUARY, state="finished", kind="operational")
        PaperRun.objects.update(state="failed", error="Disk full.")
        text = text_of(client.get(page))
        assert "The paper could not be written. Disk full." in text
        offered = text.partition("Month that has ended")[2]
        assert offered.index("February 2018") < offered.index("January 2018") < offered.index("March 2017")
        assert "March 2018" not in offered
        assert "February 2017" not in offered
        told = text_of(client.post(f"{page}write/", {"month": "2018-01"}, follow=True))
        assert "January 2018. Operational project report: it is being written." in told
        assert "Waiting for a worker" in text_of(client.get(f"{page}2018-01/progress/"))
        told = text_of(client.post(f"{page}write/", {"month": "2018-01"}, follow=True))
        assert PaperRun.objects.filter(month=date(2018, 1, 1)).count() == 1

    @pytest.mark.parametrize(
        ("month", "refusal"),
        [("2018-03", "March 2018 has not ended yet"), ("soon", "'soon' is not a month"), ("", "'' is not a month")],
    )
    def test_a_month_that_cannot_be_reported_on_is_refused_in_words(
        self, month: str, refusal: str, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        page = f"{address(contract, 'operational-reports')}write/"
        told = text_of(reader(cast.contract_manager).post(page, {"month": month}, follow=True))
        assert refusal in told
        assert not PaperRun.objects.exists()

    def test_the_way_there_is_shown_to_those_who_may_go(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        page = address(contract, "operational-reports")
        for person, is_shown in ((cast.project_manager, True), (cast.board_member, False), (cast.supplier, False)):
            register = reader(person).get(address(contract, "projects"))
            assert (page in links_of(register).values()) == is_shown
            assert reader(person).get(page).status_code == (200 if is_shown else 404)

    def test_it_is_never_the_boards_even_where_it_says_published(
        self, cast: Cast, contract: Contract, meeting: Meeting, reader: Reader
    ) -> None:
        report = builders.operational_report(contract, "2018-02", DRAFT_ON)
        Paper.objects.update(status="published")
        file = address(contract, "papers", report.pk) + f"files/{report.files.get().name}"
        assert reader(cast.board_member).get(file).status_code == 404
        assert reader(cast.supplier).get(file).status_code == 404
        listed = reader(cast.board_member).get(address(contract, "meetings"))
        assert "perational" not in text_of(listed)


def test_the_page_that_opens_first_leads_to_the_operational_reports(
    cast: Cast, contract: Contract, area: ServiceArea, reader: Reader
) -> None:
    builders.results(builders.kpi(area), "2017-11", ["95", "70", "95"])
    builders.returns(area, "2017-11", "2018-01")
    page = address(contract, "operational-reports")
    assert page in links_of(reader(cast.officer).get(address(contract))).values()
    assert page not in links_of(reader(cast.board_member).get(address(contract))).values()
