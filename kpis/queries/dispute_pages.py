"""Disputes for their pages: those of a KPI, those of a contract, and one with what was done about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from contracts.models import Person, ServiceArea
from contracts.rules.months import Month
from kpis.models import Dispute, Kpi, Result, Return
from kpis.queries.disputes import dispute_of, figure_disputed, figure_of
from kpis.rules.disputes import State


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """
    One dispute. ``figure`` is the one it is about, ``stands`` the one that stands there now.

    ``is_corrected`` says that they differ: the dispute is about the past then.
    """

    pk: int
    code: str
    name: str
    month: Month
    figure: str
    stands: str
    is_corrected: bool
    state: State
    note: str
    claimed: str
    answer: str
    raised_at: datetime
    raised_by: str
    settled_at: datetime | None
    settled_by: str

    @property
    def state_in_words(self) -> str:
        """`Upheld, to be corrected`"""
        if self.state is State.OPEN:
            return "Waits for an answer"
        if self.state is State.UPHELD:
            return "Upheld, and corrected" if self.is_corrected else "Upheld, to be corrected"
        return self.state.value.capitalize()


@dataclass(frozen=True, slots=True)
class Event:
    """A step in the history of a dispute."""

    at: datetime
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class DisputePage:
    """One dispute with its history, oldest first, and whether its month can be reopened to correct it."""

    line: DisputeLine
    area_code: str
    is_closed: bool
    events: tuple[Event, ...]


def lines_of_kpi(kpi: Kpi) -> tuple[DisputeLine, ...]:
    """Every dispute of one KPI, newest first. One query."""
    return tuple(_line(row) for row in _rows().filter(result__kpi=kpi))


def lines_of_contract(contract: Any) -> tuple[DisputeLine, ...]:
    """Every dispute of a contract, newest first. One query."""
    return tuple(_line(row) for row in _rows().filter(result__kpi__contract=contract))


def disputable_months(kpi: Kpi, person: Person) -> frozenset[Month]:
    """The verified months whose figure this person may dispute, and which waits for no answer. At most two queries."""
    if not ServiceArea.objects.disputed_by(person).filter(pk=kpi.service_area_id).exists():
        return frozenset()
    verified = Return.objects.filter(
        service_area=kpi.service_area_id, month=OuterRef("month"), state=Return.State.VERIFIED
    )
    waiting = Dispute.objects.filter(result=OuterRef("pk"), state=State.OPEN)
    months = Result.objects.filter(Exists(verified), ~Exists(waiting), kpi=kpi).values_list("month", flat=True)
    return frozenset(Month(month) for month in months)


def load_dispute_page(row: Dispute) -> DisputePage:
    """One dispute, in three queries."""
    found = _rows().get(pk=row.pk)
    kpi, month = found.result.kpi, found.result.month
    closed = Return.objects.filter(service_area=kpi.service_area_id, month=month, state=Return.State.VERIFIED)
    return DisputePage(
        line=_line(found), area_code=kpi.service_area.code, is_closed=closed.exists(), events=tuple(_events(found))
    )


def figure_that_stands(result: Result) -> str:
    """The figure of a result in its KPI's unit, or why there is none; the KPI is read already."""
    return figure_of(result.kpi, result.value, result.numerator, result.denominator, result.not_measured_reason)


def _rows() -> Any:
    related = ("result__kpi__service_area", "raised_by", "settled_by")
    return Dispute.objects.select_related(*related).order_by("-raised_at", "-pk")


def _line(row: Dispute) -> DisputeLine:
    result = row.result
    stands = (result.value, result.numerator, result.denominator, result.not_measured_reason)
    return DisputeLine(
        pk=row.pk,
        code=result.kpi.code,
        name=result.kpi.name,
        month=Month(result.month),
        figure=figure_disputed(row),
        stands=figure_that_stands(result),
        is_corrected=dispute_of(row).disputed != stands,
        state=State(row.state),
        note=row.note,
        claimed=row.claimed,
        answer=row.answer,
        raised_at=row.raised_at,
        raised_by=str(row.raised_by),
        settled_at=row.settled_at,
        settled_by=str(row.settled_by or ""),
    )


def _events(row: Dispute) -> Iterator[Event]:
    for past in row.history.select_related("history_user").order_by("history_id"):
        said = past.history_change_reason or ""
        yield Event(at=past.history_date, by=str(past.history_user or ""), what=said[:1].upper() + said[1:])
