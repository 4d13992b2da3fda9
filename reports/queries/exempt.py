"""What is marked as not for publication, as its page shows it: every part of the paper, and its mark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from reports.build.halves import Mark, split
from reports.models import ExemptMark, Paper, PaperRun
from reports.queries.narratives import siblings, why_closed
from reports.rules.exempt import Part, parts_of
from reports.snapshot import BoardPaper, from_json


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
class ExemptPage:
    """``closed`` says why the marks stand as they are, blank while they can be changed; ``state`` names them."""

    newest: Paper
    lines: tuple[PartLine, ...]
    closed: str
    state: str
    is_behind: bool

    @property
    def marked(self) -> tuple[PartLine, ...]:
        return tuple(line for line in self.lines if line.mark)


def load_exempt_page(paper: Paper) -> ExemptPage:
    """The page of a paper of a meeting. Five queries."""
    revisions = list(Paper.objects.filter(**siblings(paper)).light().order_by("revision"))
    newest = revisions[-1]
    marks = {mark.part: mark for mark in marks_of(paper)}
    whole = whole_of(newest)
    return ExemptPage(
        newest=newest,
        lines=tuple(PartLine(part, marks.get(part.key), _is_empty(whole, part)) for part in parts_of(paper.kind)),
        closed=why_closed({each.pk: each.status for each in revisions}),
        state=state_of(marks.values()),
        is_behind=not _is_parted_by(whole, marks),
    )


def marks_of(row: Paper | PaperRun) -> tuple[Mark, ...]:
    """What is marked on a paper now. One query; none for a paper without a meeting."""
    if row.meeting_id is None:
        return ()
    rows = ExemptMark.objects.filter(
        narrative__contract=row.contract_id,
        narrative__meeting=row.meeting_id,
        narrative__kind=row.kind,
        narrative__number=row.number,
    )
    return tuple(Mark(each.section, each.paragraph, each.public_interest) for each in rows)


def state_of(marks: Iterable[Mark]) -> str:
    """What a page names to say which marks it showed."""
    return sha256(repr(sorted(marks, key=lambda mark: mark.part)).encode()).hexdigest()


def is_parted_as_marked(paper: Paper) -> bool:
    """Whether a draft was built with the marks that are on record now."""
    return _is_parted_by(whole_of(paper), {mark.part: mark for mark in marks_of(paper)})


def whole_of(paper: Paper) -> BoardPaper:
    """The stored paper with everything in it."""
    return from_json(paper.exempt_snapshot or paper.snapshot)


def _is_parted_by(whole: BoardPaper, marks: Mapping[str, Mark]) -> bool:
    bare = replace(whole, audience="public", exempt=())
    return split(bare, marks.values()).public.exempt == whole.exempt


def _is_empty(whole: BoardPaper, part: Part) -> bool:
    bare = replace(whole, audience="public", exempt=())
    return split(bare, [Mark(part.key, 1, "asked")]).exempt is None
