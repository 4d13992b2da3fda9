"""
What was decided about a contract's figures: reliefs, disputes, corrections, months reopened.

Nothing internal is in it, so that the supplier reads the same list as the council: no comment, no answer to a warning,
no draft. Each thing stands where it happened last, newest first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from contracts.models import Contract
from contracts.readings import Reading, ask, beside
from contracts.rules.months import Month, month_long
from kpis.models import Correction, Return
from kpis.queries.corrections import correction_in_words
from kpis.queries.dispute_pages import DisputeLine, read_lines_of_contract
from kpis.queries.reliefs import read_reliefs
from kpis.rules import relief as relief_rules
from kpis.rules.disputes import State
from kpis.rules.relief import Decision

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Happened:
    """One line: ``kind`` in a word or two, what it is about with its address, what became of it, and why."""

    at: datetime | None
    kind: str
    about: str
    href: str
    what: str
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything, newest first, and what still waits for a word."""

    happened: tuple[Happened, ...]
    open_disputes: tuple[DisputeLine, ...]
    reliefs_asked: int
    to_correct: tuple[DisputeLine, ...]

    @property
    def headline(self) -> str:
        """What waits for the contract manager."""
        waits = [
            _counted(len(self.open_disputes), "dispute"),
            _counted(self.reliefs_asked, "relief request"),
        ]
        named = [each for each in waits if each]
        if not named:
            return "No dispute and no relief request waits for a decision."
        number = len(self.open_disputes) + self.reliefs_asked
        return f"{' and '.join(named)} {'waits' if number == 1 else 'wait'} for a decision."


def read_decisions(contract: Contract) -> Reading[Decisions]:
    """However much has happened, in one step."""
    disputes, reliefs, (corrected, reopened) = yield from beside(
        read_lines_of_contract(contract), read_reliefs(contract), ask(_corrected(contract), _reopened(contract))
    )
    happened = chain(
        (_dispute(contract, line) for line in disputes),
        (_relief(contract, relief) for relief in reliefs),
        _corrections(contract, corrected),
        _reopenings(contract, reopened),
    )
    return Decisions(
        happened=tuple(sorted(happened, key=lambda each: each.at or LONG_AGO, reverse=True)),
        open_disputes=tuple(line for line in disputes if line.state is State.OPEN),
        reliefs_asked=sum(relief.decision is Decision.REQUESTED for relief in reliefs),
        to_correct=tuple(line for line in disputes if line.state is State.UPHELD and not line.is_corrected),
    )


def _dispute(contract: Contract, line: DisputeLine) -> Happened:
    claimed = f" The supplier holds {line.claimed.rstrip('.')} to be right." if line.claimed else ""
    return Happened(
        at=line.settled_at or line.raised_at,
        kind="Dispute",
        about=f"{line.code}, {month_long(line.month)}: {line.figure}",
        href=reverse("kpis:dispute", args=[contract.reference, line.pk]),
        what=line.state_in_words,
        why=line.answer or f"{line.note}{claimed}",
        by=line.settled_by or line.raised_by,
    )


def _relief(contract: Contract, relief: relief_rules.Relief) -> Happened:
    waits = relief.decision is Decision.REQUESTED
    return Happened(
        at=_begin_of(relief.decided_on or relief.requested_on),
        kind="Relief",
        about=f"{relief.reference}, {relief_rules.span_in_words(relief)}",
        href=reverse("kpis:relief", args=[contract.reference, relief.reference]),
        what="Waits for a decision" if waits else relief.decision.value.capitalize(),
        why=relief.reason or relief.narrative,
        by=relief.requested_by if waits else relief.decided_by,
    )


def _corrected(contract: Contract) -> QuerySet[Correction]:
    return Correction.objects.filter(result__kpi__contract=contract).select_related("result__kpi", "corrected_by")


def _reopened(contract: Contract) -> QuerySet[Any, Any]:
    rows = Return.history.filter(service_area__contract=contract, reopened_at__isnull=False)
    said = ("service_area__name", "service_area__code", "month", "reopened_at", "reopened_reason")
    found: QuerySet[Any, Any] = rows.order_by().values_list(*said, "reopened_by__job_title").distinct()
    return found


def _corrections(contract: Contract, rows: Iterable[Correction]) -> Iterator[Happened]:
    for row in rows:
        kpi = row.result.kpi
        yield Happened(
            at=row.corrected_at,
            kind="Correction",
            about=f"{kpi.code}, {month_long(Month(row.result.month))}",
            href=f"{reverse('kpis:kpi', args=[contract.reference, kpi.code])}#corrections",
            what=correction_in_words(row),
            why=row.reason,
            by=str(row.corrected_by or ""),
        )


def _reopenings(contract: Contract, rows: Iterable[Any]) -> Iterator[Happened]:
    """Every time that a verified month was opened again, from the history: the return keeps the last one only."""
    for name, code, month, at, reason, by in rows:
        yield Happened(
            at=at,
            kind="Month",
            about=f"{name}, {month_long(Month(month))}",
            href=f"{reverse('kpis:month', args=[contract.reference, Month(month)])}#{code}",
            what="Reopened",
            why=reason,
            by=by or "",
        )


def _begin_of(day: date | None) -> datetime | None:
    """The instant by which a day without a time is sorted."""
    return timezone.make_aware(datetime.combine(day, time())) if day else None


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}" if number else ""
