"""Writing a key list down: who goes makes room first, who stays moves to a free rank, who comes takes what is left."""

from collections.abc import Mapping
from datetime import date

from contracts.models import Contract, Person
from contracts.services.history import delete_with_history, save_with_history
from projects.models import KeyEntry, KeyExit, KeyList, NearMiss, Project
from projects.rules.key_list import Draft, moves
from projects.services.register import restate


def write_draft(row: KeyList, draft: Draft, *, by: Person, on: date, why: str) -> KeyList:
    """Brings a proposal to what a draft says, each row with its history, and the register's ranks after it."""
    moved = members(row) if row.pk else set()
    row.size_reason = draft.size_reason.strip()
    row.version += 1
    save_with_history(row, by=by, why=why)
    references = {
        *(reference for reference, _ in draft.entries),
        *(reference for reference, _ in draft.near_misses),
        *draft.left,
    }
    named = Project.objects.filter(contract=row.contract, reference__in=references)
    projects = {each.reference: each for each in named}
    _write_entries(row, draft, projects, by=by, why=why)
    listed = dict(draft.entries)
    gone = {name: reason for name, reason in draft.left.items() if name not in listed and reason.strip()}
    _write_reasons(KeyExit, row, gone, projects, by=by, why=why)
    _write_reasons(NearMiss, row, dict(draft.near_misses), projects, by=by, why=why)
    restate(moved | members(row) | in_force_now(row.contract, on), on=on)
    return row


def _write_entries(row: KeyList, draft: Draft, projects: Mapping[str, Project], *, by: Person, why: str) -> None:
    wanted = {reference: rank for rank, (reference, _) in enumerate(draft.entries, start=1)}
    words = {reference: rationale.strip() for reference, rationale in draft.entries}
    stands = {entry.project.reference: entry for entry in row.entries.select_related("project")}
    for reference in stands.keys() - wanted.keys():
        delete_with_history(stands.pop(reference), by=by, why=why)
    reworded = {reference for reference, entry in stands.items() if entry.rationale != words[reference]}
    steps = moves({key: entry.rank for key, entry in stands.items()}, {key: wanted[key] for key in stands})
    for reference, rank in steps:
        entry = stands[reference]
        entry.rank, entry.rationale = rank, words[reference]
        save_with_history(entry, by=by, why=why)
    for reference in sorted(reworded - {reference for reference, _ in steps}):
        stands[reference].rationale = words[reference]
        save_with_history(stands[reference], by=by, why=why)
    for reference, rank in wanted.items():
        if reference not in stands:
            made = KeyEntry(key_list=row, project=projects[reference], rank=rank, rationale=words[reference])
            save_with_history(made, by=by, why=why)


def _write_reasons(
    model: type[KeyExit] | type[NearMiss],
    row: KeyList,
    wanted: Mapping[str, str],
    projects: Mapping[str, Project],
    *,
    by: Person,
    why: str,
) -> None:
    stands = {each.project.reference: each for each in model.objects.filter(key_list=row).select_related("project")}
    for reference in stands.keys() - wanted.keys():
        delete_with_history(stands[reference], by=by, why=why)
    for reference, reason in wanted.items():
        each = stands.get(reference) or model(key_list=row, project=projects[reference])
        if each.reason != reason.strip():
            each.reason = reason.strip()
            save_with_history(each, by=by, why=why)


def members(row: KeyList) -> set[int]:
    """The keys of its projects."""
    return set(row.entries.values_list("project", flat=True))


def in_force_now(contract: Contract, on: date) -> set[int]:
    """The projects of the list decided last: their ranks may have changed too."""
    decided = KeyList.objects.filter(contract=contract, decided_on__lte=on).order_by("-decided_on").first()
    return members(decided) if decided else set()
