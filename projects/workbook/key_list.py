"""Importing the key projects: `key_rank` and `rationale` of the sheet `projects` are the officers' proposal.

The Board decides on a list, not the importer: a list that differs from the one decided becomes a new proposal, and one
that does not changes nothing. A proposal that is put to a meeting is taken back before it is changed.
"""

from typing import NamedTuple

from contracts.workbook.saving import Import
from contracts.workbook.sheets import Seen
from projects.models import KeyEntry, KeyList
from projects.workbook.portfolio import Portfolio


class Place(NamedTuple):
    """A project's place on the list."""

    rank: int
    rationale: str


def import_key_list(importing: Import, portfolio: Portfolio, *, is_new: bool = False) -> None:
    """Reads the ranks and writes the proposal where it is new or different; ``is_new`` if this import has made it."""
    proposal, stands = _on_record(importing)
    wanted = _wanted(portfolio, stands)
    _check_ranks(portfolio, wanted)
    tally = importing.tally("key list")
    tally.left_alone += sum(stands.get(reference) == place for reference, place in wanted.items())
    if wanted == stands or (proposal is None and not any(row["key_rank"] for row in portfolio.rows.values())):
        return
    if proposal is not None and proposal.put_to_board_on and not is_new:
        _refuse(portfolio, proposal, stands, wanted)
        return
    tally.created += len(wanted.keys() - stands.keys())
    tally.changed += sum(wanted.get(reference) != place for reference, place in stands.items())
    if importing.may_write:
        _write(importing, portfolio, proposal, stands, wanted)


def _on_record(importing: Import) -> tuple[KeyList | None, dict[str, Place]]:
    """The proposal if there is one, and the places of it, or else of the list decided last."""
    lists = list(KeyList.objects.filter(contract_id=importing.contract.pk).prefetch_related("entries__project"))
    proposal = next((key_list for key_list in lists if key_list.decided_on is None), None)
    decided = sorted((each for each in lists if each.decided_on), key=lambda each: str(each.decided_on))
    current = proposal or (decided[-1] if decided else None)
    entries = current.entries.all() if current else ()
    return proposal, {entry.project.reference: Place(entry.rank, entry.rationale) for entry in entries}


def _wanted(portfolio: Portfolio, stands: dict[str, Place]) -> dict[str, Place]:
    """The list as the sheet has it; projects that the sheet leaves out keep their place."""
    wanted = dict(stands)
    for reference, row in portfolio.rows.items():
        if "key_rank" not in row.given or not row.is_sound("key_rank", "rationale"):
            continue
        rank, rationale = row["key_rank"], row["rationale"]
        if rank and not rationale:
            row.problem("rationale", "a key project has no rationale", "expected why members should watch it")
        elif rationale and not rank:
            row.problem("key_rank", "there is a rationale and no rank", "expected a rank, or no rationale")
        elif rank:
            wanted[reference] = Place(rank, rationale)
        else:
            wanted.pop(reference, None)
    return wanted


def _check_ranks(portfolio: Portfolio, wanted: dict[str, Place]) -> None:
    seen = Seen()
    held = {place.rank: reference for reference, place in wanted.items() if reference not in portfolio.rows}
    for reference, row in portfolio.rows.items():
        rank = row["key_rank"]
        if not rank or not row.is_sound("key_rank"):
            continue
        if rank in held:
            row.problem("key_rank", f"{held[rank]} on record already holds rank {rank}", "expected a rank of its own")
        elif not seen.is_new(rank, row, "key_rank", f"rank {rank}"):
            wanted.pop(reference, None)


def _refuse(portfolio: Portfolio, proposal: KeyList, stands: dict[str, Place], wanted: dict[str, Place]) -> None:
    for reference, row in portfolio.rows.items():
        if wanted.get(reference) != stands.get(reference):
            what = f"the proposal is put to the meeting of {proposal.put_to_board_on}"
            row.problem("key_rank", what, "expected it to be taken back before it is changed")


def _write(
    importing: Import,
    portfolio: Portfolio,
    proposal: KeyList | None,
    stands: dict[str, Place],
    wanted: dict[str, Place],
) -> None:
    """Entries whose rank changes are made anew: two ranks cannot be swapped without one being held twice."""
    key_list = proposal or KeyList(contract=importing.contract)
    if proposal is None:
        importing.create(KeyList, [key_list])
        stands = {}
    else:
        key_list.version += 1
        importing.update(KeyList, [key_list], ["version"])
    entries = {entry.project.reference: entry for entry in key_list.entries.select_related("project")}
    reworded = []
    for reference, entry in entries.items():
        place = wanted.get(reference)
        if place is None or place.rank != entry.rank:
            entry._change_reason = importing.change_reason  # type: ignore[attr-defined]
            entry._history_user = importing.by  # type: ignore[attr-defined]
            entry._history_date = importing.at  # type: ignore[attr-defined]
            entry.delete()
        elif place.rationale != entry.rationale:
            entry.rationale = place.rationale
            reworded.append(entry)
    importing.update(KeyEntry, reworded, ["rationale"])
    importing.create(
        KeyEntry,
        [
            KeyEntry(
                key_list=key_list, project=portfolio.projects[reference], rank=place.rank, rationale=place.rationale
            )
            for reference, place in wanted.items()
            if reference not in stands or stands[reference].rank != place.rank
        ],
    )
