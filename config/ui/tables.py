"""Lists in the GOV.UK look on django-tables2: the library sorts and pages, the cells come straight from frozen rows.

The library's own way to a cell asks for attributes, callables and links of every cell anew and costs many times a page.
Here a column is asked once for a function from a record to what stands in the cell, and a row is one `format_html`.

    class ProjectTable(Table):
        caption = "Projects"
        noun = "project"
        reference = LinkColumn("Reference", href="address", is_row_header=True)
        title = Column("Title")
        slippage_days = NumberColumn("Days late")
        confidence = StatusColumn("Confidence", order_by="gravity")

    table = ProjectTable(rows, request=request)        # {% include table.template_name %}
"""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

import django_tables2
from django.db.models import F, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2.data import TableListData, TableQuerysetData
from django_tables2.utils import OrderBy

from config.ui.formats import DASH, day_short
from config.ui.querystring import querystring
from config.ui.status import look

Cell = Callable[[Any], object]


class Column(django_tables2.Column):  # type: ignore[misc]
    """Text. `is_row_header` makes it the `<th scope="row">`; `cell` replaces the look-up of the attribute."""

    is_numeric: ClassVar[bool] = False
    is_unbroken: ClassVar[bool] = False

    def __init__(
        self, verbose_name: str, *, cell: Cell | None = None, is_row_header: bool = False, **options: Any
    ) -> None:
        super().__init__(verbose_name, **options)
        self.is_row_header = is_row_header
        self._cell = cell

    def __deepcopy__(self, memo: dict[int, object]) -> "Column":
        # Every table copies its columns; ours hold nothing that a table changes.
        return copy(self)

    def cell(self, path: str) -> Cell:
        """The function that gives the cell of a record; `path` is the dotted way to the column's value."""
        return self._cell or attrgetter(path)


class NumberColumn(Column):
    """A figure that arrives as text or number with its decimals decided; aligned to the right."""

    is_numeric = True


class DateColumn(Column):
    """A date as 29 Mar 2018."""

    is_unbroken = True

    def cell(self, path: str) -> Cell:
        value = super().cell(path)
        return lambda record: day_short(value(record))  # type: ignore[arg-type]


class StatusColumn(Column):
    """A status or confidence key as shape and word."""

    def cell(self, path: str) -> Cell:
        key = super().cell(path)
        return lambda record: look(str(key(record))).tag


class LinkColumn(Column):
    """Text that leads to the address in the attribute `href` of the row."""

    def __init__(self, verbose_name: str, *, href: str, **options: Any) -> None:
        super().__init__(verbose_name, **options)
        self._href = attrgetter(href)

    def cell(self, path: str) -> Cell:
        text = super().cell(path)
        return lambda record: format_html('<a class="govuk-link" href="{}">{}</a>', self._href(record), text(record))


class FrozenRows(TableListData):  # type: ignore[misc]
    """A list of frozen rows, sorted column by column; rows without a value come last both ways."""

    def order_by(self, aliases: Sequence[str]) -> None:
        for alias in reversed(aliases):
            bound = self.table.columns[OrderBy(alias).bare]
            for path in reversed(bound.column.order_by or (bound.accessor,)):
                order = OrderBy(path)
                is_descending = alias.startswith("-") != order.is_descending
                value = attrgetter(order.bare.replace("__", "."))
                self.data.sort(key=_sort_key(value, is_descending=is_descending), reverse=is_descending)


class ReadRows(Sequence[Any]):
    """Rows made into others as they are asked for: a page that nobody draws reads nothing."""

    def __init__(self, rows: Sequence[Any], read: Callable[[Any], Any]) -> None:
        self._rows = rows
        self._read = read

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, key: Any) -> Any:
        return ReadRows(self._rows[key], self._read) if isinstance(key, slice) else self._read(self._rows[key])

    def __iter__(self) -> Iterator[Any]:
        return map(self._read, self._rows)


class DatabaseRows(TableQuerysetData):  # type: ignore[misc]
    """
    The rows of a queryset, sorted and paged by the database; rows without a value come last both ways.

    `length` is how many they are, where that is known already; `read` makes the frozen row of each one of the page in
    view. Rows that do not differ in what is sorted by stay in the order of the queryset.
    """

    def __init__(
        self, data: QuerySet[Any], length: int | None = None, read: Callable[[Any], Any] | None = None
    ) -> None:
        super().__init__(data)
        self.data: QuerySet[Any] = data
        self._in_order = data.query.order_by
        self._length = length
        self._read = read

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        if self._read is None:
            return found
        return ReadRows(found, self._read) if isinstance(key, slice) else self._read(found)

    def order_by(self, aliases: Sequence[str]) -> None:
        asked = [
            self._ordering(path, is_descending=alias.startswith("-"))
            for alias in aliases
            for path in self.table.columns[OrderBy(alias).bare].column.order_by
            or (self.table.columns[OrderBy(alias).bare].accessor,)
        ]
        self.data = self.data.order_by(*asked, *self._in_order)

    def _ordering(self, path: str, *, is_descending: bool) -> Any:
        """Said of a column that is always there, "nulls last" would keep the database from its index."""
        column = F(path)
        last = {"nulls_last": True} if _may_be_null(self.data, path) else {}
        return column.desc(**last) if is_descending else column.asc(**last)


def _may_be_null(rows: QuerySet[Any], path: str) -> bool:
    """Of a column of the rows or of what they refer to; what was worked out for them may be."""
    if path in rows.query.annotations:
        return True
    model: Any = rows.model
    for name in path.split("__"):
        field = model._meta.get_field(name)
        if field.null:
            return True
        model = field.related_model
    return False


def _sort_key(value: Cell, *, is_descending: bool) -> Callable[[Any], tuple[bool, Any]]:
    def key(record: Any) -> tuple[bool, Any]:
        found = value(record)
        is_blank = found is None or found == ""
        if isinstance(found, str):
            found = found.casefold()
        return is_blank != is_descending, 0 if is_blank else found

    return key


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: `href` is empty where it cannot be sorted, `sorted` where it is not."""

    label: str
    is_numeric: bool
    href: str
    sorted: str


class Table(django_tables2.Table):  # type: ignore[misc]
    """The base of every table: `caption` names it, `noun` counts its rows ("150 projects").

    `data` is a list of frozen rows or, for long registers, DatabaseRows, which sort and page in the database.
    """

    caption: ClassVar[str] = ""
    is_caption_hidden: ClassVar[bool] = False
    noun: ClassVar[str] = "row"
    nouns: ClassVar[str] = ""
    rows_per_page: ClassVar[int] = 50

    def __init__(self, data: Any, **options: Any) -> None:
        # Not in a Meta: the library does not hand a base's Meta down.
        ours = {"template_name": "ui/table.html", "default": DASH}
        super().__init__(FrozenRows(list(data)) if isinstance(data, list | tuple) else data, **{**ours, **options})

    @property
    def order_by(self) -> Any:
        return super().order_by

    @order_by.setter
    def order_by(self, value: Any) -> None:
        """Sorts by the columns that are there; anything else that an address asks for is left out."""
        asked = value.split(",") if isinstance(value, str) else value or ()
        known = [alias for alias in asked if str(alias).removeprefix("-") in self.columns.columns]
        django_tables2.Table.order_by.fset(self, known)

    def paginate(self, *args: Any, per_page: int | None = None, **options: Any) -> "Table":
        """The page that was asked for; how many rows it has is not the visitor's to say."""
        paged: Table = super().paginate(*args, per_page=self.rows_per_page, **options)
        return paged

    def heads(self) -> Iterator[Head]:
        """The heads, each with the address that sorts by it; the first column sorted by says that it is."""
        first = OrderBy(self.order_by[0]).bare if self.order_by else ""
        for bound in self.columns:
            alias = bound.order_by_alias
            direction = "descending" if alias.is_descending else "ascending"
            by_it = {self.prefixed_order_by_field: alias.next, self.prefixed_page_field: None}
            yield Head(
                label=bound.header,
                is_numeric=bound.column.is_numeric,
                href=querystring(self.request, **by_it) if bound.orderable else "",
                sorted=direction if bound.name == first else "",
            )

    def row_markup(self) -> Iterator[SafeString]:
        """Each row of the page in view, as its cells."""
        bounds = list(self.columns)
        row_format = "".join(_cell_format(bound) for bound in bounds)
        getters = [bound.column.cell(bound.accessor.replace("__", ".")) for bound in bounds]
        for row in self.paginated_rows:
            record = row.record
            contents = [getter(record) for getter in getters]
            yield format_html(row_format, *(self.default if each is None or each == "" else each for each in contents))

    def page_address(self, number: int) -> str:
        """The address of another page of the same list."""
        return querystring(self.request, **{self.prefixed_page_field: number})


def _cell_format(bound: django_tables2.columns.BoundColumn) -> str:
    """The cell of a column as a format with one place for its content."""
    if bound.column.is_row_header:
        return '<th scope="row" role="rowheader" class="govuk-table__header">{}</th>'
    numeric = " govuk-table__cell--numeric" if bound.column.is_numeric else ""
    unbroken = " app-nowrap" if bound.column.is_unbroken else ""
    kind = f"{numeric}{unbroken}"
    cell = format_html('<td role="cell" class="govuk-table__cell{}" data-label="{}">', kind, bound.header)
    return cell.replace("{", "{{").replace("}", "}}") + "{}</td>"
