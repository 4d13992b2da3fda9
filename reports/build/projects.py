"""The portfolio half of the paper: projects become printed lines, counted and rated by the portfolio's rules."""

from collections.abc import Iterable
from datetime import date

from contracts.models import Contract
from contracts.readings import Reading
from projects.queries import thresholds_of
from projects.queries.attention import Attention
from projects.queries.portfolio import Portfolio, read_portfolio
from projects.rules.attention import AttentionLine, needs_attention, unanswered_under
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.counts import portfolio_counts
from projects.rules.facts import MilestoneFacts, ProjectFacts
from reports import snapshot

ILLUSTRATIVE = "illustrative"


def read_project_section(contract: Contract, on: date, last_paper_on: date | None) -> Reading[snapshot.ProjectSection]:
    """The portfolio as known on a day, against what the Board's last paper said. One step."""
    portfolio = yield from read_portfolio(contract, on, told_on=last_paper_on, as_proposed=True)
    attention = needs_attention(
        portfolio.projects, on, last_paper_on, portfolio.previous_key, thresholds_of(contract), contract.silent_days
    )
    return section_of(contract, portfolio, attention)


def section_of(contract: Contract, portfolio: Portfolio, attention: Iterable[AttentionLine]) -> snapshot.ProjectSection:
    """The same of a portfolio that is at hand, with what in it needs attention."""
    thresholds = thresholds_of(contract)
    counts = portfolio_counts(portfolio.projects)
    key = sorted((each for each in portfolio.projects if each.key_rank), key=lambda each: each.key_rank or 0)
    return snapshot.ProjectSection(
        in_register=counts.in_register,
        by_stage={stage.value: number for stage, number in counts.by_stage.items()},
        by_confidence={str(rating): number for rating, number in counts.by_confidence.items()},
        key_decided_on=portfolio.key_decided_on,
        key=tuple(_key(project, thresholds) for project in key),
        exceptions=tuple(_exception(line) for line in attention),
        register=tuple(_project(project, thresholds) for project in portfolio.projects),
        near_misses=tuple(
            snapshot.NearMiss(project.reference, project.title, project.near_miss_because)
            for project in portfolio.projects
            if project.near_miss_because
        ),
    )


def attention_section(attention: Attention) -> snapshot.ProjectSection:
    """The section without its lists of key projects and of all projects."""
    return snapshot.ProjectSection(
        in_register=attention.counts.in_register,
        by_stage={stage.value: number for stage, number in attention.counts.by_stage.items()},
        by_confidence={str(rating): number for rating, number in attention.counts.by_confidence.items()},
        key_decided_on=attention.key_decided_on,
        key=(),
        exceptions=tuple(_exception(line) for line in attention.lines),
        register=(),
    )


def has_illustrative(section: snapshot.ProjectSection) -> bool:
    return any(project.illustrative for project in section.register)


def _word(rating: Confidence | None) -> str | None:
    return rating.value if rating else None


def _key(project: ProjectFacts, thresholds: Thresholds) -> snapshot.KeyProject:
    original, agreed = project.slippage_original, project.slippage_agreed
    return snapshot.KeyProject(
        rank=project.key_rank or 0,
        reference=project.reference,
        title=project.title,
        rationale=project.rationale,
        stage=project.stage.value,
        declared_confidence=_word(project.declared),
        computed_confidence=_word(project.computed(thresholds)),
        original_finish=project.original_finish,
        agreed_finish=project.agreed_finish,
        forecast_finish=project.forecast_finish,
        actual_finish=project.actual_finish,
        slippage_days_original=original.days if original else None,
        slippage_days_agreed=agreed.days if agreed else None,
        milestones=tuple(_milestone(milestone) for milestone in project.milestones),
    )


def _milestone(milestone: MilestoneFacts) -> snapshot.MilestoneLine:
    return snapshot.MilestoneLine(
        milestone.title, milestone.original_on, milestone.agreed_on, milestone.forecast_on, milestone.actual_on
    )


def _exception(line: AttentionLine) -> snapshot.ProjectException:
    project = line.project
    original, agreed = line.slippage_original, line.slippage_agreed
    return snapshot.ProjectException(
        reference=project.reference,
        title=project.title,
        rule=line.rule.value,
        stage=project.stage.value,
        slippage_days_original=original.days if original else None,
        slippage_days_agreed=agreed.days if agreed else None,
        slippage_weeks_original=str(original.weeks) if original else None,
        slippage_percent=str(original.percent) if original and original.percent is not None else None,
        computed_confidence=_word(line.computed),
        declared_confidence=_word(line.declared),
        original_finish=project.original_finish,
        agreed_finish=project.agreed_finish,
        forecast_finish=project.forecast_finish,
        actual_finish=project.actual_finish,
        detail=line.detail,
        delay_cause=project.delay_cause,
        delay_party=project.delay_party,
        cost_effect=project.cost_effect,
        knock_on=project.knock_on,
        returns_to_green_on=project.returns_to_green_on,
        updated_on=project.updated_on,
        unanswered=unanswered_under(line),
        is_green_unknown=project.is_green_unknown,
    )


def _project(project: ProjectFacts, thresholds: Thresholds) -> snapshot.ProjectLine:
    original, agreed = project.slippage_original, project.slippage_agreed
    return snapshot.ProjectLine(
        reference=project.reference,
        title=project.title,
        kind=project.kind,
        service_area=project.service_area,
        scrutiny_area=project.scrutiny_area,
        sponsor=project.sponsor,
        manager=project.manager,
        third_party=project.third_party,
        stage=project.stage.value,
        declared_confidence=_word(project.declared),
        computed_confidence=_word(project.computed(thresholds)),
        original_start=project.original_start,
        original_finish=project.original_finish,
        agreed_finish=project.agreed_finish,
        forecast_finish=project.forecast_finish,
        actual_finish=project.actual_finish,
        expected_commission_on=project.expected_commission_on,
        slippage_days_original=original.days if original else None,
        slippage_days_agreed=agreed.days if agreed else None,
        slippage_percent=str(original.percent) if original and original.percent is not None else None,
        rebaselined=len(project.rebaselines),
        updated_on=project.updated_on,
        key_rank=project.key_rank,
        illustrative=project.source == ILLUSTRATIVE,
    )
