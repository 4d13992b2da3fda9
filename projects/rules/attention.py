"""What the Board should look at in the portfolio, and what it was not told.

A project that trips two rules stands once under each. "Since the last paper" means after its day and no later than
today; where there was no paper yet, everything so far is news to the Board.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from contracts.rules.months import day_short, month_long, month_of
from projects.rules.confidence import Confidence, Thresholds, worse
from projects.rules.facts import ProjectFacts, RebaselineFacts
from projects.rules.slippage import Slippage


class AttentionRule(StrEnum):
    """Why a project needs attention, in order of gravity."""

    RED = "red"
    AMBER = "amber"
    SLIPPED = "slipped"
    OVERDUE_MILESTONE = "overdue milestone"
    SILENT = "silent"
    REBASELINED = "rebaselined"
    COMPLETED = "completed"
    ENTERED_KEY_LIST = "entered key list"
    LEFT_KEY_LIST = "left key list"


RATED: Final = frozenset({AttentionRule.RED, AttentionRule.AMBER})
"""The rules under which councillors ask why, who, how much and until when."""
DELAYED: Final = frozenset({AttentionRule.SLIPPED, AttentionRule.OVERDUE_MILESTONE})
WHY: Final = "why"


@dataclass(frozen=True, slots=True)
class AttentionLine:
    """A project under the rule it tripped, with both slippages and both ratings; detail says what tripped it."""

    project: ProjectFacts
    rule: AttentionRule
    slippage_original: Slippage | None
    slippage_agreed: Slippage | None
    computed: Confidence | None
    declared: Confidence | None
    detail: str


@dataclass(frozen=True, slots=True)
class _Asked:
    on: date
    last_paper_on: date | None
    previous_key: frozenset[str] | None
    thresholds: Thresholds
    silent_days: int

    def is_since_last_paper(self, day: date | None) -> bool:
        if self.last_paper_on is None:
            return day is None or day <= self.on
        return day is not None and self.last_paper_on < day <= self.on


def needs_attention(
    projects: Collection[ProjectFacts],
    on: date,
    last_paper_on: date | None,
    previous_key: frozenset[str] | None,
    thresholds: Thresholds,
    silent_days: int = 35,
) -> tuple[AttentionLine, ...]:
    """The portfolio's exceptions on a day, gravest rule first and the most late first within it.

    last_paper_on is the day the Board's last paper shows; previous_key the references of the key list it knew before,
    None when none was: then nothing enters and nothing leaves. From silent_days without an update, a project is silent.
    """
    asked = _Asked(on, last_paper_on, previous_key, thresholds, silent_days)
    lines = [line for project in projects for line in _lines(project, asked)]
    return tuple(sorted(lines, key=_gravity_then_slippage))


def answers(project: ProjectFacts) -> tuple[tuple[str, str], ...]:
    """What councillors ask of a red or amber project, in their words, and what it says; blank where it does not."""
    late = project.slippage_original
    green_on = project.returns_to_green_on
    return (
        ("how far behind", _behind(late) if late else ""),
        (WHY, project.delay_cause.strip()),
        ("who caused it", project.delay_party.strip()),
        ("what it costs", project.cost_effect.strip()),
        ("what it holds up", project.knock_on.strip()),
        (
            "when it returns to green",
            _day(green_on) if green_on else "not known yet" if project.is_green_unknown else "",
        ),
    )


def unanswered(project: ProjectFacts) -> tuple[str, ...]:
    """The questions councillors ask of a red or amber project that it leaves unanswered, in their words."""
    return tuple(question for question, answer in answers(project) if not answer)


def unanswered_under(line: AttentionLine) -> tuple[str, ...]:
    """
    The same for one line: every question where it stands as red or amber.

    Of any other delay they ask at least why; a red or amber project is asked that where it stands as such.
    """
    if line.rule in RATED:
        return unanswered(line.project)
    is_asked_there = worse(line.declared, line.computed) in (Confidence.RED, Confidence.AMBER)
    if line.rule not in DELAYED or is_asked_there or line.project.delay_cause.strip():
        return ()
    return (WHY,)


def rebaseline_in_words(rebaseline: RebaselineFacts) -> str:
    """`finish agreed as 11 May 2018 by Programme Board: the vendor's delay`."""
    by = f" by {rebaseline.agreed_by}" if rebaseline.agreed_by else ""
    why = f": {rebaseline.reason}" if rebaseline.reason else ""
    return f"finish agreed as {day_short(rebaseline.agreed_finish)}{by}{why}"


def _day(day: date) -> str:
    return f"{day.day} {month_long(month_of(day))}"


def _behind(late: Slippage) -> str:
    if late.days <= 0:
        return "not behind its original finish"
    days = f"{late.days:,} {'day' if late.days == 1 else 'days'}"
    share = f", {late.percent:,}% of the time first planned" if late.percent is not None else ""
    return f"{days} behind its original finish ({late.weeks:,} weeks{share})"


def _lines(project: ProjectFacts, asked: _Asked) -> list[AttentionLine]:
    """The project under each rule that it trips."""
    computed = project.computed(asked.thresholds)
    tripped = _tripped_at_work(project, computed, asked) if project.is_active else []
    tripped += [(rule, detail) for rule, detail_of in _DETAIL_OF.items() if (detail := detail_of(project, asked))]
    if not tripped:
        return []
    original = project.slippage_original
    is_as_first_planned = project.baseline_finish == project.original_finish
    agreed = original if is_as_first_planned else project.slippage_agreed
    return [
        AttentionLine(project, rule, original, agreed, computed, project.declared, detail) for rule, detail in tripped
    ]


def _tripped_at_work(
    project: ProjectFacts, computed: Confidence | None, asked: _Asked
) -> list[tuple[AttentionRule, str]]:
    """The rules that only a project on which work goes on can trip."""
    tripped = [(rule, detail) for rule, detail_of in _DETAIL_AT_WORK.items() if (detail := detail_of(project, asked))]
    rating = worse(project.declared, computed)
    if rating is Confidence.RED or rating is Confidence.AMBER:
        tripped.append((AttentionRule(rating.value), _rated(rating, project, computed)))
    return tripped


def _rated(rating: Confidence, project: ProjectFacts, computed: Confidence | None) -> str:
    if project.declared == computed:
        return f"declared {rating}, and {rating} by its dates"
    declared = f"declared {project.declared}" if project.declared else "not rated by its manager"
    return f"{declared}, {computed} by its dates" if computed else f"{declared}, its dates give no rating"


# Each function below puts in words why a project trips its rule, or gives None when it does not.


def _slipped(project: ProjectFacts, asked: _Asked) -> str | None:
    if project.forecast_finish is None:
        return None
    told = project.forecast_in_force(asked.last_paper_on) if asked.last_paper_on else None
    held_against = told or project.baseline_finish
    if held_against is None or project.forecast_finish <= held_against:
        return None
    if told:
        return f"forecast finish moved from {day_short(told)} to {day_short(project.forecast_finish)}"
    return f"forecast finish {day_short(project.forecast_finish)}, agreed {day_short(held_against)}"


def _overdue_milestone(project: ProjectFacts, asked: _Asked) -> str | None:
    overdue = [
        f"{milestone.title}, due {day_short(milestone.due_on)}"
        for milestone in project.milestones
        if milestone.due_on and milestone.is_overdue(asked.on)
    ]
    return "; ".join(overdue) or None


def _silent(project: ProjectFacts, asked: _Asked) -> str | None:
    if project.updated_on is None:
        return "no update yet"
    days = (asked.on - project.updated_on).days
    return f"no update for {days} days" if days >= asked.silent_days else None


def _rebaselined(project: ProjectFacts, asked: _Asked) -> str | None:
    agreed = [
        rebaseline_in_words(rebaseline)
        for rebaseline in project.rebaselines
        if asked.is_since_last_paper(rebaseline.agreed_on)
    ]
    return "; ".join(agreed) or None


def _completed(project: ProjectFacts, asked: _Asked) -> str | None:
    if not project.is_completed or not asked.is_since_last_paper(project.actual_finish):
        return None
    return f"finished {day_short(project.actual_finish)}" if project.actual_finish else "day of finish not recorded"


def _entered_key_list(project: ProjectFacts, asked: _Asked) -> str | None:
    if asked.previous_key is None or not project.is_key or project.reference in asked.previous_key:
        return None
    return f"rank {project.key_rank}"


def _left_key_list(project: ProjectFacts, asked: _Asked) -> str | None:
    if asked.previous_key is None or project.is_key or project.reference not in asked.previous_key:
        return None
    because = project.left_key_because.strip()
    return f"no longer on the key list: {because}" if because else "no longer on the key list"


_Detail = Callable[[ProjectFacts, _Asked], str | None]
_DETAIL_AT_WORK: Mapping[AttentionRule, _Detail] = {
    AttentionRule.SLIPPED: _slipped,
    AttentionRule.OVERDUE_MILESTONE: _overdue_milestone,
    AttentionRule.SILENT: _silent,
}
_DETAIL_OF: Mapping[AttentionRule, _Detail] = {
    AttentionRule.REBASELINED: _rebaselined,
    AttentionRule.COMPLETED: _completed,
    AttentionRule.ENTERED_KEY_LIST: _entered_key_list,
    AttentionRule.LEFT_KEY_LIST: _left_key_list,
}
_GRAVITY = {rule: place for place, rule in enumerate(AttentionRule)}


def _gravity_then_slippage(line: AttentionLine) -> tuple[int, bool, int, str]:
    late = line.slippage_original
    return _GRAVITY[line.rule], late is None, -late.days if late else 0, line.project.reference
