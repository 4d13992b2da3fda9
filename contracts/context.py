"""What every page's frame shows: the demonstration's day and the menu of the contract in view."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from contracts.http import PageRequest
from contracts.kept import is_waiting
from contracts.rules.held import Held
from contracts.rules.roles import UPDATES_PROJECTS

SECTIONS = (
    ("Exceptions", "reports:exceptions"),
    ("KPIs", "kpis:matrix"),
    ("Returns", "kpis:returns"),
    ("Relief", "kpis:reliefs"),
    ("Decisions", "kpis:decisions"),
    ("Projects", "projects:register"),
    ("My projects", "projects:mine"),
    ("Questions", "reports:questions"),
    ("Requests", "reports:requests"),
    ("Meetings", "reports:meetings"),
    ("Papers", "reports:papers"),
)
OF_RETURNS = frozenset({"kpis:returns", "kpis:decisions"})
"""Sections for those who enter, verify or look after everything."""
OF_PROJECT_MANAGERS = frozenset({"projects:mine"})
"""Sections for those who post the updates of projects."""
BELONGS_TO = {
    "reports:paper": "reports:meetings",
    "reports:words": "reports:meetings",
    "reports:exempt": "reports:meetings",
    "reports:paper_template": "reports:meetings",
    "reports:readiness": "reports:meetings",
    "reports:compare": "reports:meetings",
    "reports:addendum": "reports:meetings",
    "reports:errata": "reports:meetings",
    "reports:typed_words": "reports:meetings",
    "reports:publishable": "reports:meetings",
    "reports:meeting": "reports:meetings",
    "reports:sign_off": "reports:meetings",
    "reports:take_back": "reports:meetings",
    "reports:hand_over": "reports:meetings",
    "reports:record_publication": "reports:meetings",
    "reports:record_urgency": "reports:meetings",
    "reports:withdraw_paper": "reports:meetings",
    "reports:upload_edition": "reports:meetings",
    "reports:ask_removal": "reports:meetings",
    "reports:confirm_removal": "reports:meetings",
    "reports:refuse_removal": "reports:meetings",
    "reports:board_calendar": "reports:meetings",
    "reports:add_meeting": "reports:meetings",
    "reports:add_series": "reports:meetings",
    "reports:board_settings": "reports:meetings",
    "reports:closed_days": "reports:meetings",
    "reports:remove_closed_day": "reports:meetings",
    "reports:change_meeting": "reports:meetings",
    "reports:meeting_months": "reports:meetings",
    "reports:cancel_meeting": "reports:meetings",
    "reports:plan_meeting_again": "reports:meetings",
    "reports:question": "reports:questions",
    "reports:ask_question": "reports:questions",
    "reports:answer_question": "reports:questions",
    "reports:hand_question": "reports:questions",
    "reports:minute_question": "reports:questions",
    "reports:request": "reports:requests",
    "reports:minute_request": "reports:requests",
    "reports:answer_request": "reports:requests",
    "reports:hand_request": "reports:requests",
    "reports:move_due": "reports:requests",
    "reports:reopen_request": "reports:requests",
    "reports:work": "reports:meetings",
    "kpis:kpi": "kpis:matrix",
    "kpis:kpi_history": "kpis:matrix",
    "kpis:rebase": "kpis:matrix",
    "kpis:withdraw_rebase": "kpis:matrix",
    "kpis:area": "kpis:matrix",
    "kpis:return_form": "kpis:returns",
    "kpis:return_check": "kpis:returns",
    "kpis:return_upload": "kpis:returns",
    "kpis:return_upload_confirm": "kpis:returns",
    "kpis:month": "kpis:returns",
    "kpis:verify": "kpis:returns",
    "kpis:verify_clean": "kpis:returns",
    "kpis:send_back": "kpis:returns",
    "kpis:reopen": "kpis:returns",
    "kpis:completeness": "kpis:returns",
    "kpis:evidence": "kpis:returns",
    "kpis:remove_evidence": "kpis:returns",
    "kpis:relief": "kpis:reliefs",
    "kpis:relief_evidence": "kpis:reliefs",
    "kpis:ask_relief": "kpis:reliefs",
    "kpis:decide_relief": "kpis:reliefs",
    "kpis:end_relief": "kpis:reliefs",
    "kpis:withdraw_relief": "kpis:reliefs",
    "kpis:dispute": "kpis:decisions",
    "kpis:raise_dispute": "kpis:decisions",
    "kpis:answer_dispute": "kpis:decisions",
    "kpis:withdraw_dispute": "kpis:decisions",
    "kpis:definitions": "kpis:matrix",
    "kpis:add_kpi": "kpis:matrix",
    "kpis:set_level": "kpis:matrix",
    "kpis:end_kpi": "kpis:matrix",
    "reports:put_key_list": "projects:register",
    "reports:operational_reports": "projects:register",
    "reports:operational_report": "projects:register",
    "projects:update": "projects:mine",
    "reports:import_workbook": "projects:register",
}
"""Pages below a section, so that the menu shows where one is."""

OTHERS_BELONG_TO = {"projects": "projects:register"}
"""Where the pages of an app belong that are neither a section nor said above to be below one."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line of the menu."""

    text: str
    href: str
    is_current: bool


def page_frame(request: PageRequest) -> dict[str, Any]:
    """Values for the layout; a request that failed before it was resolved has none of them."""
    return {
        "demonstration_day": getattr(request, "demonstration_day", None),
        "navigation": _menu(request),
        "has_kept": is_waiting(request) and request.path != reverse("kept"),
    }


def _menu(request: PageRequest) -> tuple[MenuItem, ...]:
    match = request.resolver_match
    if match is None or "contract" not in match.kwargs:
        return ()
    current = _section_of(match.view_name)
    contract = match.kwargs["contract"]
    held: Held = getattr(request, "held", Held())
    hidden = frozenset() if held.looks_into_some(contract) else OF_RETURNS
    if not held.fills(UPDATES_PROJECTS, contract):
        hidden |= OF_PROJECT_MANAGERS
    return tuple(
        MenuItem(text, reverse(name, args=[contract]), name == current) for text, name in SECTIONS if name not in hidden
    )


def _section_of(page: str) -> str:
    if page in BELONGS_TO:
        return BELONGS_TO[page]
    is_section = any(name == page for _, name in SECTIONS)
    return page if is_section else OTHERS_BELONG_TO.get(page.partition(":")[0], page)
