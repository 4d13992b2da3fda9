"""What became of the projects, and of the key list, since the last paper or in a month, as printed lines."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from projects.queries.portfolio import Portfolio
from projects.rules.attention import AttentionLine, AttentionRule, answers
from projects.rules.confidence import Confidence, Thresholds, worse
from projects.rules.facts import MilestoneFacts, ProjectFacts
from projects.rules.news import News, NewsKind, StageMove, gravest_rating, news_of
from projects.rules.sentences import silence
from projects.rules.verdict import verdict
from reports import snapshot

Lines = Mapping[str, Sequence[AttentionLine]]

TOLD_TO_THE_BOARD: Final = frozenset({NewsKind.STAGE, NewsKind.FINISHED, NewsKind.REBASELINED})
"""Of what happened to a project, what the Board's paper lists; forecasts and updates stand where they matter."""
NEWLY_RED: Final = "newly red"
NO_LONGER_RED: Final = "no longer red"
AT_RISK: Final = frozenset({Confidence.RED, Confidence.AMBER})


def board_news(
    projects: Collection[ProjectFacts],
    since: date | None,
    on: date,
    thresholds: Thresholds,
    moves: Mapping[str, StageMove],
) -> tuple[snapshot.ProjectNews, ...]:
    """Since the Board was last told: newly red and no longer so, finished, re-baselined, moved to another stage."""
    if since is None:
        return ()
    return tuple(line for project in projects for line in _board_news(project, since, on, thresholds, moves))


def month_news(
    project: ProjectFacts, since: date, on: date, thresholds: Thresholds, moves: Mapping[str, StageMove]
) -> tuple[snapshot.ProjectNews, ...]:
    """Everything that happened to a project after a day."""
    found = news_of(project, since, on, thresholds, moves.get(project.reference))
    return tuple(_line(project, news) for news in found)


def key_changes(portfolio: Portfolio) -> tuple[snapshot.KeyChange, ...]:
    """What entered, left and moved on the key list that is shown, against the one the Board knew; none for a first."""
    before = portfolio.previous_ranks
    if before is None:
        return ()
    by_rank = sorted((each for each in portfolio.projects if each.key_rank), key=lambda each: each.key_rank or 0)
    entered = [
        snapshot.KeyChange(each.reference, each.title, "entered", each.key_rank, None, each.rationale)
        for each in by_rank
        if each.reference not in before
    ]
    left = [
        snapshot.KeyChange(each.reference, each.title, "left", None, before[each.reference], each.left_key_because)
        for each in sorted(portfolio.projects, key=lambda each: before.get(each.reference, 0))
        if each.reference in before and not each.is_key
    ]
    moved = [
        snapshot.KeyChange(each.reference, each.title, "moved", each.key_rank, before[each.reference], "")
        for each in by_rank
        if before.get(each.reference, each.key_rank) != each.key_rank
    ]
    return (*entered, *left, *moved)


def project_report(
    project: ProjectFacts,
    lines: Sequence[AttentionLine],
    on: date,
    thresholds: Thresholds,
    news: tuple[snapshot.ProjectNews, ...],
) -> snapshot.ProjectReport:
    """A project under way: how it stands and why, what its manager last said, its steps, and its news."""
    rating = worse(project.declared, project.computed(thresholds))
    overdue = sum(milestone.is_overdue(on) for milestone in project.milestones)
    is_silent = any(line.rule is AttentionRule.SILENT for line in lines)
    return snapshot.ProjectReport(
        reference=project.reference,
        rating=rating.value if rating else "unrated",
        why=verdict(project, thresholds, is_silent=is_silent, overdue=overdue),
        done=project.done,
        next=project.next,
        answers=answers(project) if rating in AT_RISK else (),
        silent=silence(project.updated_on, on) if is_silent else "",
        overdue=overdue,
        milestones=tuple(_milestone(each, on) for each in project.milestones),
        rebaselines=tuple(
            snapshot.ReportedRebaseline(each.agreed_finish, each.agreed_on, each.agreed_by, each.reason)
            for each in project.rebaselines
        ),
        news=news,
    )


def _board_news(
    project: ProjectFacts, since: date, on: date, thresholds: Thresholds, moves: Mapping[str, StageMove]
) -> Iterator[snapshot.ProjectNews]:
    if project.is_active:
        before, now = (gravest_rating(project, day, thresholds) for day in (since, on))
        if (before is Confidence.RED) is not (now is Confidence.RED):
            kind = NEWLY_RED if now is Confidence.RED else NO_LONGER_RED
            said = f"{now or 'not rated'}, {before or 'not rated'} before"
            yield snapshot.ProjectNews(project.reference, project.title, kind, said, None)
    for news in news_of(project, since, on, thresholds, moves.get(project.reference)):
        if news.kind in TOLD_TO_THE_BOARD:
            yield _line(project, news)


def _line(project: ProjectFacts, news: News) -> snapshot.ProjectNews:
    return snapshot.ProjectNews(project.reference, project.title, news.kind.value, news.said, news.days)


def _milestone(each: MilestoneFacts, on: date) -> snapshot.ReportedMilestone:
    return snapshot.ReportedMilestone(
        title=each.title,
        original_on=each.original_on,
        agreed_on=each.agreed_on,
        forecast_on=each.forecast_on,
        actual_on=each.actual_on,
        days_late=each.days_late,
        is_overdue=each.is_overdue(on),
    )
