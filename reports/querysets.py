"""The vocabulary of queries about meetings, papers, their runs and the Board's requests."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from contracts.models import Contract
from contracts.rules.months import Month
from contracts.rules.roles import SEES_DRAFTS, SEES_OPERATIONAL_REPORTS

if TYPE_CHECKING:
    from contracts.models import Person
    from contracts.rules.held import Held


class MeetingQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Person") -> Self:
        """Meetings of the boards that watch a contract this person may see."""
        return self.filter(board__contracts__in=Contract.objects.visible_to(person)).distinct()

    def planned(self) -> Self:
        return self.filter(status="planned")

    def to_come_of(self, board: Any, on: date) -> Self:
        """A board's meetings from a day on, cancelled ones among them, the next one first."""
        return self.filter(board=board, meeting_on__gte=on).select_related("board").order_by("meeting_on")

    def coming(self, contract: Any, on: date) -> Self:
        """The planned meetings of the boards that watch this contract, today's included, the next one first."""
        meetings = self.planned().filter(board__contracts=contract, meeting_on__gte=on)
        return meetings.select_related("board").order_by("meeting_on", "board")


class PaperQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Person") -> Self:
        """
        Published papers of the contracts this person may see, and drafts where their role works on them.

        Of what was withdrawn or removed after it was published the page stays, with the reason. Operational reports are
        for those who run the projects and the contract, whatever their status.
        """
        published = self._is_out() & Q(contract__in=Contract.objects.visible_to(person))
        drafted = Q(contract__in=Contract.objects.where_held(person, SEES_DRAFTS))
        operational = Q(contract__in=Contract.objects.where_held(person, SEES_OPERATIONAL_REPORTS))
        is_operational = Q(kind="operational")
        return self.filter((~is_operational & (published | drafted)) | (is_operational & operational))

    def seen_at(self, contract: Any, held: "Held") -> Self:
        """The same of one contract, for somebody who sees it and of whom it is known what they hold."""
        here = self.filter(contract=contract)
        if not held.holds(SEES_OPERATIONAL_REPORTS, contract.reference):
            here = here.exclude(kind="operational")
        if held.holds(SEES_DRAFTS, contract.reference):
            return here
        return here.filter(Q(kind="operational") | self._is_out())

    def _is_out(self) -> Q:
        """Published, or withdrawn or removed after it was."""
        was_published = Q(pk__in=self.model.objects.filter(acts__kind="published").values("pk"))
        return Q(status="published") | (Q(status__in=["withdrawn", "removed"]) & was_published)

    def of(self, contract: Any, meeting: Any, kind: str, month: Month | None = None, number: int | None = None) -> Self:
        """The revisions of one paper, for a meeting or a month, newest first; without a number, the highest first."""
        found = self.filter(contract=contract, meeting=meeting, month=month, kind=kind).order_by("-number", "-revision")
        return found if number is None else found.filter(number=number)

    def light(self) -> Self:
        """Without the snapshots, which are long and which no list shows."""
        return self.defer("snapshot", "exempt_snapshot")

    def for_meetings(self) -> Self:
        return self.filter(meeting__isnull=False)

    def operational(self) -> Self:
        """The operational project reports: below the Board's level, each for a month."""
        return self.filter(kind="operational")


class PaperRunQuerySet(models.QuerySet[Any]):
    def of(self, contract: Any, meeting: Any, kind: str, month: Month | None = None) -> Self:
        """
        The runs that build one paper, for a meeting or a month, the newest revision first; of several, the last.
        """
        found = self.filter(contract=contract, meeting=meeting, month=month, kind=kind, edition="draft")
        return found.order_by("-number", "-revision")

    def claimable(self, run_id: int, now: datetime, lease: timedelta) -> Self:
        """This run, if nobody is writing it: queued, or running without a sign of life."""
        return self.filter(pk=run_id).filter(Q(state="queued") | _silent(now, lease))

    def held_by(self, run_id: int, claim: str) -> Self:
        """This run, as long as this worker still holds it."""
        return self.filter(pk=run_id, state="running", claim=claim)

    def abandoned(self, now: datetime, lease: timedelta, longest_wait: timedelta) -> Self:
        """Runs that nobody is working on: queued long ago and never started, or without a sign of life."""
        lies_about = Q(queued_at__lt=now - lease) | Q(queued_at__gt=now + longest_wait)
        return self.filter(Q(state="queued") & lies_about | _silent(now, lease))


def _silent(now: datetime, lease: timedelta) -> Q:
    """Without a heartbeat for a lease; one from farther ahead was written before the clock was set back."""
    return Q(state="running") & (Q(heartbeat_at__lt=now - lease) | Q(heartbeat_at__gt=now + lease))


class BoardRequestQuerySet(models.QuerySet[Any]):
    def known_on(self, contract: Any, day: date) -> Self:
        """What the Board had asked of a contract by that day."""
        return self.filter(contract=contract, raised_on__lte=day)

    def open_on(self, day: date) -> Self:
        """Requests raised by that day and not closed by then; of some it is only known when they were answered."""
        closed_later = Q(closed_on__gt=day) | Q(closed_on=None, answered_on__gt=day)
        return self.filter(raised_on__lte=day).filter(~Q(status="closed") | closed_later)
