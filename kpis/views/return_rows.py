"""
The rows of the entry form as markup, put together again only where something moved that a row is made of.

A row is some forty pieces of markup, and a form has many rows, of which an officer changes one between two looks at it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, ClassVar

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString

from config.ui.formats import day
from contracts.rules.months import add_months, month_key, month_long
from kpis.forms.rows import LABELS, FormRow
from kpis.queries.desk import KEPT_ROWS, Desk
from kpis.queries.desk_past import Basis
from kpis.queries.evidence import Files
from kpis.rules.checks import Typed

EXAMPLE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Frame:
    """What all rows of a form share: addresses that a KPI's code is put behind, words, and the day it is."""

    labels: ClassVar = LABELS

    reference: str
    evidence_at: str
    relief_at: str
    read_by: str
    example_month: str
    example_day: str
    on: date


@dataclass(frozen=True, slots=True)
class Printed:
    """A row to be printed, and all that it is made of; equal to another if the same comes out."""

    frame: Frame
    basis: Basis
    typed: Typed
    version: str
    errors: tuple[tuple[str, tuple[str, ...]], ...]
    files: Files
    row: FormRow = field(compare=False)


def frame_of(desk: Desk, reference: str, on: date, *, is_read_by_supplier: bool) -> Frame:
    evidence_at = reverse("kpis:evidence", args=[reference, desk.area.code, desk.month, "-"])
    return Frame(
        reference=reference,
        evidence_at=evidence_at.removesuffix("-/"),
        relief_at=f"{reverse('kpis:ask_relief', args=[reference])}?from={month_key(desk.month)}&kpi=",
        read_by=(
            "(the supplier reads it too while the month is open)"
            if is_read_by_supplier
            else "(the officers and the contract manager read it)"
        ),
        example_month=month_long(add_months(desk.month, 1)),
        example_day=day(on + timedelta(days=EXAMPLE_DAYS)),
        on=on,
    )


def written_rows(rows: Iterable[FormRow], frame: Frame, files: Mapping[int, Files]) -> list[SafeString]:
    """The rows in their order; one that somebody else changed meanwhile is written for this page alone."""
    return [
        (_written if row.stale is None else _written.__wrapped__)(
            Printed(
                frame, row.line.basis, row.typed, row.version, tuple(row.errors.items()), files.get(row.pk, ()), row
            )
        )
        for row in rows
    ]


@lru_cache(maxsize=KEPT_ROWS)
def _written(printed: Printed) -> SafeString:
    template: Any = get_template("kpis/return_row.html")
    markup: SafeString = template.template.module.entry(printed.row, printed.frame, printed.files)
    return markup
