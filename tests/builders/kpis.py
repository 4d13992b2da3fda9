"""KPIs, what was reported of them, what was disputed, excused and attached."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.conf import settings
from simple_history.utils import bulk_create_with_history

from contracts.models import Contract, Person, ServiceArea
from contracts.rules.months import Month, add_months, month_range, parse_month
from kpis.models import Dispute, Evidence, Kpi, Level, Rebase, Relief, Result, Return

BEGIN = "2017-01"


def kpi(of: ServiceArea, code: str = "CSC_KPI_01", target: str = "90", minimum: str = "80", **changes: Any) -> Kpi:
    """A percentage of which more is better, due every month since January 2017, with one level from then on."""
    given = {
        "name": f"Calls answered in time, {code}",
        "unit": "percent",
        "polarity": "higher",
        "decimals": 2,
        "in_force_from": parse_month(BEGIN),
        **changes,
    }
    made = Kpi.objects.create(contract=of.contract, service_area=of, code=code, **given)
    level(made, given["in_force_from"], target, minimum)
    return made


def level(of: Kpi, effective_from: str | date, target: str, minimum: str, **changes: Any) -> Level:
    return Level.objects.create(
        kpi=of,
        effective_from=parse_month(effective_from),
        target=Decimal(target),
        minimum=Decimal(minimum),
        **changes,
    )


def rebase(of: Kpi, from_month: str, **changes: Any) -> Rebase:
    """The limits of the KPI's chart restart in this month."""
    given = {"reason": "New telephone lines.", "recorded_at": datetime(2018, 3, 1, 9, tzinfo=UTC), **changes}
    return Rebase.objects.create(kpi=of, from_month=parse_month(from_month), **given)


def result(of: Kpi, month: str, value: str | None, **changes: Any) -> Result:
    """One month's figure; without a value, give a rate or the reason why there is none."""
    return Result.objects.create(
        kpi=of, month=parse_month(month), value=None if value is None else Decimal(value), **changes
    )


def results(of: Kpi, first: str, values: Iterable[str | None]) -> None:
    """A figure a month from ``first`` on; ``None`` leaves a month missing."""
    begin = parse_month(first)
    rows = [
        Result(kpi=of, month=add_months(begin, place), value=Decimal(value))
        for place, value in enumerate(values)
        if value is not None
    ]
    bulk_create_with_history(rows, Result)


def dispute(of: Result, by: Person, **changes: Any) -> Dispute:
    """An open dispute of the figure that stands there."""
    given = {
        "note": "Calls cut off by the exchange were counted.",
        "raised_at": datetime(2018, 3, 1, 9, tzinfo=UTC),
        **{name: getattr(of, name) for name in ("value", "numerator", "denominator", "not_measured_reason")},
        **changes,
    }
    return Dispute.objects.create(result=of, raised_by=by, **given)


def returns(of: ServiceArea, first: str, last: str, state: str = "verified", **changes: Any) -> None:
    """The area's return of each month, both included."""
    given = {"returned_reason": "A figure lacks its source.", **changes} if state == "returned" else changes
    months = month_range(parse_month(first), parse_month(last))
    rows = [Return(service_area=of, month=month, state=state, **given) for month in months]
    bulk_create_with_history(rows, Return)


def relief(of: Contract, *kpis: Kpi, first: str, last: str | None = None, **changes: Any) -> Relief:
    """A granted relief for these KPIs, or for all of them where none is named."""
    given = {
        "reference": f"R{Relief.objects.count() + 1:03}",
        "cause": "system implementation",
        "narrative": "A new system was rolled out.",
        "decision": "granted",
        "decided_by": "Contract Manager",
        **changes,
    }
    made = Relief.objects.create(
        contract=of,
        is_blanket=not kpis,
        from_month=parse_month(first),
        to_month=_month_or_none(last),
        **given,
    )
    made.kpis.set(kpis)
    return made


def evidence(of: Kpi | Relief, by: Person, month: str = "2018-01", name: str = "calls.txt", **changes: Any) -> Evidence:
    """A small file of a KPI's month, or of a relief, lying in its place; added while its return was as it is now."""
    content = f"{type(of).__name__} {of.pk} {month} {name}\n".encode()
    digest = sha256(content).hexdigest()
    place = f"{digest[:2]}/{digest[:32]}"
    path = settings.EVIDENCE_ROOT / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    given: dict[str, Any] = {"relief": of, "added_in": of.version} if isinstance(of, Relief) else {"kpi": of}
    if isinstance(of, Kpi):
        returned = Return.objects.filter(service_area=of.service_area, month=parse_month(month)).first()
        given |= {"month": parse_month(month), "added_in": returned.version if returned else 1}
    given |= {"name": name, "kind": "txt", "size": len(content), "sha256": digest, "path": place}
    given |= {"added_by": by, "added_at": datetime(2018, 3, 1, 9, tzinfo=UTC)}
    return Evidence.objects.create(**given | changes)


def _month_or_none(text: str | None) -> Month | None:
    return parse_month(text) if text else None
