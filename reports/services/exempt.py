"""
Marking what is not for publication, and refusing to store a public file in which anything of it stands.

Marks belong to the paper of a meeting and survive its being built again, which is also when they take effect: a draft
is parted as it is built. From its signing off a paper is parted as it was signed.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from contracts.models import Contract, Person
from contracts.queries import load_ground
from contracts.rules.roles import WRITES_PAPERS
from contracts.services.history import delete_with_history, save_with_history
from contracts.services.refusals import Refused
from reports.build.halves import Mark, blanked
from reports.models import ExemptMark, Narrative, Paper
from reports.queries.exempt import marks_of, state_of
from reports.queries.narratives import siblings
from reports.render.leaks import leaks
from reports.rules.exempt import PARAGRAPHS, part_called
from reports.services.narratives import hold_draft
from reports.snapshot import BoardPaper

MOST_TOLD: Final = 5


class NotYours(PermissionDenied):
    """Somebody marked who may not."""


class MarksRefused(Refused):
    """Nothing was changed."""


class MarksChanged(MarksRefused):
    """A stale page: somebody was quicker."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed what is not for publication while you were writing. What is on record now stands"
            " beside each part; what you chose is still here."
        )


class NoLongerDraft(MarksRefused):
    """It was signed, or has gone further; the words say how far."""


class LeakFound(ValueError):
    """Something exempt stands in a public file: nothing of the paper is stored."""

    def __init__(self, found: list[str]) -> None:
        more = f" And in {len(found) - MOST_TOLD} more places." if len(found) > MOST_TOLD else ""
        super().__init__(
            "What is not for publication stands in files that are, so none of them is kept:"
            f" {' '.join(found[:MOST_TOLD])}{more} Take it out of the texts, or mark the part that it stands in too."
        )


def mark_exempt(*, paper: Paper, by: Person, at: datetime, shown: str, marks: Iterable[Mark]) -> bool:
    """
    Makes these the marks of a draft; whether that changed any. ``shown`` is the state of those that its page showed.

    Raises :class:`NotYours` and :class:`MarksRefused`.
    """
    if not load_ground(by).held.holds(WRITES_PAPERS, paper.contract.reference):
        raise NotYours("Officers and the contract manager mark what is not for publication.")
    wanted = {mark.part: _checked(paper.kind, mark) for mark in marks}
    with transaction.atomic():
        if closed := hold_draft(paper):
            raise NoLongerDraft(closed)
        on_record = {mark.part: mark for mark in marks_of(paper)}
        if state_of(on_record.values()) != shown:
            raise MarksChanged
        if wanted == on_record:
            return False
        narrative = _narrative(paper, by=by, at=at)
        rows = {row.section: row for row in narrative.exempt_marks.all()}
        for part in rows.keys() - wanted.keys():
            delete_with_history(rows[part], by=by, why="published after all")
        for part, mark in wanted.items():
            if on_record.get(part) == mark:
                continue
            row = rows.get(part) or ExemptMark(narrative=narrative, section=part)
            row.paragraph, row.public_interest = mark.paragraph, mark.public_interest
            save_with_history(row, by=by, why="not for publication", at=at)
    return True


def refuse_leaks(
    public: BoardPaper, exempt: BoardPaper | None, files: Iterable[tuple[str, bytes]], *, known: str = ""
) -> None:
    """Raises :class:`LeakFound` where a public file says what only the exempt half may."""
    if exempt is None:
        return
    if blanked(public) != public:
        raise LeakFound(["The public paper still has data of a section that is withheld."])
    if found := leaks(exempt, public, files, known):
        raise LeakFound(found)


def _checked(kind: str, mark: Mark) -> Mark:
    if part_called(kind, mark.part) is None:
        raise MarksRefused("That part cannot be kept from the public on its own.")
    if mark.paragraph not in PARAGRAPHS:
        raise MarksRefused("Choose one of the paragraphs 1 to 7.")
    if not mark.public_interest.strip():
        raise MarksRefused("Say why withholding it serves the public better than publishing it.")
    return mark


def _narrative(paper: Paper, *, by: Person, at: datetime) -> Narrative:
    """The paper's words, begun where nobody wrote any yet. Two at once meet at the contract's row."""
    Contract.objects.select_for_update(no_key=True).get(pk=paper.contract_id)
    found: Narrative | None = Narrative.objects.filter(**siblings(paper)).first()
    if found is None:
        found = Narrative(**siblings(paper))
        save_with_history(found, by=by, why="begun", at=at)
    return found
