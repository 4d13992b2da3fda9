"""What every page's frame shows: the demonstration's day and the menu of the contract in view."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from contracts.http import PageRequest

SECTIONS = (
    ("Exceptions", "reports:exceptions"),
    ("KPIs", "kpis:matrix"),
    ("Projects", "projects:register"),
    ("Meetings", "reports:meetings"),
)
BELONGS_TO = {
    "reports:paper": "reports:meetings",
    "reports:meeting": "reports:meetings",
    "kpis:kpi": "kpis:matrix",
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
    return tuple(
        MenuItem(text, reverse(name, args=[match.kwargs["contract"]]), name == current) for text, name in SECTIONS
    )
