"""The exceptions page: every count leads to what it is made of, every card says why; it tells the minutes' story."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from contracts.models import Contract, ServiceArea
from contracts.services import set_demonstration_day
from kpis.models import Result
from tests import builders
from tests.reading import links_of, rows_of, text_of
from tests.reports.exceptions_html import (
    cards_of,
    counted,
    html_of,
    judged,
    news_of,
    plain,
    section,
    signed_in,
)

TODAY = date(2018, 3, 14)
MISSES = ("below_minimum", "below_target")
PERIODS = [
    ("2017-09", "2017-10"),
    ("2017-11", "2018-01"),
    ("2018-02", "2018-02"),
    ("2016-12", "2018-02"),
    ("2015-06", "2015-08"),
]


@pytest.fixture
def reader(demonstration: Contract) -> Client:
    set_demonstration_day(on=TODAY)
    area = demonstration.service_areas.get(code="PM")
    return signed_in(demonstration, area)


@pytest.mark.parametrize(("first", "last"), PERIODS[:4])
def test_every_card_says_what_was_answered_for_its_latest_month(
    first: str, last: str, demonstration: Contract, reader: Client
) -> None:
    html, paper = html_of(reader, demonstration, first, last), judged(demonstration, first, last)
    cards = cards_of(section(html, "exceptions"))
    misses = [line for line in paper.exceptions if line.rule in MISSES]
    latest = {line.kpi: line for line in sorted(misses, key=lambda line: line.months[-1])}
    answered = 0
    for code in cards.keys() & latest.keys():
        line = latest[code]
        assert line.run.lower() in cards[code].lower()
        stored = Result.objects.get(kpi__contract=demonstration, kpi__code=code, month=line.months[-1])
        for answer in filter(None, (stored.cause, stored.effect, stored.remedy)):
            assert " ".join(answer.split()) in cards[code]
            answered += 1
    assert cards.keys() >= latest.keys() or len(latest) > len(cards) > 10
    assert answered > 0 or not latest


def test_every_count_of_a_month_leads_to_just_those_kpis(demonstration: Contract, reader: Client) -> None:
    html = html_of(reader, demonstration, "2017-09", "2017-10")
    (href,) = re.findall(r'href="([^"]*from=2017-09[^"]*status=below_minimum)"', html)
    matrix = reader.get(unescape(href))
    codes = [row[0].split()[0] for row in rows_of(matrix) if re.match(r"[A-Z]+_KPI_\d+", row[0])]
    assert codes == ["CSC_KPI_04", "IMT_KPI_05"]


class TestTheStoryOfTheMinutes:
    def test_september_2017_names_its_two_failures_and_what_became_of_them(
        self, demonstration: Contract, reader: Client
    ) -> None:
        cards = cards_of(section(html_of(reader, demonstration, "2017-09", "2017-10"), "exceptions"))
        assert list(cards)[:2] == ["CSC_KPI_04", "IMT_KPI_05"]
        assert "Below minimum Worsening September 2017" in cards["CSC_KPI_04"]
        assert "13.46% in Sep 2017 and 7.96% in Oct 2017 target at most 7%, minimum at most 12%" in cards["CSC_KPI_04"]
        assert "Below minimum Recovered September 2017" in cards["IMT_KPI_05"]
        assert "Recovered Target met in October 2017" in cards["IMT_KPI_05"]

    def test_august_2017_failed_in_information_management(self, demonstration: Contract, reader: Client) -> None:
        cards = cards_of(section(html_of(reader, demonstration, "2017-08", "2017-08"), "exceptions"))
        failed = {code for code, said in cards.items() if said.startswith("Below minimum")}
        assert len(failed) == 4
        assert {code[:3] for code in failed} == {"IMT"}

    def test_the_coming_paper_has_two_reliefs_and_abandoned_calls_recovered(
        self, demonstration: Contract, reader: Client
    ) -> None:
        html = html_of(reader, demonstration)
        assert counted(html, "exceptions") == 0
        assert "without mitigation relief: all 41 KPIs in force were measured" in plain(section(html, "exceptions"))
        assert "Abandoned calls CSC_KPI_04 Recovered after four months" in plain(section(html, "exceptions"))
        reliefs = cards_of(section(html, "reliefs"))
        assert list(reliefs) == ["relief-R005", "relief-R006"]
        assert "ACF_KPI_03 60.47% in Nov 2017, 61.88% in Dec 2017 and 66.28% in Jan 2018" in reliefs["relief-R005"]
        assert "Open-ended and four months old" in reliefs["relief-R005"]
        assert news_of(html)["still under relief"] == 2

    def test_each_count_of_what_changed_leads_to_its_place(self, demonstration: Contract, reader: Client) -> None:
        for first, last in PERIODS:
            html = html_of(reader, demonstration, first, last)
            places = re.findall(r'app-news__item"><a class="govuk-link" href="#([^"]+)"', html)
            assert places
            assert all(html.count(f' id="{place}"') == 1 for place in places), places


def test_an_explanation_that_is_awaited_says_until_when(contract: Contract, area: ServiceArea, member: Client) -> None:
    builders.returns(area, "2018-01", "2018-01")
    for number, awaited in enumerate((date(2018, 3, 16), None)):
        kpi = builders.kpi(area, f"CSC_KPI_0{number}")
        builders.result(kpi, "2018-01", "70", explanation_awaited_on=awaited)
    said = Result(kpi=builders.kpi(area, "CSC_KPI_02"), month=date(2018, 1, 1), value=70, cause="The line broke.")
    said.save()
    cards = cards_of(html_of(member, contract))
    assert "Explanation awaited from the supplier by 16 Mar 2018." in cards["CSC_KPI_00"]
    assert "Not explained yet." in cards["CSC_KPI_01"]
    assert "Not explained yet: effect on services, remedy and its owner and expected recovery." in cards["CSC_KPI_02"]


def test_chosen_months_can_be_sent_as_a_link_and_left_again(demonstration: Contract, reader: Client) -> None:
    links = links_of(reader.get("/contracts/CSS/", {"from": "2017-09", "to": "2017-10"}))
    assert links["Back to the coming paper’s months"] == "/contracts/CSS/"
    assert links["Jun 2017 to Aug 2017"] == "?from=2017-06&to=2017-08"


def test_a_contract_that_has_not_begun_asks_for_no_months(today: date, member: Client, contract: Contract) -> None:
    contract.commences_on = date(2018, 3, 1)
    contract.save()
    assert "No month has been verified yet." in text_of(member.get(f"/contracts/{contract.reference}/"))
    page = member.get(f"/contracts/{contract.reference}/", {"from": "2018-02"})
    assert page.status_code == 400
    assert "No month of the contract has ended yet: it begins in March 2018." in text_of(page)


@pytest.mark.parametrize(
    "query",
    [
        {"from": "\x00"},
        {"from": "9999-12", "to": "0001-01"},
        {"from": "2017-13"},
        {"to": "2017-09" * 500},
        {"from": "<script>", "to": "=1+1"},
        {"from": "٢٠١٧-٠٩"},
    ],
)
def test_an_absurd_period_is_refused_kindly(query: dict[str, str], demonstration: Contract, reader: Client) -> None:
    page = reader.get("/contracts/CSS/", query)
    assert page.status_code == 400
    assert "There is a problem" in text_of(page)
    assert "November 2017 to January 2018" in text_of(page), "the months of the coming paper stand below"
