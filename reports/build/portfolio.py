"""
The two papers about the portfolio: for the Board's meeting, and each month below its level.

They are papers like the exception report, of the same reading and the same format; what it says of KPIs is empty here,
and months are judged for nothing but to say which ones the paper stands beside.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from contracts.models import Contract
from contracts.queries import read_calendar, working_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import data_due_on
from contracts.rules.months import Month, add_months, contract_month, month_of
from projects.queries.money import read_funding
from projects.queries.portfolio import Portfolio, read_portfolio, thresholds_of
from projects.queries.stages import read_stage_moves
from projects.rules.attention import AttentionLine, needs_attention
from projects.rules.money import money_of
from projects.rules.news import StageMove
from projects.rules.paper_headlines import board_headline, operational_headline
from projects.rules.plan import forward_plan
from reports import snapshot
from reports.build.assembly import NO_MEETING, meeting_head
from reports.build.paper import one_reading, open_requests, request_line
from reports.build.periods import (
    dates_for,
    period_review,
    read_earlier_meetings,
    read_review_for,
    telling_papers,
    told_last,
)
from reports.build.plan_and_money import money_part, plan_part
from reports.build.project_news import board_news, key_changes, month_news, project_report
from reports.build.projects import has_illustrative, section_of
from reports.models import Meeting, Paper
from reports.models.paper import Kind
from reports.rules.review import NothingVerified, Review


@dataclass(frozen=True, slots=True)
class _Found:
    """The portfolio as known on a day, the section every paper has of it, and what moved after the day ``since``."""

    portfolio: Portfolio
    section: snapshot.ProjectSection
    moves: Mapping[str, StageMove]
    lines: Mapping[str, Sequence[AttentionLine]]

    @property
    def active(self) -> int:
        return sum(project.is_active for project in self.portfolio.projects)

    @property
    def tripped(self) -> list[tuple[str, str]]:
        return [(line.rule, line.reference) for line in self.section.exceptions]


@dataclass(frozen=True, slots=True)
class _Cover:
    """What the first page says beside the portfolio."""

    kind: str
    on: date
    revision: int
    status: str
    review: Review
    meeting: snapshot.MeetingHead
    last_meeting_on: date | None
    requests: tuple[snapshot.RequestLine, ...]


def read_projects_paper(
    contract: Contract, meeting: Meeting, *, on: date, revision: int = 1, status: str = "draft"
) -> Reading[snapshot.BoardPaper]:
    """
    The projects paper of a meeting as things are known on the day ``on``, in two steps beside whatever else is read.

    Never raises ``NothingVerified``: projects wait for no KPI. Raises ``YearNotKnown`` beyond the calendar. Who reads
    it in a transaction of :func:`reports.build.paper.one_reading` reads one state of the database.
    """
    before = meeting.meeting_on
    review, calendar, earlier, (papers, requests, areas), funding = yield from beside(
        _read_review_beside(contract, meeting),
        read_calendar(),
        read_earlier_meetings(contract, before),
        ask(
            telling_papers(contract, before),
            open_requests(contract, on, before=before, has_kpis=False),
            _area_names(contract),
        ),
        read_funding(contract),
    )
    told = told_last(earlier, papers, calendar)
    since = told.on if told else None
    found = yield from _read_found(contract, on, since, as_proposed=True)
    projects = found.portfolio.projects
    cover = _Cover(
        kind="projects",
        on=on,
        revision=revision,
        status=status,
        review=review,
        meeting=meeting_head(meeting.board.name, dates_for(contract, meeting, review, calendar)),
        last_meeting_on=told.at if told else None,
        requests=tuple(request_line(row, on) for row in requests),
    )
    part = snapshot.PortfolioPart(
        as_of=on,
        since=since,
        service_areas=tuple(areas),
        news=board_news(projects, since, on, thresholds_of(contract), found.moves),
        key_changes=key_changes(found.portfolio),
        plan=plan_part(forward_plan(projects, on, contract.ends_on)),
        money=money_part(money_of(projects, funding), on),
        reports=(),
    )
    headline = board_headline(found.active, found.tripped, has_told=told is not None)
    return _paper(contract, cover, found.section, part, headline)


def build_operational_report(
    contract: Contract, month: Month, *, on: date, revision: int = 1, status: str = "draft"
) -> snapshot.BoardPaper:
    """
    The operational project report of a month as things are known on the day ``on``, some working days after it, so
    that the month's updates are in it; what changed is held against the report of the month before.

    Stages and actual finishes have no such day and are as they stand when it is made. Raises ``YearNotKnown`` beyond
    the calendar.
    """
    with one_reading():
        since = _reported_before(contract, month)
        found, (areas,) = read_now(beside(_read_found(contract, on, since), ask(_area_names(contract))))
        thresholds = thresholds_of(contract)
        news = {
            project.reference: month_news(project, since, on, thresholds, found.moves)
            for project in found.portfolio.projects
        }
        cover = _Cover(
            kind="operational",
            on=on,
            revision=revision,
            status=status,
            review=period_review(month, month, 1),
            meeting=NO_MEETING,
            last_meeting_on=None,
            requests=(),
        )
        part = snapshot.PortfolioPart(
            as_of=on,
            since=since,
            service_areas=tuple(areas),
            news=tuple(
                line
                for project in found.portfolio.projects
                if not project.is_active
                for line in news[project.reference]
            ),
            key_changes=(),
            plan=None,
            money=None,
            reports=tuple(
                project_report(project, found.lines.get(project.reference, ()), on, thresholds, news[project.reference])
                for project in found.portfolio.projects
                if project.is_active
            ),
        )
        told = ((line.kind, line.reference, line.days) for own in news.values() for line in own)
        return _paper(
            contract, cover, found.section, part, operational_headline(on, since, found.active, found.tripped, told)
        )


def _reported_before(contract: Contract, month: Month) -> date:
    """The day as of which the report of the month before tells things: as it was written, else when it was due."""
    before = add_months(month, -1)
    written = Paper.objects.of(contract, None, Kind.OPERATIONAL, before)
    told_on: date | None = written.values_list("made_on", flat=True).first()
    return told_on or data_due_on(before, working_calendar(), contract.operational_report_working_days)


def _read_found(contract: Contract, on: date, since: date | None, *, as_proposed: bool = False) -> Reading[_Found]:
    """In one step beside whatever else is read."""
    portfolio, moves = yield from beside(
        read_portfolio(contract, on, told_on=since, as_proposed=as_proposed), read_stage_moves(contract, since, on)
    )
    lines = needs_attention(
        portfolio.projects, on, since, portfolio.previous_key, thresholds_of(contract), contract.silent_days
    )
    return _Found(
        portfolio=portfolio,
        section=section_of(contract, portfolio, lines),
        moves=moves,
        lines=_by_project(lines),
    )


def _by_project(lines: Iterable[AttentionLine]) -> Mapping[str, Sequence[AttentionLine]]:
    by_project: defaultdict[str, list[AttentionLine]] = defaultdict(list)
    for line in lines:
        by_project[line.project.reference].append(line)
    return by_project


def _area_names(contract: Contract) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = contract.service_areas.order_by("code").values_list("code", "name")
    return rows


def _read_review_beside(contract: Contract, meeting: Meeting) -> Reading[Review]:
    """The months of the meeting's report; where none is verified, the last one that ended before it. One step."""
    with suppress(NothingVerified):
        return (yield from read_review_for(contract, meeting))
    last = add_months(month_of(meeting.meeting_on), -1)
    return period_review(last, last, contract.history_months)


def _paper(
    contract: Contract,
    cover: _Cover,
    section: snapshot.ProjectSection,
    part: snapshot.PortfolioPart,
    headline: str,
) -> snapshot.BoardPaper:
    review = cover.review
    return snapshot.BoardPaper(
        schema=snapshot.SCHEMA,
        kind=cover.kind,
        status=cover.status,
        revision=cover.revision,
        made_on=cover.on,
        contract=snapshot.ContractHead(contract.reference, contract.title, contract.authority, contract.supplier),
        meeting=cover.meeting,
        review=snapshot.Review(
            from_=review.first,
            to=review.last,
            from_contract_month=contract_month(review.first, contract.commences_on),
            to_contract_month=contract_month(review.last, contract.commences_on),
            is_repeat=review.is_repeat,
        ),
        history=snapshot.History(from_=review.history_from, to=review.last, months=()),
        headline=headline,
        since_last=snapshot.SinceLast(
            last_meeting_on=cover.last_meeting_on,
            recovered=0,
            new=0,
            worsening=0,
            continuing=0,
            reliefs_continuing=0,
            reliefs_begun=0,
            reliefs_ended=0,
            projects_slipped=len({line.reference for line in section.exceptions if line.rule == "slipped"}),
            projects_needing_attention=len({line.reference for line in section.exceptions}),
        ),
        months=(),
        exceptions=(),
        reliefs=(),
        kpi_changes=(),
        earlier_failures=(),
        projects=section,
        requests=cover.requests,
        errata=(),
        areas=(),
        provisional_areas=(),
        has_illustrative=has_illustrative(section) or _has_illustrative_funds(part),
        portfolio=part,
    )


def _has_illustrative_funds(part: snapshot.PortfolioPart) -> bool:
    return part.money is not None and any(fund.illustrative for fund in part.money.funds)
