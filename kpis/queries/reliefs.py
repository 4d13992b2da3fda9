"""The reliefs of a contract with the KPIs that they name, in one statement, alone or together with other tables."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from contracts.models import Contract
from contracts.readings import Reading, read_now
from contracts.rows import Row, Wanted, day, month, month_or_none
from kpis.queries.columns import relief_of
from kpis.rules.relief import Relief

RELIEF: Final = (
    "id, reference, is_blanket, from_month, to_month, cause, narrative, decision, requested_by, requested_on,"
    " decided_by, decided_on, decision_reason"
)
"""The columns of a relief, as `reliefs_of` reads them."""


def load_reliefs(contract: Contract) -> tuple[Relief, ...]:
    """Every relief on record, earliest first. One query."""
    return read_now(read_reliefs(contract))


def read_reliefs(contract: Contract) -> Reading[tuple[Relief, ...]]:
    """The same in one step beside whatever else is read."""
    rows, named = yield wanted_reliefs(contract.pk)
    return reliefs_of(rows, named)


def wanted_reliefs(contract: int) -> tuple[Wanted, Wanted]:
    """Every relief on record, and the codes of the KPIs that each names."""
    return (
        Wanted(RELIEF, "FROM kpis_relief WHERE contract_id = %s", (contract,)),
        Wanted(
            "x.relief_id, k.code",
            "FROM kpis_relief f JOIN kpis_relief_kpis x ON x.relief_id = f.id JOIN kpis_kpi k ON k.id = x.kpi_id"
            " WHERE f.contract_id = %s",
            (contract,),
        ),
    )


def reliefs_of(rows: Iterable[Row], named: Iterable[Row]) -> tuple[Relief, ...]:
    """What :func:`wanted_reliefs` found, earliest first."""
    codes: defaultdict[int, set[str]] = defaultdict(set)
    for relief, code in named:
        codes[relief].add(code)
    return tuple(
        relief_of(
            reference=reference,
            codes=codes[pk],
            is_blanket=bool(is_blanket),
            from_month=month(begins),
            to_month=month_or_none(ends),
            cause=cause,
            narrative=narrative,
            decision=decision,
            requested_by=requested_by,
            requested_on=day(requested_on),
            decided_by=decided_by,
            decided_on=day(decided_on),
            reason=reason,
        )
        for (
            pk, reference, is_blanket, begins, ends, cause, narrative, decision, requested_by, requested_on,
            decided_by, decided_on, reason,
        ) in sorted(rows, key=lambda row: (row[3], row[1]))
    )  # fmt: skip
