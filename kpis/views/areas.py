"""The page of one service area: the same summary as the contract's, for those who look after it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from config.ui.charts import sparkline
from config.ui.formats import month_short
from contracts.http import PageRequest, contract_of
from kpis.drawings import points_of
from kpis.queries.area_page import AreaKpi, load_area_page


@require_safe
def area(request: PageRequest, contract: str, area: str) -> HttpResponse:
    """How the area stands, its KPIs worst first, its months counted, its returns and reliefs."""
    shown = contract_of(request, contract)
    page = load_area_page(shown, area, request.today)
    if page is None:
        raise Http404(f"{shown.reference} has no service area {area}.")
    charts = {kpi.code: _spark(kpi) for kpi in page.kpis}
    return render(request, "kpis/area.html", {"contract": shown, "page": page, "charts": charts})


def _spark(kpi: AreaKpi) -> SafeString:
    points = points_of(kpi.stand.history.terms, kpi.judgements)
    met = sum(point.status == "target_met" for point in points)
    span = f"{month_short(points[0].month)} to {month_short(points[-1].month)}" if points else ""
    desc = f"{span}: target met in {met} of {len(points)} months."
    return sparkline(points, id=f"spark-{kpi.code}", title=f"{kpi.code} by month", desc=desc)
