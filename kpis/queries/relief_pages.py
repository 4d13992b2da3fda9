"""What the pages about mitigation relief show: all of them with their age, and one with its effect and its history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from contracts.models import Contract
from contracts.readings import Reading, read_now
from contracts.rows import Wanted
from contracts.rules.months import Month, add_months, last_ended, month_of, month_short
from kpis.models import Relief
from kpis.queries.effects import Effect, Judged, as_granted, exchanged, load_effect
from kpis.queries.reliefs import load_reliefs, reliefs_of, wanted_reliefs
from kpis.rules import relief as rules
from kpis.rules.codes import code_order
from kpis.rules.effects import in_words
from kpis.rules.relief import Decision

TRACKED: Final = {
    "decision": "Decision",
    "from_month": "First month",
    "to_month": "Last month",
    "cause": "Cause",
    "narrative": "Narrative",
    "decision_reason": "Reason",
    "requested_by": "Asked for by",
    "decided_by": "Decided by",
}


@dataclass(frozen=True, slots=True)
class ReliefLine:
    """A relief in the list. `is_stale`: open-ended, and older than the contract lets pass without a word."""

    relief: rules.Relief
    codes: tuple[str, ...]
    months: str
    age_months: int
    is_stale: bool


@dataclass(frozen=True, slots=True)
class ReliefList:
    """Every relief on record, oldest first: those that wait, those in force or still to begin, those that are over."""

    waiting: tuple[ReliefLine, ...]
    granted: tuple[ReliefLine, ...]
    over: tuple[ReliefLine, ...]

    @property
    def stale(self) -> tuple[ReliefLine, ...]:
        return tuple(line for line in self.granted if line.is_stale)


@dataclass(frozen=True, slots=True)
class Changed:
    """A field before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Event:
    """A change in the history of a relief: when, by whom, what and why."""

    at: datetime
    by: str
    why: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class ReliefPage:
    """One relief. `effect` is what granting it as asked would do, or what it does now that it is granted."""

    relief: rules.Relief
    kpis: tuple[tuple[str, str], ...]
    months: str
    age_months: int
    is_stale: bool
    effect: Effect | None
    events: tuple[Event, ...]
    on_record: tuple[rules.Relief, ...]
    """Every relief of the contract, and what they are judged on: for trying out another decision."""
    judged: Judged

    def effect_as(self, changed: rules.Relief) -> Effect:
        """What it would do that this relief stood otherwise, all others as they are. One query."""
        return load_effect(self.judged, self.on_record, exchanged(self.on_record, changed.reference, changed))

    @property
    def effect_in_words(self) -> str:
        """Nothing where no status moves."""
        if self.effect is None:
            return ""
        verb = "it has turned" if self.relief.decision is Decision.GRANTED else "would turn"
        return in_words(self.effect.moves, verb)


def load_relief_list(contract: Contract, on: date) -> ReliefList:
    """Every relief with its age at the end of the last month that has ended. One query."""
    until = last_ended(on)
    lines = [_line(relief, until, contract.stale_relief_months) for relief in load_reliefs(contract)]
    waiting = [line for line in lines if line.relief.decision is Decision.REQUESTED]
    granted = [line for line in lines if _is_current(line.relief, month_of(on))]
    over = [line for line in lines if line not in waiting and line not in granted]
    return ReliefList(tuple(waiting), tuple(granted), tuple(over))


def load_relief_page(row: Relief, on: date) -> ReliefPage:
    """One relief, its effect and its history, in two queries."""
    return read_now(read_relief_page(row, on))


def read_relief_page(row: Relief, on: date) -> Reading[ReliefPage]:
    """The same beside whatever else is read."""
    until = last_ended(on)
    contract = row.contract.pk
    kpis = Wanted("id, code, name", "FROM kpis_kpi WHERE contract_id = %s", (contract,))
    history = row.history.select_related("history_user").order_by("history_date", "history_id")
    *reliefs, found, history = yield (*wanted_reliefs(contract), kpis, history)
    on_record, names = reliefs_of(*reliefs), {code: name for _, code, name in found}
    relief = next(each for each in on_record if each.reference == row.reference)
    line = _line(relief, until, row.contract.stale_relief_months)
    judged = Judged(contract, tuple(sorted(pk for pk, *_ in found)), until)
    return ReliefPage(
        relief=relief,
        kpis=tuple((code, names[code]) for code in line.codes),
        months=line.months,
        age_months=line.age_months,
        is_stale=line.is_stale,
        effect=_effect(judged, on_record, relief),
        events=tuple(reversed([*_events(history)])),
        on_record=on_record,
        judged=judged,
    )


def _line(relief: rules.Relief, until: Month, limit: int) -> ReliefLine:
    return ReliefLine(
        relief=relief,
        codes=tuple(sorted(relief.kpis, key=code_order)),
        months=rules.span_in_words(relief),
        age_months=rules.age_months(relief, min(until, relief.to_month or until)),
        is_stale=relief.decision is Decision.GRANTED and relief.is_long_open_ended(until, limit),
    )


def _is_current(relief: rules.Relief, month: Month) -> bool:
    return relief.decision is Decision.GRANTED and (relief.to_month is None or relief.to_month >= add_months(month, -1))


def _effect(judged: Judged, on_record: Sequence[rules.Relief], relief: rules.Relief) -> Effect | None:
    without = [each for each in on_record if each.reference != relief.reference]
    if relief.decision is Decision.GRANTED:
        return load_effect(judged, without, on_record)
    if relief.decision is Decision.REQUESTED:
        granted = as_granted(relief, relief.from_month, relief.to_month)
        return load_effect(judged, on_record, exchanged(on_record, relief.reference, granted))
    return None


def _events(rows: Sequence[Any]) -> Iterator[Event]:
    """Of a history, oldest first. Naming its KPIs writes a second row of the same making, which says nothing new."""
    if rows:
        yield _event(rows[0], ())
    for before, after in pairwise(rows):
        changes = tuple(
            Changed(label, _told(getattr(before, name)), _told(getattr(after, name)))
            for name, label in TRACKED.items()
            if getattr(before, name) != getattr(after, name) and not _is_said(name, after)
        )
        if changes:
            yield _event(after, changes)


def _is_said(name: str, row: Any) -> bool:
    """Whether who changed it and why say already what the field says."""
    if name == "decided_by":
        return row.history_user is not None and row.decided_by == str(row.history_user)
    return name == "decision_reason" and (row.history_change_reason or "").endswith(row.decision_reason)


def _event(row: Any, changes: tuple[Changed, ...]) -> Event:
    return Event(
        at=row.history_date,
        by=str(row.history_user) if row.history_user else "",
        why=row.history_change_reason or "",
        changes=changes,
    )


def _told(value: Any) -> str:
    if isinstance(value, date):
        return month_short(Month(value))
    return str(value) if value else "nothing"
