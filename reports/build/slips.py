"""The slip of errata: a paper bound to another, of what should read otherwise in that one and of nothing else."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from contracts.models import Contract
from contracts.queries import read_calendar
from contracts.readings import Reading, ask, beside
from reports import snapshot
from reports.build.addendum import bound_to, publications
from reports.build.assembly import meeting_head
from reports.build.halves import SLIP_WITHHELD
from reports.build.periods import dates_for
from reports.build.told_errata import ISSUED, read_errata_for_slip
from reports.models import FrozenPaper, Meeting
from reports.models.paper import Audience, Kind
from reports.rules.errata import NothingToCorrect
from reports.rules.review import Review
from reports.rules.sentences import capitalised, number_in_words
from reports.snapshot import BoardPaper, ErratumLine, from_json

NO_PROJECTS: Final = snapshot.ProjectSection(0, {}, {}, None, (), (), ())


def read_slip(
    contract: Contract, meeting: Meeting, of: int, *, on: date, number: int, revision: int = 1, status: str = "draft"
) -> Reading[BoardPaper]:
    """
    The slip of errata of an issued paper, given by primary key, as of the day ``on``: the errata that no paper has
    told, and nothing else. In one step beside whatever else is read, in more where errata were told before.

    Raises :class:`NothingToCorrect`.
    """
    (found, published), told, calendar = yield from beside(
        ask(
            FrozenPaper.objects.select_related("paper", "snapshot").filter(paper=of, audience=Audience.PUBLIC),
            publications(of),
        ),
        read_errata_for_slip(contract, of),
        read_calendar(),
    )
    frozen = next((each for each in found if each.paper.status in ISSUED), None)
    if not told or frozen is None:
        raise NothingToCorrect
    printed = from_json(frozen.snapshot.text)
    review = Review(printed.review.from_, printed.review.to, printed.review.is_repeat, printed.history.from_)
    return BoardPaper(
        schema=snapshot.SCHEMA,
        kind=Kind.ERRATUM.value,
        status=status,
        revision=revision,
        made_on=on,
        contract=printed.contract,
        meeting=meeting_head(meeting.board.name, dates_for(contract, meeting, review, calendar)),
        review=printed.review,
        history=snapshot.History(printed.history.from_, printed.history.to, ()),
        headline=_headline(told.public) if told.public else SLIP_WITHHELD,
        since_last=snapshot.SinceLast(printed.meeting.meeting_on, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        months=(),
        exceptions=(),
        reliefs=(),
        kpi_changes=(),
        earlier_failures=(),
        projects=NO_PROJECTS,
        requests=(),
        errata=told.public,
        areas=(),
        provisional_areas=(),
        has_illustrative=False,
        number=number,
        of=bound_to(frozen, printed.meeting.meeting_on or meeting.meeting_on, published),
        exempt_errata=told.exempt,
    )


def _headline(errata: Sequence[ErratumLine]) -> str:
    numbers, causes = len(errata), len({line.because for line in errata})
    places = "place" if numbers == 1 else "places"
    corrections = "one figure was" if causes == 1 else f"{number_in_words(causes)} figures were"
    where = f"{capitalised(number_in_words(numbers))} {places} in the {_lowered(errata[0].paper)} should read otherwise"
    return f"{where}, because {corrections} corrected after it went out."


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
