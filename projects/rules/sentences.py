"""The portfolio in sentences: what a reader should know of the register, and of one project, before any table."""

from datetime import date

from contracts.rules.months import month_long, month_of
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import ProjectFacts, Stage
from projects.rules.slippage import Slippage
from projects.rules.standing import Signal, Standing


def register_headline(found: Standing) -> str:
    """How many projects need attention, by their managers' word and by their dates."""
    if not found.active:
        return "No project is in flight or on hold."
    declared, dates = found.signals[Signal.DECLARED], found.signals[Signal.DATES]
    among = f"{_counted(found.active, 'project')} in flight or on hold"
    if not declared and not dates:
        return f"Nothing is red or amber among {among}, by their managers or by their dates."
    said = f"Red or amber among {among}: {declared:,} by their managers, {dates:,} by their dates."
    better = found.signals[Signal.RATED_BETTER]
    if not better:
        return said
    return f"{said} {better:,} {'is rated better than its' if better == 1 else 'are rated better than their'} dates."


def project_headline(project: ProjectFacts, on: date) -> str:
    """When it finishes, and how far that lies from what was first planned and from what is agreed now.

    A forecast that has passed with nothing finished is not a forecast any more, and the sentence says so.
    """
    match project.stage:
        case Stage.CANCELLED:
            return "Cancelled."
        case Stage.PIPELINE:
            return _in_pipeline(project.expected_commission_on)
        case Stage.COMPLETE:
            return _completed(project)
        case _:
            return _under_way(project, on)


def disagreement(project: ProjectFacts, thresholds: Thresholds) -> str:
    """The declared rating beside that of the dates, with the dates' reason; nothing where the two agree.

    A project that is not rated, or whose dates give no rating, disagrees only while work on it goes on.
    """
    declared, computed = project.declared, project.computed(thresholds)
    late = project.slippage_original
    if declared == computed or computed is None or late is None:
        return ""
    if declared is None:
        return f"Its manager has not rated it; {_dates_say(computed, late)}." if project.is_active else ""
    return f"Its manager says {declared}; {_dates_say(computed, late)}."


def lateness(days: int) -> str:
    """`56 days late`, `1 day early`, `on time`."""
    if days == 0:
        return "on time"
    return f"{_counted(abs(days), 'day')} {'late' if days > 0 else 'early'}"


def movement(days: int) -> str:
    """How far a date moved: `14 days later`, `1 day earlier`, `unchanged`."""
    if days == 0:
        return "unchanged"
    return f"{_counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def silence(updated_on: date | None, on: date) -> str:
    """How long nobody has said anything of a project."""
    if updated_on is None:
        return "No update has been posted yet."
    return f"No update for {_counted((on - updated_on).days, 'day')}: the latest is of {_day(updated_on)}."


def my_projects_headline(number: int, due: int, silent: int) -> str:
    """What a project manager's projects wait for."""
    if not number:
        return "No project under way waits for your updates."
    among = f"{_counted(number, 'project')} under way"
    if not due:
        return f"No update is due: {among}."
    said = f"{_counted(due, 'update')} {'is' if due == 1 else 'are'} due for {among}"
    if not silent:
        return f"{said}; none is silent."
    return f"{said}; {silent:,} {'is' if silent == 1 else 'are'} silent."


def posted_in_words(reference: str, declared: Confidence | None, computed: Confidence | None) -> str:
    """That an update is on record, and how its rating stands beside that of the dates."""
    said = f"The update of {reference} is posted."
    if declared is None or computed is None:
        return said
    if declared is computed:
        return f"{said} You say {declared}, and so do its dates."
    return f"{said} You say {declared}; its dates say {computed}. Both are shown."


def _completed(project: ProjectFacts) -> str:
    if project.actual_finish is None:
        return "Complete; the day it finished was not recorded."
    return _finished(project.actual_finish, project)


def _finished(finish: date, project: ProjectFacts) -> str:
    return f"Finished on {_day(finish)}{_against_baselines(project)}."


def _in_pipeline(expected_on: date | None) -> str:
    if expected_on is None:
        return "In the pipeline; no date is expected for commissioning it yet."
    return f"In the pipeline; expected to be commissioned on {_day(expected_on)}."


def _under_way(project: ProjectFacts, on: date) -> str:
    hold = "On hold. " if project.stage is Stage.ON_HOLD else ""
    if project.actual_finish is not None:
        return f"{hold}{_finished(project.actual_finish, project)}"
    if project.forecast_finish is not None and project.forecast_finish < on:
        passed = f"It was forecast to finish on {_day(project.forecast_finish)}{_against_baselines(project)}"
        return f"{hold}{passed}; that day has passed and it is not finished."
    if project.forecast_finish is not None:
        return f"{hold}Forecast to finish on {_day(project.forecast_finish)}{_against_baselines(project)}."
    if project.baseline_finish is not None:
        return f"{hold}Nobody has forecast its finish; it was to finish on {_day(project.baseline_finish)}."
    return f"{hold}No finish was planned or forecast."


def _against_baselines(project: ProjectFacts) -> str:
    original, agreed = project.slippage_original, project.slippage_agreed
    if original is None:
        return ""
    said = f", {_than(original.days, 'first planned')}"
    if agreed is not None and agreed.days != original.days:
        said += f" and {_than(agreed.days, 'agreed')}"
    return said


def _than(days: int, baseline: str) -> str:
    if days == 0:
        return f"as {baseline}"
    return f"{movement(days)} than {baseline}"


def _dates_say(computed: Confidence, late: Slippage) -> str:
    if late.days == 0:
        return f"its dates say {computed}: it keeps the original finish"
    side = "after" if late.days > 0 else "before"
    return f"its dates say {computed}: {_counted(abs(late.days), 'day')} {side} the original finish"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _day(day: date) -> str:
    return f"{day.day} {month_long(month_of(day))}"
