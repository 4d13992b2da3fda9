"""
The desk: one service area's month while it is entered, with all that its form shows, in a fixed number of queries.

What stands in a row is what was typed last, or where nothing is typed yet the result on record. The version of a row
names the round of its return, the result and what is typed over it: whatever moves on, a save that read it before is
stale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from contracts.models import ServiceArea
from contracts.queries import working_calendar
from contracts.rules.calendar import YearNotKnown, data_due_on
from contracts.rules.months import Month, add_months, month_long
from contracts.workbook.numbers import written
from kpis.models import Entry, Kpi, Result, Return, WarningAnswer
from kpis.queries.registers import load_register
from kpis.rules.checks import CELLS, Checked, Typed, check_row
from kpis.rules.figures import level_in_words
from kpis.rules.relief import Relief, relief_for
from kpis.rules.status import MISSES, Judgement, KpiTerms

SHOWN_MONTHS: Final = 6
LOOKED_BACK: Final = 12
"""The rules of doubt look back over a year of figures."""
FIRST_ROUND: Final = 1
ENTERABLE: Final = frozenset({Return.State.OPEN, Return.State.RETURNED})


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a row: its cells, the version that a save must name, and the rows that it comes from."""

    typed: Typed
    version: str
    entry: Entry | None
    result: Result | None

    @property
    def by(self) -> str:
        """Who typed it, by job title."""
        person = self.entry.edited_by if self.entry else self.result.entered_by if self.result else None
        return str(person) if person else ""

    @property
    def at(self) -> datetime | None:
        return self.entry.edited_at if self.entry else None


@dataclass(frozen=True, slots=True)
class Offer:
    """Words that may serve again: last month's explanation of a continuing miss, or the narrative of the relief."""

    said: str
    typed: Typed


@dataclass(frozen=True, slots=True)
class Line:
    """One KPI of the form: its terms and levels that month, its past, what stands in its row, what may be offered."""

    pk: int
    terms: KpiTerms
    target: str
    minimum: str
    earlier: tuple[Judgement, ...]
    relief: Relief | None
    standing: Standing
    answers: Mapping[str, str]
    """By warning, what was answered before."""
    offer: Offer | None

    def check(self, typed: Typed, month: Month, on: date) -> Checked:
        return check_row(self.terms, month, typed, earlier=self.earlier, relief=self.relief, on=on)

    @property
    def past(self) -> tuple[Judgement, ...]:
        return self.earlier[-SHOWN_MONTHS:]


@dataclass(frozen=True, slots=True)
class Desk:
    """A service area's month. ``area_return`` is ``None`` while nobody has touched it."""

    area: ServiceArea
    month: Month
    due_on: date | None
    area_return: Return | None
    lines: tuple[Line, ...]

    @property
    def is_open(self) -> bool:
        return self.area_return is None or self.area_return.state in ENTERABLE

    @property
    def last_saved_at(self) -> datetime | None:
        return max((line.standing.at for line in self.lines if line.standing.at), default=None)

    @property
    def version(self) -> str:
        """Of the whole: changes with any row."""
        return sha256("/".join(f"{line.pk}={line.standing.version}" for line in self.lines).encode()).hexdigest()[:16]


def load_desk(area: ServiceArea, month: Month, *, for_update: bool = False) -> Desk:
    """Everything about one area's month, in as many queries however many KPIs; its return locked, to be written."""
    kpis = dict(Kpi.objects.filter(service_area=area).values_list("code", "pk"))
    register = load_register(area.contract, add_months(month, -LOOKED_BACK), month)
    area_return = load_return(area, month, for_update=for_update)
    standing = load_standing(area, month, area_return)
    answered = _answers(area, month)
    own = [each for each in register.histories if each.terms.area == area.code]
    lines = []
    for history in own:
        pk = kpis[history.terms.code]
        stands = standing.get(pk) or nothing_stands(area_return)
        if not history.terms.is_in_force(month) and stands.typed.is_blank:
            continue
        earlier = tuple(each for each in history.judgements if each.month < month)
        relief = relief_for(history.terms.code, month, register.granted)
        lines.append(_line(pk, history.terms, month, earlier, relief, stands, answered.get(pk, {})))
    return Desk(area, month, _due_on(area, month), area_return, tuple(lines))


def load_return(area: ServiceArea, month: Month, *, for_update: bool = False) -> Return | None:
    rows = Return.objects.filter(service_area=area, month=month)
    if for_update:
        return rows.select_for_update().first()
    found: Return | None = rows.select_related("submitted_by", "verified_by", "reopened_by").first()
    return found


def load_standing(area: ServiceArea, month: Month, area_return: Return | None) -> dict[int, Standing]:
    """By KPI, what stands in the rows that have something. Two queries."""
    results = Result.objects.filter(kpi__service_area=area, month=month).select_related("entered_by")
    by_kpi = {result.kpi_id: result for result in results}
    typed = Entry.objects.filter(area_return=area_return).select_related("edited_by") if area_return else ()
    entries = {entry.kpi_id: entry for entry in typed}
    return {kpi: standing_of(area_return, by_kpi.get(kpi), entries.get(kpi)) for kpi in by_kpi.keys() | entries.keys()}


def nothing_stands(area_return: Return | None) -> Standing:
    return standing_of(area_return, None, None)


def standing_of(area_return: Return | None, result: Result | None, entry: Entry | None) -> Standing:
    round_ = area_return.version if area_return else FIRST_ROUND
    version = f"{round_}.{result.version if result else 0}.{entry.version if entry else 0}"
    typed = typed_entry(entry) if entry else typed_result(result) if result else Typed()
    return Standing(typed, version, entry, result)


def typed_entry(entry: Entry) -> Typed:
    return Typed(**{cell: getattr(entry, cell) for cell in CELLS})


def typed_result(result: Result) -> Typed:
    """The result as somebody would have typed it."""
    return Typed(**{cell: _as_typed(getattr(result, cell)) for cell in CELLS} | {"recovery_month": _month(result)})


def digest(typed: Typed) -> str:
    """A mark of what a row's cells were when the page was made: a row that still matches it was not touched."""
    return sha256("\0".join(getattr(typed, cell) for cell in CELLS).encode()).hexdigest()[:16]


def _as_typed(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return value.isoformat() if isinstance(value, date) else written(value)


def _month(result: Result) -> str:
    return month_long(Month(result.recovery_month)) if result.recovery_month else ""


def _line(
    pk: int,
    terms: KpiTerms,
    month: Month,
    earlier: tuple[Judgement, ...],
    relief: Relief | None,
    standing: Standing,
    answered: Mapping[str, str],
) -> Line:
    level = terms.level_at(month)
    target, minimum = (
        level_in_words(each, terms.polarity, terms.unit, terms.decimals) if each is not None else ""
        for each in ((level.target, level.minimum) if level else (None, None))
    )
    return Line(
        pk=pk,
        terms=terms,
        target=target,
        minimum=minimum,
        earlier=earlier,
        relief=relief,
        standing=standing,
        answers={**answered, **(standing.entry.answers if standing.entry else {})},
        offer=_offer(earlier, relief),
    )


def _offer(earlier: Sequence[Judgement], relief: Relief | None) -> Offer | None:
    if relief is not None:
        return Offer(f"The narrative of relief {relief.reference}", Typed(cause=relief.narrative))
    before = earlier[-1] if earlier else None
    if before is None or before.measured not in MISSES or before.reading is None or before.reading.explanation is None:
        return None
    said = before.reading.explanation
    typed = Typed(cause=said.cause, effect=said.effect, remedy=said.remedy)
    if said.recovery_month is not None:
        typed = replace(typed, recovery_month=month_long(said.recovery_month))
    return Offer(f"What was said of {month_long(before.month)}", typed)


def _answers(area: ServiceArea, month: Month) -> dict[int, dict[str, str]]:
    rows = WarningAnswer.objects.filter(result__kpi__service_area=area, result__month=month)
    found: dict[int, dict[str, str]] = {}
    for kpi, warning, answer in rows.values_list("result__kpi", "warning", "answer"):
        found.setdefault(kpi, {})[warning] = answer
    return found


def _due_on(area: ServiceArea, month: Month) -> date | None:
    try:
        return data_due_on(month, working_calendar(), area.contract.data_due_working_days)
    except YearNotKnown:
        return None
