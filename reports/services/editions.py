"""
What a run writes, and how it is kept.

A draft is built from the data; the editions after it print the same figures again, once as signed off and once as the
final paper, which is frozen as it is stored. A paper with exempt sections is printed twice, public and exempt.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from contracts.readings import Reading, ask, beside
from contracts.rules.months import Month
from reports.build.halves import Halves as Parted
from reports.build.halves import split
from reports.models import Edition, Paper, PaperFile, PaperRun, ReviewPeriod
from reports.models.paper import Audience, Kind
from reports.queries.exempt import marks_of, read_marks
from reports.queries.lateness import written_lateness
from reports.render import FINAL_FORMATS, FORMATS, render_all
from reports.render.templates import words_of
from reports.services.drafts import draft_paper, read_draft
from reports.services.exempt import refuse_leaks
from reports.services.freezing import freeze
from reports.services.runs import refuse_frozen
from reports.services.storage import PrintedFile
from reports.services.templates import current_templates, template_of, with_template
from reports.snapshot import BoardPaper, Words, fingerprint, from_json, to_json

STATUS_IN_PRINT: Final = {Edition.DRAFT: "draft", Edition.SIGNED_OFF: "signed off", Edition.FINAL: "published"}
"""What each edition says of itself. The final one is what will be published, so it bears no mark."""


class NotSignedOff(ValueError):
    """A later edition of a paper whose sign-off was taken back meanwhile: nobody wants it any more."""


@dataclass(frozen=True, slots=True)
class Halves:
    """
    A paper as the public may read it, and the part that is not for publication, if there is one; what is printed of
    them, and the Word template that they fill.
    """

    public: BoardPaper
    exempt: BoardPaper | None = None
    formats: tuple[str, ...] = FORMATS
    template: bytes | None = None

    def by_audience(self) -> Iterable[tuple[Audience, BoardPaper]]:
        yield Audience.PUBLIC, self.public
        if self.exempt is not None:
            yield Audience.EXEMPT, self.exempt

    def print(self) -> list[PrintedFile]:
        """Every file of both halves; raises :class:`LeakFound` rather than let a public one say what is exempt."""
        files = [
            PrintedFile(format, each.name, each.content, audience)
            for audience, half in self.by_audience()
            for format, each in render_all(half, self.formats, self.template)
        ]
        public = ((file.name, file.content) for file in files if file.audience == Audience.PUBLIC)
        refuse_leaks(
            self.public,
            self.exempt,
            public,
            known=words_of(self.template) if self.template else "",
            reprinted=self._reprinted() if self.exempt is not None else None,
        )
        return files

    def _reprinted(self) -> dict[str, bytes]:
        """The public files once more, of nothing but the text that is kept of the public half."""
        text = from_json(to_json(self.public))
        return {each.name: each.content for _, each in render_all(text, self.formats, self.template)}


def paper_of(run: PaperRun) -> Paper:
    """The paper that a run's draft left behind."""
    stored: Paper = Paper.objects.get(
        contract=run.contract_id,
        meeting=run.meeting_id,
        month=run.month,
        kind=run.kind,
        number=run.number,
        revision=run.revision,
    )
    return stored


def prepare(run: PaperRun, *, on: date) -> Halves:
    """What the run prints: a draft of the data as known on a business day, or the stored draft in a later edition."""
    if run.edition == Edition.DRAFT:
        month = Month(run.month) if run.month else None
        paper = draft_paper(
            run.contract,
            run.meeting,
            on=on,
            kind=run.kind,
            revision=run.revision,
            month=month,
            number=run.number,
            of=run.of_id,
        )
        paper = with_template(paper, run.meeting.board if run.meeting else None)
        parted = split(paper, marks_of(run))
        return Halves(parted.public, parted.exempt, template=template_of(paper))
    stored = _signed(run)
    public = _edition(stored, stored.snapshot, run.edition)
    exempt = _edition(stored, stored.exempt_snapshot, run.edition) if stored.has_exempt_part else None
    formats = FINAL_FORMATS if run.edition == Edition.FINAL else FORMATS
    return Halves(public, exempt, formats, template_of(public))


def read_halves(paper: Paper, *, on: date) -> Reading[Parted]:
    """
    What a draft would say now, in both its halves, as known on a business day; beside whatever else is read.

    Raises what :func:`prepare` raises. In three steps or fewer, and more only where there are errata to tell; of a
    month's report it is that.
    """
    if paper.meeting is None:
        built = prepare(paper.run, on=on)
        return Parted(built.public, built.exempt)
    draft, marks, (templates,) = yield from beside(
        read_draft(
            paper.contract,
            paper.meeting,
            on=on,
            kind=paper.kind,
            revision=paper.revision,
            number=paper.number,
            of=paper.of_id,
        ),
        read_marks(paper),
        ask(current_templates(paper.meeting.board)),
    )
    return split(replace(draft, template=templates[0] if templates else ""), marks)


def keep(
    run: PaperRun, halves: Halves, files: list[PrintedFile], folder: str, *, last_correction: int, on: date
) -> None:
    """
    Stores the rows of what was printed, in the caller's transaction; the files appear in ``folder`` with them.

    ``last_correction`` is the latest one that was there when the figures of a draft were read. What was signed off
    while a draft was built, or taken back while a later edition was printed, is met here at the latest.
    """
    if run.edition == Edition.FINAL:
        freeze(_signed(run), halves.by_audience(), files, folder, by=run.asked_by, on=on)
        return
    if run.edition == Edition.DRAFT:
        refuse_frozen(run.contract, run.meeting, run.kind, run.number)
        paper = _store(run, halves, last_correction)
    else:
        paper = _signed(run)
    PaperFile.objects.bulk_create(
        PaperFile(
            paper=paper,
            edition=run.edition,
            audience=file.audience,
            format=file.format,
            name=file.name,
            path=f"{folder}/{file.name}",
            size=len(file.content),
            sha256=file.sha256,
        )
        for file in files
    )


def _signed(run: PaperRun) -> Paper:
    """
    The paper that a later edition prints again. Raises :class:`NotSignedOff`.

    One that was handed over before its signed-off edition was printed has that printed all the same.
    """
    stored = paper_of(run)
    stands = {Paper.Status.SIGNED_OFF}
    if run.edition == Edition.SIGNED_OFF:
        stands |= {Paper.Status.WITH_CLERK, Paper.Status.PUBLISHED}
    if stored.status not in stands:
        raise NotSignedOff(f"{stored} is {stored.status}: its sign-off does not stand any more.")
    return stored


def _edition(stored: Paper, text: str, edition: str) -> BoardPaper:
    """
    The stored figures with another mark. The reason for lateness is known only once the paper goes out, so the final
    edition prints it as it was then given.
    """
    paper = replace(from_json(text), status=STATUS_IN_PRINT[Edition(edition)])
    late = written_lateness(stored) if edition == Edition.FINAL else ""
    return replace(paper, words=replace(paper.words or Words(), lateness=late)) if late else paper


def _store(run: PaperRun, halves: Halves, last_correction: int) -> Paper:
    """
    The draft's row, and the months it judges. The exception report alone judges months; those that people set for the
    meeting stay as they set them.
    """
    paper, text = halves.public, to_json(halves.public)
    exempt = "" if halves.exempt is None else to_json(halves.exempt)
    stored = Paper.objects.create(
        run=run,
        contract=run.contract,
        meeting=run.meeting,
        month=run.month,
        kind=run.kind,
        number=run.number,
        of=run.of,
        revision=run.revision,
        review_from=paper.review.from_,
        review_to=paper.review.to,
        headline=paper.headline,
        last_correction=last_correction,
        made_on=paper.made_on,
        snapshot=text,
        sha256=fingerprint(text),
        exempt_snapshot=exempt,
        exempt_sha256=fingerprint(exempt) if exempt else "",
    )
    if run.kind == Kind.REPORT:
        _keep_period(run, paper)
    return stored


def _keep_period(run: PaperRun, paper: BoardPaper) -> None:
    if ReviewPeriod.objects.filter(contract=run.contract, meeting=run.meeting).exists():
        return
    row = ReviewPeriod(
        contract=run.contract, meeting=run.meeting, review_from=paper.review.from_, review_to=paper.review.to
    )
    row._change_reason = f"judged by revision {run.revision} of the report"  # type: ignore[attr-defined]
    row.save()
