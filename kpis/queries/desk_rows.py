"""
What a desk is laid out from: one area's KPIs with their levels and what is typed, and a year of their results.

Two queries, joined rather than asked one after the other: the entry form is the page that officers wait for. Rows are
read as tuples; only what a save or a submission writes back becomes a model instance.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from django.db.models import FilteredRelation, Model, OuterRef, Q, Subquery

from contracts.models import Person, ServiceArea
from contracts.rules.months import Month
from kpis.models import Entry, Kpi, Result, Return
from kpis.queries.columns import reading_of, terms_of
from kpis.rules.returns import may_count
from kpis.rules.status import KpiTerms, Level, Reading

PERSON: Final = ("id", "email", "job_title")
"""In the order of the table, in which an instance takes them."""
TERMS: Final = ("code", "name", "unit", "polarity", "decimals", "in_force_from", "in_force_to", "due_mask")
LEVEL: Final = ("effective_from", "target", "minimum")


def _names(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


ENTRY, RESULT = _names(Entry), _names(Result)
KPI, MONTH, SHARED = (RESULT.index(name) for name in ("kpi_id", "month", "is_shared"))
READING: Final = tuple(
    RESULT.index(name)
    for name in (
        "value", "numerator", "denominator", "not_measured_reason", "source", "cause", "effect", "remedy",
        "recovery_month",
    )
)  # fmt: skip
WHO_ENTERED: Final = tuple(f"entered_by__{name}" for name in PERSON)


@dataclass(frozen=True, slots=True)
class Owed:
    """A KPI with its levels, and what is typed for it."""

    terms: KpiTerms
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Past:
    """A year of readings by KPI, the results that stand in the month itself, and the answers given to warnings then."""

    readings: Mapping[int, Mapping[Month, Reading]]
    results: Mapping[int, Result]
    answers: Mapping[int, Mapping[str, str]]


def load_owed_rows(area: ServiceArea, first: Month, last: Month, area_return: Return | None) -> dict[int, Owed]:
    """By primary key in the order of the codes, the KPIs in force in some month of the span, with what is typed."""
    rows = Kpi.objects.filter(service_area=area).in_force_between(first, last)
    rows = rows.order_by("code", "levels__effective_from")
    fields = ["pk", *TERMS, *(f"levels__{name}" for name in LEVEL)]
    if area_return is not None:
        rows = rows.annotate(typed=FilteredRelation("entries", condition=Q(entries__area_return=area_return)))
        fields += [*(f"typed__{name}" for name in ENTRY), *(f"typed__edited_by__{name}" for name in PERSON)]
    terms: dict[int, tuple[Any, ...]] = {}
    levels: defaultdict[int, list[Level]] = defaultdict(list)
    entries: dict[int, Entry] = {}
    for pk, *row in rows.values_list(*fields):
        cut = len(TERMS)
        terms[pk], (begins, target, minimum) = tuple(row[:cut]), row[cut : cut + len(LEVEL)]
        if begins is not None:
            levels[pk].append(Level(begins, target, minimum))
        typed = row[cut + len(LEVEL) :]
        if typed and typed[0] is not None and pk not in entries:
            entries[pk] = _instance(Entry, ENTRY, typed, "edited_by")
    return {
        pk: Owed(terms_of(area=area.code, levels=levels[pk], **dict(zip(TERMS, row, strict=True))), entries.get(pk))
        for pk, row in terms.items()
    }


def load_past(area: ServiceArea, first: Month, last: Month) -> Past:
    """
    The results from ``first`` to ``last``, both included; readings only of those that count outside the area by now.

    What is shown of a month that is open is its results as they stand, whatever counts.
    """
    state = Return.objects.filter(service_area=area, month=OuterRef("month")).order_by().values("state")
    rows = Result.objects.filter(kpi__service_area=area).between(first, last).annotate(state=Subquery(state))
    fields = (*RESULT, *WHO_ENTERED, "state", "warning_answers__warning", "warning_answers__answer")
    readings: defaultdict[int, dict[Month, Reading]] = defaultdict(dict)
    results: dict[int, Result] = {}
    answers: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for *row, state_then, warning, answer in rows.values_list(*fields):
        kpi, month, is_shared = row[KPI], row[MONTH], row[SHARED]
        if may_count(state_then, is_shared):
            readings[kpi][month] = reading_of(state_then, *itemgetter(*READING)(row))
        if month != last:
            continue
        if kpi not in results:
            results[kpi] = _instance(Result, RESULT, row, "entered_by")
        if warning is not None:
            answers[kpi][warning] = answer
    return Past(readings, results, answers)


def _instance(model: type[Any], names: Sequence[str], row: Sequence[Any], who: str) -> Any:
    """The row as the ORM would give it, with the person who typed it."""
    made = model.from_db(None, names, row[: len(names)])
    person = row[len(names) : len(names) + len(PERSON)]
    if person[0] is not None:
        setattr(made, who, Person.from_db(None, PERSON, person))
    return made
