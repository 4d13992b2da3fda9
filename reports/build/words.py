"""
What people wrote goes into the built paper: the words around its figures, remarks on what it lists, their own headline.

They belong to the paper of a meeting and not to one of its revisions, so whoever builds it again finds them here again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from contracts.models import Contract
from reports import snapshot
from reports.models import ExemptAppendix, Meeting, Narrative
from reports.render.words.phrases import months_in_words
from reports.rules.retention import kept_until
from reports.rules.sentences import capitalised

KPI, PROJECT = "kpi", "project"


@dataclass(frozen=True, slots=True)
class Subject:
    """A KPI or project that a paper lists, and so can have a remark: what it is called, and why it stands there."""

    about: str
    code: str
    title: str
    why: str

    @property
    def key(self) -> tuple[str, str]:
        return self.about, self.code


def written_words(contract: Contract, meeting: Meeting, kind: str, number: int) -> QuerySet[Narrative]:
    """What people wrote for a paper, with their remarks; nothing where nobody did."""
    own = Narrative.objects.filter(contract=contract, meeting=meeting, kind=kind, number=number)
    rows: QuerySet[Narrative] = own.prefetch_related("remarks")
    return rows


def worded(paper: snapshot.BoardPaper, meeting: Meeting, rows: Sequence[Narrative]) -> snapshot.BoardPaper:
    """
    The built paper with everything that people wrote for it, of :func:`written_words`.

    What they left blank is the board's own default, where it has one. A remark on something that the paper does not
    list any more is kept for another revision and stays out of this one.
    """
    written = rows[0] if rows else None
    said = written or Narrative()
    board = meeting.board
    words = snapshot.Words(
        item=said.item.strip(),
        introduction=said.introduction.strip(),
        recommendation=said.recommendation.strip() or board.recommendation.strip(),
        implications=said.implications.strip(),
        consultation=said.consultation.strip(),
        background=background_papers(said.background),
        background_until=kept_until(meeting.meeting_on, board.background_years),
        author=said.author.strip() or board.author.strip(),
        lateness=said.lateness.strip(),
    )
    headline = said.headline.strip()
    is_own = bool(headline) and headline != paper.headline
    return replace(
        paper,
        words=words,
        remarks=tuple(_remarks(paper, written)),
        headline=headline if is_own else paper.headline,
        headline_generated=paper.headline if is_own else "",
    )


def with_exempt_appendices(paper: snapshot.BoardPaper, rows: Sequence[ExemptAppendix]) -> snapshot.BoardPaper:
    """
    The built paper with what people wrote for its exempt part alone, of :func:`written_appendices`: whoever parts it
    takes that out.
    """
    return replace(paper, exempt_appendices=tuple(map(exempt_text, rows)))


def written_appendices(contract: Contract, meeting: Meeting, kind: str, number: int) -> QuerySet[ExemptAppendix]:
    """What people wrote for the exempt part of a paper, in its order."""
    rows: QuerySet[ExemptAppendix] = ExemptAppendix.objects.filter(
        narrative__contract=contract, narrative__meeting=meeting, narrative__kind=kind, narrative__number=number
    )
    return rows.order_by("position")


def exempt_text(row: ExemptAppendix) -> snapshot.ExemptText:
    return snapshot.ExemptText(row.title.strip(), row.text.strip(), row.paragraph, row.public_interest)


def background_papers(typed: str) -> tuple[str, ...]:
    """One a line; lines left blank are none."""
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def subjects_of(paper: snapshot.BoardPaper) -> tuple[Subject, ...]:
    """What a remark can be written on: every KPI, then every project, each where its gravest line stands."""
    found: dict[tuple[str, str], Subject] = {}
    for subject in (*_kpis(paper), *_projects(paper)):
        there = found.get(subject.key)
        found[subject.key] = replace(there, why=f"{there.why}; {subject.why}") if there else subject
    return tuple(found.values())


def _kpis(paper: snapshot.BoardPaper) -> Iterator[Subject]:
    for line in paper.exceptions:
        rule = "" if line.rule == "recovered" else f"{capitalised(line.rule.replace('_', ' '))}, "
        yield Subject(KPI, line.kpi, line.name, f"{capitalised(rule + line.run)}: {months_in_words(line.months)}")


def _projects(paper: snapshot.BoardPaper) -> Iterator[Subject]:
    for line in paper.projects.exceptions:
        why = f"{line.rule}: {line.detail}" if line.detail else line.rule
        yield Subject(PROJECT, line.reference, line.title, capitalised(why))


def _remarks(paper: snapshot.BoardPaper, written: Narrative | None) -> Iterator[snapshot.RemarkLine]:
    """In the order of the paper."""
    if written is None:
        return
    texts = {(each.about, each.subject): each.text for each in written.remarks.all()}
    for subject in subjects_of(paper):
        if subject.key in texts:
            yield snapshot.RemarkLine(*subject.key, text=texts[subject.key])
