"""Importing a contract workbook by page: the file, then everything it would do, then done."""

from itertools import islice
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from contracts.http import UNPROCESSABLE, PageRequest, contract_of, takes_a_form
from contracts.models import Contract
from contracts.rules.roles import IMPORTS
from reports.forms.workbooks import WorkbookForm
from reports.models import WorkbookUpload
from reports.services.uploads import ShownOtherwise, UploadGone, import_previewed, preview_workbook
from reports.workbook import ImportOutcome

SHOWN: Final = 500
"""Changes and mistakes that a page lists; it says how many more there are."""
GONE = "The file you looked at is no longer kept: it was imported, or an hour has passed. Choose it again."
MOVED = "Somebody changed the register meanwhile, and the file would do something else now. Look at it again."


@takes_a_form
def import_page(request: PageRequest, contract: str) -> HttpResponse:
    """The workbook is chosen, looked at and confirmed on one page; for administrators and contract managers."""
    shown = contract_of(request, contract)
    if not request.held.holds(IMPORTS, contract):
        raise PermissionDenied
    if "confirm" in request.POST:
        return _confirm(request, shown)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        return _preview(request, shown, file.name, file.read(), form.cleaned_data["reason"])
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "reports/import.html", {"contract": shown, "form": form}, status=status)


def _confirm(request: PageRequest, contract: Contract) -> HttpResponse:
    digest = request.POST["confirm"]
    try:
        outcome = import_previewed(contract=contract, by=request.user, digest=digest, at=timezone.now())
    except UploadGone:
        messages.warning(request, GONE)
        return redirect("reports:import_workbook", contract.reference)
    except ShownOtherwise as refusal:
        kept = refusal.upload
        return _preview(request, contract, kept.name, bytes(kept.content), kept.reason, MOVED)
    messages.success(request, _told(outcome))
    return redirect("reports:import_workbook", contract.reference)


def _preview(
    request: PageRequest, contract: Contract, name: str, content: bytes, reason: str, refusal: str = ""
) -> HttpResponse:
    outcome, kept = preview_workbook(
        contract=contract, by=request.user, name=name, content=content, reason=reason, at=timezone.now()
    )
    values = {
        "contract": contract,
        "name": name,
        "reason": reason,
        "refusal": refusal,
        "form": WorkbookForm(initial={"reason": reason}),
        **_listed(outcome, kept),
    }
    status = 422 if outcome.is_refused else 409 if refusal else 200
    return render(request, "reports/import_preview.html", values, status=status)


def _listed(outcome: ImportOutcome, kept: WorkbookUpload | None) -> dict[str, object]:
    return {
        "outcome": outcome,
        "tallies": [
            (sheet.replace("_", " "), (each.created, each.changed, each.left_alone))
            for sheet, each in outcome.tallies.items()
            if each.created or each.changed or each.left_alone
        ],
        "digest": kept.sha256 if kept else "",
        "changes": [(f"{each.sheet}, row {each.row}", each.named, each.moves) for each in outcome.changes[:SHOWN]],
        "more_changes": max(0, len(outcome.changes) - SHOWN),
        "problems": list(islice(outcome.problems, SHOWN)),
        "more_problems": max(0, len(outcome.problems) - SHOWN),
    }


def _told(outcome: ImportOutcome) -> str:
    """`Imported: projects 150 created; milestones 12 created, 3 changed.`"""
    sheets = [
        f"{sheet.replace('_', ' ')} "
        + ", ".join(
            f"{number:,} {word}" for number, word in ((tally.created, "created"), (tally.changed, "changed")) if number
        )
        for sheet, tally in outcome.tallies.items()
        if tally.created or tally.changed
    ]
    return f"Imported: {'; '.join(sheets)}."
