"""Agreeing another finish with the supplier: an act of the contract manager, with who agreed, when and why."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from contracts.models import Person
from contracts.services.history import save_with_history
from projects.models import Milestone, Project, Rebaseline
from projects.queries.portfolio import load_portfolio, thresholds_of
from projects.rules.details import OVER
from projects.rules.facts import ProjectFacts, RebaselineFacts
from projects.rules.rebaselining import RebaselineEffect, rebaseline_effect
from projects.services.permission import must_agree
from projects.services.portfolio import lock_project
from projects.services.refusals import IsArchived, NotRebaselined, day, nothing_said
from projects.services.register import restate


class EffectNotShown(NotRebaselined):
    """What it would do is not what was on the page: it has to be seen before it is done."""

    def __init__(self, effect: RebaselineEffect) -> None:
        super().__init__("", "What this does is not what you were shown: look at it below, then confirm.")
        self.effect = effect


@transaction.atomic
def rebaseline(
    *,
    project: Project,
    by: Person,
    on: date,
    agreed: RebaselineFacts,
    milestones: Mapping[str, date],
    shown: str,
) -> Rebaseline:
    """
    Puts another agreed finish on record, with the new agreed dates of milestones by their titles.

    ``shown`` is the name of the effect that was on the page. Nothing agreed before is overwritten but the milestones'
    agreed dates, whose history keeps it. Raises :class:`ProjectRefused`.
    """
    must_agree(by, project.contract)
    row = lock_project(project)
    if row.archived_on is not None:
        raise IsArchived(row.reference)
    facts = load_portfolio(row.contract, on, row.reference).projects[0]
    check_rebaseline(facts, agreed, milestones, on=on)
    effect = rebaseline_effect(facts, agreed, milestones, thresholds_of(row.contract))
    if effect.name != shown:
        raise EffectNotShown(effect)
    made = Rebaseline(
        project=row,
        agreed_finish=agreed.agreed_finish,
        agreed_on=agreed.agreed_on,
        agreed_by=agreed.agreed_by.strip(),
        reason=agreed.reason.strip(),
    )
    save_with_history(made, by=by, why=agreed.reason.strip())
    for milestone in Milestone.objects.filter(project=row, title__in=list(milestones)):
        if milestone.agreed_on != milestones[milestone.title]:
            milestone.agreed_on = milestones[milestone.title]
            save_with_history(milestone, by=by, why=f"re-baseline number {effect.number}")
    restate([row.pk], on=on)
    return made


def check_rebaseline(
    project: ProjectFacts, agreed: RebaselineFacts, milestones: Mapping[str, date], *, on: date
) -> None:
    """Raises :class:`ProjectRefused` where another finish cannot be agreed, or not this one."""
    if project.stage in OVER:
        raise NotRebaselined("", f"{project.reference} is {project.stage}: its finish is not agreed anew.")
    if project.original_finish is None:
        words = f"{project.reference} has no original finish yet: an administrator gives it first."
        raise NotRebaselined("", words)
    if project.original_start and agreed.agreed_finish < project.original_start:
        words = f"The agreed finish cannot be before the start, {day(project.original_start)}."
        raise NotRebaselined("agreed_finish", words)
    if agreed.agreed_finish == project.baseline_finish and not milestones:
        words = f"The finish agreed now is {day(agreed.agreed_finish)} already: enter another one."
        raise NotRebaselined("agreed_finish", words)
    _check_day(project, agreed, on)
    for field, what in (("agreed_by", "who agreed"), ("reason", "why another finish was agreed")):
        if not getattr(agreed, field).strip():
            raise nothing_said(field, what)


def _check_day(project: ProjectFacts, agreed: RebaselineFacts, on: date) -> None:
    if agreed.agreed_on is None:
        raise NotRebaselined("agreed_on", "Enter the day on which it was agreed.")
    if agreed.agreed_on > on:
        raise NotRebaselined("agreed_on", f"It cannot have been agreed in the future: today is {day(on)}.")
    latest = project.rebaselines[-1].agreed_on if project.rebaselines else None
    if latest and agreed.agreed_on < latest:
        words = f"The finish in force was agreed on {day(latest)}: this one cannot have been agreed before it."
        raise NotRebaselined("agreed_on", words)
