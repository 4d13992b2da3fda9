"""The working calendars we can vouch for: England's bank holidays, and the days a council closes besides.

Apart from the rules because the holidays come from a library. It holds the one-off ones too, moved and proclaimed
(8 May 2020, 19 September 2022, 8 May 2023); those of years to come are not known to anyone, so the years end.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import holidays

from contracts.rules.calendar import WorkingCalendar


def _country(name: str) -> Any:
    """
    The library's module of one country, read by itself.

    Imported by its name it brings its package, which reads the 250 countries of the world: 8 MB in every process.
    """
    path = Path(holidays.__file__).with_name("countries") / f"{name}.py"
    module = ModuleType(name)
    SourceFileLoader(name, str(path)).exec_module(module)
    return module


UnitedKingdom: Final = _country("united_kingdom").UnitedKingdom


def england(closed: Iterable[date] = (), first_year: int = 2010, last_year: int = 2028) -> WorkingCalendar:
    """England's working calendar for those years, with the days the council itself closes as well."""
    return _england(frozenset(closed), first_year, last_year)


@lru_cache
def _england(closed: frozenset[date], first_year: int, last_year: int) -> WorkingCalendar:
    bank_holidays = UnitedKingdom(subdiv="ENG", years=range(first_year, last_year + 1))
    return WorkingCalendar(frozenset(bank_holidays) | closed, first_year, last_year)
