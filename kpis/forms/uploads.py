"""
The spreadsheet of a month as its page takes it: the file, and what was previewed of it, sealed until it is confirmed.

What is confirmed is what was shown: the page carries it under a seal that names the area, the month and the person,
with the version of every row it was compared with. No file is read twice.
"""

from collections.abc import Sequence
from typing import Final

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, dumps, loads

from kpis.queries.desk import Desk
from kpis.rules.checks import CELLS
from kpis.services.entries import Row, tidied
from kpis.workbook.month import Changed, Said

SALT: Final = "a month's spreadsheet"
BESIDES: Final = 100_000
"""What a form may send besides the seal."""


class SheetForm(forms.Form):
    """The file that was filled in."""

    file = forms.FileField(
        label="Filled-in spreadsheet",
        help_text="An .xlsx or .ods workbook, or a CSV file.",
        allow_empty_file=True,  # what reads it says what is wrong with it
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
        error_messages={
            "required": "Choose the spreadsheet that you filled in.",
            "max_length": "Its name is too long.",
        },
    )


class SealBroken(Exception):
    """What was sent is not what was previewed for this area, month and person."""


class SealTooLong(Exception):
    """The page could not send back what it shows."""


def seal(changed: Sequence[Changed], desk: Desk, person: int) -> str:
    """The rows that would change, to be sent back by the page that shows them. Raises SealTooLong."""
    rows = [[row.line.pk, row.version, {change.cell: change.new for change in row.changes}] for row in changed]
    sealed = dumps(rows, salt=_salt(desk, person), compress=True)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if most is not None and len(sealed) > most - BESIDES:
        raise SealTooLong
    return sealed


def unseal(sealed: str, desk: Desk, person: int) -> tuple[Row, ...]:
    """The rows as a form sends them, on the versions that were previewed. Raises SealBroken."""
    try:
        rows = loads(sealed, salt=_salt(desk, person))
    except BadSignature:
        raise SealBroken from None
    lines = {line.pk: line for line in desk.lines}
    if any(pk not in lines for pk, _, _ in rows):
        raise SealBroken
    return tuple(_row(pk, version, cells, desk) for pk, version, cells in rows)


def said_again(rows: Sequence[Row], sealed: str, desk: Desk, person: int) -> tuple[Said, ...]:
    """What the seal says of these rows, to be compared anew."""
    among = {row.kpi for row in rows}
    return tuple(Said(pk, cells) for pk, _, cells in loads(sealed, salt=_salt(desk, person)) if pk in among)


def _row(pk: int, version: str, cells: dict[str, str], desk: Desk) -> Row:
    stands = next(line.standing.typed for line in desk.lines if line.pk == pk)
    typed = tidied({cell: cells.get(cell, getattr(stands, cell)) for cell in CELLS})
    return Row(pk, typed, version, was="")


def _salt(desk: Desk, person: int) -> str:
    return f"{SALT}: {desk.area.pk} {desk.month} {person}"
