"""
The register as it stands with the corrections that led to it: from these, what an earlier paper was made of.

Unlike :mod:`kpis.queries.registers`, a month that was verified once counts here also while it is open again: what
papers printed of it is not taken back by looking at it once more.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from contracts.models import Contract
from contracts.rules.months import Month
from kpis.models import Correction, Kpi, Result, Return
from kpis.queries.columns import reading_of
from kpis.queries.registers import load_areas, load_terms
from kpis.queries.reliefs import load_reliefs
from kpis.rules import relief as relief_rules
from kpis.rules import status
from kpis.rules.corrections import Corrected
from kpis.rules.returns import may_count

FIGURE: Final = ("value", "numerator", "denominator", "not_measured_reason")


@dataclass(frozen=True, slots=True)
class Past:
    """By code the terms of every KPI, by code and month what was reported, every relief, and every correction."""

    terms: dict[str, status.KpiTerms]
    readings: dict[str, dict[Month, status.Reading]]
    reliefs: tuple[relief_rules.Relief, ...]
    corrections: tuple[Corrected, ...]


def load_past(contract: Contract, last: Month) -> Past:
    """Everything up to a month, in a fixed number of queries."""
    terms = load_terms(Kpi.objects.filter(contract=contract), load_areas(contract))
    return Past(
        terms={each.code: each for each in terms.values()},
        readings=_readings(contract, last, {pk: each.code for pk, each in terms.items()}),
        reliefs=load_reliefs(contract),
        corrections=load_corrections(corrections_to(contract, last)),
    )


def corrections_to(contract: Contract, last: Month) -> "QuerySet[Correction]":
    """The corrections of a contract's figures up to a month."""
    return Correction.objects.filter(result__kpi__contract=contract, result__month__lte=last)


def load_corrections(rows: "QuerySet[Correction]") -> tuple[Corrected, ...]:
    """Corrections in the order in which they were made. One query."""
    befores, afters = ([f"{name}_{when}" for name in FIGURE] for when in ("before", "after"))
    columns = ("pk", "result__kpi__code", "result__month", "reason", "corrected_by__job_title", "corrected_at")
    return tuple(
        Corrected(
            number=number,
            code=code,
            month=Month(month),
            before=_figure(*figures[:4]),
            after=_figure(*figures[4:]),
            reason=reason,
            by=by or "",
            at=timezone.localtime(at),
        )
        for number, code, month, reason, by, at, *figures in rows.order_by("pk").values_list(
            *columns, *befores, *afters
        )
    )


def latest_correction(contract: Contract) -> int:
    """The number of the latest correction; every one made from now on has a greater one. Zero where there is none."""
    newest = Correction.objects.filter(result__kpi__contract=contract).order_by("pk").values_list("pk", flat=True)
    return newest.last() or 0


def _figure(
    value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None, not_measured_reason: str
) -> status.Reading:
    return status.Reading(value, numerator, denominator, not_measured_reason)


def _readings(contract: Contract, last: Month, codes: dict[int, str]) -> dict[str, dict[Month, status.Reading]]:
    returns = Return.objects.of_contract(contract).filter(month__lte=last)
    states: dict[Any, tuple[str, bool]] = {
        (area, month): (state, verified_at is not None)
        for area, month, state, verified_at in returns.values_list("service_area", "month", "state", "verified_at")
    }
    readings: defaultdict[str, dict[Month, status.Reading]] = defaultdict(dict)
    rows = Result.objects.of_contract(contract).filter(month__lte=last)
    for kpi, area, month, is_shared, *said in rows.values_list(
        "kpi", "kpi__service_area", "month", "is_shared", *FIGURE, "source", "cause", "effect", "remedy",
        "recovery_month",
    ):  # fmt: skip
        state, was_verified = states.get((area, month), ("", False))
        if was_verified or may_count(state, is_shared):
            counted = Return.State.VERIFIED if was_verified else state
            readings[codes[kpi]][month] = reading_of(counted, *said)
    return dict(readings)
