"""The project register as a table over frozen rows, which the database sorts and cuts into pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.ui.tables import Column, DatabaseRows, DateColumn, LinkColumn, NumberColumn, StatusColumn, Table
from projects.queries.register import Register
from projects.rules.counts import UNRATED

SHOWN: Final = (
    "project", "reference", "title", "scrutiny_area", "stage", "declared", "computed", "original_finish", "finish",
    "days_late", "days_late_agreed", "rebaselined", "key_rank",
)  # fmt: skip
STAYS: Final = "/~:@!$&'()*+,;="
"""What an address holds as it is, besides letters and digits."""
CHOOSING_FORM: Final = "choosing"
"""The form on the page that the boxes belong to."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A project as a line of the table."""

    project: int
    reference: str
    title: str
    scrutiny_area: str
    stage: str
    declared: str
    computed: str
    original_finish: date | None
    finish: date | None
    days_late: int | None
    days_late_agreed: int | None
    rebaselined: int
    key_rank: int | None
    href: str


class RegisterTable(Table):
    """Every project, by reference unless sorted otherwise."""

    caption = "Projects"
    is_caption_hidden = True
    noun = "project"

    reference = LinkColumn("Ref", href="href", is_row_header=True, order_by="reference_order")
    title = Column("Title", order_by="title_order")
    scrutiny_area = Column("Scrutiny area", order_by="scrutiny_order")
    stage = Column("Stage", order_by="stage_order", cell=lambda row: row.stage.capitalize())
    declared = StatusColumn("Declared", order_by="declared_order")
    computed = StatusColumn("By its dates", order_by="computed_order")
    original_finish = DateColumn("Original finish")
    finish = DateColumn("Forecast or actual")
    days_late = NumberColumn("Days late")
    days_late_agreed = NumberColumn("Against agreed")
    rebaselined = NumberColumn("Re-baselined")
    key_rank = NumberColumn("Key")


class ChoosingTable(RegisterTable):
    """The same with a box to tick in front of each project, for a change of several."""

    chosen = Column("Choose", orderable=False, cell=lambda row: _box(row))

    class Meta:
        sequence = ("chosen", "...")


def register_table(register: Register, contract: str, request: HttpRequest, *, chooses: bool = False) -> RegisterTable:
    """The rows that were asked for, as the table that shows them; nothing is read before it is drawn."""
    rows = DatabaseRows(register.rows.values_list(*SHOWN), register.matching, _reader(contract))
    return (ChoosingTable if chooses else RegisterTable)(rows, request=request)


def project_addresses(contract: str) -> Callable[[str], str]:
    """From a reference to the address of its page. One look-up: fifty of them cost as much as the rows themselves."""
    here = reverse("projects:register", args=[contract])
    return lambda reference: f"{here}{quote(reference, safe=STAYS)}/"


def _reader(contract: str) -> Callable[[tuple[Any, ...]], Listed]:
    """From a row of the database to a line."""
    address_of = project_addresses(contract)

    def read(row: tuple[Any, ...]) -> Listed:
        told = dict(zip(SHOWN, row, strict=True))
        rated = {name: told[name] or UNRATED for name in ("declared", "computed")}
        return Listed(**told | rated, href=address_of(told["reference"]))

    return read


def _box(row: Listed) -> SafeString:
    return format_html(
        '<input class="app-choose" type="checkbox" name="project" value="{}" form="{}" aria-label="Choose {}">',
        row.project,
        CHOOSING_FORM,
        row.reference,
    )
