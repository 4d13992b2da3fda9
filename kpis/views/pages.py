"""Pages about KPIs: all of them by month, and one with its chart and history."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.ui.querystring import querystring
from contracts.http import PageRequest
from contracts.models import Contract
from contracts.rules.months import add_months, month_key, month_of
from kpis.drawings import history_charts
from kpis.forms.matrix import SHOWN_MONTHS, read_matrix_question
from kpis.models import Kpi
from kpis.queries import first_reported_month, load_areas, load_kpi_page, load_matrix
from kpis.queries.definition_pages import load_definition_events
from kpis.queries.dispute_pages import disputable_months
from kpis.queries.duties import duties_of
from kpis.queries.evidence import load_kpi_files
from kpis.rules.codes import CodeNotUnderstood, normalise_code
from kpis.rules.disputes import counted_in_words


@require_safe
def matrix(request: PageRequest, contract: str) -> HttpResponse:
    """All KPIs by month."""
    shown = get_object_or_404(Contract.objects.visible_to(request.user), reference=contract)
    latest = add_months(month_of(request.today), -1)
    earliest = first_reported_month(shown) or latest
    areas = load_areas(shown)
    asked = read_matrix_question(request.GET, latest, earliest, areas)
    matrix = load_matrix(shown, asked.first, asked.last, asked.area, asked.status)
    earlier, later = add_months(asked.first, -1), min(add_months(asked.last, SHOWN_MONTHS), latest)
    return render(
        request,
        "kpis/matrix.html",
        {
            "contract": shown,
            "duties": duties_of(request.held, shown),
            "matrix": matrix,
            "disputed_in_words": counted_in_words(matrix.disputed),
            "asked": asked,
            "area_choices": [(area.code, area.name) for area in areas],
            "earlier": querystring(request, to=month_key(earlier)) if earlier >= earliest else "",
            "later": querystring(request, to=month_key(later)) if asked.last < latest else "",
            "everything": querystring(request, area=None, status=None),
        },
    )


@require_safe
def kpi(request: PageRequest, contract: str, code: str) -> HttpResponse:
    """One KPI: its chart, month by month what was said, its levels, reliefs and corrections."""
    shown = get_object_or_404(Contract.objects.visible_to(request.user), reference=contract)
    row = get_object_or_404(Kpi.objects.select_related("contract"), contract=shown, code=_spelled(code))
    last = add_months(month_of(request.today), -1)
    page = load_kpi_page(row, last)
    values = {
        "contract": shown,
        "page": page,
        "charts": history_charts(page),
        "duties": duties_of(request.held, shown),
        "definition_events": load_definition_events(row),
        "disputed_in_words": counted_in_words(page.disputed),
        "disputable": disputable_months(row, request.user),
        "evidence": load_kpi_files(row, request.user),
    }
    return render(request, "kpis/kpi.html", values)


def _spelled(code: str) -> str:
    try:
        return normalise_code(code)
    except CodeNotUnderstood:
        return code
