"""
The demonstration's day moves on: what is due is done by the machine, and the people play their parts.

A day is begun by moving the demonstration's day to it. Then everything that beat would ask for is asked for, the steps
of the script whose day has come are played, and after each the papers that it led to are written: by this process, or
by a worker that is waited for.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from time import monotonic, sleep
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from contracts.queries import demonstration_day, working_calendar
from contracts.queries.clock import database_now
from contracts.services import set_demonstration_day
from contracts.services.messages import send_waiting
from contracts.services.refusals import Refused
from kpis.services import reminders as of_returns
from kpis.services.submission import ChangedMeanwhile, NotReady
from kpis.services.verification import DecisionRefused
from projects.services import reminders as of_updates
from reports.models import PaperRun
from reports.queries.work_runs import name_of
from reports.services import papers, request_reminders
from reports.services.claims import BeingWritten
from reports.services.demonstration import NotInLocalMode
from reports.services.demonstration_script import Stage, Step, set_stage, steps_until
from reports.services.errata import find_errata

DAY: Final = timedelta(days=1)
LOOK_EVERY_SECONDS: Final = 0.25
UNFINISHED: Final = (PaperRun.State.QUEUED, PaperRun.State.RUNNING)

Write = Callable[[Stage, date], None]
"""Has every run of the contract that waits brought to its end."""


class CannotStep(Exception):
    """The demonstration's day cannot be moved to where it was asked to be; the words say why."""


class NotWritten(Exception):
    """A paper was not written, so that the play cannot go on."""


def days_to(to: date) -> tuple[date, ...]:
    """The days to be played: today, each working day after it, and the day itself. Raises :class:`CannotStep`."""
    if not settings.IS_LOCAL:
        raise NotInLocalMode("The demonstration is for local mode: unset SECRET_KEY.")
    begin = demonstration_day()
    if begin is None:
        raise CannotStep("There is no demonstration here yet: start it with the command demo.")
    if to < begin:
        raise CannotStep(f"The demonstration stands at {begin.isoformat()} and moves forward only.")
    calendar = working_calendar()
    between = [begin + DAY * number for number in range(1, (to - begin).days + 1)]
    return (begin, *(day for day in between if day == to or calendar.is_working_day(day)))


def play(day: date, write: Write) -> Iterator[str]:
    """One day, with a plain line for each thing that happened on it. Played again, nothing happens twice."""
    told = set(_finished(set_stage()).values_list("pk", flat=True))
    if demonstration_day() != day:
        set_demonstration_day(on=day)
    yield from _machine(set_stage(), day, write, told)
    for step in steps_until(day):
        stage, done = set_stage(), 0
        for line in _played(step, stage, day):
            done += 1
            yield line
        if done:
            yield from _machine(stage, day, write, told)
    remind(day)


def remind(day: date) -> int:
    """What beat has written and sent again and again: the reminders of a day, and the e-mails that wait."""
    written = of_returns.write_reminders(on=day) + of_updates.write_reminders(on=day)
    written += request_reminders.write_reminders(on=day)
    send_waiting(database_now())
    return written


def write_here(stage: Stage, day: date) -> None:
    """Writes what waits, in this process; what a worker has begun is waited for."""
    deadline = monotonic() + settings.CELERY_TASK_TIME_LIMIT
    while (run := _waiting(stage)) is not None:
        try:
            papers.write_paper(run.pk, on=day)
        except BeingWritten:
            _look_again(deadline, run)
        except papers.AttemptFailed as failure:
            raise NotWritten(str(failure)) from failure
        except papers.PaperRefused as refusal:
            raise NotWritten(f"{_title(run)}: {refusal}") from refusal


def wait_for_worker(stage: Stage, day: date) -> None:
    """Waits until a worker has written what waits."""
    deadline = monotonic() + settings.CELERY_TASK_TIME_LIMIT
    while (run := _waiting(stage)) is not None:
        _look_again(deadline, run)


def _played(step: Step, stage: Stage, day: date) -> Iterator[str]:
    """What a step did; where people have gone another way in the meantime, it says which step no longer fits."""
    try:
        yield from step.do(stage, day)
    except (Refused, DecisionRefused, NotReady, ChangedMeanwhile) as refusal:
        raise CannotStep(f"On {day.isoformat()} the {step.who.lower()} {step.what}: {refusal}") from refusal


def _machine(stage: Stage, day: date, write: Write, told: set[int]) -> Iterator[str]:
    """Starts what is due, has it written with everything else that waits, and tells of each run that it was done."""
    papers.start_due(on=day, now=database_now())
    find_errata(now=timezone.now())
    write(stage, day)
    failed = PaperRun.objects.filter(contract=stage.contract, state=PaperRun.State.FAILED).first()
    if failed is not None:
        raise NotWritten(f"{_title(failed)}: {failed.error}")
    for run in _finished(stage).exclude(pk__in=told).select_related("meeting").order_by("finished_at", "pk"):
        told.add(run.pk)
        yield f"{_title(run)} was written: {run.get_edition_display()}, revision {run.revision}"


def _finished(stage: Stage) -> QuerySet[PaperRun]:
    rows: QuerySet[PaperRun] = PaperRun.objects.filter(contract=stage.contract, state=PaperRun.State.FINISHED)
    return rows


def _waiting(stage: Stage) -> PaperRun | None:
    runs = PaperRun.objects.filter(contract=stage.contract, state__in=UNFINISHED).select_related("meeting")
    return runs.order_by("queued_at", "pk").first()


def _look_again(deadline: float, run: PaperRun) -> None:
    if monotonic() > deadline:
        raise NotWritten(f"{_title(run)} was not written in time. Does a worker run on these data?")
    sleep(LOOK_EVERY_SECONDS)


def _title(run: PaperRun) -> str:
    return name_of(run.kind, run.number, run.meeting.meeting_on if run.meeting else None, run.month)
