"""
Sentences that people wrote into a paper and that may need correcting: found with the errata, settled by a person.

What one of them should read is typed by the contract manager and becomes an erratum like any other: it stands on the
paper's page and goes into the next addendum, report or slip. Or it may stay, for a reason that is kept.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from contracts.models import Person
from contracts.rules.roles import SIGNS_OFF
from contracts.services.history import save_with_history
from contracts.services.refusals import Refused
from reports.build.told_errata import ISSUED
from reports.build.typed_words import ToLookAt
from reports.models import Erratum, Paper, TypedWords
from reports.rules.errata import because_in_words
from reports.services.acts import must_hold

State = TypedWords.State


class WordsRefused(Refused):
    """Nothing was written; the words say what would be right."""


class AlreadySettled(WordsRefused):
    """Somebody was quicker, or it was sent twice; ``now`` is what stands."""

    def __init__(self, now: TypedWords) -> None:
        what = f"it should read “{now.should_read}”" if now.state == State.WORDED else f"it stays: {now.reason}"
        super().__init__(f"This sentence was settled meanwhile: {what}")
        self.now = now


def note_typed_words(paper: Paper, correction: int, found: Iterable[ToLookAt], *, now: datetime) -> int:
    """
    Puts sentences before the contract manager, in the caller's transaction; how many. One that waits already is told
    of the further number instead of being asked twice.
    """
    waiting = {row.place: row for row in TypedWords.objects.filter(paper=paper, state=State.WAITING)}
    number = 0
    for position, each in enumerate(found):
        row = waiting.get(each.place)
        if row is None:
            row = TypedWords(paper=paper, correction_id=correction, position=position, place=each.place, found_at=now)
            row.says, row.moved, row.audience = each.says, each.moved, each.audience
        elif each.moved in row.moved:
            continue
        else:
            row.moved = f"{row.moved}; {each.moved}"
        _save_unsigned(row)
        number += 1
    return number


def _save_unsigned(row: Any) -> None:
    """Nobody writes this line of its history: the machine has found it."""
    row._change_reason = "a number in it moved"
    row.full_clean()
    row.save()


@transaction.atomic
def word_it(item: TypedWords, *, by: Person, at: datetime, should_read: str) -> Erratum:
    """What the sentence should read, as a person words it: an erratum from now on. Raises :class:`WordsRefused`."""
    row = _held(item, by)
    text = _typed(should_read)
    if row.state == State.WORDED:
        raise AlreadySettled(row)
    if not text or text == row.says:
        raise _refusal("should_read", "Write what the sentence should say, otherwise than it is printed.")
    own = Erratum.objects.filter(paper=row.paper, correction=row.correction_id)
    correction = row.correction
    erratum = Erratum.objects.create(
        paper=row.paper,
        correction=correction,
        position=(own.aggregate(last=Max("position"))["last"] or 0) + 1,
        place=row.place,
        printed=row.says,
        should_read=text,
        because=because_in_words(
            correction.reason,
            correction.corrected_by.job_title if correction.corrected_by else "",
            timezone.localtime(correction.corrected_at),
        ),
        audience=row.audience,
        found_at=at,
    )
    row.state, row.should_read, row.reason, row.erratum = State.WORDED, text, "", erratum
    save_with_history(row, by=by, why="worded", at=at)
    return erratum


@transaction.atomic
def let_it_stay(item: TypedWords, *, by: Person, at: datetime, reason: str) -> None:
    """The sentence stays as it is, for a reason. Raises :class:`WordsRefused`."""
    row = _held(item, by)
    text = _typed(reason)
    if row.state != State.WAITING:
        raise AlreadySettled(row)
    if not text:
        raise _refusal("reason", "Say why the sentence may stay as it is.")
    row.state, row.reason = State.STAYS, text
    save_with_history(row, by=by, why="stays", at=at)


def _held(item: TypedWords, by: Person) -> TypedWords:
    must_hold(by, item.paper, SIGNS_OFF, "The contract manager words what typed sentences should say.")
    row: TypedWords = (
        TypedWords.objects.select_for_update(of=("self",))
        .select_related("paper__contract", "correction__corrected_by")
        .get(pk=item.pk)
    )
    if row.paper.status not in ISSUED:
        raise WordsRefused("The paper is not with its readers any more: there is nothing to correct in it.")
    return row


def _typed(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _refusal(field: str, words: str) -> WordsRefused:
    refusal = WordsRefused(words)
    refusal.field = field
    return refusal
