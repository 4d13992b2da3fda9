"""
Published papers for everybody, without signing in.

These pages know nobody: they are rendered without the request, set no cookie, and may be kept by browsers and proxies
for a short while. What changes what they show changes their mark too, so that a page that is asked for again and is
still the same is not sent again.
"""

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from config.ui.querystring import querystring
from contracts.rules.typed import key_sent
from reports.queries.public import PublicPaper, load_public_file, load_public_paper, load_public_papers
from reports.render.words import document
from reports.snapshot import from_json
from reports.views.files import stored_file

GONE: Final = 410
KEPT_SECONDS: Final = 300
"""How long a copy may be used without asking again: a paper can be withdrawn."""


@login_not_required
@require_safe
def public_papers(request: HttpRequest) -> HttpResponseBase:
    """Every published paper, by meeting and board, the latest first."""
    meetings, page = load_public_papers(key_sent(request.GET.get("page", "")) or 1)
    values = {
        "meetings": meetings,
        "page": page,
        "address": lambda number: querystring(request, page=number),
        "canonical": _canonical(request, reverse("public_papers")),
    }
    return _kept(HttpResponse(render_to_string("reports/public_papers.html", values)))


@login_not_required
@require_safe
def public_paper(request: HttpRequest, address: str) -> HttpResponseBase:
    """A published paper as a page; of one that is gone, its title, its hash and the reason."""
    found = load_public_paper(address)
    if found is None:
        raise Http404("No published paper has this address.")
    mark = f'"{found.mark(static("scrutineer/scrutineer.css"))}"'
    unchanged = get_conditional_response(request, etag=mark)
    if unchanged is not None:
        return _kept(unchanged, mark)
    return _kept(_page(request, found), mark)


@login_not_required
@require_safe
def public_file(request: HttpRequest, address: str, name: str) -> HttpResponseBase:
    """A public file of a published paper; of one that is gone, why it is."""
    found = load_public_file(address, name)
    if found is None:
        raise Http404("No published paper has this file.")
    half, file = found
    if half.paper.status != "published":
        gone = load_public_paper(address)
        if gone is None:
            raise Http404("No published paper has this address.")
        return _page(request, gone, GONE)
    mark = f'"{file.sha256}"'
    unchanged = get_conditional_response(request, etag=mark)
    if unchanged is not None:
        return _kept(unchanged, mark)
    return _kept(stored_file(file), mark)


def _page(request: HttpRequest, found: PublicPaper, status: int = 200) -> HttpResponse:
    paper = from_json(found.text) if found.text else None
    values = {
        "paper": found,
        "document": document(paper) if paper else None,
        "publish_by": paper.meeting.publish_by if paper and found.needs_clear_days else None,
        "lateness": paper.words.lateness if paper and paper.words else "",
        "canonical": _canonical(request, reverse("public_paper", args=[found.address])),
    }
    is_removed = found.life.removed is not None
    return HttpResponse(render_to_string("reports/public_paper.html", values), status=GONE if is_removed else status)


def _canonical(request: HttpRequest, path: str) -> str:
    """Where the page stands as a setting names the site: it is kept on the way, whatever name or port asked for it."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def _kept(response: HttpResponseBase, mark: str = "") -> HttpResponseBase:
    """May be kept for a while by anybody, and is asked about by its mark after that."""
    if mark:
        response.headers["ETag"] = mark
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response
