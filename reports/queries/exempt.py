"""What is not for publication, as its page shows it: every part of the paper and its mark, and exempt appendices."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from contracts.readings import Reading, ask, beside, read_now
from reports.build.halves import Mark, split
from reports.build.told_errata import ISSUED
from reports.build.words import exempt_text
from reports.models import ExemptAppendix, ExemptMark, FrozenSnapshot, Paper, PaperRun
from reports.models.paper import Audience, Kind
from reports.queries.narratives import read_closed_words, siblings
from reports.rules.exempt import NEW_MONTHS, Part, parts_of
from reports.snapshot import BoardPaper, ExemptText, from_json


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the paper with its mark, if it has one; ``is_empty`` where nothing stands in it yet."""

    part: Part
    mark: Mark | None
    is_empty: bool

    @property
    def sections(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.part.sections)


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix that somebody wrote for the exempt part, in its place."""

    position: int
    text: ExemptText


@dataclass(frozen=True, slots=True)
class ExemptPage:
    """``closed`` says why the marks stand as they are, blank while they can be changed; ``state`` names them."""

    newest: Paper
    lines: tuple[PartLine, ...]
    appendices: tuple[Appendix, ...]
    closed: str
    state: str
    is_behind: bool

    @property
    def marked(self) -> tuple[PartLine, ...]:
        return tuple(line for line in self.lines if line.mark)


def load_exempt_page(paper: Paper) -> ExemptPage:
    """The page of a paper of a meeting. Two queries."""
    ((newest,),), marked, appendices, closed = read_now(
        beside(
            ask(Paper.objects.filter(**siblings(paper)).order_by("-revision")[:1]),
            read_marks(paper),
            read_appendices(paper),
            read_closed_words(paper),
        )
    )
    marks = {mark.part: mark for mark in marked}
    whole = whole_of(newest)
    return ExemptPage(
        newest=newest,
        lines=tuple(PartLine(part, marks.get(part.key), _is_empty(whole, part)) for part in parts_of(paper.kind)),
        appendices=appendices,
        closed=closed,
        state=state_of(marks.values(), appendices),
        is_behind=not _is_parted_by(whole, marks, appendices),
    )


def marks_of(row: Paper | PaperRun) -> tuple[Mark, ...]:
    """
    What is marked on a paper now, and what its report keeps from the public in any case. One query; none for a paper
    without a meeting.
    """
    return read_now(read_marks(row))


def read_marks(row: Paper | PaperRun) -> Reading[tuple[Mark, ...]]:
    """The same in one step beside whatever else is read."""
    if row.meeting_id is None:
        return ()
    stored = ExemptMark.objects.filter(
        narrative__contract=row.contract_id,
        narrative__meeting=row.meeting_id,
        narrative__kind=row.kind,
        narrative__number=row.number,
    )
    (rows,), inherited = yield from beside(ask(stored), read_inherited_marks(row))
    own = tuple(Mark(each.section, each.paragraph, each.public_interest) for each in rows)
    named = {mark.part for mark in own}
    return (*own, *(mark for mark in inherited if mark.part not in named))


def inherited_marks(row: Paper | PaperRun) -> tuple[Mark, ...]:
    """
    What an addendum withholds because its report does, on the same ground: it shows the months of the report beside its
    own, so that publishing them would give the report away. One query.
    """
    return read_now(read_inherited_marks(row))


def read_inherited_marks(row: Paper | PaperRun) -> Reading[tuple[Mark, ...]]:
    """The same in one step beside whatever else is read."""
    if row.kind != Kind.ADDENDUM:
        return ()
    reports = FrozenSnapshot.objects.filter(
        frozen__audience=Audience.PUBLIC,
        frozen__paper__contract=row.contract_id,
        frozen__paper__meeting=row.meeting_id,
        frozen__paper__kind=Kind.REPORT,
        frozen__paper__status__in=ISSUED,
    )
    (texts,) = yield (reports.order_by("-frozen__frozen_at").values_list("text", flat=True)[:1],)
    lines = (line for text in texts for line in json.loads(text).get("exempt", ()))
    withheld = (line for line in lines if line["section"] == "exceptions")
    return tuple(Mark(NEW_MONTHS.key, line["paragraph"], line["public_interest"]) for line in withheld)


def appendices_of(row: Paper | PaperRun) -> tuple[Appendix, ...]:
    """What was written for the exempt part of a paper. One query; none for a paper without a meeting."""
    return read_now(read_appendices(row))


def read_appendices(row: Paper | PaperRun) -> Reading[tuple[Appendix, ...]]:
    """The same in one step beside whatever else is read."""
    if row.meeting_id is None:
        return ()
    rows = ExemptAppendix.objects.filter(
        narrative__contract=row.contract_id,
        narrative__meeting=row.meeting_id,
        narrative__kind=row.kind,
        narrative__number=row.number,
    )
    (found,) = yield (rows.order_by("position"),)
    return tuple(Appendix(each.position, exempt_text(each)) for each in found)


def state_of(marks: Iterable[Mark], appendices: Iterable[Appendix] = ()) -> str:
    """What a page names to say which marks and appendices it showed."""
    shown = (sorted(marks, key=lambda mark: mark.part), *sorted(appendices, key=lambda each: each.position))
    return sha256(repr(shown).encode()).hexdigest()


def is_parted_as_marked(paper: Paper) -> bool:
    """Whether a draft was built with the marks and the exempt appendices that are on record now."""
    return _is_parted_by(whole_of(paper), {mark.part: mark for mark in marks_of(paper)}, appendices_of(paper))


def whole_of(paper: Paper) -> BoardPaper:
    """The stored paper with everything in it."""
    return from_json(paper.exempt_snapshot or paper.snapshot)


def _is_parted_by(whole: BoardPaper, marks: Mapping[str, Mark], appendices: Iterable[Appendix]) -> bool:
    if whole.exempt_appendices != tuple(each.text for each in appendices):
        return False
    bare = replace(whole, audience="public", exempt=())
    return split(bare, marks.values()).public.exempt == whole.exempt


def _is_empty(whole: BoardPaper, part: Part) -> bool:
    bare = replace(whole, audience="public", exempt=(), exempt_errata=(), exempt_appendices=())
    return split(bare, [Mark(part.key, 1, "asked")]).exempt is None
