"""The register: the list of projects as the address asks, as a page, as CSV and as a spreadsheet."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts.http import PageRequest, contract_of
from contracts.models import Contract
from contracts.rules.roles import EDITS_PROJECTS, IMPORTS, SEES_OPERATIONAL_REPORTS
from projects.forms.register import CONFIDENCES, KINDS, SIGNALS, STAGES, read_register_question
from projects.queries import Register, RegisterNumbers, RegisterQuestion, load_numbers, load_register
from projects.services.register import restate_missing
from projects.tables import RegisterTable, register_table
from projects.workbook.register_sheet import csv_lines, spreadsheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Found:
    """A contract's register as the address asks for it, and what whoever asks may do with it."""

    contract: Contract
    numbers: RegisterNumbers
    asked: RegisterQuestion
    register: Register
    may_change: bool
    may_import: bool
    sees_reports: bool


@require_safe
def register(request: PageRequest, contract: str) -> HttpResponse:
    """Every project of a contract, sorted and filtered as the address asks."""
    found = find_register(request, contract)
    chooses = found.may_change and request.GET.get("choose") == "yes" and not found.asked.is_archived
    return render(
        request,
        "projects/register.html",
        {
            "contract": found.contract,
            "found": found,
            "register": found.register,
            "asked": found.asked,
            "table": _table(request, found, chooses=chooses),
            "chooses": chooses,
            **choices_of(found.numbers),
        },
    )


@require_safe
def register_csv(request: PageRequest, contract: str) -> StreamingHttpResponse:
    """The list in view as CSV: every row and every column of it."""
    found = find_register(request, contract)
    lines = csv_lines(_table(request, found).data.data)
    named = {"Content-Disposition": f'attachment; filename="{found.contract.reference}-projects.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=named)


@require_safe
def register_xlsx(request: PageRequest, contract: str) -> FileResponse:
    """The list in view as a spreadsheet: every row and every column of it."""
    found = find_register(request, contract)
    file = spreadsheet(_table(request, found).data.data)
    name = f"{found.contract.reference}-projects.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def find_register(request: PageRequest, contract: str) -> Found:
    """The register of a contract that the person may see; rows that no list of the day would show are made first."""
    shown = contract_of(request, contract)
    numbers = load_numbers(shown, request.today)
    if numbers.is_behind:
        restate_missing(shown, on=request.today)
        numbers = load_numbers(shown, request.today)
    asked = read_register_question(request.GET, numbers)
    register = load_register(shown, request.today, asked, numbers)
    may_change, may_import, sees_reports = (
        request.held.holds(deed, shown.reference) for deed in (EDITS_PROJECTS, IMPORTS, SEES_OPERATIONAL_REPORTS)
    )
    return Found(shown, numbers, asked, register, may_change, may_import, sees_reports)


def choices_of(numbers: RegisterNumbers) -> dict[str, Any]:
    """What the filters choose from, as value and text."""
    return {
        "stages": STAGES,
        "confidences": CONFIDENCES,
        "signals": SIGNALS,
        "kinds": KINDS,
        "scrutiny_areas": [(area, area) for area in numbers.scrutiny_areas],
        "service_areas": numbers.service_areas,
    }


def _table(request: PageRequest, found: Found, *, chooses: bool = False) -> RegisterTable:
    return register_table(found.register, found.contract.reference, request, chooses=chooses)
