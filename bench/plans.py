"""How PostgreSQL reads what a page asks for: buffers, and whether it reads all results to find some."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

RESULTS: Final = "kpis_result"
DIRECT: Final = """
    SELECT kpi_id, month, value, numerator, denominator, not_measured_reason, cause, effect, remedy FROM kpis_result
    WHERE kpi_id = ANY(%s) AND month BETWEEN %s::date - interval '2 months' AND %s
"""


@dataclass(frozen=True, slots=True)
class Read:
    """Buffers of all statements, of those the ones of results and their indexes, and sequential scans of results."""

    buffers: int
    of_results: int
    sequential: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)


def of(statements: Iterable[str]) -> Read:
    """The statements as they were asked, with their parameters in them."""
    roots = [_plan(each) for each in statements if is_read(each)]
    scans = [node for root in roots for node in _nodes(root) if node.get("Relation Name") == RESULTS]
    return Read(
        buffers=sum(_buffers(root) for root in roots),
        of_results=sum(_buffers(scan) for scan in scans),
        sequential=sum(scan["Node Type"] == "Seq Scan" for scan in scans),
    )


def direct_read(contract: str, last: date) -> int:
    """Buffers of the same results by their index: the KPIs by primary key, three months."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.id FROM kpis_kpi k JOIN contracts_contract c ON c.id = k.contract_id WHERE c.reference = %s",
            [contract],
        )
        keys = [pk for (pk,) in cursor.fetchall()]
        statement = cursor.mogrify(DIRECT, [keys, last, last]).decode()
    return _buffers(_plan(statement))


def is_read(statement: str) -> bool:
    return statement.lstrip().startswith(("SELECT", "WITH"))


def _plan(statement: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}")
        ((found,),) = cursor.fetchall()
    read = json.loads(found) if isinstance(found, str) else found
    plan: dict[str, Any] = read[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _buffers(node: dict[str, Any]) -> int:
    found: int = node["Shared Hit Blocks"] + node["Shared Read Blocks"]
    return found
