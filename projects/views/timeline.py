"""The portfolio on time: the timeline of what is under way, and the forward plan of what is to come."""

from dataclasses import replace

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.ui.charts import TIMELINE_NARROW, timeline_key
from config.ui.querystring import querystring
from contracts.http import PageRequest
from projects.drawings import area_timelines
from projects.queries import RegisterQuestion
from projects.queries.plan import load_plan
from projects.queries.plan_page import load_plan_page
from projects.queries.portfolio import thresholds_of
from projects.queries.timeline import load_timeline
from projects.rules.plan import PlanKind
from projects.rules.timeline import timeline_headline
from projects.tables import project_addresses
from projects.views.register import XLSX, Found, choices_of, find_register
from projects.workbook.plan_sheet import csv_lines, spreadsheet

MOST_IN_A_PLAN = 1000
"""A plan of more shows the beginning of each of its months, which leads to the rest of it."""
MOST_IN_A_MONTH = 10


@require_safe
def timeline(request: PageRequest, contract: str) -> HttpResponse:
    """The projects asked for, drawn by scrutiny area; the key projects where nothing is asked."""
    found = find_register(request, contract)
    is_default = not found.asked.asks and request.GET.get("show") != "all"
    shown = load_timeline(
        found.contract,
        request.today,
        found.asked,
        found.register,
        request.GET.get("page", ""),
        is_default=is_default,
    )
    return render(
        request,
        "projects/timeline.html",
        {
            "contract": found.contract,
            "register": found.register,
            "asked": shown.asked,
            "chosen": found.asked,
            "shown": shown,
            "is_key_alone": shown.asked == RegisterQuestion(is_key=True),
            "stage_alone": shown.asked.stage if shown.asked == RegisterQuestion(stage=shown.asked.stage) else "",
            "headline": timeline_headline(shown.projects, shown.matching, request.today),
            "areas": tuple(area_timelines(shown.projects, thresholds_of(found.contract), request.today)),
            "address_of": project_addresses(found.contract.reference),
            "key": timeline_key(id="timeline-key"),
            "narrow_key": timeline_key(id="timeline-key-narrow", layout=TIMELINE_NARROW),
            "page_query": lambda number: querystring(request, page=number),
            **choices_of(found.numbers),
        },
    )


@require_safe
def plan(request: PageRequest, contract: str) -> HttpResponse:
    """Month by month what is to happen, up to the contract's end; or one of its parts, page by page."""
    found = find_register(request, contract)
    asked = _asked(found)
    shown = load_plan_page(
        found.contract,
        request.today,
        asked,
        part=request.GET.get("part", ""),
        number=request.GET.get("page", ""),
        whole=MOST_IN_A_PLAN,
        most=MOST_IN_A_MONTH,
    )
    return render(
        request,
        "projects/plan.html",
        {
            "contract": found.contract,
            "register": found.register,
            "asked": asked,
            "plan": shown,
            "plan_kinds": {kind: kind.value.capitalize() for kind in PlanKind},
            "address_of": project_addresses(found.contract.reference),
            "page_query": lambda number: querystring(request, page=number),
            **choices_of(found.numbers),
        },
    )


@require_safe
def plan_csv(request: PageRequest, contract: str) -> StreamingHttpResponse:
    """Everything of the plan in view, a line each."""
    found = find_register(request, contract)
    forward = load_plan(found.contract, request.today, _asked(found))
    named = {"Content-Disposition": f'attachment; filename="{found.contract.reference}-forward-plan.csv"'}
    return StreamingHttpResponse(csv_lines(forward), content_type="text/csv; charset=utf-8", headers=named)


@require_safe
def plan_xlsx(request: PageRequest, contract: str) -> FileResponse:
    """Everything of the plan in view as a spreadsheet."""
    found = find_register(request, contract)
    forward = load_plan(found.contract, request.today, _asked(found))
    name = f"{found.contract.reference}-forward-plan.xlsx"
    return FileResponse(spreadsheet(forward), as_attachment=True, filename=name, content_type=XLSX)


def _asked(found: Found) -> RegisterQuestion:
    """The plan looks forward whatever the stage or rating: it is asked for by area, for key projects, by words."""
    asked = found.asked
    return replace(
        RegisterQuestion(),
        words=asked.words,
        scrutiny_area=asked.scrutiny_area,
        service_area=asked.service_area,
        is_key=asked.is_key,
    )
