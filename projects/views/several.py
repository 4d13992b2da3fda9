"""Changing several projects at once: what is to change, then every change before it is made, then done."""

from collections.abc import Collection, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.ui.formats import plural
from contracts.http import PageRequest
from projects.forms.several import SealBroken, SeveralForm, seal, unseal
from projects.models import Project
from projects.services.several import MOST, SeveralStale, Wanted, change_several, plan_changes
from projects.views.register import Found, find_register

EXPIRED = "That was shown more than an hour ago or to somebody else: look at the changes again."


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, contract: str) -> HttpResponse:
    """The projects ticked, or all that the address lists: the form, the preview of it, or the change itself."""
    found = find_register(request, contract)
    if not found.may_change:
        raise PermissionDenied
    if "sealed" in request.POST:
        return _confirm(request, found)
    chosen = _chosen(request, found)
    form = SeveralForm(request.POST if request.method == "POST" else None, contract=found.contract)
    if request.method == "POST" and chosen and len(chosen) <= MOST and form.is_valid():
        return _preview(request, found, chosen, form.wanted, form.cleaned_data["why"])
    values = {"contract": found.contract, "form": form, "most": MOST, **_named(chosen)}
    return render(request, "projects/several.html", values, status=422 if request.method == "POST" else 200)


def _confirm(request: PageRequest, found: Found) -> HttpResponse:
    try:
        shown = unseal(request.POST["sealed"], found.contract, request.user)
    except SealBroken:
        messages.warning(request, EXPIRED)
        return redirect("projects:register", found.contract.reference)
    try:
        number = change_several(
            contract=found.contract,
            versions=shown.versions,
            wanted=shown.wanted,
            why=shown.why,
            by=request.user,
            on=request.today,
        )
    except SeveralStale as refusal:
        return _preview(request, found, shown.versions, shown.wanted, shown.why, refusal)
    messages.success(request, f"{plural(number, 'project')} changed.")
    return redirect("projects:register", found.contract.reference)


def _preview(
    request: PageRequest,
    found: Found,
    chosen: Collection[int],
    wanted: Wanted,
    why: str,
    refusal: SeveralStale | None = None,
) -> HttpResponse:
    """Every change as it would be, and what is refused; nothing is written."""
    plan = plan_changes(found.contract, chosen, wanted, why=why, on=request.today)
    return render(
        request,
        "projects/several_preview.html",
        {
            "contract": found.contract,
            "plan": plan,
            "why": why,
            "sealed": seal(plan, wanted, why, found.contract, request.user),
            "refusal": refusal,
        },
        status=409 if refusal else 200,
    )


def _chosen(request: PageRequest, found: Found) -> list[int]:
    """The projects ticked, or everything that the address lists."""
    if request.GET.get("all") == "yes":
        return list(found.register.rows.values_list("project", flat=True)[: MOST + 1])
    ticked = [int(key) for key in request.GET.getlist("project")[: MOST + 1] if key.isascii() and key.isdigit()]
    own = Project.objects.filter(contract=found.contract, pk__in=[key for key in ticked if key < 2**63])
    return list(own.order_by("reference").values_list("pk", flat=True))


def _named(chosen: Sequence[int]) -> dict[str, object]:
    rows = Project.objects.filter(pk__in=chosen[:MOST]).order_by("reference").values_list("reference", "title")
    return {"number": len(chosen), "chosen": list(rows)}
