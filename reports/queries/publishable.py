"""The months that may be told as provisional: declared ones, those that could be, and the papers they stand in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from contracts.models import Contract
from contracts.queries import NAMED
from contracts.rows import Row, Wanted, local_day, month
from contracts.rules.months import Month, last_owed, month_of, month_range
from kpis.models import Result
from kpis.queries import verified_months
from reports.models import Paper, PublishableMonth
from reports.models.paper import Kind
from reports.snapshot import BoardPaper

LATEST: Final = 12
"""So many of the latest months are offered."""
SETTLED: Final = (
    Paper.Status.SIGNED_OFF,
    Paper.Status.WITH_CLERK,
    Paper.Status.PUBLISHED,
    Paper.Status.WITHDRAWN,
    Paper.Status.REMOVED,
)


@dataclass(frozen=True, slots=True)
class DeclaredMonth:
    """A month that was declared publishable; ``used_in`` names the addendum that tells it, signed off or further."""

    row: PublishableMonth
    month: Month
    is_verified: bool
    used_in: str

    @property
    def is_withdrawn(self) -> bool:
        return self.row.withdrawn_at is not None

    @property
    def may_be_withdrawn(self) -> bool:
        return not self.is_withdrawn and not self.used_in


@dataclass(frozen=True, slots=True)
class Declaration:
    """A month that may be told as provisional: who declared it, when, and why it does not wait."""

    month: Month
    declared_by: str
    declared_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class PublishableMonths:
    """The declarations, the latest month first, and the months that can be declared."""

    declared: tuple[DeclaredMonth, ...]
    choices: tuple[Month, ...]


def load_publishable(contract: Contract, on: date) -> PublishableMonths:
    """What the page about provisional months shows. Eight queries at most."""
    verified, used = set(verified_months(contract)), in_use(contract)
    rows = PublishableMonth.objects.filter(contract=contract).select_related("declared_by", "withdrawn_by")
    declared = tuple(
        DeclaredMonth(
            row,
            Month(row.month),
            Month(row.month) in verified,
            "" if row.withdrawn_at else used.get(Month(row.month), ""),
        )
        for row in rows.order_by("-month", "-declared_at")
    )
    taken = {each.month for each in declared if not each.is_withdrawn}
    return PublishableMonths(declared, _choices(contract, on, verified | taken))


def declarations(contract: Contract) -> QuerySet[PublishableMonth]:
    """Those that hold, earliest month first; not read yet."""
    rows = PublishableMonth.objects.filter(contract=contract, withdrawn_at=None)
    return rows.select_related("declared_by").order_by("month")


def wanted_declared(contract: Contract) -> Wanted:
    """The declarations that hold, beside whatever else a page reads."""
    return Wanted(
        f"m.month, {NAMED.format('p')}, m.declared_at, m.reason",
        "FROM reports_publishablemonth m JOIN contracts_person p ON p.id = m.declared_by_id"
        " WHERE m.contract_id = %s AND m.withdrawn_at IS NULL",
        (contract.pk,),
    )


def declared_in(paper: BoardPaper, found: Iterable[Row]) -> tuple[Declaration, ...]:
    """Of the months that :func:`wanted_declared` found, those that a paper shows with provisional figures."""
    provisional = {counts.month for counts in paper.history.months if counts.provisional}
    return tuple(
        Declaration(month(at), by, local_day(declared), reason)
        for at, by, declared, reason in sorted(found, key=lambda row: row[0])
        if month(at) in provisional
    )


def in_use(contract: Contract) -> dict[Month, str]:
    """By month the addendum, signed off or further, that tells it. One query."""
    rows = Paper.objects.filter(contract=contract, kind=Kind.ADDENDUM, status__in=SETTLED)
    return {
        month: f"addendum {number} for {meeting_on.isoformat()}"
        for number, meeting_on, first, last in rows.order_by("made_at").values_list(
            "number", "meeting__meeting_on", "review_from", "review_to"
        )
        for month in month_range(Month(first), Month(last))
    }


def _choices(contract: Contract, on: date, not_these: Iterable[Month]) -> tuple[Month, ...]:
    """Ended months with figures that are neither verified nor declared, the latest first. One query."""
    last = last_owed(contract.ends_on, on)
    first = month_of(contract.commences_on)
    results = Result.objects.of_contract(contract).counted().filter(month__gte=first, month__lte=last)
    months = {Month(month) for month in results.values_list("month", flat=True).distinct()} - set(not_these)
    return tuple(sorted(months, reverse=True)[:LATEST])
