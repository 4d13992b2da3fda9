"""
The rows of the entry form as markup, put together again only where something moved that a row is made of.

A form has many rows, of which an officer changes one between two looks at it. And of some forty pieces of markup that a
row has, most stay what they are whatever is typed: they are written once, with gaps for what is typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, ClassVar, Final

from django.template.loader import get_template
from django.urls import reverse
from markupsafe import Markup

from config.ui.formats import day
from contracts.rules.months import add_months, month_key, month_long
from kpis.forms.rows import LABELS, Drawn, FormRow
from kpis.queries.desk import KEPT_ROWS, Desk
from kpis.queries.desk_past import Basis
from kpis.queries.evidence import Files
from kpis.rules.checks import CELLS, Typed

EXAMPLE_DAYS = 14
NOTHING: Final = Markup()


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
class Outline:
    """A row without what is typed into it, and all that its markup is made of; equal if the same comes out."""

    version: ClassVar = "\0version\0"
    said: ClassVar = "\0said\0"
    """Gaps: no text that was ever kept holds the character around their names."""

    frame: Frame
    basis: Basis
    files: Files
    filled: tuple[str, ...]
    """Cells with something in them; of the others there is nothing to put in."""
    wrong: tuple[str, ...]
    """Cells that something is wrong with."""
    has_rate: bool
    has_remarks: bool
    asks_why: bool
    terms_in_words: str
    drawn: Drawn = field(compare=False)

    @property
    def typed(self) -> Typed:
        return Typed(**{cell: f"\0{cell}\0" for cell in self.filled})


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

    @property
    def outline(self) -> Outline:
        return Outline(
            frame=self.frame,
            basis=self.basis,
            files=self.files,
            filled=tuple(cell for cell in CELLS if getattr(self.typed, cell)),
            wrong=tuple(cell for cell, _ in self.errors),
            has_rate=self.row.has_rate,
            has_remarks=self.row.has_remarks,
            asks_why=self.row.asks_why,
            terms_in_words=self.row.terms_in_words,
            drawn=self.row.drawn,
        )


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


def written_rows(rows: Iterable[FormRow], frame: Frame, files: Mapping[int, Files]) -> list[Markup]:
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
def _written(printed: Printed) -> Markup:
    outline = printed.outline
    words = {cell: getattr(printed.typed, cell) for cell in outline.filled}
    words["version"] = printed.version
    words["said"] = _macros("kpis/return_said.html").said(printed.row)
    pieces = _cut(outline)
    return NOTHING.join(words[piece] if place % 2 else piece for place, piece in enumerate(pieces))


@lru_cache(maxsize=KEPT_ROWS)
def _cut(outline: Outline) -> tuple[Markup, ...]:
    """The markup of a row, cut wherever something that was typed goes: by turns a piece, and what goes there."""
    markup: Markup = _macros("kpis/return_row.html").entry(outline)
    return tuple(markup.split("\0"))


def _macros(name: str) -> Any:
    template: Any = get_template(name)
    return template.template.module
