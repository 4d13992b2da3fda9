"""
Which errata a paper tells.

Each erratum is told once: in the next addendum or report, or in a slip that is issued for it alone, whichever goes to
the clerk first. What an issued paper has told is read from its frozen text. Of a number that was corrected twice the
later correction is told. An exempt erratum is told by the exempt part of a paper, on the ground of the part that it
corrects; a public one that somebody withheld waits on, until a public paper tells it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Final

from django.db.models import Q, QuerySet

from contracts.models import Contract
from contracts.readings import Reading, read_now
from reports.models import Erratum, FrozenSnapshot, Meeting, Paper
from reports.models.paper import Audience, Kind
from reports.rules.errata import STANDS
from reports.rules.exempt import NEW_MONTHS
from reports.rules.sentences import capitalised, day_in_words
from reports.snapshot import ErratumLine, ExemptErratum

ISSUED: Final = (Paper.Status.WITH_CLERK, Paper.Status.PUBLISHED)
TELLING: Final = (Kind.REPORT, Kind.ADDENDUM, Kind.ERRATUM)
NONE_IN_IT: Final = '"errata": []'
"""So says the text of a snapshot without errata; the others are looked into."""
EXEMPT_IN_IT: Final = '"exempt_errata": ['
OF_KPIS: Final = NEW_MONTHS.section_keys
UNKNOWN_GROUND: Final = (3, "It corrects what was not for publication.")
"""Where nothing of the exempt part is kept that would say on which ground it was withheld."""


@dataclass(frozen=True, slots=True)
class ToTell:
    """What a paper tells: in public, and in its exempt part."""

    public: tuple[ErratumLine, ...] = ()
    exempt: tuple[ExemptErratum, ...] = ()

    def __len__(self) -> int:
        return len(self.public) + len(self.exempt)


def read_errata_for_report(contract: Contract, meeting_on: date | None) -> Reading[ToTell]:
    """
    What a report tells: what was not told yet of the papers of earlier meetings; without a meeting nothing.

    In one step, in two where there are errata, in three of exempt ones.
    """
    if meeting_on is None:
        return ToTell()
    return (yield from _to_tell(contract, _of_issued(contract).filter(_of_earlier(meeting_on))))


def read_errata_for_addendum(contract: Contract, meeting: Meeting, number: int) -> Reading[ToTell]:
    """The same of an addendum: what was not told yet of its report, of the addenda before it and of earlier papers."""
    return _to_tell(contract, _of_issued(contract).filter(_of_before(meeting, number)))


def read_errata_for_slip(contract: Contract, of: int) -> Reading[ToTell]:
    """The same of a slip: what was not told yet of the paper it belongs to, given by primary key."""
    return _to_tell(contract, _of_issued(contract).filter(paper=of))


def errata_for_slip(paper: Paper) -> ToTell:
    """What a slip to the paper would tell now."""
    return read_now(read_errata_for_slip(paper.contract, paper.pk))


def of_told_in(paper: Paper) -> Q | None:
    """Which rows of issued papers this paper tells of, by the paper they belong to; ``None`` where it tells none."""
    if paper.meeting is None or paper.kind not in TELLING:
        return None
    if paper.kind == Kind.REPORT:
        told = _of_earlier(paper.meeting.meeting_on)
    elif paper.kind == Kind.ADDENDUM:
        told = _of_before(paper.meeting, paper.number)
    else:
        told = Q(paper=paper.of_id)
    return told & Q(paper__status__in=ISSUED)


def _of_earlier(meeting_on: date) -> Q:
    return Q(paper__meeting__meeting_on__lt=meeting_on)


def _of_before(meeting: Meeting, number: int) -> Q:
    """Of all papers up to a meeting, but for its addenda from this one on."""
    own = Q(paper__kind=Kind.ADDENDUM, paper__meeting=meeting, paper__number__gte=number)
    return Q(paper__meeting__meeting_on__lte=meeting.meeting_on) & ~own


def name_of(paper: Paper) -> str:
    """`Exception report of 29 March 2018`, `Addendum 1 to the exception report of 29 March 2018`."""
    day = f" of {day_in_words(paper.meeting.meeting_on)}" if paper.meeting else ""
    if paper.kind == Kind.ADDENDUM:
        return f"Addendum {paper.number} to the {Kind.REPORT.label}{day}"
    if paper.kind == Kind.ERRATUM:
        return f"Slip of errata {paper.number} of the meeting{day}"
    return f"{capitalised(Kind(paper.kind).label)}{day}"


def line_of(row: Erratum) -> ErratumLine:
    """An erratum as papers print it."""
    should_read = STANDS.format(row.printed) if row.should_read == row.printed else row.should_read
    return ErratumLine(row.place, row.printed, should_read, row.because, name_of(row.paper))


def _read_told_in(contract: Contract) -> Reading[frozenset[tuple[str, ErratumLine]]]:
    """Every erratum that an issued paper has told, with who could read it there. One step."""
    rows = FrozenSnapshot.objects.filter(
        frozen__paper__contract=contract, frozen__paper__status__in=ISSUED, frozen__paper__kind__in=TELLING
    )
    telling = rows.filter(
        (Q(frozen__audience=Audience.PUBLIC) & ~Q(text__contains=NONE_IN_IT)) | Q(text__contains=EXEMPT_IN_IT)
    )
    (texts,) = yield (telling.values_list("text", "frozen__audience"),)
    return frozenset(told for text, audience in texts for told in _told(text, audience))


def _told(text: str, audience: str) -> Iterator[tuple[str, ErratumLine]]:
    """What the exempt half has of public errata the public half has too, or nobody has told it in public."""
    plain = json.loads(text)
    if audience == Audience.PUBLIC:
        yield from ((audience, ErratumLine(**line)) for line in plain["errata"])
        return
    for line in plain.get("exempt_errata", ()):
        yield audience, ErratumLine(*(line[name] for name in ("place", "printed", "should_read", "because", "paper")))


def _of_issued(contract: Contract) -> "QuerySet[Erratum]":
    rows = Erratum.objects.filter(paper__contract=contract, paper__status__in=ISSUED).select_related("paper__meeting")
    return rows.order_by("paper__meeting__meeting_on", "-paper__kind", "paper__number", "pk")


def _to_tell(contract: Contract, asked: "QuerySet[Erratum]") -> Reading[ToTell]:
    """
    Of each place what is said of it last, unless it was told already.

    That a number stands again as printed is told only where something else was told of it before.
    """
    last: dict[tuple[int, str], Erratum] = {}
    for row in (yield (asked,))[0]:
        last.pop((row.paper_id, row.place), None)
        last[row.paper_id, row.place] = row
    if not last:
        return ToTell()
    told = yield from _read_told_in(contract)
    places = {(audience, line.paper, line.place) for audience, line in told}
    found = [
        (row, line)
        for row in last.values()
        if (row.audience, line := line_of(row)) not in told
        and (row.should_read != row.printed or (row.audience, line.paper, line.place) in places)
    ]
    exempt = [(row, line) for row, line in found if row.audience == Audience.EXEMPT]
    told_exempt = yield from _read_exempt(exempt)
    return ToTell(tuple(line for row, line in found if row.audience == Audience.PUBLIC), told_exempt)


def _read_exempt(found: Sequence[tuple[Erratum, ErratumLine]]) -> Reading[tuple[ExemptErratum, ...]]:
    """Each with the ground of the part that it corrects, as that was frozen. One step, where there are any."""
    if not found:
        return ()
    asked = FrozenSnapshot.objects.filter(
        frozen__paper__in={row.paper_id for row, _ in found}, frozen__audience=Audience.EXEMPT
    ).values_list("frozen__paper", "text")
    (texts,) = yield (asked,)
    withheld = {paper: json.loads(text)["exempt"] for paper, text in texts}
    grounds = [_ground(withheld.get(row.paper_id, ()), line.place) for row, line in found]
    return tuple(
        ExemptErratum(line.place, line.printed, line.should_read, line.because, line.paper, *ground)
        for (_, line), ground in zip(found, grounds, strict=True)
    )


def _ground(withheld: Sequence[Mapping[str, Any]], place: str) -> tuple[int, str]:
    """That of the section which the place names, or of the KPIs: figures of them are what corrections move."""
    named = (line for line in withheld if line["title"].casefold() in place.casefold())
    of_kpis = (line for line in withheld if line["section"] in OF_KPIS)
    line = next(chain(named, of_kpis, withheld), None)
    return (line["paragraph"], line["public_interest"]) if line else UNKNOWN_GROUND
