"""
The few dated rows of one KPI: its levels, its rebases, and how KPI and levels came to be as they are.

They are handed out as :class:`contracts.rows.Wanted`, so that a page can take them together with other tables in one
statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from contracts.rows import Row, Wanted, instant, month, month_or_none
from contracts.rules.months import month_long
from kpis.models import Kpi
from kpis.queries.kpi_page.values import DefinitionEvent, RebaseRow
from kpis.rules import status
from kpis.rules.figures import Polarity, Unit, level_in_words

VERBS: Final = {"+": "set", "~": "changed", "-": "taken away"}
CHANGE: Final = (
    "h.history_date, h.history_id, h.history_type, COALESCE(h.history_change_reason, ''), COALESCE(p.job_title, '')"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """Levels and rebases by their months, events newest first."""

    levels: tuple[status.Level, ...]
    rebases: tuple[RebaseRow, ...]
    events: tuple[DefinitionEvent, ...]


def wanted_dated(kpi: Kpi) -> tuple[Wanted, ...]:
    """Levels, rebases, those that were withdrawn among them, and the changes of the KPI and of its levels."""
    own = (kpi.pk,)
    changed = "FROM {table} h LEFT JOIN contracts_person p ON p.id = h.history_user_id WHERE h.{kpi} = %s"
    return (
        Wanted("effective_from, id, target, minimum, reason, agreed_by", "FROM kpis_level WHERE kpi_id = %s", own),
        Wanted(
            "r.from_month, r.id, r.reason, r.agreed_by, r.recorded_at, COALESCE(b.job_title, ''), r.withdrawn_at,"
            " COALESCE(w.job_title, ''), r.withdrawn_reason",
            "FROM kpis_rebase r LEFT JOIN contracts_person b ON b.id = r.recorded_by_id"
            " LEFT JOIN contracts_person w ON w.id = r.withdrawn_by_id WHERE r.kpi_id = %s",
            own,
        ),
        Wanted(f"{CHANGE}, h.in_force_from, h.in_force_to", changed.format(table="kpis_historicalkpi", kpi="id"), own),
        Wanted(
            f"{CHANGE}, h.effective_from, h.target, h.minimum",
            changed.format(table="kpis_historicallevel", kpi="kpi_id"),
            own,
        ),
    )


def dated_of(kpi: Kpi, found: Sequence[Sequence[Row]]) -> Dated:
    """What :func:`wanted_dated` found."""
    levels, rebases, of_kpi, of_levels = found
    return Dated(
        levels=tuple(
            status.Level(month(at), _figure(target), _figure(minimum), reason, agreed_by)
            for at, _, target, minimum, reason, agreed_by in _in_order(levels)
        ),
        rebases=tuple(_rebase(row) for row in _in_order(rebases)),
        events=_events([(row, _of_kpi(row)) for row in of_kpi] + [(row, _of_level(kpi, row)) for row in of_levels]),
    )


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """By month, and in one month in the order in which they were written."""
    return sorted(rows, key=lambda row: (row[0], row[1]))


def _events(told: Iterable[tuple[Row, str]]) -> tuple[DefinitionEvent, ...]:
    """The latest first."""
    dated = sorted(((instant(row[0]), row[1], row[4], what, row[3]) for row, what in told), reverse=True)
    return tuple(DefinitionEvent(at, by, what, why) for at, _, by, what, why in dated)


def _rebase(row: Row) -> RebaseRow:
    at, pk, reason, agreed_by, recorded, recorded_by, withdrawn, withdrawn_by, withdrawn_reason = row
    return RebaseRow(
        pk=pk,
        from_month=month(at),
        reason=reason,
        agreed_by=agreed_by,
        recorded_at=instant(recorded),
        recorded_by=recorded_by,
        withdrawn_at=instant(withdrawn) if withdrawn else None,
        withdrawn_by=withdrawn_by,
        withdrawn_reason=withdrawn_reason,
    )


def _of_kpi(row: Row) -> str:
    *_, kind, _, _, begins, ends = row
    if kind == "+":
        return f"The KPI was added, in force from {month_long(month(begins))}"
    until = month_or_none(ends)
    last = f" to {month_long(until)}" if until else " on"
    return f"The KPI was changed: in force from {month_long(month(begins))}{last}"


def _of_level(kpi: Kpi, row: Row) -> str:
    *_, kind, _, _, at, target, minimum = row
    unit, polarity = Unit(kpi.unit), Polarity(kpi.polarity)
    promised, least = (level_in_words(_figure(each), polarity, unit, kpi.decimals) for each in (target, minimum))
    return f"The levels from {month_long(month(at))} were {VERBS[kind]}: target {promised}, minimum {least}"


def _figure(found: Decimal | int) -> Decimal:
    """A column that is never empty."""
    return Decimal(found) if isinstance(found, int) else found
