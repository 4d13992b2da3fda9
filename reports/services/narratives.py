"""
Writing the words around a paper's figures, while it is a draft.

They belong to the paper of a meeting and survive every revision of it. A save names the version that its page showed;
what somebody else saved meanwhile is not written over. From its signing off a paper's words stand as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from contracts.models import Contract, Person
from contracts.queries import load_ground
from contracts.readings import read_now
from contracts.rules.roles import WRITES_PAPERS
from contracts.services.history import delete_with_history, save_with_history, sign_history
from contracts.services.refusals import Refused
from reports.models import Meeting, Narrative, Paper, Remark
from reports.queries.narratives import WORDS, About, read_why_closed, siblings


class NotYours(PermissionDenied):
    """Somebody wrote who may not."""


class WordsRefused(Refused):
    """Nothing was written."""


class WordsChanged(WordsRefused):
    """A stale page: somebody was quicker."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else saved these words while you were writing. What they changed stands above; what you typed is"
            " still here."
        )


class NoLongerDraft(WordsRefused):
    """It was signed, or has gone further; the words say how far."""


class NoWords(WordsRefused):
    def __init__(self) -> None:
        super().__init__("An operational report is for no meeting, and nobody writes words around it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The words, a field of the model each; blank for what is worked out or the board's default."""

    item: str = ""
    headline: str = ""
    introduction: str = ""
    recommendation: str = ""
    implications: str = ""
    consultation: str = ""
    background: str = ""
    author: str = ""
    lateness: str = ""

    def values(self) -> dict[str, str]:
        return {name: tidy(getattr(self, name)) for name in WORDS}


def save_words(
    *, paper: Paper, by: Person, at: datetime, version: int, words: Written, remarks: Mapping[About, str]
) -> bool:
    """
    Writes what differs from what is on record; whether anything does. A remark left blank is taken away, one that is
    not named stays.

    ``version`` is 0 where nothing was written yet. Raises :class:`NotYours` and :class:`WordsRefused`.
    """
    if paper.meeting is None:
        raise NoWords
    if not load_ground(by).held.holds(WRITES_PAPERS, paper.contract.reference):
        raise NotYours("Officers and the contract manager write a paper’s words.")
    with transaction.atomic():
        if closed := hold_draft(paper):
            raise NoLongerDraft(closed)
        row = _locked(paper.contract, paper.meeting, paper)
        if row.version * bool(row.pk) != version:
            raise WordsChanged
        wanted, said = words.values(), {key: tidy(text) for key, text in remarks.items()}
        on_record = {(each.about, each.subject): each for each in row.remarks.all()} if row.pk else {}
        moved = {key: text for key, text in said.items() if text != (on_record[key].text if key in on_record else "")}
        if not moved and all(getattr(row, name) == text for name, text in wanted.items()):
            return False
        for name, text in wanted.items():
            setattr(row, name, text)
        row.version += bool(row.pk)
        save_with_history(row, by=by, why="changed" if row.pk else "written", at=at)
        for key, text in moved.items():
            _write_remark(row, key, text, on_record.get(key), by=by, at=at)
    return True


def tidy(text: str) -> str:
    """Line ends as they are kept; a browser sends others."""
    return text.replace("\r\n", "\n").strip()


def hold_draft(paper: Paper) -> str:
    """
    Holds all revisions of a paper until the end of the transaction, so that none is signed off meanwhile.

    Why it is none that can still be changed; blank for a draft.
    """
    rows = Paper.objects.select_for_update(of=("self",)).filter(**siblings(paper)).order_by("pk")
    return read_now(read_why_closed(dict(rows.values_list("pk", "status"))))


def _locked(contract: Contract, meeting: Meeting, paper: Paper) -> Narrative:
    """The row, held; where there is none, a new one that is not saved yet. Two at once meet at the contract's row."""
    Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
    own = {"contract": contract, "meeting": meeting, "kind": paper.kind, "number": paper.number}
    found: Narrative | None = Narrative.objects.select_for_update().filter(**own).first()
    return found or Narrative(**own)


def _write_remark(row: Narrative, key: About, text: str, on_record: Remark | None, *, by: Person, at: datetime) -> None:
    if on_record is not None and not text:
        sign_history(on_record, by=by, why="removed", at=at)
        delete_with_history(on_record, by=by, why="removed")
        return
    remark = on_record or Remark(narrative=row, about=key[0], subject=key[1])
    remark.text = text
    save_with_history(remark, by=by, why="changed" if on_record else "written", at=at)
