"""The audit: who did what, when, from where, from what to what and why; on pages, and as a file."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.ui.querystring import querystring
from contracts.http import UNPROCESSABLE, PageRequest
from contracts.models import Access, Contract
from contracts.rules.roles import READS_AUDIT
from contracts.services.accesses import note_access
from reports.forms.audit import DONE, KINDS, AuditAsked
from reports.queries.audit import Scope, all_lines, load_audit
from reports.rules.audit import read_position
from reports.workbook.audit_file import csv_lines


@require_safe
def audit(request: PageRequest) -> HttpResponse:
    """What was written, done and opened, the newest first, filtered as the address asks."""
    contracts = _contracts(request)
    asked = AuditAsked(request.GET)
    after = read_position(request.GET.get("after", ""))
    page = None if asked.wrong else load_audit(asked.question, _scope(request, contracts), after=after)
    if page and page.shows_exempt:
        at = timezone.now()
        note_access(Access.Kind.EXEMPT, person=request.user, subject="the audit: words of an exempt appendix", at=at)
    context = {
        "page": page,
        "asked": asked,
        "contracts": [(contract.reference, contract.reference) for contract in contracts],
        "kinds": KINDS,
        "done": DONE,
        "is_everything": request.held.reads_all_audit,
        "older": querystring(request, after=page.following) if page and page.following else "",
        "newest": querystring(request, after=None) if after else "",
        "as_file": querystring(request, after=None),
    }
    return render(request, "reports/audit.html", context, status=UNPROCESSABLE if asked.wrong else 200)


@require_safe
def audit_file(request: PageRequest) -> HttpResponse | StreamingHttpResponse:
    """All of what is asked for as CSV. That it was taken away stands in the audit from then on."""
    scope = _scope(request, _contracts(request))
    asked = AuditAsked(request.GET)
    if asked.wrong:
        return HttpResponse("\n".join(asked.wrong.values()), status=UNPROCESSABLE, content_type="text/plain")
    note_access(Access.Kind.AUDIT, person=request.user, subject=str(asked), at=timezone.now())
    lines = csv_lines(all_lines(asked.question, scope))
    named = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=named)


def _contracts(request: PageRequest) -> QuerySet[Contract]:
    """Those whose audit is theirs to read: of all for administrators, for managers of what they manage."""
    if not request.held.reads_audit:
        raise PermissionDenied
    found = Contract.objects.order_by("reference")
    if not request.held.reads_all_audit:
        found = found.filter(reference__in={post.contract for post in request.held.posts if post.role in READS_AUDIT})
    return found


def _scope(request: PageRequest, contracts: QuerySet[Contract]) -> Scope:
    return Scope() if request.held.reads_all_audit else Scope(tuple(contract.pk for contract in contracts))
