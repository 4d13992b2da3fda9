"""Searching KPIs, by code in any spelling or by words, each with its latest status; and searching reliefs."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from contracts.models import Contract, Person
from contracts.queries.search import best, found_of, holds, rank_of
from contracts.rules.months import Month, last_ended, month_long
from contracts.rules.search import Found, Hit, Slice, Sought, Weight, snippet
from kpis.models import Kpi, Level, Relief, Result, Return
from kpis.rules.codes import CodeNotUnderstood, normalise_code
from kpis.rules.figures import Polarity, Unit, show, worked_out
from kpis.rules.in_force import owes_result
from kpis.rules.status import Contractual, measure, under_contract
from kpis.rules.status import Level as Levels

KPIS, RELIEFS = "kpis", "reliefs"
FIGURE: Final = ("month", "value", "numerator", "denominator", "not_measured_reason")


def search_kpis(person: Person, sought: Sought, part: Slice, on: date) -> Found:
    """KPIs by code, name and definition, with what was last reported of each. One query."""
    code = _code(sought)
    seen = Kpi.objects.filter(contract__in=Contract.objects.visible_to(person))
    found = seen.filter(Q(code=code) | holds(sought.terms, "code", "name", "definition"))
    rows = best(found, rank_of(sought, "code", "name", Q(code=code)), part, "in_force_to", "code")
    last = last_ended(on)
    return found_of(KPIS, list(_with_latest(rows.select_related("contract"), last)), lambda row: _kpi(row, sought))


def search_reliefs(person: Person, sought: Sought, part: Slice, on: date) -> Found:
    """Reliefs by reference, narrative and cause. One query."""
    seen = Relief.objects.filter(contract__in=Contract.objects.visible_to(person))
    found = seen.filter(holds(sought.terms, "reference", "narrative", "cause", "decision"))
    rows = best(found, rank_of(sought, "reference", "narrative"), part, "-from_month")
    return found_of(RELIEFS, list(rows.select_related("contract")), lambda row: _relief(row, sought))


def _code(sought: Sought) -> str:
    try:
        return normalise_code(sought.phrase)
    except CodeNotUnderstood:
        return sought.phrase


def _with_latest(rows: Any, last: Month) -> Any:
    """Adds what was last reported outside the area, the level then in force, and whether relief excuses that month."""
    kpi, area, month = OuterRef("pk"), OuterRef("service_area"), OuterRef("latest_month")
    results = Result.objects.filter(kpi=kpi, month__lte=last).of_its_life().counted().order_by("-month")
    verified = Return.objects.filter(service_area=area, month=month, state=Return.State.VERIFIED)
    levels = Level.objects.filter(kpi=kpi, effective_from__lte=month).order_by("-effective_from")
    relieving = Relief.objects.granted().touching(month, month)
    own = Q(is_blanket=True, contract=OuterRef("contract")) | Q(
        Exists(Relief.kpis.through.objects.filter(relief=OuterRef("pk"), kpi=OuterRef(OuterRef("pk"))))
    )
    return (
        rows.annotate(**{f"latest_{name}": Subquery(results.values(name)[:1]) for name in FIGURE})
        .annotate(target=Subquery(levels.values("target")[:1]), minimum=Subquery(levels.values("minimum")[:1]))
        .annotate(is_verified=Exists(verified), is_relieved=Exists(relieving.filter(own)))
    )


def _kpi(row: Any, sought: Sought) -> Hit:
    status = _status(row)
    return Hit(
        title=row.name,
        href=reverse("kpis:kpi", args=[row.contract.reference, row.code]),
        where=row.contract.title,
        text=snippet(row.definition, sought.terms),
        code=row.code,
        look=status.value if status else "",
        figure=_figure_in_words(row) if status else "Nothing has been reported yet",
        weight=Weight(row.rank),
    )


def _status(row: Any) -> Contractual | None:
    """Under the contract, in the last month of which anything was reported."""
    month = row.latest_month
    if month is None or not owes_result(month, row.in_force_from, row.in_force_to, row.due_mask):
        return None
    value = _value(row)
    if value is None:
        return Contractual.NOT_MEASURED if row.latest_not_measured_reason else None
    if row.target is None:
        return None
    level = Levels(Month(month), row.target, row.minimum)
    measured = measure(value, level, Polarity(row.polarity), row.decimals)
    return under_contract(measured, is_relieved=row.is_relieved)


def _value(row: Any) -> Decimal | None:
    return worked_out(row.latest_value, row.latest_numerator, row.latest_denominator, Unit(row.unit))


def _figure_in_words(row: Any) -> str:
    """`February 2018: 5.00%, provisional`."""
    value = _value(row)
    figure = "no figure" if value is None else show(value, Unit(row.unit), row.decimals)
    return f"{month_long(Month(row.latest_month))}: {figure}{'' if row.is_verified else ', provisional'}"


def _relief(row: Any, sought: Sought) -> Hit:
    last = f" to {month_long(Month(row.to_month))}" if row.to_month else " on"
    return Hit(
        title=f"Relief {row.reference}",
        href=reverse("kpis:relief", args=[row.contract.reference, row.reference]),
        where=f"{row.contract.title}; {row.decision}, {month_long(Month(row.from_month))}{last}; {row.cause}",
        text=snippet(row.narrative, sought.terms),
        weight=Weight(row.rank),
    )
