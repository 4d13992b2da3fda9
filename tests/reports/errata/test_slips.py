"""Each erratum is told once: by the next addendum or report, or by a slip that somebody asks for."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from contracts.readings import read_now
from contracts.rules.months import parse_month
from reports.build import build_paper
from reports.build.slips import read_slip
from reports.build.told_errata import ToTell, errata_for_slip, read_errata_for_addendum, read_errata_for_report
from reports.models import Erratum, Meeting, Paper, PaperRun
from reports.render.document import Paragraph, Table
from reports.render.printable import printable
from reports.render.sheets import sheets
from reports.render.words import document
from reports.rules.errata import NothingToCorrect
from reports.services import news, papers
from reports.services.acts import NotAsItStands, NotYours
from reports.services.errata import find_errata
from reports.services.papers import PaperRefused, write_paper
from reports.services.slips import SlipSignedOff, ask_for_slip
from reports.snapshot import BoardPaper, from_json, to_json
from tests import builders
from tests.people import Cast
from tests.reports.errata.conftest import World
from tests.reports.errata.issued import correct, issue

pytestmark = pytest.mark.django_db
ON = date(2018, 4, 9)
NOW = datetime(2018, 4, 9, 11, tzinfo=UTC)
PLACE = "Summary by month, December 2017, target met"


@pytest.fixture(autouse=True)
def papers_folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PAPERS_DIR = tmp_path / "papers"
    monkeypatch.setattr(news, "_send", lambda run_id: None)


@pytest.fixture
def corrected(world: World, cast: Cast) -> World:
    correct(world.first, "2017-12", cast.officer, value="91")
    find_errata(now=NOW)
    return world


@pytest.fixture
def next_meeting(world: World) -> Meeting:
    meeting = builders.meeting(world.meeting.board, date(2018, 4, 26))
    builders.review_period(world.contract, meeting, "2018-01", "2018-01")
    return meeting


def ask(world: World, cast: Cast) -> PaperRun:
    return ask_for_slip(world.paper, by=cast.officer, on=ON, now=NOW)


def written(run: PaperRun) -> Paper:
    write_paper(run.pk, on=ON)
    return Paper.objects.get(run=run)


def slip_of(world: World) -> BoardPaper:
    return read_now(read_slip(world.contract, world.meeting, world.paper.pk, on=ON, number=1))


def test_a_slip_tells_the_errata_of_its_paper_and_nothing_else(corrected: World) -> None:
    slip = slip_of(corrected)
    (line,) = [each for each in slip.errata if each.place == PLACE]
    assert (line.printed, line.should_read, line.paper) == ("1", "2", "Exception report of 29 March 2018")
    assert len(slip.errata) == Erratum.objects.count()
    assert (slip.kind, slip.number, slip.months, slip.exceptions, slip.areas) == ("erratum", 1, (), (), ())
    assert slip.of is not None
    assert (slip.of.kind, slip.of.meeting_on) == ("report", date(2018, 3, 29))
    assert from_json(to_json(slip)) == slip


def test_a_slip_is_a_page_of_its_own_in_words_and_tables(corrected: World) -> None:
    words = document(printable(slip_of(corrected)))
    assert words.title.endswith(": errata to the exception report of 29 March 2018")
    assert [section.key for section in words.sections] == ["errata", "about"]
    assert words.since_last == ""
    assert "should read otherwise, because one figure was corrected after it went out." in words.headline
    because, figures, sentences = words.sections[0].blocks
    assert isinstance(because, Paragraph)
    assert because.text.startswith("Ten calls were counted twice. Corrected on 9 April 2018 by the ")
    assert isinstance(figures, Table)
    assert figures.caption == "Figures to correct in the exception report of 29 March 2018"
    assert isinstance(sentences, Table)
    assert "Headline" in {row[0].text for row in sentences.rows}
    for table in (figures, sentences):
        assert [column.heading for column in table.columns] == ["Where", "Printed", "Should read"]
    assert [sheet.key for sheet in sheets(printable(slip_of(corrected)))] == ["paper", "errata"]


def test_what_a_slip_has_told_no_later_paper_tells(corrected: World, cast: Cast, next_meeting: Meeting) -> None:
    assert read_now(read_errata_for_report(corrected.contract, next_meeting.meeting_on))
    slip = written(ask(corrected, cast))
    assert read_now(read_errata_for_report(corrected.contract, next_meeting.meeting_on)), "a draft has told nothing"
    issue(slip, cast.contract_manager)
    assert read_now(read_errata_for_report(corrected.contract, next_meeting.meeting_on)) == ToTell()
    assert read_now(read_errata_for_addendum(corrected.contract, corrected.meeting, 1)) == ToTell()
    with pytest.raises(NothingToCorrect):
        ask(corrected, cast)


def test_a_withdrawn_slip_has_told_nothing(corrected: World, cast: Cast, next_meeting: Meeting) -> None:
    slip = issue(written(ask(corrected, cast)), cast.contract_manager)
    Paper.objects.filter(pk=slip.pk).update(status="withdrawn")
    assert read_now(read_errata_for_report(corrected.contract, next_meeting.meeting_on))


def test_the_next_report_tells_what_was_not_told_and_names_the_paper(corrected: World, next_meeting: Meeting) -> None:
    report = build_paper(corrected.contract, next_meeting, on=date(2018, 4, 11))
    assert [(line.printed, line.should_read) for line in report.errata if line.place == PLACE] == [("1", "2")]
    assert {line.paper for line in report.errata} == {"Exception report of 29 March 2018"}
    assert build_paper(corrected.contract, corrected.meeting, on=ON).errata == ()


def test_an_addendum_tells_those_of_its_own_report(corrected: World) -> None:
    assert PLACE in {
        line.place for line in read_now(read_errata_for_addendum(corrected.contract, corrected.meeting, 1)).public
    }


def test_of_a_number_corrected_twice_the_last_is_told(corrected: World) -> None:
    correct(corrected.first, "2017-12", value="85", reason="It was wrong again.")
    find_errata(now=NOW)
    lines = {line.place: line for line in errata_for_slip(corrected.paper).public}
    assert PLACE not in lines, "it stands as printed, and nothing else was ever told"
    status = "Results by service area, FA_KPI_01 Calls answered in time, FA_KPI_01, December 2017, status"
    assert lines[status].should_read == "Below target"
    assert lines[status].because.startswith("It was wrong again.")


def test_that_a_number_stands_again_is_told_where_something_else_was(corrected: World, cast: Cast) -> None:
    issue(written(ask(corrected, cast)), cast.contract_manager)
    correct(corrected.first, "2017-12", value="85", reason="It was wrong again.")
    find_errata(now=NOW)
    (line,) = [each for each in errata_for_slip(corrected.paper).public if each.place == PLACE]
    assert (line.printed, line.should_read) == ("1", "1 again, as printed")


def test_an_exempt_erratum_is_told_by_the_exempt_half_alone(corrected: World, next_meeting: Meeting) -> None:
    Erratum.objects.filter(place=PLACE).update(audience="exempt")
    for told in (
        errata_for_slip(corrected.paper),
        read_now(read_errata_for_addendum(corrected.contract, corrected.meeting, 1)),
        read_now(read_errata_for_report(corrected.contract, next_meeting.meeting_on)),
    ):
        assert PLACE not in {line.place for line in told.public}
        assert [(line.place, line.printed, line.should_read, line.paragraph) for line in told.exempt] == [
            (PLACE, "1", "2", 3)
        ]


def test_a_slip_with_exempt_errata_is_parted_by_itself(corrected: World, cast: Cast) -> None:
    Erratum.objects.filter(place=PLACE).update(audience="exempt")
    slip = written(ask(corrected, cast))
    assert PLACE not in {line.place for line in from_json(slip.snapshot).errata}
    assert [line.place for line in from_json(slip.exempt_snapshot).exempt_errata] == [PLACE]
    public, exempt = (document(printable(from_json(text))) for text in (slip.snapshot, slip.exempt_snapshot))
    assert [section.key for section in public.sections] == ["errata", "exempt-errata", "about"]
    assert public.sections[1].blocks[0] == Paragraph("This part is not for publication.")
    assert [section.key for section in exempt.sections] == ["exempt-errata"]
    assert "Not for publication: paragraph 3" in exempt.mark


def test_a_slip_of_nothing_but_exempt_errata_says_so_in_public(corrected: World, cast: Cast) -> None:
    Erratum.objects.update(audience="exempt")
    slip = written(ask(corrected, cast))
    assert from_json(slip.snapshot).headline == "What this slip corrects is not for publication."
    assert "target met" not in slip.snapshot
    issue(slip, cast.contract_manager, exempt=from_json(slip.exempt_snapshot))
    assert errata_for_slip(corrected.paper) == ToTell(), "the exempt half has told them"


def test_asked_twice_there_is_one_slip(corrected: World, cast: Cast) -> None:
    assert ask(corrected, cast) == ask(corrected, cast)


def test_a_slip_in_draft_is_built_again_under_its_number(corrected: World, cast: Cast) -> None:
    written(ask(corrected, cast))
    run = ask(corrected, cast)
    assert (run.number, run.revision) == (1, 2)


def test_once_a_slip_is_issued_the_next_one_has_the_next_number(corrected: World, cast: Cast) -> None:
    issue(written(ask(corrected, cast)), cast.contract_manager)
    correct(corrected.first, "2017-12", value="85", reason="It was wrong again.")
    find_errata(now=NOW)
    run = ask(corrected, cast)
    assert (run.number, run.revision) == (2, 1)
    assert document(from_json(written(run).snapshot)).title.endswith("29 March 2018, slip 2")


def test_a_slip_that_is_signed_off_takes_in_nothing_more(corrected: World, cast: Cast) -> None:
    slip = written(ask(corrected, cast))
    Paper.objects.filter(pk=slip.pk).update(status="signed off")
    with pytest.raises(SlipSignedOff, match="Slip 1 is signed off"):
        ask(corrected, cast)


def test_where_nothing_moved_there_is_nothing_to_issue(world: World, cast: Cast) -> None:
    with pytest.raises(NothingToCorrect):
        ask(world, cast)
    assert not PaperRun.objects.filter(kind="erratum").exists()


def test_a_run_whose_errata_were_told_meanwhile_is_taken_back(corrected: World, cast: Cast) -> None:
    run = ask(corrected, cast)
    Erratum.objects.all().delete()
    with pytest.raises(PaperRefused):
        write_paper(run.pk, on=ON)
    assert not PaperRun.objects.filter(pk=run.pk).exists()


@pytest.mark.parametrize("who", ["clerk", "board_member", "supplier"])
def test_only_those_who_write_papers_ask(corrected: World, cast: Cast, who: str) -> None:
    with pytest.raises(NotYours):
        ask_for_slip(corrected.paper, by=getattr(cast, who), on=ON, now=NOW)


def test_a_draft_has_no_slip(drafted: World, cast: Cast) -> None:
    with pytest.raises(NotAsItStands):
        ask_for_slip(drafted.paper, by=cast.officer, on=ON, now=NOW)


def test_a_draft_remembers_the_latest_correction_that_it_holds(drafted: World) -> None:
    made = correct(drafted.first, "2017-12", value="91")
    run = papers.next_draft(drafted.contract, drafted.meeting, "report", on=ON, now=NOW)
    write_paper(run.pk, on=ON)
    paper = Paper.objects.get(run=run)
    assert paper.last_correction == made.pk
    assert from_json(paper.snapshot).months[1].month == parse_month("2017-12")
