"""
From the columns of a KPI, a relief and a result to the values that rules judge by.

Pages read these tables each in the way that costs them least, by the ORM, as tuples or as text; what the columns mean
is said here alone.
"""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from contracts.rules.months import Month, months_of
from kpis.models import Return
from kpis.rules.disputes import Dispute
from kpis.rules.figures import Polarity, Unit
from kpis.rules.relief import Cause, Decision, Relief
from kpis.rules.status import Explanation, KpiTerms, Level, Reading

VERIFIED: Final = Return.State.VERIFIED.value


def terms_of(
    *,
    code: str,
    area: str,
    name: str,
    unit: str,
    polarity: str,
    decimals: int,
    in_force_from: Month,
    in_force_to: Month | None,
    due_mask: int,
    levels: Iterable[Level],
    definition: str = "",
    end_reason: str = "",
) -> KpiTerms:
    """What the contract says of a KPI; ``area`` is its service area's code."""
    return KpiTerms(
        code=code,
        area=area,
        name=name,
        unit=Unit(unit),
        polarity=Polarity(polarity),
        decimals=decimals,
        in_force_from=in_force_from,
        in_force_to=in_force_to,
        due_months=months_of(due_mask),
        levels=tuple(levels),
        definition=definition,
        end_reason=end_reason,
    )


def relief_of(
    *,
    reference: str,
    codes: Collection[str],
    is_blanket: bool,
    from_month: Month,
    to_month: Month | None,
    cause: str,
    narrative: str,
    decision: str,
    requested_by: str = "",
    requested_on: date | None = None,
    decided_by: str = "",
    decided_on: date | None = None,
    reason: str = "",
) -> Relief:
    """A relief with the codes of the KPIs that it names; one for all KPIs names none."""
    return Relief(
        reference=reference,
        kpis=frozenset() if is_blanket else frozenset(codes),
        is_blanket=is_blanket,
        from_month=from_month,
        to_month=to_month,
        cause=Cause(cause),
        narrative=narrative,
        decision=Decision(decision),
        requested_by=requested_by,
        requested_on=requested_on,
        decided_by=decided_by,
        decided_on=decided_on,
        reason=reason,
    )


def reading_of(
    state: str | None,
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    not_measured_reason: str,
    source: str,
    cause: str,
    effect: str,
    remedy: str,
    recovery_month: Month | None,
    *,
    dispute: Dispute | None = None,
) -> Reading:
    """What the columns of a result say, with the state of its return and the dispute that stands beside it."""
    return Reading(
        value,
        numerator,
        denominator,
        not_measured_reason,
        state != VERIFIED,
        source,
        Explanation(cause, effect, remedy, recovery_month) if cause or effect or remedy or recovery_month else None,
        dispute,
    )
