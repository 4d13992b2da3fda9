"""How a page writes a figure, a level, a month and a list, written down once more beside :mod:`tests.reports.raw`."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

Json = Mapping[str, Any]
NONE = "—"
WORDS = {
    "target_met": "Target met",
    "below_target": "Below target",
    "below_minimum": "Below minimum",
    "relief_granted": "Relief granted",
    "not_measured": "Not measured",
    "missing": "Missing",
}


def in_words(kpi: Json, value: str | None) -> str:
    """A figure, target or minimum with its unit."""
    if value is None:
        return NONE
    sign, amount = ("-", value[1:]) if value.startswith("-") else ("", value)
    one = Fraction(amount) == 1
    match kpi["unit"]:
        case "percent":
            return f"{sign}{with_commas(amount)}%"
        case "days":
            return f"{sign}{with_commas(amount)} {'day' if one else 'days'}"
        case "seconds" if Fraction(amount) > 60:
            whole, _, rest = amount.partition(".")
            minutes, seconds = divmod(int(whole), 60)
            return f"{sign}{minutes:,}:{seconds:02}{'.' + rest if rest else ''}"
        case "seconds":
            return f"{sign}{amount} {'second' if one else 'seconds'}"
        case "money":
            return f"{sign}£{with_commas(amount)}"
        case "count":
            return f"{sign}{with_commas(amount)}"
    raise AssertionError(kpi["unit"])


def level_in_words(kpi: Json, level: str) -> str:
    """`at least 80%`; a whole level has no decimals."""
    side = "at least" if kpi["polarity"] == "higher" else "at most"
    whole, _, rest = level.partition(".")
    return f"{side} {in_words(kpi, level if rest.strip('0') else whole)}"


def with_commas(amount: str) -> str:
    whole, point, rest = amount.partition(".")
    return f"{int(whole):,}{point}{rest}"


def listed(items: Sequence[str]) -> str:
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)


def month_in_words(month: str) -> str:
    """`Jan 2018`."""
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{names[int(month[5:]) - 1]} {month[:4]}"
