"""The demonstration contract, as the application judges it, holds every fact that the public minutes state."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contracts.models import Contract
from contracts.rules.months import Month, month_key, parse_month
from kpis.models import Result
from reports.build import build_paper, judge_period
from reports.build.periods import dates_for, review_for
from reports.models import Meeting
from reports.snapshot import BoardPaper, KpiLine, MonthCounts, ResultLine

FACTS = Path(__file__).parent.parent / "data" / "facts"
TODAY = date(2018, 3, 14)
STATUS = {
    "target met": "target_met",
    "below target": "below_target",
    "below minimum": "below_minimum",
    "relief granted": "relief_granted",
}


def facts(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged(contract: Contract, first: str, last: str) -> BoardPaper:
    return judge_period(contract, parse_month(first), parse_month(last), on=TODAY)


def counts_of(paper: BoardPaper, month: str) -> MonthCounts:
    return next(counts for counts in paper.history.months if month_key(counts.month) == month)


def results_of(paper: BoardPaper, month: str, area: str = "") -> Iterator[tuple[KpiLine, ResultLine]]:
    for line in paper.areas:
        if area in ("", "all", line.code):
            for kpi in line.kpis:
                yield from ((kpi, result) for result in kpi.results if month_key(result.month) == month)


@pytest.mark.parametrize("fact", facts("counts"), ids=lambda fact: f"{fact['month']} {fact['scope']} {fact['status']}")
def test_every_count_of_the_minutes_holds(fact: dict[str, str], demonstration: Contract) -> None:
    paper = judged(demonstration, fact["month"], fact["month"])
    results = [result for _, result in results_of(paper, fact["month"], fact["scope"])]
    if fact["of"]:
        assert len(results) == int(fact["of"])
    if fact["status"] == "kpis in force":
        assert counts_of(paper, fact["month"]).in_force == int(fact["count"])
        return
    standing = sum(result.contractual == STATUS[fact["status"]] for result in results)
    assert standing == (len(results) if fact["count"] == "all" else int(fact["count"]))
    if fact["scope"] == "all":
        assert getattr(counts_of(paper, fact["month"]), STATUS[fact["status"]]) == standing


@pytest.mark.parametrize(
    "fact",
    [fact for fact in facts("kpi_results") if fact["month"]],
    ids=lambda fact: f"{fact['month']} {fact['kpi_code']}",
)
def test_every_result_of_the_minutes_holds(fact: dict[str, str], demonstration: Contract) -> None:
    paper = judged(demonstration, fact["month"], fact["month"])
    kpi, result = next((kpi, result) for kpi, result in results_of(paper, fact["month"]) if kpi.kpi == fact["kpi_code"])
    assert kpi.service_area == fact["service_area"]
    assert (kpi.unit, kpi.polarity) == (fact["unit"], fact["direction"])
    if fact["actual"]:
        assert Decimal(result.value or "") == Decimal(fact["actual"])
    if fact["status"]:
        assert result.contractual == STATUS[fact["status"]]
    assert (result.relief is not None) >= (fact["relief"] == "yes")


@pytest.mark.parametrize("fact", facts("kpi_results"), ids=lambda fact: f"{fact['month']} {fact['kpi_code']}")
def test_every_kpi_of_the_minutes_is_set_up(fact: dict[str, str], demonstration: Contract) -> None:
    kpi = demonstration.kpis.get(code=fact["kpi_code"])
    assert (kpi.service_area.code, kpi.unit, kpi.polarity) == (fact["service_area"], fact["unit"], fact["direction"])


@pytest.mark.parametrize("fact", facts("meetings"), ids=lambda fact: fact["meeting_on"])
def test_every_meeting_of_the_minutes_holds(fact: dict[str, str], demonstration: Contract) -> None:
    meeting = Meeting.objects.get(board__name=fact["board"], meeting_on=fact["meeting_on"])
    is_past = meeting.meeting_on < TODAY
    assert meeting.status == (fact["status"] if is_past or fact["status"] == "cancelled" else "planned")
    if not fact["review_from"] or not (is_past or meeting.meeting_on == date(2018, 3, 29)):
        return
    review = review_for(demonstration, meeting)
    assert (month_key(review.first), month_key(review.last)) == (fact["review_from"], fact["review_to"])
    if fact["history_from"]:
        assert (month_key(review.history_from), month_key(review.last)) == (fact["history_from"], fact["history_to"])


def test_one_kpi_was_added_in_may_2017(demonstration: Contract) -> None:
    paper = judged(demonstration, "2017-04", "2017-05")
    assert [counts.in_force for counts in paper.months] == [40, 41]
    assert [change.change for change in paper.kpi_changes] == ["added"]


def test_the_three_failures_of_december_2016_are_all_in_people_management(demonstration: Contract) -> None:
    paper = judged(demonstration, "2016-12", "2016-12")
    failed = {line.service_area for line in paper.exceptions if line.rule == "below_minimum"}
    assert failed == {"PM"}
    assert counts_of(paper, "2016-12").below_minimum == 3


class TestThePaperOf29March2018:
    @pytest.fixture
    def paper(self, demonstration: Contract) -> BoardPaper:
        meeting = Meeting.objects.get(meeting_on="2018-03-29")
        return build_paper(demonstration, meeting, on=TODAY)

    def test_the_cancelled_meeting_leaves_its_months_to_this_one(self, paper: BoardPaper) -> None:
        assert (month_key(paper.review.from_), month_key(paper.review.to)) == ("2017-11", "2018-01")
        assert [counts.contract_month for counts in paper.months] == [32, 33, 34]
        assert next(month_key(counts.month) for counts in paper.history.months) == "2017-08"

    def test_the_headline_says_no_kpi_failed_and_names_the_area_of_the_two_reliefs(self, paper: BoardPaper) -> None:
        assert paper.headline == (
            "No KPI failed between November 2017 and January 2018. 39 of 41 met their target in every month; "
            "two, both in Adult Care Finance, had mitigation relief."
        )

    def test_the_only_exceptions_are_two_reliefs_and_what_recovered(self, paper: BoardPaper) -> None:
        reliefs = [line for line in paper.exceptions if line.rule == "relief"]
        assert {line.rule for line in paper.exceptions} == {"relief", "recovered"}
        assert [line.service_area for line in reliefs] == ["ACF", "ACF"]

    def test_septembers_two_failures_are_told_under_the_table_and_are_no_exceptions(self, paper: BoardPaper) -> None:
        told = [failure.sentence for failure in paper.earlier_failures]
        assert "September 2017: two below minimum, reported on 21 December 2017" in told

    def test_its_dates_are_worked_back_from_the_meeting(self, demonstration: Contract) -> None:
        meeting = Meeting.objects.get(meeting_on="2018-03-29")
        dates = dates_for(demonstration, meeting, review_for(demonstration, meeting))
        assert (dates.publish_by, dates.draft_on) == (date(2018, 3, 21), TODAY)

    def test_it_says_that_figures_are_illustrative(self, paper: BoardPaper) -> None:
        assert paper.has_illustrative

    def test_it_shows_150_projects_and_twenty_key_ones_with_a_rationale_each(self, paper: BoardPaper) -> None:
        assert paper.projects.in_register == 150 == len(paper.projects.register)
        assert sum(paper.projects.by_stage.values()) == 150 == sum(paper.projects.by_confidence.values())
        assert [line.rank for line in paper.projects.key] == list(range(1, 21))
        assert all(line.rationale for line in paper.projects.key)


def test_the_two_failures_of_september_2017_are_named(demonstration: Contract) -> None:
    paper = judged(demonstration, "2017-09", "2017-10")
    failed = {
        line.kpi: [month_key(month) for month in line.months]
        for line in paper.exceptions
        if line.rule == "below_minimum"
    }
    assert failed == {"CSC_KPI_04": ["2017-09"], "IMT_KPI_05": ["2017-09"]}


def test_june_2017_counts_thirty_met_and_two_below_minimum(demonstration: Contract) -> None:
    june = counts_of(judged(demonstration, "2017-06", "2017-06"), "2017-06")
    assert (june.target_met, june.below_minimum, june.in_force) == (30, 2, 41)


def test_every_month_of_the_demonstration_reconciles(demonstration: Contract) -> None:
    paper = judged(demonstration, "2016-12", "2018-02")
    assert len(paper.months) == 15
    for counts in paper.months:
        standing = (
            counts.target_met
            + counts.below_target
            + counts.below_minimum
            + counts.relief_granted
            + counts.not_measured
            + counts.missing
        )
        assert standing == counts.in_force


def test_february_2018_is_provisional_and_one_area_still_has_something_to_enter(demonstration: Contract) -> None:
    paper = judged(demonstration, "2018-02", "2018-02")
    february = counts_of(paper, "2018-02")
    assert february.missing > 0
    assert february.provisional == february.in_force - february.missing
    missing = {kpi.service_area for kpi, result in results_of(paper, "2018-02") if result.measured == "missing"}
    assert len(missing) == 1


def test_nothing_but_the_published_values_claims_to_be_published(demonstration: Contract) -> None:
    stated = {(fact["month"], fact["kpi_code"]) for fact in facts("kpi_results") if fact["actual"]}
    rows = Result.objects.filter(kpi__contract=demonstration).select_related("kpi")
    published = {(month_key(Month(row.month)), row.kpi.code) for row in rows if row.source == "published"}
    assert published == stated
    assert all(row.source for row in rows)
