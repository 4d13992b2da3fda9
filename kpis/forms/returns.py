"""What the entry form of a return sends: rows as they are typed, choices between two versions, answers to warnings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from contracts.rules.typed import key_sent
from kpis.queries.desk import Enterable, Line
from kpis.rules.checks import CELLS, EXPLANATION, Typed
from kpis.rules.checks.doubts import WARNINGS
from kpis.services.answers import Answer, Key
from kpis.services.entries import Row, tidied

MINE: Final = "mine"
THEIRS: Final = "theirs"


def read_rows(
    sent: Mapping[str, str], rows: Mapping[int, Enterable], offered: Mapping[int, Typed] | None = None
) -> tuple[Row, ...]:
    """
    The rows that were sent, whatever is in them; a page that runs scripts sends only those that changed.

    Where somebody else's version was shown beside one's own, *mine* saves against that version and *theirs* lets go of
    what was typed. What is ``offered`` to a row goes where nothing is typed.
    """
    taken = offered or {}
    found = (_row(sent, kpi, row.typed, taken.get(kpi)) for kpi, row in rows.items())
    return tuple(row for row in found if row is not None)


def wants_offer(sent: Mapping[str, str]) -> bool:
    """Whether a row takes over the words offered to it."""
    return "take" in sent


def read_offers(sent: Mapping[str, str], lines: Sequence[Line]) -> dict[int, Typed]:
    """The words that the row named by ``take`` takes over."""
    return {line.pk: line.offer.typed for line in lines if line.offer and sent.get("take") == str(line.pk)}


def read_answers(sent: Mapping[str, str], lines: Sequence[Line]) -> dict[Key, Answer]:
    """The answers to warnings, each with what stood there when the page was made."""
    known = {line.pk for line in lines}
    found = {}
    for name, answer in sent.items():
        kind, _, rest = name.partition("-")
        pk, _, warning = rest.partition("-")
        key = key_sent(pk)
        if kind == "answer" and key is not None and key in known and warning in WARNINGS:
            found[key, warning] = Answer(answer, sent.get(f"was-{rest}", ""))
    return found


def _row(sent: Mapping[str, str], kpi: int, stands: Typed, offered: Typed | None) -> Row | None:
    read_at = sent.get(f"{kpi}-version")
    if read_at is None:
        return None
    version, _, was = read_at.partition(" ")
    choice = sent.get(f"{kpi}-choice")
    if choice == THEIRS:
        return None
    if choice == MINE:
        version = sent.get(f"{kpi}-seen", version)
    typed = tidied({cell: sent.get(f"{kpi}-{cell}", getattr(stands, cell)) for cell in CELLS})
    if offered is not None:
        typed = taking(typed, offered)
    return Row(kpi, typed, version, was)


def taking(typed: Typed, offered: Typed) -> Typed:
    """With the words on offer wherever none are typed yet."""
    taken = {cell: getattr(offered, cell) for cell in EXPLANATION if not getattr(typed, cell)}
    return replace(typed, **taken)
