"""The search over everything that the person may see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.ui.querystring import querystring
from contracts.http import PageRequest
from contracts.rules.search import marked, read_search
from reports.queries.search import NAMES, PER_PAGE, search_everything, search_one_kind

LAST_PAGE = 10_000
"""No list is longer; a larger number is taken for this one."""


@require_safe
def search(request: PageRequest) -> HttpResponse:
    """What was found, by kind: the best few of each, or with ``kind`` all of that one, page by page."""
    sought = read_search(request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    page = _page(request.GET.get("page", ""))
    if kind in NAMES:
        results = search_one_kind(request.user, sought, kind, page, request.today)
    else:
        kind, results = "", search_everything(request.user, sought, request.today)
    values = {
        "results": results,
        "sought": sought,
        "kind": kind,
        "names": NAMES,
        "page": page,
        "pages": -(-results.total // PER_PAGE) if kind else 1,
        "address": lambda **changes: querystring(request, **changes),
        "parts": lambda text: marked(text, sought.terms),
    }
    return render(request, "reports/search.html", values)


def _page(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(LAST_PAGE))):
        return 1
    return min(max(int(typed), 1), LAST_PAGE)
