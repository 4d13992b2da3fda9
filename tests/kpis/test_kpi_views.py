"""The two views of a KPI's chart, the months it shows, direction of travel, pooled rates; its weight."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import ServiceArea
from contracts.rules.months import add_months, parse_month
from contracts.services import set_demonstration_day
from kpis.models import Correction, Kpi, Result
from kpis.queries import load_kpi_page
from tests import builders
from tests.people import Cast
from tests.reading import Page, links_of, rows_of, text_of

KILOBYTE = 1000


def look(client: Client, kpi: Kpi, **query: str) -> Page:
    response = client.get(reverse("kpis:kpi", args=[kpi.contract.reference, kpi.code]), query)
    assert response.status_code == 200
    return response


@pytest.fixture
def calls(area: ServiceArea) -> Kpi:
    """Fourteen months, lower is better, the last two far below the others."""
    kpi = builders.kpi(area, "CSC_KPI_04", "7", "12", polarity="lower")
    builders.results(kpi, "2017-01", ["9", "8"] * 6 + ["2", "3"])
    builders.returns(area, "2017-01", "2018-02")
    return kpi


@pytest.fixture
def decade(area: ServiceArea) -> Kpi:
    """Ten years of months to February 2018, every one explained, every third corrected."""
    kpi = builders.kpi(area, in_force_from=date(2008, 1, 1))
    begin = parse_month("2008-03")
    for place in range(120):
        month = add_months(begin, place)
        result = Result.objects.create(
            kpi=kpi, month=month, numerator=Decimal(7000 + place * 7 % 300), denominator=Decimal(10123),
            cause="The scanner failed and two advisers were away at the busiest time of the month.",
            effect="Letters went out a week late; forty residents rang to ask where theirs was.",
            remedy="Mail Room Manager: a second scanner is ordered.", recovery_month=add_months(month, 2),
        )  # fmt: skip
        if place % 12 == 0:
            Correction.objects.create(
                result=result, value_before=Decimal(80), numerator_after=result.numerator,
                denominator_after=result.denominator, reason="Counted twice.", corrected_at=datetime.now(UTC),
            )  # fmt: skip
    builders.returns(area, "2008-03", "2018-02")
    builders.rebase(kpi, "2013-01")
    builders.level(kpi, "2015-04", "92", "85")
    builders.relief(area.contract, kpi, first="2016-01", last="2016-09")
    return kpi


def test_the_two_views_are_links_that_can_be_sent(member: Client, calls: Kpi) -> None:
    performance = look(member, calls)
    assert links_of(performance)["Signal or noise"] == "?view=signal"
    assert "Limits of ordinary ups and downs" not in text_of(performance)
    signal = look(member, calls, view="signal", to="2018-01")
    assert links_of(signal)["Performance"] == "?to=2018-01"
    assert "Limits of ordinary ups and downs" in text_of(signal)


def test_the_current_view_is_said_to_be_current(member: Client, calls: Kpi) -> None:
    for query, name in (({}, "Performance"), ({"view": "signal"}, "Signal or noise"), ({"view": "x"}, "Performance")):
        content = look(member, calls, **query).content.decode()
        assert re.findall(r'app-switch__item"[^>]* aria-current="page">([^<]+)<', content) == [name]


def test_the_verdict_stands_beside_the_chart_in_sentences(member: Client, calls: Kpi) -> None:
    said = text_of(look(member, calls, view="signal"))
    assert "Improvement: something has changed for the better." in said
    assert "The latest 2 figures, January 2018 to February 2018, are below the lower limit" in said
    assert "A second opinion: it never changes a month’s status." in said
    assert "Signal or noise? Improvement: something has changed for the better." in text_of(look(member, calls))


def test_the_table_names_the_rule_of_each_month(member: Client, calls: Kpi) -> None:
    head, *rows = rows_of(look(member, calls, view="signal"))[:15]
    place = head.index("Signal")
    assert [row[place] for row in rows[:3]] == [
        "below the lower limit: better",
        "below the lower limit: better",
        "seven in a row above the mean: worse",
    ]
    assert "Signal" not in rows_of(look(member, calls))[0]


def test_few_figures_have_trial_limits(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-12", ["91", "92", "93"])
    builders.returns(area, "2017-12", "2018-02")
    assert "These are trial limits: 3 figures stand behind them" in text_of(look(member, kpi, view="signal"))


def test_one_figure_alone_has_no_limits(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.results(kpi, "2018-02", ["91"])
    builders.returns(area, "2018-02", "2018-02")
    assert "One figure alone says nothing" in text_of(look(member, kpi, view="signal"))
    assert "Signal or noise?" not in text_of(look(member, kpi))


def test_a_kpi_without_a_figure_has_no_views(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    for query in ({}, {"view": "signal"}, {"months": "all"}, {"to": "2001-01"}):
        assert "app-switch" not in look(member, kpi, **query).content.decode()


def test_what_is_private_to_the_area_is_in_no_limit(member: Client, calls: Kpi, area: ServiceArea) -> None:
    area.returns.filter(month=date(2018, 2, 1)).delete()
    builders.returns(area, "2018-02", "2018-02", "open")
    assert "13 figures, January 2017 to January 2018" in text_of(look(member, calls, view="signal"))


def test_twenty_five_months_are_shown_and_the_others_are_a_link_away(member: Client, decade: Kpi) -> None:
    usual = look(member, decade)
    months = [row[0] for row in rows_of(usual) if re.fullmatch(r"[A-Z][a-z]{2} \d{4}", row[0])]
    assert (len(months), months[0], months[-1]) == (25, "Feb 2018", "Feb 2016")
    links = links_of(usual)
    assert links["Earlier months"] == "?to=2016-01"
    assert "Later months" not in links
    earlier = look(member, decade, to="2016-01")
    assert rows_of(earlier)[1][0] == "Jan 2016"
    assert links_of(earlier)["Later months"] == "?to=2018-02"
    everything = look(member, decade, months="all")
    assert links["All 120 months"] == "?months=all"
    assert sum(bool(re.fullmatch(r"[A-Z][a-z]{2} \d{4}", row[0])) for row in rows_of(everything)) == 120
    assert links_of(everything)["Only the latest months"] == "?"
    assert "Earlier months" not in links_of(everything)


def test_what_the_address_gets_wrong_is_left_out(member: Client, decade: Kpi) -> None:
    usual = rows_of(look(member, decade))
    for wrong in ({"to": "spring"}, {"to": "2099-01"}, {"months": "some"}, {"view": ""}):
        assert rows_of(look(member, decade, **wrong)) == usual


def test_months_before_the_record_show_none_and_the_way_back(member: Client, decade: Kpi) -> None:
    page = look(member, decade, to="2001-01")
    assert "No month of this KPI lies here" in text_of(page)
    assert links_of(page)["Later months"] == "?to=2003-02"


def test_the_verdict_does_not_depend_on_the_months_shown(member: Client, decade: Kpi) -> None:
    for query in ({}, {"to": "2014-01"}, {"months": "all"}):
        said = text_of(look(member, decade, view="signal", **query))
        assert "Worked out from 62 figures, January 2013 to February 2018." in said


def test_explanations_of_many_years_stand_on_the_pages_of_their_months(member: Client, decade: Kpi) -> None:
    page = look(member, decade, months="all")
    said = text_of(page)
    assert "What was said (25)" in said
    assert "95 explanations of earlier months: choose the months before February 2016." in said
    assert links_of(page)["choose the months before February 2016"] == "?to=2016-01#explanations"


@pytest.mark.parametrize("view", ["performance", "signal"])
def test_ten_years_weigh_less_than_150_kilobytes(view: str, member: Client, decade: Kpi) -> None:
    assert len(look(member, decade, view=view, months="all").content) < 150 * KILOBYTE
    assert len(look(member, decade, view=view).content) < 100 * KILOBYTE


@pytest.mark.parametrize("which", ["calls", "decade"])
def test_a_kpi_is_read_in_one_statement_however_long_its_history(which: str, request: pytest.FixtureRequest) -> None:
    kpi = Kpi.objects.select_related("contract", "service_area").get(pk=request.getfixturevalue(which).pk)
    with CaptureQueriesContext(connection) as captured:
        load_kpi_page(kpi, parse_month("2018-02"))
    assert len(captured) == 1


def test_the_latest_figure_says_which_way_it_went(member: Client, calls: Kpi) -> None:
    said = text_of(look(member, calls))
    assert "Worse against the month before" in said
    assert "Better against February 2017" in said


def test_a_quarterly_kpi_is_held_against_the_result_before(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area, due_mask=0b100000100000)
    builders.result(kpi, "2017-06", "91")
    builders.result(kpi, "2017-12", "95")
    builders.returns(area, "2017-06", "2017-12")
    said = text_of(look(member, kpi))
    assert "Better against the result before" in said
    assert "Against the result before" in said


def test_rates_are_pooled_from_their_parts(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    for month, part, whole in (("2017-12", 45, 100), ("2018-01", 900, 1000), ("2018-02", 0, 1)):
        builders.result(kpi, month, None, numerator=Decimal(part), denominator=Decimal(whole))
    builders.returns(area, "2017-12", "2018-02")
    said = text_of(look(member, kpi))
    assert "Last three months December 2017 to February 2018 85.83% 945 of 1,101 Below target" in said
    assert "Last twelve months" not in said


def test_a_span_with_a_printed_figure_is_not_averaged(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.result(kpi, "2017-12", None, numerator=Decimal(45), denominator=Decimal(100))
    builders.results(kpi, "2018-01", ["90", "91"])
    builders.returns(area, "2017-12", "2018-02")
    said = text_of(look(member, kpi))
    assert "Not averaged numerator and denominator not known for January 2018, February 2018" in said


def test_a_pooled_rate_over_two_levels_is_held_against_neither(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    for month in ("2017-12", "2018-01", "2018-02"):
        builders.result(kpi, month, None, numerator=Decimal(85), denominator=Decimal(100))
    builders.level(kpi, "2018-01", "84", "80")
    builders.returns(area, "2017-12", "2018-02")
    assert "85.00% 255 of 300 —" in text_of(look(member, kpi))


def test_the_chart_says_where_levels_changed_and_figures_were_corrected(member: Client, calls: Kpi, cast: Cast) -> None:
    builders.level(calls, "2017-06", "8", "12", reason="By agreement.")
    builders.relief(calls.contract, calls, first="2017-03", last="2017-04")
    Correction.objects.create(
        result=calls.results.get(month=date(2017, 9, 1)), value_before=Decimal(4), value_after=Decimal(9),
        reason="Counted twice.", corrected_at=datetime(2018, 3, 1, 12, tzinfo=UTC), corrected_by=cast.contract_manager,
    )  # fmt: skip
    page = look(member, calls)
    content = page.content.decode()
    assert "Relief covers March 2017 and April 2017. New levels from June 2017." in content
    assert "Corrected after it was verified: September 2017." in content
    said = text_of(page)
    for words in ("Mitigation relief", "Ringed: corrected after it was verified", "New levels from here"):
        assert words in said
    assert ["Sep 2017", "9.00% corrected"] in [row[:2] for row in rows_of(page)]


def test_the_key_names_only_what_the_chart_shows(member: Client, calls: Kpi) -> None:
    key = re.findall(r'class="app-chart-key">(.*?)</ul>', look(member, calls).content.decode())[0]
    assert "Target met" in key
    for words in ("Below minimum", "provisional", "Ringed", "New levels", "relief"):
        assert words not in key


def test_the_history_of_every_figure_is_a_page_of_its_own(member: Client, calls: Kpi, cast: Cast) -> None:
    result = calls.results.get(month=date(2018, 2, 1))
    result.value = Decimal(4)
    result._history_user = cast.contract_manager  # type: ignore[attr-defined]
    result._change_reason = "Counted twice."  # type: ignore[attr-defined]
    result.save()
    link = links_of(look(member, calls))[
        "Every change of this KPI, its levels and its figures: who, when, from what to what, why"
    ]
    page = member.get(link)
    assert rows_of(page)[1][1:] == ["Feb 2018", "3.00%", "4.00%", "Contract manager", "Counted twice."]
    assert "The KPI was added, in force from January 2017" in text_of(page)


def test_a_day_in_an_earlier_year_shows_what_was_known_then(member: Client, calls: Kpi) -> None:
    set_demonstration_day(on=date(2017, 5, 9))
    assert rows_of(look(member, calls))[1][0] == "Apr 2017"
