"""
What stands in a month's form: the results of one service area's month with the answers to their warnings, and what is
typed over them.

Two queries, joined rather than asked one after the other: the entry form is the page that officers wait for. Rows are
read as tuples, of which the instances are made that a save or a submission writes back.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model

from contracts.models import Person, ServiceArea
from contracts.rules.months import Month
from kpis.models import Entry, Result, Return

PERSON: Final = ("id", "email", "job_title")
"""In the order of the table, in which an instance takes them."""


def _names(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


ENTRY, RESULT = _names(Entry), _names(Result)
KPI: Final = RESULT.index("kpi_id")
WHO_ENTERED: Final = tuple(f"entered_by__{name}" for name in PERSON)
WHO_TYPED: Final = tuple(f"edited_by__{name}" for name in PERSON)


@dataclass(frozen=True, slots=True)
class Recorded:
    """By KPI the results on record of a month, and by warning the answers given to it."""

    results: Mapping[int, Result]
    answers: Mapping[int, Mapping[str, str]]


def load_recorded(area: ServiceArea, month: Month) -> Recorded:
    rows = Result.objects.filter(kpi__service_area=area, month=month).order_by()
    results: dict[int, Result] = {}
    answers: defaultdict[int, dict[str, str]] = defaultdict(dict)
    fields = (*RESULT, *WHO_ENTERED, "warning_answers__warning", "warning_answers__answer")
    for *row, warning, answer in rows.values_list(*fields):
        kpi = row[KPI]
        if kpi not in results:
            results[kpi] = _instance(Result, RESULT, row, "entered_by")
        if warning is not None:
            answers[kpi][warning] = answer
    return Recorded(results, answers)


def load_typed(area_return: Return | None) -> dict[int, Entry]:
    """By KPI what is typed into the return; nothing, and no query, where there is none yet."""
    if area_return is None:
        return {}
    rows = Entry.objects.filter(area_return=area_return).order_by().values_list(*ENTRY, *WHO_TYPED)
    entries = (_instance(Entry, ENTRY, row, "edited_by") for row in rows)
    return {entry.kpi_id: entry for entry in entries}


def _instance(model: type[Any], names: Sequence[str], row: Sequence[Any], who: str) -> Any:
    """The row as the ORM would give it, with the person who typed it."""
    made = model.from_db(None, names, row[: len(names)])
    person = row[len(names) : len(names) + len(PERSON)]
    if person[0] is not None:
        setattr(made, who, Person.from_db(None, PERSON, person))
    return made
