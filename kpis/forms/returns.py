"""What the entry form of a return sends: rows as they are typed, choices between two versions, answers to warnings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from kpis.queries.desk import Line
from kpis.rules.checks import CELLS, EXPLANATION, Typed
from kpis.services.entries import Row, tidied

MINE: Final = "mine"
THEIRS: Final = "theirs"


def read_rows(sent: Mapping[str, str], lines: Sequence[Line]) -> tuple[Row, ...]:
    """
    The rows that were sent, whatever is in them; a page that runs scripts sends only those that changed.

    Where somebody else's version was shown beside one's own, *mine* saves against that version and *theirs* lets go of
    what was typed. ``take`` names the row that takes over the words offered to it, where nothing is typed.
    """
    return tuple(row for line in lines if (row := _row(sent, line)) is not None)


def read_answers(sent: Mapping[str, str], lines: Sequence[Line]) -> dict[tuple[str, str], str]:
    """The answers to warnings: by the KPI's code and the warning."""
    codes = {str(line.pk): line.terms.code for line in lines}
    found = {}
    for name, answer in sent.items():
        kind, _, rest = name.partition("-")
        pk, _, warning = rest.partition("-")
        if kind == "answer" and pk in codes:
            found[codes[pk], warning] = answer
    return found


def _row(sent: Mapping[str, str], line: Line) -> Row | None:
    read_at = sent.get(f"{line.pk}-version")
    if read_at is None:
        return None
    version, _, was = read_at.partition(" ")
    choice = sent.get(f"{line.pk}-choice")
    if choice == THEIRS:
        return None
    if choice == MINE:
        version = sent.get(f"{line.pk}-seen", version)
    stands = line.standing.typed
    typed = tidied({cell: sent.get(f"{line.pk}-{cell}", getattr(stands, cell)) for cell in CELLS})
    if sent.get("take") == str(line.pk) and line.offer is not None:
        typed = taking(typed, line.offer.typed)
    return Row(line.pk, typed, version, was)


def taking(typed: Typed, offered: Typed) -> Typed:
    """With the words on offer wherever none are typed yet."""
    taken = {cell: getattr(offered, cell) for cell in EXPLANATION if not getattr(typed, cell)}
    return replace(typed, **taken)
