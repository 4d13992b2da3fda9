"""The month as a spreadsheet: out of the entry form, and back into it with a preview of every change."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from contracts.http import CONFLICT, UNPROCESSABLE, PageRequest, takes_a_form
from contracts.queries import instant_on
from contracts.rules.months import Month, month_key
from contracts.uploads import UploadRefused
from kpis.forms.rows import LABELS
from kpis.forms.uploads import SealBroken, SealTooLong, SheetForm, said_again, seal, unseal
from kpis.queries.desk import Desk
from kpis.services.entries import ReturnClosed, Row, Saved, save_entries
from kpis.views.places import Place, find_enterable
from kpis.workbook.month import Preview, Reading, preview, write_month
from kpis.workbook.month.receiving import receive

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_LONG = "It says too much to be shown in one page. Fill in part of the rows, and the others in a second file."


@require_safe
def download(request: PageRequest, contract: str, area: str, month: Month) -> HttpResponse:
    """The form as a workbook, with what stands in it."""
    place = find_enterable(request, contract, area, month)
    desk = place.desk()
    if not desk.is_open:
        return _refuse_closed(request, place)
    name = f"{place.contract.reference}-{place.area.code}-{month_key(month)}.xlsx"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(write_month(desk), content_type=XLSX, headers={"Content-Disposition": disposition})


@takes_a_form
def upload(request: PageRequest, contract: str, area: str, month: Month) -> HttpResponse:
    """Takes a file and shows what it would change, or what is wrong in it; saves nothing."""
    place = find_enterable(request, contract, area, month)
    desk = place.desk()
    if not desk.is_open:
        return _refuse_closed(request, place)
    if request.method != "POST":
        return _ask(request, place, SheetForm())
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, place, form)
    try:
        reading = receive(form.cleaned_data["file"], place.area, month)
        if reading.problems:
            return _ask(request, place, SheetForm(), reading)
        return _show(request, place, desk, preview(desk, reading.said, request.today), reading=reading)
    except UploadRefused as refused:
        form.add_error("file", str(refused))
    except SealTooLong:
        form.add_error("file", TOO_LONG)
    return _ask(request, place, form)


@require_POST
def confirm(request: PageRequest, contract: str, area: str, month: Month) -> HttpResponse:
    """Saves what was previewed, on the versions that were previewed; a row that moved on is shown again instead."""
    place = find_enterable(request, contract, area, month)
    desk = place.desk()
    sealed = request.POST.get("sealed", "")
    try:
        rows = unseal(sealed, desk, request.user.pk)
        saved = save_entries(area=place.area, month=month, rows=rows, by=request.user, at=instant_on(request.today))
    except SealBroken:
        messages.warning(request, "Nothing was saved: the preview is not of this form any more. Choose the file again.")
        return redirect("kpis:return_upload", place.contract.reference, place.area.code, month)
    except ReturnClosed:
        return _refuse_closed(request, place)
    if saved.stale:
        return _show_again(request, place, rows, saved, sealed)
    messages.success(request, _said(rows, desk))
    return redirect("kpis:return_form", place.contract.reference, place.area.code, month)


def _show_again(request: PageRequest, place: Place, rows: tuple[Row, ...], saved: Saved, sealed: str) -> HttpResponse:
    desk = place.desk_now()
    stale = [row for row in rows if row.kpi in saved.stale]
    again = preview(desk, said_again(stale, sealed, desk, request.user.pk), request.today)
    return _show(request, place, desk, again, saved=len(rows) - len(stale), status=CONFLICT)


def _said(rows: tuple[Row, ...], desk: Desk) -> str:
    stands = {line.pk: line.standing.typed for line in desk.lines}
    changed = sum(row.typed != stands[row.kpi] for row in rows)
    if not changed:
        return "The form has all of this already: nothing was changed."
    return f"{changed} {'row' if changed == 1 else 'rows'} of the spreadsheet saved into the form. Check, then submit."


def _refuse_closed(request: PageRequest, place: Place) -> HttpResponse:
    messages.warning(request, "This return takes no figures any more: the spreadsheet was not used, nothing was saved.")
    return redirect("kpis:return_form", place.contract.reference, place.area.code, place.month)


def _ask(request: PageRequest, place: Place, form: SheetForm, reading: Reading | None = None) -> HttpResponse:
    problems = reading.problems if reading else ()
    context: dict[str, Any] = {"contract": place.contract, "place": place, "form": form, "problems": problems}
    status = UNPROCESSABLE if problems or form.errors else 200
    return render(request, "kpis/return_upload.html", context, status=status)


def _show(
    request: PageRequest,
    place: Place,
    desk: Desk,
    shown: Preview,
    *,
    reading: Reading | None = None,
    saved: int | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "contract": place.contract,
        "place": place,
        "shown": shown,
        "left_out": reading.left_out if reading else 0,
        "saved": saved,
        "labels": LABELS,
        "sealed": seal(shown.changed, desk, request.user.pk) if shown.changed else "",
    }
    return render(request, "kpis/return_preview.html", context, status=status)
