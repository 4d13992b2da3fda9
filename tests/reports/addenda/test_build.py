"""What an addendum says: the figures of the new months, held against the report, and what it leaves to the report."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from contracts.readings import read_now
from contracts.rules.months import month_key, parse_month
from kpis.models import Correction, Result
from reports.models import Erratum, FrozenPaper, Narrative
from reports.queries.new_months import meeting_of
from reports.render.printable import printable
from reports.render.words import document
from reports.services import papers
from reports.services.draft_addenda import read_draft_addendum
from reports.services.drafts import draft_paper
from reports.snapshot import BoardPaper
from tests.reports.addenda.cases import (
    MEETING_ON,
    VERIFIED_ON,
    a_contract,
    a_frozen_report,
    a_meeting,
    a_person,
    area_of,
    at,
    declared,
    frozen,
    kept,
    told,
    verified,
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
def report(db: None) -> FrozenPaper:
    contract = a_contract()
    return a_frozen_report(contract, a_meeting(contract), a_person(contract))


@pytest.mark.parametrize(
    ("january", "february", "rule", "state"),
    [
        ("95", "70", "below_minimum", "new"),
        ("85", "70", "below_minimum", "worsening"),
        ("70", "70", "below_minimum", "continuing"),
        ("70", "95", "recovered", "recovered"),
    ],
)
def test_a_month_is_held_against_the_last_one_that_the_report_told(
    db: None, january: str, february: str, rule: str, state: str
) -> None:
    contract = a_contract()
    Result.objects.filter(month=parse_month("2018-01")).update(value=january)
    report = a_frozen_report(contract, a_meeting(contract), a_person(contract))
    verified(area_of(report), FEBRUARY, february)
    (line,) = addendum(report).exceptions
    assert (line.rule, line.state) == (rule, state)


def test_a_month_that_was_well_and_stays_so_has_changed_nothing(report: FrozenPaper) -> None:
    verified(area_of(report), FEBRUARY)
    paper = addendum(report)
    assert paper.exceptions == ()
    assert "Nothing: as in January 2018" in spoken(paper)


def test_a_failure_that_the_report_told_is_noted_as_told_there(db: None) -> None:
    contract = a_contract()
    Result.objects.filter(month__in=[parse_month("2017-12"), parse_month("2017-09")]).update(value=70)
    report = a_frozen_report(contract, a_meeting(contract), a_person(contract))
    verified(area_of(report), FEBRUARY)
    assert [failure.sentence for failure in addendum(report).earlier_failures] == [
        "September 2017: one below minimum, reported on 21 December 2017",
        "December 2017: one below minimum, told in the report",
    ]


def test_a_provisional_month_is_marked_and_says_why_it_does_not_wait(report: FrozenPaper) -> None:
    told(area_of(report), FEBRUARY, "85")
    declared(report.paper.contract, FEBRUARY, report.frozen_by)
    paper = addendum(report)
    assert paper.months[0].provisional == 1
    assert paper.provisional_areas == ("CSC",)
    assert paper.why == (
        "February 2018 is not verified yet, and its figures are provisional. It was declared publishable as such on "
        "22 March 2018, because it does not wait: The Board asked for it."
    )
    assert "provisional" in paper.headline


def test_a_second_addendum_tells_what_the_first_did_not(db: None) -> None:
    contract = a_contract()
    report = a_frozen_report(contract, a_meeting(contract, on=date(2018, 5, 31)), a_person(contract))
    verified(area_of(report), FEBRUARY, "70")
    run = papers.next_draft(
        contract,
        meeting_of(report.paper),
        "addendum",
        on=VERIFIED_ON,
        now=timezone.now(),
        number=1,
        of=report.paper,
    )
    first = kept(run, addendum(report))
    frozen(first, report.frozen_by, on=date(2018, 3, 26))
    verified(area_of(report), "2018-03", on=date(2018, 4, 18))
    second = addendum(report, number=2, on=date(2018, 4, 18))
    assert (month_key(second.review.from_), month_key(second.review.to)) == ("2018-03", "2018-03")
    assert second.earlier_failures[-1].sentence == (
        "February 2018: one below minimum, told in an addendum before this one"
    )
    assert [line.state for line in second.exceptions] == ["recovered"]


def test_what_should_read_otherwise_in_the_report_stands_in_it_and_what_is_exempt_does_not(report: FrozenPaper) -> None:
    verified(area_of(report), FEBRUARY)
    result = Result.objects.get(kpi__contract=report.paper.contract, month=parse_month("2017-12"))
    correction = Correction.objects.create(
        result=result,
        reason="Counted twice.",
        corrected_at=at(VERIFIED_ON),
    )
    given: dict[str, Any] = {
        "paper": report.paper,
        "correction": correction,
        "printed": "1",
        "should_read": "0",
        "because": "Counted twice.",
        "found_at": at(VERIFIED_ON),
    }
    Erratum.objects.create(position=1, place="Month by month, December 2017, target met", **given)
    Erratum.objects.create(position=2, place="Something exempt", audience="exempt", **given)
    (line,) = addendum(report).errata
    assert (line.paper, line.place) == (
        "Exception report of 29 March 2018",
        "Month by month, December 2017, target met",
    )
    assert (line.printed, line.should_read) == ("1", "0")
    assert "Corrections to earlier papers (1)" in spoken(addendum(report))


def test_the_words_that_people_wrote_for_it_stand_in_it(report: FrozenPaper) -> None:
    verified(area_of(report), FEBRUARY)
    meeting = meeting_of(report.paper)
    Narrative.objects.create(
        contract=report.paper.contract,
        meeting=meeting,
        kind="addendum",
        number=1,
        lateness="Snow closed the office.",
        introduction="This month stands alone.",
    )
    paper = addendum(report)
    assert paper.words
    assert (paper.words.lateness, paper.words.introduction) == ("Snow closed the office.", "This month stands alone.")
    assert addendum(report, number=2).words.introduction == ""  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("on", "is_printed"), [(date(2018, 3, 28), False), (date(2018, 3, 29), True)], ids=["in time", "late"]
)
def test_the_reason_is_printed_where_it_was_asked_for_after_the_cut_off(
    report: FrozenPaper, on: date, is_printed: bool
) -> None:
    contract, meeting = report.paper.contract, meeting_of(report.paper)
    verified(area_of(report), FEBRUARY)
    reason = "The Chair wants it at the table"
    papers.next_draft(
        contract,
        meeting,
        "addendum",
        on=on,
        now=timezone.now(),
        by=report.frozen_by,
        reason=reason,
        number=1,
        of=report.paper,
    )
    paper = draft_paper(contract, meeting, on=on, kind="addendum", number=1, revision=1)
    assert (reason in paper.why) == is_printed


def test_building_it_again_after_the_cut_off_is_no_asking(report: FrozenPaper) -> None:
    contract, meeting = report.paper.contract, meeting_of(report.paper)
    verified(area_of(report), FEBRUARY)
    given: dict[str, Any] = {"now": timezone.now(), "number": 1, "of": report.paper}
    run = papers.next_draft(contract, meeting, "addendum", on=VERIFIED_ON, **given)
    kept(run, addendum(report))
    run.state = "finished"
    run.save()
    again = papers.next_draft(contract, meeting, "addendum", on=MEETING_ON, reason="A spelling mistake", **given)
    paper = draft_paper(contract, meeting, on=MEETING_ON, kind="addendum", number=1, revision=again.revision)
    assert "spelling" not in paper.why


def test_it_is_told_as_of_the_day_it_is_built(report: FrozenPaper) -> None:
    verified(area_of(report), FEBRUARY)
    assert addendum(report).made_on == VERIFIED_ON
    late = draft_paper(
        report.paper.contract, report.paper.meeting, on=date(2018, 6, 1), kind="addendum", number=1, revision=1
    )
    assert late.made_on == MEETING_ON
    assert isinstance(report.frozen_at, datetime)
