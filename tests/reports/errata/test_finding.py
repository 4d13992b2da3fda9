"""Errata are found once, in the papers that were issued, and for what was corrected after their figures were read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from contracts.models import Message
from reports import tasks
from reports.build.halves import Mark, split
from reports.models import CheckedCorrection, Erratum, Paper
from reports.services import errata as service
from reports.services.errata import Found, find_errata, settle, waiting_papers
from reports.snapshot import from_json, to_json
from tests import builders
from tests.people import Cast
from tests.reports.errata.conftest import DRAFTED_ON, World
from tests.reports.errata.issued import AT, REASON, correct, issue

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 4, 9, 11, tzinfo=UTC)


def found_in(paper: Paper) -> dict[str, tuple[str, str]]:
    return {row.place: (row.printed, row.should_read) for row in Erratum.objects.filter(paper=paper).order_by("pk")}


def test_every_printed_number_that_moves_has_an_erratum(world: World, cast: Cast) -> None:
    correct(world.first, "2017-12", cast.contract_manager, value="91")
    assert find_errata(now=NOW) == Found(looked_at=1, papers=1, errata=Erratum.objects.count())
    found = found_in(world.paper)
    assert found["Summary by month, December 2017, target met"] == ("1", "2")
    assert found["Summary by month, December 2017, below minimum"] == ("1", "0")
    assert found["Results by service area, FA_KPI_01 Calls answered in time, FA_KPI_01, December 2017, result"] == (
        "79.00%",
        "91.00%",
    )
    assert "Headline" in found
    assert all(place.find("November 2017") < 0 for place in found)


def test_an_erratum_says_why_by_whom_and_when(world: World, cast: Cast) -> None:
    correct(world.first, "2017-12", cast.contract_manager, value="91")
    find_errata(now=NOW)
    row = Erratum.objects.all()[0]
    who = cast.contract_manager.job_title
    assert row.because == f"{REASON} Corrected on 9 April 2018 by the {who[0].lower()}{who[1:]}."
    assert row.found_at == NOW
    assert str(row) == f"{row.place}: should read {row.should_read} instead of {row.printed}"


def test_asked_again_nothing_more_is_found(world: World) -> None:
    correct(world.first, "2017-12", value="91")
    assert find_errata(now=NOW).errata
    before = list(Erratum.objects.values_list("pk", flat=True))
    assert find_errata(now=NOW) == Found()
    assert list(Erratum.objects.values_list("pk", flat=True)) == before


def test_what_was_corrected_before_the_figures_were_read_is_no_erratum(drafted: World, cast: Cast) -> None:
    correct(drafted.first, "2017-12", value="91")
    paper = builders.paper(drafted.contract, drafted.meeting, DRAFTED_ON, revision=2)
    issue(paper, cast.contract_manager)
    assert find_errata(now=NOW) == Found(looked_at=1)
    assert CheckedCorrection.objects.get().paper == paper


def test_what_was_corrected_while_the_paper_was_on_its_way_to_the_clerk_is_an_erratum(
    drafted: World, cast: Cast
) -> None:
    """The figures were read, and the paper was not frozen yet; its files are printed from what was read."""
    drafted.paper.last_correction = 0
    correct(drafted.first, "2017-12", value="91")
    assert find_errata(now=NOW) == Found()
    issue(drafted.paper, cast.contract_manager, status="with the clerk")
    assert find_errata(now=NOW).papers == 1


def test_the_printed_figure_decides_where_a_correction_was_made_as_the_figures_were_read(
    drafted: World, cast: Cast
) -> None:
    correct(drafted.first, "2017-12", value="91")
    paper = builders.paper(drafted.contract, drafted.meeting, DRAFTED_ON, revision=2)
    paper.last_correction = 0  # noted a moment before the correction was made, and the figures read a moment after
    issue(paper, cast.contract_manager)
    assert find_errata(now=NOW) == Found(looked_at=1)


def test_a_correction_that_was_noted_but_not_yet_to_be_seen_is_an_erratum(drafted: World, cast: Cast) -> None:
    """It took its number first and was finished later."""
    made = correct(drafted.first, "2017-12", value="91")
    drafted.paper.last_correction = made.pk + 1
    issue(drafted.paper, cast.contract_manager)
    assert find_errata(now=NOW).papers == 1


def test_a_paper_from_before_it_was_noted_goes_by_the_time_it_was_written(drafted: World, cast: Cast) -> None:
    run = drafted.paper.run
    run.started_at = AT + timedelta(days=1)
    run.save()
    correct(drafted.rate, "2017-05", numerator=1, denominator=2)  # not printed: nothing else could tell
    issue(drafted.paper, cast.contract_manager, is_noted=False)
    assert find_errata(now=NOW) == Found(looked_at=1)


@pytest.mark.parametrize("status", ["draft", "signed off", "withdrawn", "removed"])
def test_a_paper_that_is_not_issued_has_none(drafted: World, cast: Cast, status: str) -> None:
    if status in ("withdrawn", "removed"):
        issue(drafted.paper, cast.contract_manager)
    correct(drafted.first, "2017-12", value="91")
    Paper.objects.update(status=status)
    assert waiting_papers() == []
    assert settle(drafted.paper.pk, now=NOW) == Found()


def test_months_outside_the_paper_move_nothing(world: World) -> None:
    correct(world.first, "2018-02", value="50")
    correct(world.first, "2017-06", value="91")
    assert find_errata(now=NOW) == Found(looked_at=1)


def test_a_month_before_the_paper_moves_how_long_a_run_is(drafted: World, cast: Cast) -> None:
    for month in ("2017-08", "2017-09", "2017-10", "2017-11", "2018-01"):
        correct(drafted.first, month, value="79")
    paper = builders.paper(drafted.contract, drafted.meeting, DRAFTED_ON, revision=2)
    issue(paper, cast.contract_manager)
    assert find_errata(now=NOW).errata == 0
    correct(drafted.first, "2017-07", value="78")
    find_errata(now=NOW)
    assert {texts for place, texts in found_in(paper).items() if "Exceptions" in place} == {
        ("sixth month running: November 2017 to January 2018", "seventh month running: November 2017 to January 2018")
    }


def test_a_rate_moves_its_count_too(world: World) -> None:
    correct(world.rate, "2018-01", numerator=92, denominator=100)
    find_errata(now=NOW)
    kpi = "PM_KPI_01 Calls answered in time, PM_KPI_01, January 2018"
    assert found_in(world.paper) == {
        f"Results by service area, {kpi}, result": ("93.00%", "92.00%"),
        f"Data tables, {kpi}, numerator": ("93", "92"),
    }


def test_a_figure_that_proves_not_measured_moves_its_counts(world: World) -> None:
    correct(world.rate, "2018-01", not_measured_reason="The log was lost.")
    find_errata(now=NOW)
    found = found_in(world.paper)
    assert found["Summary by month, January 2018, not measured"] == ("0", "1")
    assert found["Summary by month, January 2018, target met"] == ("2", "1")


def test_relief_granted_since_does_not_pass_for_the_effect_of_a_correction(world: World) -> None:
    builders.relief(world.contract, world.first, first="2017-12", last="2017-12")
    correct(world.first, "2017-12", value="91")
    find_errata(now=NOW)
    found = found_in(world.paper)
    assert found["Summary by month, December 2017, below minimum"] == ("1", "0")
    assert not [place for place in found if "relief" in place.lower()]


def test_a_level_agreed_since_does_not_judge_what_was_printed(world: World) -> None:
    builders.level(world.first, "2017-12", "70", "60", reason="Agreed later.")
    correct(world.first, "2017-12", value="81")
    find_errata(now=NOW)
    assert found_in(world.paper)["Summary by month, December 2017, below target"] == ("0", "1")


def test_printed_stays_what_the_paper_prints_when_a_number_is_corrected_twice(world: World) -> None:
    place = "Summary by month, December 2017, target met"
    correct(world.first, "2017-12", value="91")
    find_errata(now=NOW)
    correct(world.first, "2017-12", value="85", reason="The first correction was wrong.")
    find_errata(now=NOW)
    rows = Erratum.objects.filter(place=place).order_by("pk").values_list("printed", "should_read")
    assert list(rows) == [("1", "2"), ("1", "1")]


def test_settled_at_once_or_one_by_one_it_comes_to_the_same(world: World) -> None:
    correct(world.first, "2017-12", value="91")
    correct(world.rate, "2018-01", numerator=70, denominator=100)
    correct(world.first, "2017-12", value="85")
    assert settle(world.paper.pk, now=NOW, most=1).looked_at == 1
    settle(world.paper.pk, now=NOW, most=2)
    one_by_one = list(Erratum.objects.order_by("pk").values_list("correction", "place", "printed", "should_read"))
    Erratum.objects.all().delete()
    CheckedCorrection.objects.all().delete()
    find_errata(now=NOW)
    at_once = list(Erratum.objects.order_by("pk").values_list("correction", "place", "printed", "should_read"))
    assert one_by_one == at_once


def test_it_is_told_once_to_the_contract_manager_and_the_clerk(world: World, cast: Cast) -> None:
    correct(world.first, "2017-12", cast.officer, value="91")
    find_errata(now=NOW)
    CheckedCorrection.objects.all().delete()
    Erratum.objects.all().delete()
    find_errata(now=NOW)
    told = Message.objects.filter(kind=Message.Kind.ERRATA_FOUND)
    assert {message.person for message in told} == {cast.contract_manager, cast.clerk}
    assert told.count() == 2
    body = told[0].body
    assert "Summary by month, December 2017, target met: should read 2 instead of 1" in body
    assert REASON in body


def test_a_paper_of_which_nothing_moved_is_told_to_nobody(world: World) -> None:
    correct(world.first, "2017-06", value="91")
    find_errata(now=NOW)
    assert not Message.objects.filter(kind=Message.Kind.ERRATA_FOUND).exists()


def test_what_only_the_exempt_part_prints_is_exempt(drafted: World, cast: Cast) -> None:
    halves = split(from_json(drafted.paper.snapshot), [Mark("kpis", 3, "It would harm the council.")])
    assert halves.exempt is not None
    Paper.objects.filter(pk=drafted.paper.pk).update(snapshot=to_json(halves.public))
    drafted.paper.refresh_from_db()
    issue(drafted.paper, cast.contract_manager, exempt=halves.exempt)
    correct(drafted.first, "2017-12", value="91", reason="The tariff was misread.")
    find_errata(now=NOW)
    assert set(Erratum.objects.values_list("audience", flat=True)) == {"exempt"}
    body = Message.objects.filter(kind=Message.Kind.ERRATA_FOUND)[0].body
    assert "December" not in body
    assert "tariff" not in body


def test_a_paper_that_cannot_be_read_keeps_nobody_from_the_others(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = builders.meeting(builders.board(world.contract, name="Other"), date(2018, 4, 5))
    builders.review_period(world.contract, later, "2017-11", "2018-01")
    second = issue(builders.paper(world.contract, later, DRAFTED_ON), cast.contract_manager)
    correct(world.first, "2017-12", value="91")
    real = service._halves

    def broken(paper: Paper) -> object:
        if paper == world.paper:
            raise ValueError("cannot be read")
        return real(paper)

    monkeypatch.setattr(service, "_halves", broken)
    with pytest.raises(ValueError, match="cannot be read"):
        find_errata(now=NOW)
    assert found_in(second)
    assert not found_in(world.paper)
    assert waiting_papers() == [world.paper.pk]


def test_who_dies_on_the_way_leaves_nothing_behind(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    correct(world.first, "2017-12", value="91")

    def die(*args: object) -> None:
        raise SystemExit

    monkeypatch.setattr(service, "_tell", die)
    with pytest.raises(SystemExit):
        find_errata(now=NOW)
    assert (Erratum.objects.count(), CheckedCorrection.objects.count()) == (0, 0)
    monkeypatch.undo()
    assert find_errata(now=NOW).errata


def test_the_task_and_the_command_do_the_same(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    correct(world.first, "2017-12", value="91")
    said = tasks.find_errata()
    number = Erratum.objects.count()
    assert said == f"1 corrections looked at, {number} errata in 1 papers"
    call_command("find_errata")
    assert capsys.readouterr().out == "0 corrections looked at, 0 errata in 0 papers.\n"


def test_looking_when_there_is_nothing_costs_one_query(world: World, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        find_errata(now=timezone.now())
