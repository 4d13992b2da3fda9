"""
Marking what is not for publication, and refusing to store a public file in which anything of it stands.

Marks belong to the paper of a meeting and survive its being built again, which is also when they take effect: a draft
is parted as it is built. From its signing off a paper is parted as it was signed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
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
from reports.build.proof import unproven
from reports.build.words import exempt_text
from reports.models import ExemptAppendix, ExemptMark, Narrative, Paper
from reports.queries.exempt import Appendix, appendices_of, inherited_marks, marks_of, state_of
from reports.queries.narratives import siblings
from reports.render.leaks import leaks
from reports.rules.exempt import PARAGRAPHS, part_called
from reports.services.narratives import hold_draft, tidy
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


def mark_exempt(
    *,
    paper: Paper,
    by: Person,
    at: datetime,
    shown: str,
    marks: Iterable[Mark],
    appendices: Iterable[Appendix] | None = None,
) -> bool:
    """
    Makes these the marks of a draft and its exempt appendices; whether that changed any. ``shown`` is the state of
    those that its page showed; without ``appendices`` they stay as they are.

    Raises :class:`NotYours` and :class:`MarksRefused`.
    """
    if not load_ground(by).held.holds(WRITES_PAPERS, paper.contract.reference):
        raise NotYours("Officers and the contract manager mark what is not for publication.")
    wanted = {mark.part: _checked(paper.kind, mark) for mark in marks}
    written = None if appendices is None else tuple(_checked_appendix(each) for each in appendices)
    with transaction.atomic():
        if closed := hold_draft(paper):
            raise NoLongerDraft(closed)
        on_record = {mark.part: mark for mark in marks_of(paper)}
        if any(mark.part not in wanted for mark in inherited_marks(paper)):
            raise MarksRefused("The report keeps its KPIs from the public, so its addendum has to keep them too.")
        there = appendices_of(paper)
        if state_of(on_record.values(), there) != shown:
            raise MarksChanged
        written = there if written is None else written
        if wanted == on_record and written == there:
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
        _write_appendices(narrative, written, by=by, at=at)
    return True


def _write_appendices(narrative: Narrative, written: Iterable[Appendix], *, by: Person, at: datetime) -> None:
    """One that is not named is taken away; its history keeps what it said."""
    rows = {row.position: row for row in narrative.exempt_appendices.all()}
    wanted = {each.position: each.text for each in written}
    for position in rows.keys() - wanted.keys():
        delete_with_history(rows[position], by=by, why="removed")
    for position, text in wanted.items():
        row = rows.get(position) or ExemptAppendix(narrative=narrative, position=position)
        if row.pk and exempt_text(row) == text:
            continue
        row.title, row.text = text.title, text.text
        row.paragraph, row.public_interest = text.paragraph, text.public_interest
        save_with_history(row, by=by, why="changed" if row.pk else "written", at=at)


def refuse_leaks(
    public: BoardPaper,
    exempt: BoardPaper | None,
    files: Iterable[tuple[str, bytes]],
    *,
    known: str = "",
    reprinted: Mapping[str, bytes] | None = None,
) -> None:
    """
    Raises :class:`LeakFound` unless the public snapshot is proven to hold nothing that is withheld, and the public
    files say nothing else.

    ``reprinted`` are the same files by name, printed once more from nothing but the text of the public snapshot: what
    differs from them by a single byte has something in it that came from elsewhere.
    """
    if exempt is None:
        return
    if blanked(public) != public:
        raise LeakFound(["The public paper still has data of a section that is withheld."])
    if unsure := unproven(public, exempt):
        raise LeakFound(unsure)
    files = tuple(files)
    if found := [*leaks(exempt, public, files, known), *_not_of_the_snapshot(files, reprinted)]:
        raise LeakFound(found)


def _not_of_the_snapshot(files: Iterable[tuple[str, bytes]], reprinted: Mapping[str, bytes] | None) -> Iterator[str]:
    if reprinted is None:
        return
    for name, content in files:
        if reprinted.get(name) != content:
            yield f"{name} has something in it that does not come from the public paper."


def _checked(kind: str, mark: Mark) -> Mark:
    if part_called(kind, mark.part) is None:
        raise MarksRefused("That part cannot be kept from the public on its own.")
    if mark.paragraph not in PARAGRAPHS:
        raise MarksRefused("Choose one of the paragraphs 1 to 7.")
    if not mark.public_interest.strip():
        raise MarksRefused("Say why withholding it serves the public better than publishing it.")
    return mark


def _checked_appendix(each: Appendix) -> Appendix:
    """As it is kept: its lines as other typed words have them."""
    text = each.text
    kept = replace(
        text, title=" ".join(text.title.split()), text=tidy(text.text), public_interest=text.public_interest.strip()
    )
    if not kept.title or not kept.text:
        raise MarksRefused("Give the exempt appendix its title and its text, or leave both blank.")
    if kept.paragraph not in PARAGRAPHS:
        raise MarksRefused("Choose one of the paragraphs 1 to 7.")
    if not kept.public_interest:
        raise MarksRefused("Say why withholding it serves the public better than publishing it.")
    return Appendix(each.position, kept)


def _narrative(paper: Paper, *, by: Person, at: datetime) -> Narrative:
    """The paper's words, begun where nobody wrote any yet. Two at once meet at the contract's row."""
    Contract.objects.select_for_update(no_key=True).get(pk=paper.contract_id)
    found: Narrative | None = Narrative.objects.filter(**siblings(paper)).first()
    if found is None:
        found = Narrative(**siblings(paper))
        save_with_history(found, by=by, why="begun", at=at)
    return found
