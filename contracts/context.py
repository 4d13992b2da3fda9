"""What every page's frame shows: the demonstration's day and the menu of the contract in view."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from contracts.http import PageRequest
from contracts.models import Contract
from contracts.rules.roles import LOOKS_INTO_RETURNS

SECTIONS = (
    ("Exceptions", "reports:exceptions"),
    ("KPIs", "kpis:matrix"),
    ("Returns", "kpis:returns"),
    ("Relief", "kpis:reliefs"),
    ("Projects", "projects:register"),
    ("Meetings", "reports:meetings"),
)
OF_RETURNS = frozenset({"kpis:returns"})
"""Sections for those who enter, verify or look after everything."""
BELONGS_TO = {
    "reports:paper": "reports:meetings",
    "reports:meeting": "reports:meetings",
    "kpis:kpi": "kpis:matrix",
    "kpis:return_form": "kpis:returns",
    "kpis:return_check": "kpis:returns",
    "kpis:month": "kpis:returns",
    "kpis:verify": "kpis:returns",
    "kpis:verify_clean": "kpis:returns",
    "kpis:send_back": "kpis:returns",
    "kpis:reopen": "kpis:returns",
    "kpis:completeness": "kpis:returns",
    "kpis:relief": "kpis:reliefs",
    "kpis:ask_relief": "kpis:reliefs",
    "kpis:decide_relief": "kpis:reliefs",
    "kpis:end_relief": "kpis:reliefs",
    "kpis:withdraw_relief": "kpis:reliefs",
    "kpis:definitions": "kpis:matrix",
    "kpis:add_kpi": "kpis:matrix",
    "kpis:set_level": "kpis:matrix",
    "kpis:end_kpi": "kpis:matrix",
    "projects:project": "projects:register",
}
"""Pages below a section, so that the menu shows where one is."""


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
    }


def _menu(request: PageRequest) -> tuple[MenuItem, ...]:
    match = request.resolver_match
    if match is None or "contract" not in match.kwargs:
        return ()
    current = BELONGS_TO.get(match.view_name, match.view_name)
    contract = match.kwargs["contract"]
    hidden = frozenset() if _has_returns(request, contract) else OF_RETURNS
    return tuple(
        MenuItem(text, reverse(name, args=[contract]), name == current) for text, name in SECTIONS if name not in hidden
    )


def _has_returns(request: PageRequest, contract: str) -> bool:
    """Whether the person enters or verifies returns of this contract, or looks after everything."""
    if not getattr(request.user, "is_authenticated", False):
        return False
    held = Contract.objects.where_held(request.user, LOOKS_INTO_RETURNS)
    return held.filter(reference=contract).exists()
