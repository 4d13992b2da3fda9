"""
Posting the monthly update of a project: what its manager says, once said, is never edited.

An update names the one it was copied from, so that nobody supersedes what they have not read. With it, in one
transaction, go the forecasts and actual dates of milestones; no original and no agreed date is touched.
"""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from contracts.models import Person
from contracts.services.history import save_with_history
from projects.models import Milestone, MilestoneForecast, Project, Update
from projects.queries.portfolio import load_portfolio, thresholds_of
from projects.queries.updating import latest_update
from projects.rules.details import Fault
from projects.rules.facts import ProjectFacts
from projects.rules.updating import MilestoneSaid, UpdateSaid, kept, rated, update_faults
from projects.services.permission import must_post
from projects.services.portfolio import lock_project
from projects.services.refusals import ProjectRefused
from projects.services.register import restate


class TakesNoUpdate(ProjectRefused):
    """A project that is not under way has nothing to report."""

    def __init__(self, project: Project) -> None:
        state = "archived" if project.archived_on else project.stage
        super().__init__(Fault("", f"{project.reference} is {state}: only projects in flight or on hold are updated."))


class UpdateOvertaken(ProjectRefused):
    """Somebody posted an update after the one this was copied from."""

    def __init__(self, latest: Update) -> None:
        super().__init__(Fault("", "An update was posted while you were writing. Read it below, then post yours."))
        self.latest = latest


@transaction.atomic
def post_update(
    *, project: Project, by: Person, on: date, at: datetime, copied_from: int | None, said: UpdateSaid
) -> Update:
    """
    Puts an update on record. Posted twice, as by a second click, it is one.

    Raises :class:`ProjectRefused`: with the faults of what is said, :class:`TakesNoUpdate` or :class:`UpdateOvertaken`.
    """
    must_post(by, project)
    row = lock_project(project)
    if row.archived_on or not Project.objects.under_way().filter(pk=row.pk).exists():
        raise TakesNoUpdate(row)
    facts = load_portfolio(row.contract, on, row.reference).projects[0]
    thresholds = thresholds_of(row.contract)
    recorded = kept(said, rated(facts, said.forecast_finish, thresholds))
    latest = latest_update(row, on)
    if latest is not None and latest.pk != copied_from:
        if latest.posted_by_id == by.pk and _is_the_same(latest, facts, recorded):
            return latest
        raise UpdateOvertaken(latest)
    faults = update_faults(facts, said, thresholds, on)
    if faults:
        raise ProjectRefused(*faults)
    update = _record(row, recorded, by=by, on=on, at=at)
    _record_milestones(update, facts, recorded.milestones, by=by, on=on)
    restate([row.pk], on=on)
    return update


def next_number(project: Project, on: date | None) -> int:
    """The number of a further update of a day."""
    highest = Update.objects.filter(project=project, updated_on=on).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _record(project: Project, said: UpdateSaid, *, by: Person, on: date, at: datetime) -> Update:
    values = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(said).items()}
    del values["milestones"]
    update = Update(
        project=project, updated_on=on, number=next_number(project, on), posted_by=by, posted_at=at, **values
    )
    save_with_history(update, by=by, why="posted")
    return update


def _record_milestones(
    update: Update, facts: ProjectFacts, said: tuple[MilestoneSaid, ...], *, by: Person, on: date
) -> None:
    forecast_before = {milestone.title: milestone.forecast_on for milestone in facts.milestones}
    of_title = {each.title: each for each in said}
    for milestone in Milestone.objects.filter(project=update.project, actual_on=None, title__in=list(of_title)):
        each = of_title[milestone.title]
        if each.actual_on:
            milestone.actual_on = each.actual_on
            save_with_history(milestone, by=by, why="said in an update")
        elif each.forecast_on and each.forecast_on != forecast_before[milestone.title]:
            forecast = MilestoneForecast(
                milestone=milestone, update=update, forecast_on=each.forecast_on, said_on=on, by=by
            )
            save_with_history(forecast, by=by, why="said in an update")


def _is_the_same(update: Update, facts: ProjectFacts, said: UpdateSaid) -> bool:
    """Whether an update, and what stands of its milestones, is what is said now."""
    values = asdict(said)
    del values["milestones"]
    stands = {milestone.title: milestone for milestone in facts.milestones}
    return all(
        getattr(update, name) == (value.strip() if isinstance(value, str) else value) for name, value in values.items()
    ) and all(
        stands[each.title].actual_on == each.actual_on
        and (each.actual_on is not None or stands[each.title].forecast_on == each.forecast_on)
        for each in said.milestones
        if each.title in stands
    )
