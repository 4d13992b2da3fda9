"""
The key list as a governed thing: proposed, put to a meeting, decided.

A decided list is never edited: the next proposal supersedes it. A proposal names the version it was read in, and no
rank is held twice at any instant of its being rearranged.
"""

from datetime import date

from django.db import transaction

from contracts.models import Contract, Person
from contracts.rules.months import month_long, month_of
from contracts.services.history import delete_with_history, save_with_history
from projects.models import KeyList, Project
from projects.queries.key_lists import (
    draft_of,
    load_key_lists,
    load_nominations,
    proposal_of,
    unanswered_nominations,
)
from projects.rules.key_list import (
    Draft,
    KeyFault,
    KeyListFacts,
    amendments,
    decided_before,
    draft_faults,
)
from projects.services.key_notices import tell_put_to_board
from projects.services.key_writing import in_force_now, members, write_draft
from projects.services.nominations import answer_by_decision
from projects.services.permission import must_propose, must_record
from projects.services.register import restate


class KeyListRefused(ValueError):
    """Nothing was written; the faults say why and what would be right."""

    def __init__(self, *faults: KeyFault) -> None:
        super().__init__(" ".join(fault.words for fault in faults))
        self.faults = faults


class ProposalChanged(KeyListRefused):
    """A stale page: somebody was quicker."""

    def __init__(self) -> None:
        words = "The proposal was changed by somebody else while you were looking at it."
        super().__init__(KeyFault("", f"{words} What is on record now stands below; what you typed is still here."))


class ListIsDecided(KeyListRefused):
    """What the Board decided stays as it was decided."""

    def __init__(self) -> None:
        words = "The Board has decided this list, and a decided list is never changed: propose another one."
        super().__init__(KeyFault("", words))


class ProposalIsPut(KeyListRefused):
    def __init__(self, row: KeyList) -> None:
        words = f"The proposal is put to {row.board} of {_day(row.put_to_board_on)}: take it back before you change it."
        super().__init__(KeyFault("", words))


class NotPut(KeyListRefused):
    def __init__(self) -> None:
        words = "Nothing is put to a meeting: the Board decides on a proposal that was before it."
        super().__init__(KeyFault("", words))


def save_proposal(*, contract: Contract, by: Person, on: date, version: int, draft: Draft) -> KeyList:
    """
    Writes the officers' proposal; the first save of one names version 0. Raises :class:`KeyListRefused`.

    To be read anew where it was changed meanwhile, and to be taken back first where it is put to a meeting.
    """
    must_propose(by, contract)
    with transaction.atomic():
        held = _hold(contract)
        row = KeyList.objects.filter(contract=held, decided_on=None).first()
        if (row.version if row else 0) != version:
            raise ProposalChanged
        if row is not None and row.put_to_board_on is not None:
            raise ProposalIsPut(row)
        _check(held, draft, load_key_lists(held), on)
        if row is None:
            row = KeyList(contract=held, version=0)
        return write_draft(row, draft, by=by, on=on, why="proposed")


@transaction.atomic
def discard_proposal(*, contract: Contract, by: Person, on: date, version: int) -> None:
    """Takes a proposal away, with all that is on it; its history stays. Raises :class:`KeyListRefused`."""
    must_propose(by, contract)
    row = _proposal(_hold(contract), version)
    if row.put_to_board_on is not None:
        raise ProposalIsPut(row)
    moved = members(row)
    for part in (*row.entries.all(), *row.exits.all(), *row.near_misses.all(), row):
        delete_with_history(part, by=by, why="proposal discarded")
    restate(moved | in_force_now(row.contract, on), on=on)


@transaction.atomic
def put_to_board(*, contract: Contract, by: Person, on: date, version: int, meeting_on: date, board: str) -> KeyList:
    """
    Puts the proposal to a meeting, as it stands. Raises :class:`KeyListRefused`.

    Every nomination must have its answer in it: the project on the list, a near miss with why, or declined before.
    """
    must_propose(by, contract)
    held = _hold(contract)
    row = _proposal(held, version)
    if row.put_to_board_on is not None:
        raise ProposalIsPut(row)
    if meeting_on < on:
        raise KeyListRefused(KeyFault("meeting", f"That meeting is past: today is {_day(on)}."))
    lists = load_key_lists(held)
    facts = proposal_of(lists)
    _check(held, draft_of(facts) if facts else Draft(), lists, on)
    open_ones = unanswered_nominations(load_nominations(held, by, facts))
    if open_ones:
        raise KeyListRefused(*(_unanswered(each.reference) for each in open_ones))
    row.put_to_board_on, row.board = meeting_on, board
    row.version += 1
    save_with_history(row, by=by, why=f"put to {board} of {_day(meeting_on)}")
    tell_put_to_board(row)
    return row


@transaction.atomic
def take_back_proposal(*, contract: Contract, by: Person, version: int) -> KeyList:
    """Takes the proposal back from the meeting, to be changed or put to another one."""
    must_propose(by, contract)
    row = _proposal(_hold(contract), version)
    if row.put_to_board_on is None:
        raise NotPut
    why = f"taken back from {row.board} of {_day(row.put_to_board_on)}"
    row.put_to_board_on, row.board = None, ""
    row.version += 1
    save_with_history(row, by=by, why=why)
    return row


@transaction.atomic
def record_decision(
    *,
    contract: Contract,
    by: Person,
    on: date,
    version: int,
    decided_on: date,
    decision: str,
    amended: Draft | None = None,
) -> KeyList:
    """
    Records what the Board decided on the proposal put to it: as proposed, or ``amended`` at the meeting.

    From then on this version is the list in force and never changes again; what the Board changed of the proposal is
    kept in words. Nominations are answered by it. Raises :class:`KeyListRefused`.
    """
    must_record(by, contract)
    held = _hold(contract)
    row = _proposal(held, version)
    if row.put_to_board_on is None:
        raise NotPut
    lists = load_key_lists(held)
    facts = proposal_of(lists)
    if facts is None:
        raise ListIsDecided
    _check_day(decided_on, decided_before(lists, facts), on)
    if not decision.strip():
        raise KeyListRefused(KeyFault("decision", "Enter what the Board decided, in the words of the minutes."))
    told = ""
    if amended is not None:
        _check(held, amended, lists, on)
        told = amendments(facts, amended)
        if not told:
            words = "Nothing here differs from the proposal: record the decision as proposed instead."
            raise KeyListRefused(KeyFault("", words))
        row = write_draft(row, amended, by=by, on=on, why="amended by the Board")
    stood = in_force_now(held, on)
    row.decided_on, row.decision, row.amendments, row.recorded_by = decided_on, decision.strip(), told, by
    row.version += 1
    save_with_history(row, by=by, why="decided by the Board")
    answer_by_decision(key_list=row, by=by, on=on)
    restate(members(row) | stood, on=on)
    return row


def _hold(contract: Contract) -> Contract:
    held: Contract = Contract.objects.select_for_update().get(pk=contract.pk)
    return held


def _proposal(contract: Contract, version: int) -> KeyList:
    row = KeyList.objects.filter(contract=contract, decided_on=None).first()
    if row is None:
        raise ListIsDecided
    if row.version != version:
        raise ProposalChanged
    row.contract = contract
    return row


def _check(contract: Contract, draft: Draft, lists: tuple[KeyListFacts, ...], on: date) -> None:
    proposal = proposal_of(lists) or KeyListFacts()
    before = decided_before(lists, proposal)
    stood = {place.reference for place in before.places} if before else set()
    faults = list(draft_faults(draft, stood, contract.key_project_count))
    named = [*(reference for reference, _ in draft.entries), *(reference for reference, _ in draft.near_misses)]
    known = set(Project.objects.filter(contract=contract).in_register(on).values_list("reference", flat=True))
    for reference in named:
        if reference not in known:
            faults.append(KeyFault("", f"{reference} is not in the register any more: take it off.", reference))
    if faults:
        raise KeyListRefused(*faults)


def _check_day(decided_on: date, before: KeyListFacts | None, on: date) -> None:
    if decided_on > on:
        words = f"The Board cannot have decided in the future: today is {_day(on)}."
        raise KeyListRefused(KeyFault("decided_on", words))
    if before is not None and before.decided_on is not None and decided_on <= before.decided_on:
        words = f"The list in force was decided on {_day(before.decided_on)}: this decision came after it."
        raise KeyListRefused(KeyFault("decided_on", words))


def _unanswered(reference: str) -> KeyFault:
    words = f"{reference} is nominated, and the proposal does not say what becomes of it."
    return KeyFault("", f"{words} Put it on the list or among the near misses, or decline the nomination.", reference)


def _day(day: date | None) -> str:
    return f"{day.day} {month_long(month_of(day))}" if day else "a day not recorded"
