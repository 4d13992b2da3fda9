"""
What the portfolio's exceptions need, read narrowly: of every project its row, its latest words, and its open steps.

The projects are judged by the rules that judge the whole register (:mod:`projects.rules.attention`); left out is only
what those rules never ask for. The readings are handed out as :class:`contracts.rows.Wanted`, so that a page can take
them together with other tables in one statement.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.rows import Row, Wanted, day
from projects.rules.attention import AttentionLine, needs_attention
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.counts import PortfolioCounts, count_rated
from projects.rules.facts import ForecastFacts, MilestoneFacts, ProjectFacts, RebaselineFacts, Stage
from projects.rules.key_list import told_before

ILLUSTRATIVE: Final = "illustrative"
STILL: Final = frozenset({Stage.PIPELINE, Stage.CANCELLED})
"""Stages in which a project trips a rule only by a re-baseline or by the key list."""


@dataclass(frozen=True, slots=True)
class Attention:
    """The register counted, and what in it the Board should look at."""

    counts: PortfolioCounts
    lines: tuple[AttentionLine, ...]
    key_decided_on: date | None
    has_illustrative: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which contract, as known on which day, and on which day the Board was last told."""

    contract: int
    on: date
    told_on: date | None


def wanted_attention(asked: Asked) -> tuple[Wanted, ...]:
    """Projects, updates, re-baselines, milestones that may be overdue, key lists, their entries and exits."""
    own = (asked.contract,)
    known, told = asked.on.isoformat(), min(asked.told_on or date.min, asked.on).isoformat()
    return (
        Wanted(
            "id, reference, title, stage, original_start, original_finish, actual_finish, source",
            "FROM projects_project WHERE contract_id = %s AND (archived_on IS NULL OR archived_on > %s)",
            (*own, known),
        ),
        # The latest update of a project, and the latest forecasts until the Board was told and until today. Imported
        # updates of no day are older than any.
        Wanted(
            "u.project_id, u.number, u.updated_on, u.confidence, u.forecast_finish, u.delay_cause, u.delay_party,"
            " u.cost_effect, u.knock_on, u.returns_to_green_on, u.is_green_unknown",
            # Over windows and not joined with itself: the second time PostgreSQL would read every project's updates.
            "FROM (SELECT x.*, MAX(x.updated_on) OVER own AS latest,"
            " MAX(CASE WHEN x.forecast_finish IS NOT NULL THEN x.updated_on END) OVER own AS forecast,"
            " MAX(CASE WHEN x.forecast_finish IS NOT NULL AND x.updated_on <= %s THEN x.updated_on END) OVER own"
            " AS told FROM projects_project p JOIN projects_update x ON x.project_id = p.id"
            " WHERE p.contract_id = %s AND (x.updated_on IS NULL OR x.updated_on <= %s)"
            " WINDOW own AS (PARTITION BY x.project_id)) u"
            " WHERE u.updated_on IS NULL OR u.updated_on IN (u.latest, u.forecast, u.told)",
            (told, *own, known),
        ),
        Wanted(
            "r.project_id, r.id, r.agreed_finish, r.agreed_on, r.agreed_by, r.reason",
            "FROM projects_project p JOIN projects_rebaseline r ON r.project_id = p.id"
            " WHERE p.contract_id = %s AND (r.agreed_on IS NULL OR r.agreed_on <= %s)",
            (*own, known),
        ),
        Wanted(
            "m.project_id, m.id, m.title, m.original_on, m.agreed_on, f.forecast_on, f.said_on, f.id",
            "FROM projects_project p JOIN projects_milestone m ON m.project_id = p.id"
            " LEFT JOIN projects_milestoneforecast f ON f.milestone_id = m.id"
            " AND (f.said_on IS NULL OR f.said_on <= %s)"
            " WHERE p.contract_id = %s AND m.actual_on IS NULL AND p.stage IN ('in flight', 'on hold')"
            " AND (COALESCE(m.agreed_on, m.original_on) < %s OR EXISTS (SELECT 1 FROM projects_milestoneforecast g"
            " WHERE g.milestone_id = m.id AND g.forecast_on < %s))",
            (known, *own, known, known),
        ),
        Wanted("id, decided_on", "FROM projects_keylist WHERE contract_id = %s", own),
        Wanted(
            "e.key_list_id, e.project_id, e.rank",
            "FROM projects_keylist l JOIN projects_keyentry e ON e.key_list_id = l.id WHERE l.contract_id = %s",
            own,
        ),
        Wanted(
            "x.key_list_id, x.project_id, x.reason",
            "FROM projects_keylist l JOIN projects_keyexit x ON x.key_list_id = l.id WHERE l.contract_id = %s",
            own,
        ),
    )


def judge_attention(asked: Asked, thresholds: Thresholds, silent_days: int, *found: Sequence[Row]) -> Attention:
    """Judges what :func:`wanted_attention` found."""
    rows, updates, rebaselines, milestones, lists, entries, exits = found
    listed = _key_lists(lists, asked.on)
    key_list = listed[0] if listed else None
    known = told_before([decided for _, decided in listed], asked.told_on)
    ranks = {project: rank for at, project, rank in entries if key_list is not None and at == key_list[0]}
    before = {project for at, project, _ in entries if known is not None and at == listed[known][0]}
    later = [pk for pk, _ in reversed(listed[:known])]
    left = {project: reason for pk in later for at, project, reason in exits if at == pk}
    told = _told(updates)
    agreed = _rebaselines(rebaselines)
    steps = _milestones(milestones)
    rated = [(Stage(row[3]), _rating(told[row[0]])) for row in rows]
    projects = [
        _facts(
            row, stage, declared, told[row[0]], agreed[row[0]], steps[row[0]], ranks.get(row[0]), left.get(row[0], "")
        )
        for row, (stage, declared) in zip(rows, rated, strict=True)
        if stage not in STILL or row[0] in agreed or row[0] in ranks or row[0] in before
    ]
    projects.sort(key=lambda project: project.reference)
    previous_key = None if known is None else frozenset(row[1] for row in rows if row[0] in before)
    return Attention(
        counts=count_rated(rated),
        lines=needs_attention(projects, asked.on, asked.told_on, previous_key, thresholds, silent_days),
        key_decided_on=key_list[1] if key_list else None,
        has_illustrative=any(row[7] == ILLUSTRATIVE for row in rows),
    )


def _told(updates: Iterable[Row]) -> defaultdict[int, list[Row]]:
    """Oldest first, those of one day by their number; ISO days sort as text."""
    told: defaultdict[int, list[Row]] = defaultdict(list)
    for row in sorted(updates, key=lambda row: (row[2] or "", row[1])):
        told[row[0]].append(row)
    return told


def _rating(updates: Sequence[Row]) -> Confidence | None:
    return Confidence(updates[-1][3]) if updates and updates[-1][3] else None


def _rebaselines(rows: Iterable[Row]) -> defaultdict[int, list[RebaselineFacts]]:
    agreed: defaultdict[int, list[RebaselineFacts]] = defaultdict(list)
    for project, _, finish, on, by, reason in sorted(rows, key=lambda row: (row[3] or "", row[1])):
        agreed[project].append(RebaselineFacts(date.fromisoformat(finish), day(on), by, reason))
    return agreed


def _milestones(rows: Iterable[Row]) -> defaultdict[int, list[MilestoneFacts]]:
    steps: defaultdict[int, list[MilestoneFacts]] = defaultdict(list)
    latest: dict[int, tuple[str, int]] = {}
    for _, pk, *_, said_on, said in rows:
        latest[pk] = max(latest.get(pk, ("", 0)), (said_on or "", said or 0))
    in_order = sorted(rows, key=lambda row: (row[3] or "9", row[1]))
    for project, pk, title, original, agreed, forecast, said_on, said in in_order:
        if (said_on or "", said or 0) == latest[pk]:
            steps[project].append(MilestoneFacts(title, day(original), day(agreed), day(forecast)))
    return steps


def _key_lists(rows: Iterable[Row], on: date) -> list[tuple[int, date | None]]:
    """The proposal if there is one, then the lists decided until the day, the latest first: each with its day."""
    lists = [(pk, decided) for pk, text in rows if (decided := day(text)) is None or decided <= on]
    lists.sort(key=lambda each: each[1] or date.max, reverse=True)
    return lists


def _facts(
    row: Row,
    stage: Stage,
    declared: Confidence | None,
    updates: Sequence[Row],
    rebaselines: Collection[RebaselineFacts],
    milestones: Collection[MilestoneFacts],
    key_rank: int | None,
    left_key_because: str,
) -> ProjectFacts:
    _, reference, title, _, original_start, original_finish, actual_finish, source = row
    latest = updates[-1] if updates else [None, None, None, "", None, "", "", "", "", None, False]
    forecasts = [ForecastFacts(given, day(each[2])) for each in updates if (given := day(each[4])) is not None]
    agreed = tuple(rebaselines)
    baseline = day(original_finish)
    return ProjectFacts(
        reference=reference,
        title=title,
        stage=stage,
        declared=declared,
        original_start=day(original_start),
        original_finish=baseline,
        agreed_finish=agreed[-1].agreed_finish if agreed else baseline,
        forecast_finish=forecasts[-1].forecast_finish if forecasts else None,
        actual_finish=day(actual_finish),
        delay_cause=latest[5],
        delay_party=latest[6],
        cost_effect=latest[7],
        knock_on=latest[8],
        returns_to_green_on=day(latest[9]),
        is_green_unknown=bool(latest[10]),
        updated_on=day(latest[2]),
        milestones=tuple(milestones),
        rebaselines=agreed,
        forecasts=tuple(forecasts),
        key_rank=key_rank,
        left_key_because=left_key_because,
        source=source,
    )
