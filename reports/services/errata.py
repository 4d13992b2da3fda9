"""
Errata are found by themselves: a correction behind a paper that was issued is looked at once, and what it moves is
written down, with the correction as looked at, in one transaction.

Anybody may ask at any time and as often as they like. The paper's row is held meanwhile, so that two who ask at once do
not both look; whoever dies leaves nothing half done, and the next one begins where the last transaction ended.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from contracts.models import Message
from contracts.queries import load_holders
from contracts.rules.months import Month
from contracts.rules.roles import Role
from contracts.services.messages import tell
from kpis.models import Correction
from kpis.queries.corrected import corrections_to, load_past
from kpis.rules.corrections import Corrected
from projects.queries.key_duties import clerks
from reports.build.as_printed import Printed, counts_below_target
from reports.build.errata import Halved, moved_between, otherwise, standing_of
from reports.build.periods import earlier_meetings
from reports.build.told_errata import ISSUED, name_of
from reports.build.typed_words import ToLookAt, to_look_at
from reports.models import CheckedCorrection, Erratum, FrozenPaper, Paper
from reports.models.paper import Audience, Kind
from reports.rules.errata import Moved, Read, because_in_words, made_since, moved_in_words
from reports.rules.sentences import number_in_words
from reports.services.typed_words import note_typed_words
from reports.snapshot import from_json

MOVABLE: Final = (Kind.REPORT, Kind.ADDENDUM)
"""The papers that print figures of KPIs."""
AT_ONCE: Final = 20
"""So many corrections of one paper are settled in one transaction; the others follow in the next."""
LONGEST_PLACE: Final = 300
MOST_TOLD: Final = 12
"""So many errata stand in an e-mail; the page has them all."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What looking has led to: corrections looked at, papers that they moved something in, and numbers moved."""

    looked_at: int = 0
    papers: int = 0
    errata: int = 0

    def __str__(self) -> str:
        return f"{self.looked_at} corrections looked at, {self.errata} errata in {self.papers} papers"

    def __add__(self, other: "Found") -> "Found":
        return Found(self.looked_at + other.looked_at, self.papers + other.papers, self.errata + other.errata)


def find_errata(*, now: datetime) -> Found:
    """
    Looks at every correction that nobody has looked at yet, paper by paper; what was found is told.

    Raises the first thing that went wrong, once all other papers are done.
    """
    found, failed = Found(), []
    for paper in waiting_papers():
        try:
            found += _settle_all(paper, now)
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:  # One paper that cannot be read keeps nobody from the errata of the others.
            logger.exception("Looking for errata in paper %s failed.", paper)
            failed.append(error)
    if failed:
        raise failed[0]
    return found


def waiting_papers() -> list[int]:
    """The issued papers behind which there is a correction that was not looked at, the oldest first. One query."""
    waiting = _unchecked(
        Correction.objects.filter(result__kpi__contract=OuterRef("contract"), result__month__lte=OuterRef("review_to")),
        OuterRef(OuterRef("pk")),
    )
    rows = Paper.objects.filter(status__in=ISSUED, kind__in=MOVABLE).filter(Exists(waiting))
    return list(rows.order_by("made_at", "pk").values_list("pk", flat=True))


def _settle_all(paper: int, now: datetime) -> Found:
    found = Found()
    while (more := settle(paper, now=now)).looked_at:
        found += more
    return Found(found.looked_at, int(bool(found.errata)), found.errata)


@transaction.atomic
def settle(pk: int, *, now: datetime, most: int = AT_ONCE) -> Found:
    """Looks at the next corrections behind one paper, ``most`` of them, and writes down what they move."""
    paper = _held(pk)
    if paper is None:
        return Found()
    rows = _unchecked(corrections_to(paper.contract, Month(paper.review_to)), pk)
    waiting = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    if not waiting:
        return Found()
    found = _errata(paper, waiting)
    for correction, errata, sentences in found:
        for position, (audience, each) in enumerate(errata):
            Erratum.objects.create(
                paper=paper,
                correction_id=correction.number,
                position=position,
                place=_short(each.place),
                printed=each.printed,
                should_read=each.should_read,
                because=because_in_words(correction.reason, correction.by, correction.at),
                audience=audience,
                found_at=now,
            )
        asked = note_typed_words(paper, correction.number, sentences, now=now)
        if errata:
            _tell(paper, correction, errata, asked)
    CheckedCorrection.objects.bulk_create(
        CheckedCorrection(correction_id=number, paper=paper, checked_at=now) for number in waiting
    )
    return Found(len(waiting), 1, sum(len(errata) for _, errata, _ in found))


def _errata(
    paper: Paper, waiting: Collection[int]
) -> list[tuple[Corrected, list[tuple[Audience, Moved]], tuple[ToLookAt, ...]]]:
    """
    What each of these corrections moves, once those that were looked at before have been made in the paper; and the
    sentences that people wrote in which a number stands that it moved.
    """
    halves = _halves(paper)
    whole = halves.whole
    past = load_past(paper.contract, Month(paper.review_to))
    printed = Printed(
        whole,
        past,
        counts_below_target(whole, paper.contract.below_target_is_exception),
        earlier_meetings(paper.contract, whole.meeting.meeting_on or paper.made_on).reported,
    )
    since = made_since(past.corrections, _read(paper), printed.prints)
    standing = standing_of(printed, since)
    headline = standing.headline()
    now, before = set(waiting), _settled_before(paper)
    for each in sorted((each for each in since if each.number in before), key=lambda each: before[each.number]):
        standing = standing.after(each)
    found, reads = [], otherwise(halves, standing)
    for each in (each for each in since if each.number in now):
        after = standing.after(each)
        reads_now = reads if after is standing else otherwise(halves, after)
        moved = moved_between(reads, reads_now)
        sentences = to_look_at(halves.public, whole, moved, (headline, after.headline()) if moved else ("", ""))
        found.append((each, moved, sentences))
        standing, reads = after, reads_now
    return found


def _settled_before(paper: Paper) -> dict[int, int]:
    """By correction, in which order they were looked at."""
    rows = CheckedCorrection.objects.filter(paper=paper).order_by("pk").values_list("correction", flat=True)
    return {correction: place for place, correction in enumerate(rows)}


def _halves(paper: Paper) -> Halved:
    frozen = {
        half.audience: from_json(half.snapshot.text)
        for half in FrozenPaper.objects.filter(paper=paper).select_related("snapshot")
    }
    return Halved(frozen[Audience.PUBLIC], frozen.get(Audience.EXEMPT))


def _read(paper: Paper) -> Read:
    """When the paper's figures were read; of papers from before this was noted, as its writer began."""
    return Read(paper.last_correction, timezone.localtime(paper.run.started_at or paper.made_at))


def _held(pk: int) -> Paper | None:
    """The paper, if it is issued still; until the transaction ends nobody else settles it."""
    rows = Paper.objects.select_for_update(of=("self",), no_key=True).select_related("contract", "run", "meeting")
    paper: Paper | None = rows.filter(pk=pk, status__in=ISSUED, kind__in=MOVABLE).first()
    return paper


def _unchecked(rows: QuerySet[Correction], paper: Any) -> QuerySet[Correction]:
    return rows.exclude(Exists(CheckedCorrection.objects.filter(correction=OuterRef("pk"), paper=paper)))


def _short(place: str) -> str:
    return place if len(place) <= LONGEST_PLACE else f"{place[: LONGEST_PLACE - 1]}…"


def _tell(paper: Paper, correction: Corrected, errata: list[tuple[Audience, Moved]], asked: int) -> None:
    """
    To contract managers and clerks, once for each correction and paper.

    What only the exempt part prints is not written into an e-mail: the page shows it to those who may read it.
    """
    contract, name = paper.contract, name_of(paper)
    public = [each for audience, each in errata if audience == Audience.PUBLIC]
    withheld = len(errata) - len(public)
    lines = [f"{each.place}: {moved_in_words(each)}" for each in public[:MOST_TOLD]]
    if len(public) > MOST_TOLD:
        lines.append(f"And {number_in_words(len(public) - MOST_TOLD)} more.")
    if withheld:
        lines.append(f"In its exempt part: {number_in_words(withheld)}.")
    if asked:
        what = "1 sentence that people wrote" if asked == 1 else f"{asked} sentences that people wrote"
        lines.append(f"{what} may need correcting too: the contract manager words it, or says why it stays.")
    said = "\n".join((f"Figures behind this paper were corrected: {name}.", *lines, *_because(correction, public)))
    path = reverse("reports:errata", args=[contract.reference, paper.pk])
    link = f"\n{settings.SITE_URL}{path}\n" if settings.SITE_URL else ""
    tell(
        (*load_holders(contract).of(Role.CONTRACT_MANAGER), *clerks()),
        contract=contract,
        kind=Message.Kind.ERRATA_FOUND,
        key=f"errata {paper.pk} {correction.number}",
        subject=f"Errata: {name}",
        body=f"{contract.title}\n\n{said}\n{link}",
    )


def _because(correction: Corrected, public: list[Moved]) -> tuple[str, ...]:
    """The reason, unless nothing that the public reads was moved."""
    if not public:
        return ()
    return (f"Because: {because_in_words(correction.reason, correction.by, correction.at)}",)
