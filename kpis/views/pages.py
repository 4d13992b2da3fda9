"""The page of one KPI: its chart as performance or as signal and noise, its months, and what was ever written."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.ui.querystring import querystring
from contracts.http import PageRequest
from contracts.queries.questions import read_asked_about
from contracts.readings import beside, read_now
from contracts.rules.months import Month, add_months, last_ended, month_key
from kpis.drawings import history_charts, signal_charts
from kpis.forms.kpi_page import SHOWN_MONTHS, KpiQuestion, read_kpi_question
from kpis.models import Kpi
from kpis.queries import KpiPage, load_kpi_page
from kpis.queries.duties import duties_of
from kpis.queries.evidence import read_kpi_files
from kpis.queries.kpi_history import load_figure_history
from kpis.rules.codes import CodeNotUnderstood, normalise_code
from kpis.rules.disputes import counted_in_words


@require_safe
def kpi(request: PageRequest, contract: str, code: str) -> HttpResponse:
    """One KPI: its chart, month by month what was said, its levels, reliefs and corrections."""
    row, held = find_kpi(request, contract, code), request.held
    asked = read_kpi_question(request.GET, last_ended(request.today))
    page = load_kpi_page(row, last_ended(request.today), shown_from=asked.first, shown_to=asked.last)
    is_looked_into = held.looks_into(contract, row.service_area_id)
    questions, *evidence = read_now(
        beside(
            read_asked_about(row.contract, held, request.today, kpi=row.code),
            *((read_kpi_files(row, request.user),) if is_looked_into else ()),
        )
    )
    values = {
        "contract": row.contract,
        "page": page,
        "asked": asked,
        "questions": questions,
        "drawn": signal_charts(page) if asked.is_signal else history_charts(page),
        "duties": duties_of(held, row.contract),
        "links": _links(request, asked, page),
        "disputed_in_words": counted_in_words(page.disputed),
        "disputable": page.disputable if held.disputes(contract, row.service_area_id) else frozenset(),
        "evidence": evidence[0] if evidence else {},
    }
    return render(request, "kpis/kpi.html", values)


@require_safe
def kpi_history(request: PageRequest, contract: str, code: str) -> HttpResponse:
    """Every change of the KPI, its levels and its figures: who, when, from what to what, why."""
    row = find_kpi(request, contract, code)
    record, figures = load_figure_history(row, last_ended(request.today))
    values = {"contract": row.contract, "terms": record.terms, "events": record.events, "figures": figures}
    values["key"] = row.pk
    return render(request, "kpis/kpi_history.html", values)


def find_kpi(request: PageRequest, contract: str, code: str) -> Kpi:
    """The KPI with its contract and area, whatever way its code is spelled; one query."""
    if not request.held.sees(contract):
        raise Http404(f"There is no contract {contract}.")
    rows = Kpi.objects.select_related("contract", "service_area").filter(contract__reference=contract)
    row: Kpi = get_object_or_404(rows, code=_spelled(code))
    return row


def _links(request: PageRequest, asked: KpiQuestion, page: KpiPage) -> dict[str, str]:
    """The other view, and the months before and after those shown; each can be sent."""
    links = {
        "performance": querystring(request, view=None) or "?",
        "signal": querystring(request, view="signal"),
        "everything": "" if page.is_whole else querystring(request, months="all", to=None),
        "usual": querystring(request, months=None, to=None) or "?" if asked.first is None else "",
        "earlier": "",
        "later": "",
    }
    if page.judgements and asked.first is not None:
        first, last = page.judgements[0].month, page.judgements[-1].month
        if first < asked.first:
            links["earlier"] = _to(request, add_months(asked.first, -1))
        if asked.last < last:
            links["later"] = _to(request, min(add_months(asked.last, SHOWN_MONTHS), last))
    return links


def _to(request: PageRequest, month: Month) -> str:
    return querystring(request, to=month_key(month), months=None)


def _spelled(code: str) -> str:
    try:
        return normalise_code(code)
    except CodeNotUnderstood:
        return code
