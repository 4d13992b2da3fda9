"""Which projects moved from one stage to another between two days, by their history: no other row keeps it."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from contracts.models import Contract
from contracts.readings import Reading
from projects.models import Project
from projects.rules.facts import Stage
from projects.rules.news import StageMove


def read_stage_moves(contract: Contract, after: date | None, until: date) -> Reading[Mapping[str, StageMove]]:
    """
    By the project's reference, in one step beside whatever else is read; nothing without a day to begin with.

    A project that was put into the register since, or that is back where it was, has not moved.
    """
    if after is None:
        return {}
    rows = Project.history.filter(contract=contract).order_by("id", "history_date", "history_id")
    (told,) = yield (rows.values_list("id", "reference", "stage", "history_date"),)
    moves = {}
    for _, own in groupby(told, key=lambda row: row[0]):
        known = [(reference, Stage(stage), _day(at)) for _, reference, stage, at in own if _day(at) <= until]
        before = [stage for _, stage, on in known if on <= after]
        if before and known[-1][1] is not before[-1]:
            reference, now, _ = known[-1]
            since = _since(known, now)
            moves[reference] = StageMove(before[-1], now, since)
    return moves


def _since(known: list[tuple[str, Stage, date]], now: Stage) -> date:
    """The day of the last step into the stage that it is in now."""
    came = known[-1][2]
    for _, stage, on in reversed(known):
        if stage is not now:
            break
        came = on
    return came


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
