"""What every page's frame shows: the demonstration's day, and whether the installation is one."""

from typing import Any

from contracts.http import PageRequest


def page_frame(request: PageRequest) -> dict[str, Any]:
    """Values for the layout; pages that fail before the middleware ran (a bad host) have none."""
    return {"demonstration_day": getattr(request, "demonstration_day", None)}
