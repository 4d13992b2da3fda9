"""The KPI sheets as rows, in an order in which they can be imported."""

from collections.abc import Iterator
from typing import Any

from contracts.models import Contract
from contracts.rules.months import Month, month_key, months_of
from kpis.models import Kpi, Level, Relief, Result, Return
from kpis.models.kpi import EVERY_MONTH
from kpis.workbook.specs import ALL_KPIS, PROVISIONAL, VERIFIED


def kpi_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `kpis`: by service area in the contract's order, then by code."""
    for kpi in Kpi.objects.filter(contract=contract).select_related("service_area").order_by("service_area", "code"):
        yield [
            kpi.code, kpi.service_area.code, kpi.name, kpi.definition, kpi.unit, kpi.polarity, kpi.decimals,
            _months(kpi.due_mask), _month(kpi.in_force_from), _month(kpi.in_force_to), kpi.end_reason,
        ]  # fmt: skip


def level_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `levels`: by KPI and month."""
    levels = Level.objects.filter(kpi__contract=contract).order_by("kpi__service_area", "kpi__code", "effective_from")
    for code, month, *rest in levels.values_list(
        "kpi__code", "effective_from", "target", "minimum", "reason", "agreed_by"
    ):
        yield [code, _month(month), *rest]


def result_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `results`: by month and KPI. What its return does not verify is provisional."""
    closed = Return.objects.of_contract(contract).filter(state=Return.State.VERIFIED)
    verified = frozenset(closed.values_list("service_area", "month"))
    results = Result.objects.of_contract(contract).order_by("month", "kpi__service_area", "kpi__code")
    fields = results.values_list(
        "kpi__code", "kpi__service_area", "month", "value", "numerator", "denominator", "not_measured_reason",
        "cause", "effect", "remedy", "recovery_month", "source",
    )  # fmt: skip
    for (
        code,
        area,
        month,
        value,
        numerator,
        denominator,
        reason,
        cause,
        effect,
        remedy,
        recovery,
        source,
    ) in fields.iterator(chunk_size=2000):
        state = VERIFIED if (area, month) in verified else PROVISIONAL
        yield [
            code, _month(month), value, numerator, denominator, reason, state, cause, effect, remedy, _month(recovery),
            source,
        ]  # fmt: skip


def relief_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `reliefs`: by first month."""
    reliefs = Relief.objects.filter(contract=contract).prefetch_related("kpis").order_by("from_month", "reference")
    for relief in reliefs:
        codes = ALL_KPIS if relief.is_blanket else ";".join(sorted(kpi.code for kpi in relief.kpis.all()))
        yield [
            relief.reference, codes, _month(relief.from_month), _month(relief.to_month), relief.cause, relief.narrative,
            relief.decision, relief.decided_by, relief.decided_on,
        ]  # fmt: skip


def _month(month: Any) -> str:
    return month_key(Month(month)) if month else ""


def _months(mask: int) -> str:
    return "" if mask == EVERY_MONTH else ";".join(map(str, sorted(months_of(mask))))
