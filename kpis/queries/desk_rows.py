"""
What stands in a month's form: the results of one service area's month with the answers to their warnings, and what is
typed over them.

Read as plain rows in one statement, alone or together with other tables: the entry form is the page that officers wait
for, and of forty-five rows the instances alone would cost as much as its markup.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from config.ui.formats import day
from contracts import rows
from contracts.models import Person, ServiceArea
from contracts.rows import Row, Wanted, instant
from contracts.rules.months import Month, month_long
from contracts.workbook.numbers import written
from kpis.models import Return
from kpis.rules.checks import CELLS, Typed

FIRST_ROUND: Final = 1
ANSWERS_ALONE: Final = 0
"""The version of an entry that only holds answers to warnings of a result: nothing is typed over that."""
CELLS_READ: Final = {prefix: ", ".join(f"{prefix}.{cell}" for cell in CELLS) for prefix in ("e", "r")}
FIGURES: Final = frozenset({"value", "numerator", "denominator"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a row: its cells, what its version is made of, and who put it there."""

    typed: Typed
    round_: int = FIRST_ROUND
    """The version of its return."""
    recorded: int = 0
    """The version of the result on record; none without one."""
    entered: int = ANSWERS_ALONE
    """The version of what is typed; none where only the record stands, or nothing."""
    by: str = ""
    """Who typed it, by job title."""
    by_pk: int | None = None
    at: datetime | None = None
    """When it was typed; of what is on record nothing is said."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """By warning, what is answered and not submitted yet."""

    @property
    def version(self) -> str:
        """What a save must name: whatever of the three moves on, a save that read it before is stale."""
        return f"{self.round_}.{self.recorded}.{self.entered}"

    @property
    def is_typed(self) -> bool:
        """Whether it is more than what is on record."""
        return self.entered != ANSWERS_ALONE

    def typed_over(self, typed: Typed, *, by: Person, at: datetime) -> "Standing":
        return replace(self, typed=typed, entered=self.entered + 1, by=str(by), by_pk=by.pk, at=at)


def wanted_rows(area: ServiceArea, at: Month, area_return: Return | None) -> tuple[Wanted, Wanted, Wanted]:
    """Results of the month, the answers to their warnings, and what is typed into the return."""
    own = (area.pk, at.isoformat())
    return (
        Wanted(
            f"r.kpi_id, r.version, p.id, p.job_title, p.email, {CELLS_READ['r']}",
            "FROM kpis_kpi k JOIN kpis_result r ON r.kpi_id = k.id"
            " LEFT JOIN contracts_person p ON p.id = r.entered_by_id WHERE k.service_area_id = %s AND r.month = %s",
            own,
        ),
        Wanted(
            "r.kpi_id, w.warning, w.answer",
            "FROM kpis_kpi k JOIN kpis_result r ON r.kpi_id = k.id JOIN kpis_warninganswer w ON w.result_id = r.id"
            " WHERE k.service_area_id = %s AND r.month = %s",
            own,
        ),
        Wanted(
            f"e.kpi_id, e.version, p.id, p.job_title, p.email, {CELLS_READ['e']}, e.edited_at, e.answers, k.code",
            "FROM kpis_entry e JOIN kpis_kpi k ON k.id = e.kpi_id"
            " LEFT JOIN contracts_person p ON p.id = e.edited_by_id WHERE e.area_return_id = %s",
            (area_return.pk if area_return else 0,),
        ),
    )


def wanted_in_force(area: ServiceArea, at: Month) -> Wanted:
    """The KPIs that owe a result for the month, as :meth:`kpis.querysets.KpiQuerySet.in_force` says."""
    return Wanted(
        "id, code",
        "FROM kpis_kpi WHERE service_area_id = %s AND in_force_from <= %s"
        " AND (in_force_to IS NULL OR in_force_to >= %s) AND (due_mask & %s) > 0",
        (area.pk, at.isoformat(), at.isoformat(), 1 << (at.month - 1)),
    )


def standings_of(area_return: Return | None, results: Iterable[Row], entries: Iterable[Row]) -> dict[int, Standing]:
    """By KPI, what stands in the rows that have something: what was typed last, or else the result on record."""
    nothing = nothing_stands(area_return)
    on_record = {row[0]: row for row in results}
    found = {}
    for kpi, version, pk, job_title, email, *cells, edited_at, answers, _ in entries:
        record = on_record.pop(kpi, None)
        said = json.loads(answers) if isinstance(answers, str) else answers
        if version == ANSWERS_ALONE:
            found[kpi] = replace(_recorded(record, nothing.round_) if record else nothing, answers=said)
        else:
            by, recorded = job_title or email or "", record[1] if record else nothing.recorded
            found[kpi] = Standing(Typed(*cells), nothing.round_, recorded, version, by, pk, instant(edited_at), said)
    return found | {kpi: _recorded(row, nothing.round_) for kpi, row in on_record.items()}


def code_of(entry: Row) -> tuple[int, str]:
    """The KPI of what was typed, by its key and its code."""
    return entry[0], entry[-1]


def nothing_stands(area_return: Return | None) -> Standing:
    return Standing(Typed(), area_return.version if area_return else FIRST_ROUND)


def answers_of(found: Iterable[Row]) -> Mapping[int, Mapping[str, str]]:
    """By KPI and warning, what was answered when its result was submitted."""
    answers: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for kpi, warning, answer in found:
        answers[kpi][warning] = answer
    return answers


def _recorded(row: Row, round_: int) -> Standing:
    _, version, pk, job_title, email, *cells = row
    typed = Typed(*(_as_typed(cell, value) for cell, value in zip(CELLS, cells, strict=True)))
    return Standing(typed, round_, version, by=job_title or email or "", by_pk=pk)


def _as_typed(cell: str, value: Any) -> str:
    """A cell of a result as somebody would have typed it."""
    if value is None or value == "":
        return ""
    if cell in FIGURES:
        return written(Decimal(value))
    if cell == "recovery_month":
        return month_long(rows.month(value))
    return day(date.fromisoformat(value)) if cell == "explanation_awaited_on" else str(value)
