"""Pages about evidence: the files of a KPI's month or of a relief, adding to them, removing one, and each file."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, contract_of, looked_into, takes_a_form
from contracts.models import Contract
from contracts.queries import instant_on
from contracts.rules.months import Month, month_long
from contracts.uploads import KINDS, UploadRefused
from kpis.forms.evidence import AddEvidenceForm, RemoveEvidenceForm
from kpis.models import Evidence, Kpi, Relief
from kpis.queries.duties import duties_of
from kpis.queries.evidence import (
    find_evidence,
    find_kpi,
    load_kpi_month_files,
    load_relief_files,
)
from kpis.rules.relief import Decision
from kpis.rules.returns import ENTERABLE
from kpis.services.entries import ReturnClosed
from kpis.services.evidence import (
    EvidenceDamaged,
    EvidenceRefused,
    ReliefDecided,
    add_evidence,
    add_relief_evidence,
    open_stored,
    remove_evidence,
)
from kpis.views.places import Place, find_place

BROKEN = 500
UNRUN = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""What a browser may do with a file that it shows all the same: nothing."""
CLOSED = "The return is closed and takes no evidence. To add to it, ask the contract manager to return or reopen it."
logger = logging.getLogger(__name__)
Adding = Callable[[UploadedFile], Evidence]


@takes_a_form
def evidence(request: PageRequest, contract: str, area: str, month: Month, code: str) -> HttpResponse:
    """The evidence of a KPI's month; adding to it while its return is open."""
    place = find_place(request, contract, area, month)
    kpi = find_kpi(place.area, code, month)
    if kpi is None:
        raise Http404
    if request.method != "POST":
        return _show_month(request, place, kpi)
    if not place.may_enter:
        raise PermissionDenied
    form = AddEvidenceForm(request.POST, request.FILES, most_mb=settings.UPLOAD_MAX_MB)

    def add(file: UploadedFile) -> Evidence:
        at = instant_on(request.today)
        return add_evidence(kpi=kpi, month=month, file=file, name=file.name or "", by=request.user, at=at)

    try:
        is_done = _add_all(request, form, add)
    except ReturnClosed:
        form.add_error(None, f"Nothing more was added. {CLOSED}")
        return _show_month(request, find_place(request, contract, area, month), kpi, form, CONFLICT)
    if is_done:
        return redirect("kpis:evidence", contract, area, month, code)
    return _show_month(request, place, kpi, form, UNPROCESSABLE)


@takes_a_form
def relief_evidence(request: PageRequest, contract: str, reference: str) -> HttpResponse:
    """The evidence for a relief; adding to it until it is decided."""
    shown = looked_into(request, contract)
    row: Relief = get_object_or_404(Relief.objects.select_related("contract"), contract=shown, reference=reference)
    may_ask = duties_of(request.held, shown).may_ask
    if request.method != "POST":
        return _show_relief(request, row, may_ask=may_ask)
    if not may_ask:
        raise PermissionDenied
    form = AddEvidenceForm(request.POST, request.FILES, most_mb=settings.UPLOAD_MAX_MB)

    def add(file: UploadedFile) -> Evidence:
        at = instant_on(request.today)
        return add_relief_evidence(relief=row, file=file, name=file.name or "", by=request.user, at=at)

    if _add_all(request, form, add):
        return redirect("kpis:relief_evidence", contract, reference)
    row.refresh_from_db()
    return _show_relief(request, row, form, UNPROCESSABLE, may_ask=may_ask)


@takes_a_form
def remove(request: PageRequest, contract: str, evidence: int) -> HttpResponse:
    """Taking back a file that was not submitted, or marking one as removed with the reason."""
    shown, row = _find(request, contract, evidence)
    if not _may_remove(request, shown, row):
        raise PermissionDenied
    is_draft = Evidence.objects.never_submitted().filter(pk=row.pk).exists()
    home = _home_of(row, shown)
    form = RemoveEvidenceForm(request.POST if request.method == "POST" and not is_draft else None)
    if request.method == "POST" and (is_draft or form.is_valid()):
        reason = "" if is_draft else form.cleaned_data["reason"]
        try:
            is_gone = remove_evidence(evidence=row, by=request.user, at=instant_on(request.today), reason=reason)
        except (ReturnClosed, EvidenceRefused) as refusal:
            said = f"“{row.name}” was not removed. {CLOSED if isinstance(refusal, ReturnClosed) else refusal}"
            messages.warning(request, said)
        else:
            messages.success(request, f"“{row.name}” is {'deleted' if is_gone else 'marked as removed'}.")
        return redirect(home)
    values = {"contract": shown, "file": row, "home": home, "is_draft": is_draft, "form": form}
    return render(request, "kpis/evidence_remove.html", values, status=UNPROCESSABLE if form.is_bound else 200)


@require_safe
def file(request: PageRequest, contract: str, evidence: int) -> HttpResponseBase:
    """The file as it was handed in, always to be saved and never shown in place."""
    shown, row = _find(request, contract, evidence)
    try:
        stored = open_stored(row)
    except EvidenceDamaged:
        logger.exception("Evidence %s cannot be handed out.", row.pk)
        values = {"contract": shown, "file": row, "home": _home_of(row, shown)}
        return render(request, "kpis/evidence_damaged.html", values, status=BROKEN)
    kind = KINDS[row.kind].content_type
    response = FileResponse(stored, as_attachment=True, filename=row.name, content_type=kind)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = UNRUN
    return response


def _add_all(request: PageRequest, form: AddEvidenceForm, add: Adding) -> bool:
    """Keeps each file that can be kept, and says of the others why not; whether none was refused."""
    if not form.is_valid():
        return False
    added = []
    for each in form.cleaned_data["chosen"]:
        try:
            added.append(add(each).name)
        except (UploadRefused, EvidenceRefused) as refusal:
            form.add_error("chosen", str(refusal))
    if added:
        messages.success(request, f"Added: {', '.join(added)}.")
    return form.is_valid()


def _show_month(
    request: PageRequest, place: Place, kpi: Kpi, form: AddEvidenceForm | None = None, status: int = 200
) -> HttpResponse:
    is_open = place.area_return is None or place.area_return.state in ENTERABLE
    may_add = place.may_enter and is_open
    form_at = reverse("kpis:return_form", args=[place.contract.reference, place.area.code, place.month])
    values = {
        "contract": place.contract,
        "title": f"{kpi.code}, {month_long(place.month)}",
        "about": kpi.name,
        "back": (f"{form_at}#row-{kpi.pk}", "Back to the figures"),
        "closed": "" if is_open else CLOSED,
        "is_private": is_open,
        "files": load_kpi_month_files(kpi, place.month, request.user),
        "removable": lambda each: may_add and not each.is_removed,
    }
    return _show(request, values, form, status, may_add=may_add)


def _show_relief(
    request: PageRequest, row: Relief, form: AddEvidenceForm | None = None, status: int = 200, *, may_ask: bool
) -> HttpResponse:
    is_open = row.decision == Decision.REQUESTED
    values = {
        "contract": row.contract,
        "title": f"relief {row.reference}",
        "about": row.narrative,
        "back": (reverse("kpis:relief", args=[row.contract.reference, row.reference]), f"Relief {row.reference}"),
        "closed": "" if is_open else str(ReliefDecided(row)),
        "is_private": False,
        "files": load_relief_files(row),
        "removable": lambda each: is_open and not each.is_removed and each.added_by_pk == request.user.pk,
    }
    return _show(request, values, form, status, may_add=may_ask and is_open)


def _show(
    request: PageRequest, values: dict[str, Any], form: AddEvidenceForm | None, status: int, *, may_add: bool
) -> HttpResponse:
    shown = form or AddEvidenceForm(most_mb=settings.UPLOAD_MAX_MB)
    return render(request, "kpis/evidence.html", {**values, "may_add": may_add, "form": shown}, status=status)


def _find(request: PageRequest, reference: str, pk: int) -> tuple[Contract, Evidence]:
    shown = contract_of(request, reference)
    row = find_evidence(pk, shown, request.user, request.held)
    if row is None:
        raise Http404
    return shown, row


def _may_remove(request: PageRequest, contract: Contract, row: Evidence) -> bool:
    if row.kpi is None:
        return row.added_by_id == request.user.pk
    return request.held.enters(contract.reference, row.kpi.service_area_id)


def _home_of(row: Evidence, contract: Contract) -> str:
    """The address of the page that lists it."""
    if row.kpi is not None:
        code, area = row.kpi.code, row.kpi.service_area.code
        return reverse("kpis:evidence", args=[contract.reference, area, row.month, code])
    return reverse("kpis:relief_evidence", args=[contract.reference, row.relief.reference if row.relief else ""])
