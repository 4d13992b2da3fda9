"""All KPIs by month: the status matrix, as a page and as a file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.ui.querystring import querystring
from contracts.http import PageRequest, contract_of
from contracts.rules.months import Month, add_months, last_ended, month_key, month_range
from kpis.drawings import matrix_rows
from kpis.forms.matrix import SHOWN_MONTHS, MatrixQuestion, read_matrix_question
from kpis.queries import load_matrix
from kpis.queries.duties import duties_of
from kpis.queries.matrix import Reach, load_reach
from kpis.rules.disputes import counted_in_words
from kpis.workbook.matrix import matrix_csv


@require_safe
def matrix(request: PageRequest, contract: str) -> HttpResponse:
    """The KPIs asked for in thirteen months, each with its trend."""
    shown = contract_of(request, contract)
    reach = load_reach(shown)
    earliest, latest = _months(request, reach)
    asked = read_matrix_question(request.GET, latest, earliest, reach.areas, reach.officers)
    table = load_matrix(shown, reach, asked.first, asked.last, asked.wanted)
    values = {
        "contract": shown,
        "duties": duties_of(request.held, shown),
        "matrix": table,
        "disputed_in_words": counted_in_words(table.disputed),
        "asked": asked,
        "rows": matrix_rows(table, f"?to={month_key(asked.last)}" if asked.last < latest else ""),
        "everything": querystring(request, area=None, status=None, relief=None, officer=None),
        **_choices(reach, earliest, latest),
        **_neighbours(request, asked, earliest, latest),
    }
    return render(request, "kpis/matrix.html", values)


@require_safe
def matrix_file(request: PageRequest, contract: str) -> HttpResponse:
    """The same question answered with numbers, as CSV."""
    shown = contract_of(request, contract)
    reach = load_reach(shown)
    earliest, latest = _months(request, reach)
    asked = read_matrix_question(request.GET, latest, earliest, reach.areas, reach.officers)
    name = f"{shown.reference}-kpis-{month_key(asked.first)}-to-{month_key(asked.last)}.csv".lower()
    content = matrix_csv(load_matrix(shown, reach, asked.first, asked.last, asked.wanted))
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


def _months(request: PageRequest, reach: Reach) -> tuple[Month, Month]:
    """The first month with a figure, and the last that has ended."""
    latest = last_ended(request.today)
    return reach.earliest or latest, latest


def _choices(reach: Reach, earliest: Month, latest: Month) -> dict[str, Any]:
    return {
        "area_choices": [(area.code, area.name) for area in reach.areas],
        "officer_choices": [(str(officer.pk), officer.title) for officer in reach.officers],
        "month_choices": month_range(earliest, latest)[::-1],
    }


def _neighbours(request: PageRequest, asked: MatrixQuestion, earliest: Month, latest: Month) -> dict[str, str]:
    earlier, later = add_months(asked.first, -1), min(add_months(asked.last, SHOWN_MONTHS), latest)
    return {
        "earlier": querystring(request, **{"from": None, "to": month_key(earlier)}) if earlier >= earliest else "",
        "later": querystring(request, **{"from": None, "to": month_key(later)}) if asked.last < latest else "",
        "file": querystring(request, to=month_key(asked.last)),
    }
