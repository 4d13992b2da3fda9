"""
Keeping the register's rows true: whatever moves a project calls :func:`restate` before its transaction ends.

The rows are reckoned anew from the facts by the same rules as every page and paper, never edited. A row that was not
restated is named by `check_register`; one that is missing is made when the register is next opened.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.db import transaction

from contracts.models import Contract
from contracts.queries import today
from projects.models import Project, RegisterRow
from projects.queries.register_rows import reckoned_rows, said
from projects.services.register_counts import gather, recount

BATCH: Final = 500
"""Projects reckoned at once: a statement takes only so many keys, and a batch stays in memory."""


@transaction.atomic
def restate(projects: Iterable[int], *, on: date | None = None) -> int:
    """
    Reckons the register's rows of these projects anew, by their primary keys; how many projects it had wrong.

    ``on`` is the business day, today's where none is given. To be called in the transaction of the write that moved
    them, after it.
    """
    day = on or today()
    moved = sorted(set(projects))
    return sum(_restate(moved[start : start + BATCH], day) for start in range(0, len(moved), BATCH))


def restate_contract(contract: Contract, *, on: date | None = None) -> int:
    """The same for every project of a contract; and its counts."""
    day = on or today()
    restated = restate(Project.objects.filter(contract=contract).values_list("pk", flat=True), on=day)
    recount(contract, on=day)
    return restated


def restate_missing(contract: Contract, *, on: date) -> int:
    """
    Makes the rows that no day's list of the contract would show on ``on``: the day or the thresholds were moved.

    The business day goes on by itself without that; a demonstration's day may be set back.
    """
    there = RegisterRow.objects.holding(contract, on).values("project")
    return restate(Project.objects.filter(contract=contract).exclude(pk__in=there).values_list("pk", flat=True), on=on)


def _restate(batch: Sequence[int], on: date) -> int:
    # Locked before anything of them is read: who wrote first has ended, and what they wrote is seen.
    locked = Project.objects.select_for_update().filter(pk__in=batch).order_by("pk")
    by_contract: dict[int, list[int]] = {}
    for pk, contract_id in locked.values_list("pk", "contract"):
        by_contract.setdefault(contract_id, []).append(pk)
    contracts = Contract.objects.in_bulk(by_contract)
    return sum(_replace(contracts[pk], own, on) for pk, own in by_contract.items())


def _replace(contract: Contract, projects: Sequence[int], on: date) -> int:
    stands: dict[int, list[RegisterRow]] = {}
    for row in RegisterRow.objects.filter(project__in=projects).order_by("project", "from_on"):
        stands.setdefault(row.project_id, []).append(row)
    needed = reckoned_rows(contract, projects, on)
    wrong = [project for project, rows in needed.items() if not holds(stands.get(project, ()), rows, on)]
    RegisterRow.objects.filter(project__in=wrong).delete()
    RegisterRow.objects.bulk_create(row for project in wrong for row in needed[project])
    if wrong:
        gather(contract, on=on)
    return len(wrong)


def holds(stored: Sequence[RegisterRow], needed: Sequence[RegisterRow], on: date) -> bool:
    """Whether the rows on record say of each day from ``on`` what is needed."""
    current = [row for row in stored if row.until_on > on]
    return (
        len(current) == len(needed)
        and current[0].from_on <= on
        and all(_told(row) == _told(other) for row, other in zip(current, needed, strict=True))
        and all(row.from_on == other.from_on for row, other in zip(current[1:], needed[1:], strict=True))
    )


def _told(row: RegisterRow) -> tuple[object, ...]:
    return (row.until_on, *said(row))
