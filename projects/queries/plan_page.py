"""
The forward plan as its page shows it: counted by month in the database, and of each month no more read than is shown.

What is planned, and in which order, is what :mod:`projects.rules.plan` makes of the same projects: the plan's files and
the papers read all of it. A plan of 15,000 projects has tens of thousands of items, of which a page holds a hundred or
two.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db import connection

from contracts.models import Contract
from contracts.rows import Row, Wanted, day, read
from contracts.rules.months import Month, month_key, month_long, month_range, month_short
from projects.queries.plan import PLANNED
from projects.queries.register import RegisterQuestion, rows_asked_for
from projects.rules.facts import MilestoneFacts, ProjectFacts, Stage
from projects.rules.plan import (
    PlanItem,
    PlanKind,
    PlanReach,
    PlanSpan,
    commissioning,
    completion,
    counted_headline,
    plan_reach,
    step,
)

OVERDUE, LATER, UNDATED = ASIDE = "overdue", "later", "undated"
MOST_ON_A_PAGE: Final = 100
LONGEST_NUMBER: Final = 6
"""Digits in the number of a page."""
ASKED: Final = (
    "project_id", "stage", "reference", "title", "original_finish", "agreed_finish", "forecast_finish",
)  # fmt: skip
MONTH_OF: Final = {"postgresql": "to_char({}, 'YYYY-MM')", "sqlite": "substr({}, 1, 7)"}
PLAIN_ORDER: Final = {"postgresql": '{} COLLATE "C"', "sqlite": "{}"}
"""As Python sorts text, whatever the database's own order."""
UNDONE: Final = """
    SELECT a.project_id, a.reference, s.title, s.original_on, s.agreed_on, (
        SELECT f.forecast_on FROM projects_milestoneforecast f
        WHERE f.milestone_id = s.id AND (f.said_on IS NULL OR f.said_on <= %s)
        ORDER BY f.said_on DESC NULLS LAST, f.id DESC LIMIT 1
    ) AS forecast_on
    FROM asked a JOIN projects_milestone s ON s.project_id = a.project_id AND s.actual_on IS NULL
    WHERE a.stage <> 'pipeline'
"""
"""The milestones that are not done, with what was forecast of them last by a day."""
ITEMS: Final = """
    SELECT a.project_id, a.reference, 'commissioning' AS kind, p.expected_commission_on AS planned_on, '' AS step,
        NULL AS original_on, NULL AS agreed_on, NULL AS forecast_on, 0 AS place
    FROM asked a JOIN projects_project p ON p.id = a.project_id WHERE a.stage = 'pipeline'
    UNION ALL
    SELECT project_id, reference, 'milestone', COALESCE(forecast_on, agreed_on, original_on), title,
        original_on, agreed_on, forecast_on, 0
    FROM undone
    UNION ALL
    SELECT a.project_id, a.reference, 'completion', COALESCE(a.agreed_finish, a.forecast_finish), '',
        a.original_finish, a.agreed_finish, a.forecast_finish, 1
    FROM asked a JOIN projects_project p ON p.id = a.project_id
    WHERE a.stage <> 'pipeline' AND p.actual_finish IS NULL
"""
"""Everything to come of the projects asked for; `place` puts a project's end behind its steps of the same day."""


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A month of the plan, or what lies before, behind or beside its months; ``items`` are the first of ``number``."""

    key: str
    name: str
    short: str
    number: int
    items: tuple[PlanItem, ...]

    @property
    def more(self) -> int:
        return self.number - len(self.items)

    @property
    def has_years(self) -> bool:
        """Whether its days lie in several months, so that each says its year."""
        return self.key in (OVERDUE, LATER)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """
    The plan counted, with the items in view: the first of each part, or a page of one part.

    ``parts`` are those in which anything stands; ``in_order`` has the runs of months for which nothing does as well.
    """

    reach: PlanReach
    headline: str
    parts: tuple[PlanPart, ...]
    in_order: tuple[PlanPart | PlanSpan, ...]
    part: PlanPart | None
    page: Page[Any] | None

    @property
    def number(self) -> int:
        return sum(part.number for part in self.parts)


def load_plan_page(
    contract: Contract, on: date, asked: RegisterQuestion, *, part: str = "", number: str = "", whole: int, most: int
) -> PlanPage:
    """
    The plan of the projects asked for, as known on a day: of a plan of no more than ``whole`` items all of them.

    Of a longer one it is the first ``most`` of each part; of one ``part`` alone, page by page. One statement, and
    another where there is no such part or page.
    """
    reach = plan_reach(on, contract.ends_on)
    part = part if part in _keys(reach) else ""
    asked_for = _page_number(number)
    first = 1 + MOST_ON_A_PAGE * (asked_for - 1)
    items = _items(contract, on, asked, reach)
    found = _read(items, _of_part(part, first) if part else _of_each_part(whole, most))
    pages = Paginator(range(found.number_of(part)), MOST_ON_A_PAGE)
    page = pages.get_page(asked_for) if part in found.counted else None
    if page is None and part:
        found = _read(items, _of_each_part(whole, most))
    elif page is not None and page.start_index() != first:
        found = _read(items, _of_part(part, page.start_index()))
    parts = {
        key: _part(key, found.number_of(key), tuple(found.items.get(key, ())), reach)
        for key in _keys(reach)
        if key in found.counted
    }
    planned = sum((of_kind for key, of_kind in found.counted.items() if key not in ASIDE), Counter[PlanKind]())
    return PlanPage(
        reach=reach,
        headline=counted_headline(reach, planned, found.number_of(OVERDUE), found.number_of(LATER)),
        parts=tuple(parts.values()),
        in_order=tuple(_in_order(parts, reach)),
        part=parts.get(part),
        page=page,
    )


def _page_number(typed: str) -> int:
    """Of a page as an address names it; the first where it names none, or one that no plan has."""
    is_one = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER
    return max(int(typed), 1) if is_one else 1


@dataclass(frozen=True, slots=True)
class _Sql:
    """A piece of a statement, with its parameters."""

    text: str
    parameters: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """How many items each part has of each kind, and those that were asked for."""

    counted: Mapping[str, Counter[PlanKind]]
    items: Mapping[str, list[PlanItem]]

    def number_of(self, key: str) -> int:
        return self.counted[key].total() if key in self.counted else 0


def _items(contract: Contract, on: date, asked: RegisterQuestion, reach: PlanReach) -> _Sql:
    """Everything to come, each with its part of the plan."""
    rows = rows_asked_for(contract, on, asked).filter(stage__in=PLANNED).order_by().values_list(*ASKED)
    own, parameters = rows.query.sql_with_params()
    today, end = on.isoformat(), reach.ends_on.isoformat()
    text = f"""
        asked ({", ".join(ASKED)}) AS MATERIALIZED ({own}),
        undone AS MATERIALIZED ({UNDONE}),
        items AS MATERIALIZED (
            SELECT items.*, CASE
                WHEN planned_on IS NULL THEN '{UNDATED}' WHEN planned_on < %s THEN '{OVERDUE}'
                WHEN planned_on > %s THEN '{LATER}' ELSE {MONTH_OF[connection.vendor].format("planned_on")}
            END AS part
            FROM ({ITEMS}) items
        )
    """  # noqa: S608 # the same
    return _Sql(text, (*parameters, today, today, end))


def _of_part(part: str, first: int) -> _Sql:
    return _Sql("part = %s AND line BETWEEN %s AND %s", (part, first, first + MOST_ON_A_PAGE - 1))


def _of_each_part(whole: int, most: int) -> _Sql:
    return _Sql("((SELECT COUNT(*) FROM items) <= %s OR line <= %s)", (whole, most))


def _read(items: _Sql, shown: _Sql) -> _Read:
    ordered = PLAIN_ORDER[connection.vendor]
    # No two items share these: a reference is a contract's only one, a step's title its project's.
    order = f"planned_on, {ordered.format('reference')}, place, {ordered.format('step')}"
    source = f"""
        FROM (
            WITH {items.text}
            SELECT part, kind, COUNT(*) AS line, NULL AS planned_on, '' AS step, NULL AS original_on,
                NULL AS agreed_on, NULL AS forecast_on, NULL AS reference, NULL AS title, NULL AS stage
            FROM items GROUP BY part, kind
            UNION ALL
            SELECT part, kind, line, planned_on, step, n.original_on, n.agreed_on, n.forecast_on, a.reference, a.title,
                a.stage
            FROM (
                SELECT items.*, ROW_NUMBER() OVER (PARTITION BY part ORDER BY {order}) AS line FROM items
            ) n JOIN asked a ON a.project_id = n.project_id
            WHERE {shown.text}
        ) plan
    """  # noqa: S608 # its parts are literals of ours, and what Django made of the question
    columns = "part, line, kind, planned_on, step, original_on, agreed_on, forecast_on, reference, title, stage"
    counted: defaultdict[str, Counter[PlanKind]] = defaultdict(Counter)
    lines: list[Row] = []
    for row in read(Wanted(columns, source, (*items.parameters, *shown.parameters))).tables[0]:
        if row[-1] is None:
            counted[row[0]][PlanKind(row[2])] = row[1]
        else:
            lines.append(row)
    found: defaultdict[str, list[PlanItem]] = defaultdict(list)
    for key, _, *row in sorted(lines, key=lambda row: (row[0], row[1])):
        found[key].append(_item(row))
    return _Read(counted, found)


def _item(row: Row) -> PlanItem:
    """By the rules of the plan, of what they need to know."""
    kind, on, title, *days, reference, name, stage = row
    original, agreed, forecast = map(day, days)
    match PlanKind(kind):
        case PlanKind.COMMISSIONING:
            return commissioning(
                ProjectFacts(reference=reference, title=name, stage=Stage(stage), expected_commission_on=day(on))
            )
        case PlanKind.MILESTONE:
            project = ProjectFacts(reference=reference, title=name, stage=Stage(stage))
            return step(MilestoneFacts(title, original, agreed, forecast), project)
        case PlanKind.COMPLETION:
            return completion(
                ProjectFacts(
                    reference=reference,
                    title=name,
                    stage=Stage(stage),
                    original_finish=original,
                    agreed_finish=agreed,
                    forecast_finish=forecast,
                )
            )


def _keys(reach: PlanReach) -> Iterator[str]:
    yield OVERDUE
    yield from map(month_key, month_range(reach.first, reach.last))
    yield LATER
    yield UNDATED


def _part(key: str, number: int, items: tuple[PlanItem, ...], reach: PlanReach) -> PlanPart:
    after = ("After the contract has ended", "After the contract") if reach.ends_with_contract else ("Later", "Later")
    names = {OVERDUE: ("Overdue", "Overdue"), LATER: after, UNDATED: ("No date given", "No date")}
    if key not in names:
        month = Month(date.fromisoformat(f"{key}-01"))
        names[key] = (month_long(month), month_short(month))
    return PlanPart(key, *names[key], number, items)


def _in_order(parts: Mapping[str, PlanPart], reach: PlanReach) -> Iterator[PlanPart | PlanSpan]:
    if OVERDUE in parts:
        yield parts[OVERDUE]
    months = month_range(reach.first, reach.last)
    for is_full, run in groupby(months, key=lambda month: month_key(month) in parts):
        own = list(run)
        if is_full:
            yield from (parts[month_key(month)] for month in own)
        else:
            yield PlanSpan(own[0], own[-1], ())
    yield from (parts[key] for key in (LATER, UNDATED) if key in parts)
