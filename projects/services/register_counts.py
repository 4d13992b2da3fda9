"""
Keeping few what the database writes as it counts the register's rows, and mending it.

The triggers write a row for whatever comes or goes, so the counts hold without this: the fewer rows, the less there is
to add up. Nobody waits to gather: what somebody else is gathering at that moment is left to them, or to the next. Who
counts anew waits for another who does.
"""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from contracts.models import Contract
from projects.models import RegisterCount
from projects.queries.register_counts import Tally, tallies

SAME = ("contract", "green_days", "amber_months", "what", "word", "day")


@transaction.atomic(savepoint=False)
def gather(contract: Contract, *, on: date) -> None:
    """Makes one of all that counts the same until the day; none of those that cancel each other out."""
    past = RegisterCount.objects.filter(contract=contract, from_on__lte=on)
    others = past.filter(~Q(pk=OuterRef("pk")), **{name: OuterRef(name) for name in SAME}).order_by()
    held = list(past.filter(Exists(others)).order_by("pk").select_for_update(skip_locked=True))
    by_key: dict[tuple[object, ...], list[RegisterCount]] = {}
    for row in held:
        by_key.setdefault((row.green_days, row.amber_months, row.what, row.word, row.day), []).append(row)
    RegisterCount.objects.filter(pk__in=[row.pk for row in held]).delete()
    RegisterCount.objects.bulk_create(
        _row(
            contract,
            (max(row.from_on for row in rows), first.green_days, first.amber_months, first.what, first.word, first.day),
            number,
            is_gathered=True,
        )
        for rows in by_key.values()
        for first in rows[:1]
        if (number := sum(row.number for row in rows))
    )


@transaction.atomic
def recount(contract: Contract, *, on: date) -> int:
    """
    Adds what is missing to what is kept, so that it is what the rows give from the day on; how much was wrong.

    Both are read at one moment and nothing is taken away, so that it is right whichever rows are written meanwhile. One
    contract is counted anew by one at a time: two would both add what both have missed.
    """
    Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
    kept, counted = tallies(contract, on)
    wrong = {key: counted[key] - kept[key] for key in kept.keys() | counted.keys() if counted[key] != kept[key]}
    RegisterCount.objects.bulk_create(
        _row(contract, key, number, is_gathered=key[0] == on) for key, number in wrong.items()
    )
    return len(wrong)


def _row(contract: Contract, key: Tally, number: int, *, is_gathered: bool = False) -> RegisterCount:
    from_on, green_days, amber_months, what, word, day = key
    return RegisterCount(
        contract=contract,
        from_on=from_on,
        green_days=green_days,
        amber_months=amber_months,
        what=what,
        word=word,
        day=day,
        number=number,
        is_gathered=is_gathered,
    )
