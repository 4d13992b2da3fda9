"""What the demonstration's figures say as signal or noise."""

from contracts.models import Contract
from contracts.rules.months import month_key, parse_month
from kpis.models import Kpi
from kpis.queries import load_kpi_page
from kpis.rules.signal import Variation


def test_the_fall_of_abandoned_calls_is_an_improvement(demonstration: Contract) -> None:
    kpi = Kpi.objects.select_related("contract", "service_area").get(contract=demonstration, code="CSC_KPI_04")
    page = load_kpi_page(kpi, parse_month("2018-02"))
    figures = {month_key(row.month): row.figure for row in page.months}
    assert (figures["2017-05"], figures["2017-12"]) == ("17.53%", "2.79%")
    signal = page.verdict.signal
    assert signal is not None
    assert signal.variation is Variation.IMPROVEMENT
    assert "2017-12" in {month_key(point.month) for point in signal.points}
    assert page.verdict.sentences[0] == "Improvement: something has changed for the better."
    assert [row.signal for row in page.months if month_key(row.month) == "2017-05"] == ["above the upper limit: worse"]
    assert {row.figure for row in page.pooled} == {"Not averaged"}
