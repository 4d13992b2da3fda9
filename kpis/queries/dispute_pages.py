"""Disputes for their pages: those of a KPI, those of a contract, and one with what was done about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.queries import NAMED
from contracts.readings import Reading
from contracts.rows import Row, Wanted, figure, instant, month
from contracts.rules.months import Month
from kpis.models import Dispute, Kpi, Result, Return
from kpis.queries.disputes import dispute_of, figure_disputed
from kpis.rules import disputes as rules
from kpis.rules.disputes import State
from kpis.rules.sentences import figure_in_words


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


def wanted_disputes(kpi: Kpi) -> Wanted:
    """Every dispute of one KPI, with the figure that stands there now and who raised and settled it."""
    return Wanted(
        "d.id, r.month, r.value, r.numerator, r.denominator, r.not_measured_reason, d.value, d.numerator,"
        " d.denominator, d.not_measured_reason, d.state, d.note, d.claimed, d.answer, d.raised_at, d.settled_at,"
        f" {NAMED.format('p')}, {NAMED.format('s')}",
        "FROM kpis_result r JOIN kpis_dispute d ON d.result_id = r.id JOIN contracts_person p ON p.id = d.raised_by_id"
        " LEFT JOIN contracts_person s ON s.id = d.settled_by_id WHERE r.kpi_id = %s",
        (kpi.pk,),
    )


def disputes_of_kpi(
    kpi: Kpi, found: Iterable[Row]
) -> tuple[tuple[DisputeLine, ...], Mapping[Month, Sequence[rules.Dispute]]]:
    """What `wanted_disputes` found: newest first, and by month, oldest first, as rules read them."""
    rows = sorted(_raised(kpi, each) for each in found)
    by_month: defaultdict[Month, list[rules.Dispute]] = defaultdict(list)
    for _, _, row, *_ in rows:
        by_month[Month(row.result.month)].append(dispute_of(row))
    return tuple(_line(row, raised_by, settled_by) for _, _, row, raised_by, settled_by in reversed(rows)), by_month


def _raised(kpi: Kpi, found: Row) -> tuple[datetime, int, Dispute, str, str]:
    """A dispute and who is named in it, after what disputes are ordered by."""
    pk, at, *rest = found
    (value, numerator, denominator, reason), was, said = rest[:4], rest[4:8], rest[8:]
    state, note, claimed, answer, raised_at, settled_at, raised_by, settled_by = said
    result = Result(
        kpi=kpi, month=month(at), value=figure(value), numerator=figure(numerator), denominator=figure(denominator),
        not_measured_reason=reason,
    )  # fmt: skip
    row = Dispute(
        pk=pk, result=result, value=figure(was[0]), numerator=figure(was[1]), denominator=figure(was[2]),
        not_measured_reason=was[3], state=state, note=note, claimed=claimed, answer=answer,
        raised_at=instant(raised_at), settled_at=instant(settled_at) if settled_at else None,
    )  # fmt: skip
    return row.raised_at, pk, row, raised_by, settled_by


def read_lines_of_contract(contract: Any) -> Reading[tuple[DisputeLine, ...]]:
    """Every dispute of a contract, newest first. One step."""
    (rows,) = yield (_rows().filter(result__kpi__contract=contract),)
    return tuple(_line_of(row) for row in rows)


def load_dispute_page(row: Dispute) -> DisputePage:
    """One dispute, in three queries."""
    found = _rows().get(pk=row.pk)
    kpi, month = found.result.kpi, found.result.month
    closed = Return.objects.filter(service_area=kpi.service_area_id, month=month, state=Return.State.VERIFIED)
    return DisputePage(
        line=_line_of(found), area_code=kpi.service_area.code, is_closed=closed.exists(), events=tuple(_events(found))
    )


def figure_that_stands(result: Result) -> str:
    """The figure of a result in its KPI's unit, or why there is none; the KPI is read already."""
    kpi = result.kpi
    return figure_in_words(
        kpi.unit, kpi.decimals, result.value, result.numerator, result.denominator, result.not_measured_reason
    )


def _rows() -> Any:
    related = ("result__kpi__service_area", "raised_by", "settled_by")
    return Dispute.objects.select_related(*related).order_by("-raised_at", "-pk")


def _line_of(row: Dispute) -> DisputeLine:
    return _line(row, str(row.raised_by), str(row.settled_by or ""))


def _line(row: Dispute, raised_by: str, settled_by: str) -> DisputeLine:
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
        raised_by=raised_by,
        settled_at=row.settled_at,
        settled_by=settled_by,
    )


def _events(row: Dispute) -> Iterator[Event]:
    for past in row.history.select_related("history_user").order_by("history_id"):
        said = past.history_change_reason or ""
        yield Event(at=past.history_date, by=str(past.history_user or ""), what=said[:1].upper() + said[1:])
