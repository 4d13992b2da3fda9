"""
Whether a draft is what would be built now: it is built once more each time somebody asks, and held against what is
kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from contracts.readings import Reading
from reports.build.halves import Halves
from reports.differences import differences
from reports.models import Edition, Paper, PaperRun
from reports.queries.comparison import NOW
from reports.queries.narratives import siblings
from reports.rules.readiness import Finding
from reports.rules.sentences import day_in_words
from reports.services.drafts import REFUSALS
from reports.services.editions import read_halves
from reports.snapshot import from_json

MOST_NAMED: Final = 3
DIFFERS: Final = "What differs"


@dataclass(frozen=True, slots=True)
class Printed:
    """The text of both halves of the draft; the second is blank where there is none."""

    public: str
    exempt: str

    def moved(self, built: Halves) -> tuple[str, ...]:
        """The places that would be printed otherwise; of the exempt part as well."""
        moved = [each.place for each in differences(from_json(self.public), built.public)]
        if self.exempt and built.exempt is not None:
            moved += [f"Exempt part: {each.place}" for each in differences(from_json(self.exempt), built.exempt)]
        return tuple(moved)


def read_built(paper: Paper, on: date) -> Reading[Halves | Exception]:
    """What would be built now, as things are known on a day; or why it could not be."""
    try:
        return (yield from read_halves(paper, on=on))
    except REFUSALS as refusal:
        return refusal


def later_runs(paper: Paper) -> QuerySet[PaperRun]:
    """The latest run of a later revision that has not failed."""
    runs = PaperRun.objects.filter(**siblings(paper), edition=Edition.DRAFT, revision__gt=paper.revision)
    later: QuerySet[PaperRun] = runs.exclude(state=PaperRun.State.FAILED).order_by("-revision")
    return later[:1]


def stale(
    paper: Paper, on: date, later: Sequence[PaperRun], printed: Printed, built: Sequence[Halves | Exception]
) -> Iterator[Finding]:
    """``built`` is what would be built as known on the draft's day and, where that is another, on this one."""
    contract = paper.contract.reference
    if later:
        (run,) = later
        state = "is being built" if run.state != PaperRun.State.FINISHED else "was built"
        meeting = reverse("reports:meeting", args=[contract, paper.meeting_id])
        yield Finding("stale", f"Revision {run.revision} {state}: sign that one off.", "Draft", meeting, blocks=True)
        return
    compared = f"{reverse('reports:compare', args=[contract, paper.pk])}?with={NOW}"
    for place, each in enumerate(built):
        if isinstance(each, Exception):
            yield Finding("stale", f"It could not be built now: {each}", "Draft", compared, blocks=True)
            return
        if moved := printed.moved(each):
            number, places = _counted(moved), _places(moved)
            if place:
                since = f"As known today it would differ from what was known on {day_in_words(paper.made_on)}"
                yield Finding("newer", f"{since} in {number}: {places}. Build it again to tell it.", DIFFERS, compared)
            else:
                what = f"Built now it would differ in {number}: {places}. Build it again."
                yield Finding("stale", what, DIFFERS, compared, blocks=True)
            return


def _counted(moved: tuple[str, ...]) -> str:
    return f"{len(moved):,} {'place' if len(moved) == 1 else 'places'}"


def _places(moved: tuple[str, ...]) -> str:
    more = len(moved) - MOST_NAMED
    return "; ".join(moved[:MOST_NAMED]) + (f"; and {more:,} more" if more > 0 else "")
