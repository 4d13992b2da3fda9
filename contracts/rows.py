"""Many small tables in one reading: each comes as one JSON column of a single row, on SQLite and PostgreSQL alike.

A page is made of a dozen tables of a few rows each. Asked for one by one, the asking costs more than the rows; asked
for together they come in one statement, which also sees one state of the database. Nothing is promised about the order
of rows: who needs one, sorts.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from contracts.rules.months import Month

Row = list[Any]
KEPT: Final = 16
"""Of how many readings a judgement is kept: for the pages that many people open at once."""
AGGREGATES: Final = {
    "postgresql": ("CAST(json_agg(json_build_array(", ")) AS text)"),
    "sqlite": ("json_group_array(json_array(", "))"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Rows of one table: columns, and the rest of the statement from `FROM` on with its parameters.

    Days and months are given, and come back, as ISO text: see `day` and `month`.
    """

    columns: str
    source: str
    parameters: Sequence[int | str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What was read, as it came: equal for as long as nothing of it changed, so that a judgement of it can be kept."""

    texts: tuple[str, ...]
    vendor: str

    @property
    def tables(self) -> tuple[list[Row], ...]:
        """The rows of each table wanted."""
        return tuple(rows_of(text, self.vendor) for text in self.texts)

    def part(self, first: int, end: int | None = None) -> "Found":
        """Some of the tables: what is kept of these moves only with them."""
        return Found(self.texts[first:end], self.vendor)


def read(*wanted: Wanted) -> Found:
    """The rows of each, in one statement."""
    opening, closing = AGGREGATES[connection.vendor]
    columns = [f"(SELECT {opening}{each.columns}{closing} {each.source})" for each in wanted]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)}",  # the parts are literals of ours
            [parameter for each in wanted for parameter in each.parameters],
        )
        (found,) = cursor.fetchall()
    return Found(tuple(text or "" for text in found), connection.vendor)


def rows_of(text: str, vendor: str) -> list[Row]:
    """The rows of one table wanted, of the JSON that this kind of database gives."""
    return _DECODERS[vendor].decode(text) if text else []


def figure(value: Decimal | int | None) -> Decimal | None:
    """A figure with every digit: one without a fraction comes back as an integer."""
    return Decimal(value) if isinstance(value, int) else value


@lru_cache(maxsize=4096)
def month(text: str) -> Month:
    """The month of a column that is never empty."""
    return Month(date.fromisoformat(text))


def month_or_none(text: str | None) -> Month | None:
    return None if text is None else month(text)


@lru_cache(maxsize=8192)
def day(text: str | None) -> date | None:
    """A day; none for a column without one."""
    return None if text is None else date.fromisoformat(text)


def instant(text: str) -> datetime:
    """An instant, which SQLite keeps in UTC without saying so."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def local_day(text: str) -> date:
    """The day of an instant on the clock of the office."""
    return timezone.localdate(instant(text))


def _by_way_of_a_float(text: str) -> Decimal:
    """SQLite keeps a fraction as a double, which holds a figure's 15 digits; its shortest form is the figure."""
    return Decimal(repr(float(text)))


_DECODERS: Final[dict[str, json.JSONDecoder]] = {
    "postgresql": json.JSONDecoder(parse_float=Decimal),
    "sqlite": json.JSONDecoder(parse_float=_by_way_of_a_float),
}
