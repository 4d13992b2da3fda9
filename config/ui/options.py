"""Long lists to choose from, put together in one go: a template would look up and escape each of a hundred months."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.ui.formats import month_long


def month_options(months: Iterable[date], chosen: str = "") -> SafeString:
    """The options of a select: months as addresses write them, 2018-03, and as sentences do."""
    # Figures and names of ours: there is nothing in them to escape.
    options = [
        f'<option value="{key}"{" selected" if key == chosen else ""}>{name}</option>'
        for key, name in map(_written, months)
    ]
    return format_html("{}" + "".join(options), "")


@lru_cache(maxsize=1024)
def _written(month: date) -> tuple[str, str]:
    """A month as addresses write it, and as sentences do."""
    return f"{month.year:04}-{month.month:02}", month_long(month)
