"""The months that a meeting judges for a contract, where people set them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from contracts.forms.refusals import show_refusal
from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, contract_of, takes_a_form
from contracts.rules.months import Month, month_key, span_long
from contracts.rules.roles import ASKS_FOR_PAPERS
from contracts.services.refusals import Refused
from reports.forms.meetings import MonthsForm, months_seen
from reports.models import Meeting
from reports.services.review_periods import Months, MonthsMovedOn, months_kept, set_months


@takes_a_form
def months(request: PageRequest, contract: str, meeting: int) -> HttpResponse:
    """Setting the months, with the reason; the draft is built again."""
    shown = contract_of(request, contract)
    row: Meeting = get_object_or_404(Meeting.objects.select_related("board"), pk=meeting, board__contracts=shown)
    if not request.held.holds(ASKS_FOR_PAPERS, shown.reference):
        raise PermissionDenied
    kept = months_kept(shown, row)
    form = MonthsForm(request.POST or None, initial={"first": kept[0], "last": kept[1]} if kept else {})
    status = UNPROCESSABLE if request.method == "POST" else 200
    if form.is_valid():
        first, last = Month(form.cleaned_data["first"]), Month(form.cleaned_data["last"])
        try:
            set_months(
                contract=shown,
                meeting=row,
                by=request.user,
                on=request.today,
                now=timezone.now(),
                seen=months_seen(request.POST.get("seen", "")),
                first=first,
                last=last,
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            show_refusal(form, refusal)
            status = CONFLICT if isinstance(refusal, MonthsMovedOn) else UNPROCESSABLE
        else:
            messages.success(request, f"The report judges {span_long(first, last)}.")
            return redirect("reports:meeting", shown.reference, row.pk)
    values = {"contract": shown, "meeting": row, "form": form, "kept": kept, "seen": _said(kept)}
    if status == UNPROCESSABLE:
        values["seen"] = request.POST.get("seen", "")
    return render(request, "reports/calendar_months.html", values, status=status)


def _said(kept: Months | None) -> str:
    return f"{month_key(kept[0])} {month_key(kept[1])}" if kept else ""
