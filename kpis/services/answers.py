"""
Answers to warnings, kept as they are typed until the month is submitted; then they become the record.

An answer names what its writer read: where somebody else answered the same warning meanwhile, nothing is overwritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from contracts.models import Person, ServiceArea
from contracts.rules.months import Month
from contracts.workbook.cells import tidy
from kpis.models import Entry, WarningAnswer
from kpis.queries.desk import Enterable, load_enterable
from kpis.queries.desk_rows import ANSWERS_ALONE
from kpis.rules.checks import CELLS
from kpis.services.entries import enterable_return
from kpis.services.submission import refuse_who_does_not_submit

Key = tuple[int, str]
"""A KPI's primary key, and the warning."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is typed, and what stood there when the page was made."""

    words: str
    was: str


@transaction.atomic
def save_answers(
    *, area: ServiceArea, month: Month, answers: Mapping[Key, Answer], by: Person, at: datetime
) -> dict[Key, str]:
    """
    Keeps the answers that were touched; gives, where somebody else answered meanwhile, what they said.

    Raises :class:`kpis.services.entries.ReturnClosed` where the return takes none, and writes nothing then.
    """
    refuse_who_does_not_submit(area, by)
    touched = {key: Answer(tidy(each.words), each.was) for key, each in answers.items() if tidy(each.words) != each.was}
    if not touched:
        return {}
    area_return = enterable_return(area, month, by=by, at=at)
    rows = load_enterable(area, month, area_return)
    entries = {entry.kpi_id: entry for entry in Entry.objects.filter(area_return=area_return)}
    recorded = _recorded(area, month)
    others: dict[Key, str] = {}
    written = {}
    for (kpi, warning), answer in touched.items():
        if kpi not in rows:
            continue
        entry = entries.setdefault(kpi, _answers_alone(area_return.pk, kpi, rows[kpi], by, at))
        stands = entry.answers.get(warning, recorded.get((kpi, warning), ""))
        if stands not in (answer.was, answer.words):
            others[kpi, warning] = stands
            continue
        entry.answers = {**entry.answers, warning: answer.words}
        written[kpi] = entry
    new = [each for each in written.values() if each.pk is None]
    changed = [each for each in written.values() if each.pk is not None]
    told: dict[str, Any] = {"default_user": by, "default_change_reason": "answered a warning", "default_date": at}
    bulk_create_with_history(new, Entry, **told)
    bulk_update_with_history(changed, Entry, ["answers"], **told)
    return others


def _answers_alone(area_return: int, kpi: int, row: Enterable, by: Person, at: datetime) -> Entry:
    """A row that repeats what stands on record, so that every count of what is entered stays as it is."""
    cells = {cell: getattr(row.typed, cell) for cell in CELLS}
    return Entry(
        area_return_id=area_return, kpi_id=kpi, version=ANSWERS_ALONE, edited_by=by, edited_at=at, answers={}, **cells
    )


def _recorded(area: ServiceArea, month: Month) -> dict[Key, str]:
    rows = WarningAnswer.objects.filter(result__kpi__service_area=area, result__month=month)
    return {(kpi, warning): answer for kpi, warning, answer in rows.values_list("result__kpi", "warning", "answer")}
