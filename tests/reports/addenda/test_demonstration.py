"""The demonstration's case: February 2018 is told to the meeting of 29 March, in figures that the raw rows give."""

from datetime import date

import pytest

from contracts.models import Contract, Person
from contracts.readings import read_now
from contracts.rules.months import month_key, parse_month
from kpis.models import Kpi, Result, Return
from reports.models import FrozenPaper, Meeting
from reports.queries.new_months import meeting_of
from reports.render.printable import printable
from reports.render.words import document
from reports.services.draft_addenda import read_draft_addendum
from reports.snapshot import BoardPaper, from_json, to_dict, to_json
from tests import builders
from tests.reports import raw
from tests.reports.addenda.cases import (
    FROZEN_ON,
    MEETING_ON,
    VERIFIED_ON,
    a_frozen_report,
    a_person,
    at,
)

FEBRUARY = "2018-02"
OF_A_RESULT = ("month", "value", "target", "minimum", "measured", "contractual", "provisional", "relief")
OF_A_LINE = ("kpi", "rule", "state", "months", "run_length", "relief")


def addendum(report: FrozenPaper, number: int = 1, on: date = VERIFIED_ON) -> BoardPaper:
    paper = report.paper
    return read_now(read_draft_addendum(paper.contract, meeting_of(paper), on=on, number=number, revision=1))


def spoken(paper: BoardPaper) -> str:
    """Every word of its sections and of its first page."""
    return repr(document(printable(paper)))


@pytest.fixture
def manager(demonstration: Contract) -> Person:
    return a_person(demonstration)


@pytest.fixture
def of_march(demonstration: Contract, manager: Person) -> FrozenPaper:
    """The report for 29 March 2018 is with the clerk since the 20th; February is verified on the 22nd."""
    meeting = Meeting.objects.get(meeting_on=MEETING_ON)
    report = a_frozen_report(demonstration, meeting, manager)
    month = parse_month(FEBRUARY)
    for kpi in Kpi.objects.filter(contract=demonstration).in_force(month):
        if not Result.objects.filter(kpi=kpi, month=month).exists():
            builders.result(kpi, FEBRUARY, str(kpi.levels.latest("effective_from").target))
    for area in demonstration.service_areas.all():
        Return.objects.update_or_create(
            service_area=area, month=month, defaults={"state": "verified", "verified_at": at(VERIFIED_ON, 15)}
        )
    return report


def test_february_2018_is_told_to_the_meeting_of_29_march(of_march: FrozenPaper) -> None:
    paper = addendum(of_march)
    assert (month_key(paper.review.from_), month_key(paper.review.to)) == (FEBRUARY, FEBRUARY)
    assert (month_key(paper.history.from_), month_key(paper.history.to)) == ("2017-08", FEBRUARY)
    assert paper.review.from_contract_month == 35
    assert paper.headline.startswith("February 2018: no KPI failed. 37 of 41 met their target")
    assert paper.why == (
        "February 2018 was verified on 22 March 2018, after the exception report had gone to the clerk on 20 March "
        "2018."
    )
    assert paper.words
    assert paper.words.lateness == (
        "February 2018’s figures fell due on 14 March 2018 and were verified on 22 March 2018, after the report had "
        "gone to the clerk."
    )
    assert document(printable(paper)).title == "Corporate Support Services Contract: addendum 1 to the exception report"


def test_its_figures_are_those_of_the_rows(of_march: FrozenPaper) -> None:
    paper = to_dict(addendum(of_march))
    contract = of_march.paper.contract
    numbers = raw.worked_out(contract, FEBRUARY, FEBRUARY, history_from="2017-08")
    own = raw.worked_out(contract, FEBRUARY, FEBRUARY, history_from=FEBRUARY)
    assert paper["history"] == numbers["history"]
    assert paper["months"] == numbers["months"]
    assert _lines(paper) == _lines(numbers)
    assert {name: paper["since_last"][name] for name in numbers["since_last"]} == numbers["since_last"]
    assert [each["reference"] for each in paper["reliefs"]] == [each["reference"] for each in numbers["reliefs"]]
    assert [each["age_months"] for each in paper["reliefs"]] == [each["age_months"] for each in numbers["reliefs"]]
    assert _results(paper) == _results(own)
    assert len(_results(paper)) == 41


def _lines(numbers: raw.Json) -> list[dict[str, object]]:
    found = [{name: line[name] for name in OF_A_LINE} for line in numbers["exceptions"]]
    return sorted(found, key=lambda line: (str(line["kpi"]), str(line["rule"])))


def _results(numbers: raw.Json) -> dict[str, list[dict[str, object]]]:
    return {
        kpi["kpi"]: [{name: each[name] for name in OF_A_RESULT} for each in kpi["results"]]
        for area in numbers["areas"]
        for kpi in area["kpis"]
    }


def test_its_counts_reconcile_to_the_kpis_in_force(of_march: FrozenPaper) -> None:
    for each in addendum(of_march).history.months:
        counts = (each.target_met, each.below_target, each.below_minimum, each.relief_granted, each.not_measured)
        assert sum(counts) + each.missing == each.in_force == 41


def test_the_table_of_the_report_goes_on_in_it(of_march: FrozenPaper) -> None:
    printed = from_json(of_march.paper.snapshot)
    assert addendum(of_march).history.months[:-1] == printed.history.months


def test_it_survives_as_json(of_march: FrozenPaper) -> None:
    paper = addendum(of_march)
    assert from_json(to_json(paper)) == paper


def test_it_names_the_report_it_adds_to_and_where_it_can_be_read(of_march: FrozenPaper) -> None:
    of = addendum(of_march).of
    assert of is not None
    assert (of.kind, of.meeting_on, of.revision, of.issued_on) == ("report", MEETING_ON, 1, FROZEN_ON)
    assert of.address.endswith(f"/papers/{of_march.address}/")


def test_it_repeats_neither_projects_nor_requests(of_march: FrozenPaper) -> None:
    paper = addendum(of_march)
    assert paper.requests == () == paper.projects.register
    titles = [section.title for section in document(printable(paper)).sections]
    assert not any("project" in title.lower() or "request" in title.lower() for title in titles)
    assert "stand in the report" in spoken(paper)
