"""
All the contracts that a person may see, each in one row, worst first.

The figures come from the counts that are kept of each service area's month: whatever the number of contracts and years,
it is two queries. They are read every time. A contract of which they come out the same has the row that was made of
them the last time, for this is the page that everybody opens.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.urls import reverse

from contracts.models import Contract
from contracts.queries import calendar_with
from contracts.rows import KEPT, Found, Row, Wanted, day, read
from contracts.rules.calendar import WorkingCalendar, data_due_if_known
from contracts.rules.held import Held
from contracts.rules.months import Month, add_months, last_ended, month_of, month_range
from contracts.rules.roles import SEES_DRAFTS
from kpis.queries.summary import standings_of, wanted_standings
from kpis.rules.counts import StatusCounts
from kpis.rules.summary import MonthStanding, added, gravity
from projects.queries.glance import glances_of, wanted_glances
from projects.rules.overview import PortfolioGlance
from reports.rules.overview import overview_headline

SHOWN_MONTHS: Final = 12
KEPT_ROWS: Final = 1000
"""Of how many contracts a row is kept, and what is drawn of it."""
NO_PROJECTS: Final = PortfolioGlance()


@dataclass(frozen=True, slots=True)
class Seen:
    """A contract that a person may see, and whether their role works on its drafts."""

    pk: int
    reference: str
    sees_drafts: bool


@dataclass(frozen=True, slots=True, eq=False)
class ContractRow:
    """
    A contract: its latest verified month, or the last one shown where none of them is verified; what else is open.

    ``months`` are the last twelve that have ended, those of the contract's life; ``overdue`` counts the returns they
    lack past their day. A row is equal to itself alone, so that what is drawn of it can be kept.
    """

    href: str
    reference: str
    title: str
    supplier: str
    authority: str
    stands: MonthStanding | None
    months: tuple[MonthStanding, ...]
    reliefs: int
    overdue: int
    projects: PortfolioGlance
    meeting_on: date | None
    meeting_href: str
    paper: str

    @property
    def month(self) -> Month | None:
        return self.stands.month if self.stands else None

    @property
    def is_verified(self) -> bool:
        return self.stands is not None and self.stands.is_verified

    @property
    def in_force(self) -> int | None:
        return self.stands.counts.in_force if self.stands else None

    @property
    def gravity(self) -> tuple[int, ...] | None:
        """The gravest first; without a KPI in force there is nothing to rank."""
        return gravity(self.stands.counts) if self.stands else None

    @property
    def project_order(self) -> tuple[int, int]:
        return self.projects.red, self.projects.late


@dataclass(frozen=True, slots=True)
class Overview:
    """The rows asked for, worst first, and all of them counted together; ``number`` counts those not asked for too."""

    rows: tuple[ContractRow, ...]
    number: int
    counts: StatusCounts
    headline: str
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """The next planned meeting about a contract, and the state of the report for it that this person may open."""

    pk: int
    meeting_on: date
    paper: str


@dataclass(frozen=True, slots=True)
class _Facts:
    """All that decides the row of a contract; the terms, counts and KPIs as they were read."""

    terms: tuple[Any, ...]
    counts: tuple[tuple[Any, ...], ...]
    kpis: tuple[tuple[Any, ...], ...]
    reliefs: int
    projects: PortfolioGlance
    coming: Coming | None
    was_reported_earlier: bool


def contracts_seen_by(held: Held) -> tuple[Seen, ...]:
    """The contracts that are seen by who holds this; one query."""
    rows = Contract.objects.order_by("pk").values_list("pk", "reference")
    if not held.sees_everything:
        rows = rows.filter(reference__in={post.contract for post in held.posts})
    return tuple(Seen(pk, reference, held.holds(SEES_DRAFTS, reference)) for pk, reference in rows)


def load_overview(seen: tuple[Seen, ...], on: date, words: str = "") -> Overview:
    """Those of the contracts whose title, reference, authority or supplier hold these words, on a day; one query."""
    return _overview(seen, on, words, read(*_wanted(seen, on)))


def ended_months(on: date) -> tuple[Month, ...]:
    """The twelve months that have ended before a day, oldest first."""
    last = last_ended(on)
    return month_range(add_months(last, 1 - SHOWN_MONTHS), last)


@lru_cache(maxsize=KEPT)
def _overview(seen: tuple[Seen, ...], on: date, words: str, found: Found) -> Overview:
    rows = [row for row in _rows(seen, on, found) if _holds(row, words)]
    stands = [row.stands for row in rows if row.stands]
    return Overview(
        rows=tuple(rows),
        number=len(seen),
        counts=added(each.counts for each in stands),
        headline=overview_headline([each.counts for each in stands], sum(each.is_verified for each in stands)),
        months=ended_months(on),
    )


@lru_cache(maxsize=KEPT)
def _rows(seen: tuple[Seen, ...], on: date, found: Found) -> tuple[ContractRow, ...]:
    """A row for each contract, worst first, by title where none is worse."""
    *tables, closed = found.tables
    calendar = calendar_with(date.fromisoformat(row[0]) for row in closed)
    rows = [_row(facts, on, calendar) for facts in _facts(seen, tables)]
    rows.sort(key=lambda row: (row.gravity is None, row.gravity or (), row.title.casefold(), row.reference))
    return tuple(rows)


def _facts(seen: Iterable[Seen], tables: Sequence[list[Row]]) -> Iterator[_Facts]:
    contracts, counts, kpis, reliefs, meetings, papers, earlier, projects = tables
    counts_of, kpis_of = _by_contract(counts), _by_contract(kpis)
    glances = glances_of(projects)
    relief_counts: dict[int, int] = {row[0]: row[1] for row in reliefs}
    coming = _coming(meetings, papers, {each.pk: each.sees_drafts for each in seen})
    reported_earlier = {contract for (contract,) in earlier}
    for pk, *terms in contracts:
        yield _Facts(
            terms=tuple(terms),
            counts=counts_of.get(pk, ()),
            kpis=kpis_of.get(pk, ()),
            reliefs=relief_counts.get(pk, 0),
            projects=glances.get(pk, NO_PROJECTS),
            coming=coming.get(pk),
            was_reported_earlier=pk in reported_earlier,
        )


def _by_contract(rows: Iterable[Row]) -> Mapping[int, tuple[tuple[Any, ...], ...]]:
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(tuple(row))
    return {contract: tuple(own) for contract, own in found.items()}


@lru_cache(maxsize=KEPT_ROWS)
def _row(facts: _Facts, on: date, calendar: WorkingCalendar) -> ContractRow:
    """The same row again for as long as nothing of its contract moved, whatever did of the others."""
    reference, title, supplier, authority, begins, ends, due_days = facts.terms
    shown = _of_its_life(standings_of(ended_months(on), facts.counts, facts.kpis), day(begins), day(ends))
    in_force = [each for each in shown if each.counts.in_force]
    verified = (each for each in reversed(in_force) if each.is_verified)
    owing = shown if facts.was_reported_earlier else _since_first_word(shown)
    meeting = facts.coming
    return ContractRow(
        href=reverse("reports:exceptions", args=[reference]),
        reference=reference,
        title=title,
        supplier=supplier,
        authority=authority,
        stands=next(verified, in_force[-1] if in_force else None),
        months=shown,
        reliefs=facts.reliefs,
        overdue=sum(each.owing - each.handed_in for each in owing if _is_past(each.month, due_days, calendar, on)),
        projects=facts.projects,
        meeting_on=meeting.meeting_on if meeting else None,
        meeting_href=reverse("reports:meeting", args=[reference, meeting.pk]) if meeting else "",
        paper=meeting.paper if meeting else "",
    )


def _wanted(seen: Sequence[Seen], on: date) -> tuple[Wanted, ...]:
    contracts = [each.pk for each in seen]
    months = ended_months(on)
    first, last, today = months[0].isoformat(), months[-1].isoformat(), on.isoformat()
    keys = ", ".join("%s" for _ in contracts) or "NULL"
    coming = (
        "FROM reports_board_contracts w JOIN reports_meeting m ON m.board_id = w.board_id"
        " JOIN reports_board b ON b.id = m.board_id"
    )
    planned = f"w.contract_id IN ({keys}) AND m.status = 'planned' AND m.meeting_on >= %s"
    return (
        Wanted(
            "id, reference, title, supplier, authority, commences_on, ends_on, data_due_working_days",
            f"FROM contracts_contract WHERE id IN ({keys})",
            contracts,
        ),
        *wanted_standings(contracts, months),
        Wanted(
            "x.contract_id, x.number",
            "FROM (SELECT contract_id, COUNT(*) AS number FROM kpis_relief WHERE decision = 'granted'"  # noqa: S608
            f" AND contract_id IN ({keys}) AND from_month <= %s AND (to_month IS NULL OR to_month >= %s)"
            " GROUP BY contract_id) x",
            (*contracts, last, last),
        ),
        Wanted("w.contract_id, m.meeting_on, b.name, m.id", f"{coming} WHERE {planned}", (*contracts, today)),
        Wanted(
            "w.contract_id, p.meeting_id, p.revision, p.status",
            f"{coming} JOIN reports_paper p ON p.meeting_id = m.id AND p.contract_id = w.contract_id"
            f" WHERE p.kind = 'report' AND {planned}",
            (*contracts, today),
        ),
        Wanted(
            "c.id",
            f"FROM contracts_contract c WHERE c.id IN ({keys}) AND EXISTS (SELECT 1 FROM contracts_servicearea a"  # noqa: S608
            " JOIN kpis_areamonth m ON m.service_area_id = a.id WHERE a.contract_id = c.id AND m.month < %s)",
            (*contracts, first),
        ),
        wanted_glances(contracts, on),
        Wanted("closed_on", "FROM contracts_closedday"),
    )


def _coming(meetings: Iterable[Row], papers: Iterable[Row], sees_drafts: Mapping[int, bool]) -> dict[int, Coming]:
    """By contract the next meeting, with the latest revision of its report that the person may open."""
    states: dict[tuple[int, int], str] = {}
    for contract, meeting, _, state in sorted(papers, key=lambda row: row[2]):
        if sees_drafts[contract] or state == "published":
            states[contract, meeting] = state
    found: dict[int, Coming] = {}
    for contract, meeting_on, _, meeting in sorted(meetings):
        if contract not in found:
            found[contract] = Coming(meeting, date.fromisoformat(meeting_on), states.get((contract, meeting), ""))
    return found


def _holds(row: ContractRow, words: str) -> bool:
    text = f"{row.reference} {row.title} {row.supplier} {row.authority}".casefold()
    return all(word in text for word in words.casefold().split())


def _of_its_life(
    standings: Sequence[MonthStanding], begins: date | None, ends: date | None
) -> tuple[MonthStanding, ...]:
    return tuple(
        each
        for each in standings
        if (begins is None or month_of(begins) <= each.month) and (ends is None or each.month <= month_of(ends))
    )


def _since_first_word(months: Sequence[MonthStanding]) -> Sequence[MonthStanding]:
    """Nothing was owed before the first month that was reported; with none reported, the last one alone."""
    said = [place for place, each in enumerate(months) if each.counts.missing < each.counts.in_force or each.handed_in]
    return months[said[0] :] if said else months[-1:]


@lru_cache(maxsize=KEPT * SHOWN_MONTHS)
def _is_past(month: Month, working_days: int, calendar: WorkingCalendar, on: date) -> bool:
    """Whether the month's data was due before this day; a year the calendar does not hold is not guessed."""
    due_on = data_due_if_known(month, calendar, working_days)
    return due_on is not None and due_on < on
